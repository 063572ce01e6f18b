"""Shares of the corpus, corrected by a labelled random sample."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelling.correcting import FEWEST, corrections
from pipeline.labelling.stored import Given, Plan, items_of, keep, new_sample
from pipeline.overview import measures, overview
from pipeline.store import store
from pipeline.tagging import tag_items
from schema.items import Thread
from tests.pipeline import rows

SPAMS, OTHERS = 20, 60


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """80 comments, a quarter of them spam that the tagger knows."""
    many = [
        rows.a_comment(rows.FLAT, number, text=f"{rows.SPAM} {number}" if number <= SPAMS else f"Bert, I see number {number} otherwise, and I told you so.")
        for number in range(1, SPAMS + OTHERS + 1)
    ]
    store(engine, runs.start(engine, "crawl", {}), [Thread(rows.a_post(rows.FLAT), tuple(many))])
    tag_items(engine, taggers=["spam"])
    return engine


def labelled(engine: Engine, plan: Plan, number: int) -> None:
    """Readers say that half of what was drawn is spam, whatever the tagger says."""
    new_sample(engine, plan)
    with engine.connect() as connection:
        keys = list(items_of(connection, plan.name))[:number]
    keep(engine, [Given(key, "spam", "ada", 2 * (place % 2)) for place, key in enumerate(sorted(keys))])


def test_a_random_sample_corrects_the_count_of_the_tagger(filled: Engine) -> None:
    labelled(filled, Plan("first", 60), 60)
    with filled.connect() as connection:
        (found,) = corrections(connection)
        section = {measure: value for name, _, measure, value in measures(overview(connection)) if name == "corrected share"}
    assert (found.tagger, found.kinds, found.labelled, found.uncorrected) == ("spam", "comments", 60, .25)
    assert found.low < found.value < found.high and .4 < found.value < .6
    assert section["spam of comments: value"] == found.value


@pytest.mark.parametrize(("plan", "number"), [
    (Plan("few", FEWEST - 1), FEWEST - 1), (Plan("half", 60), 40), (Plan("chosen", 60, condition="position > 5"), 60), (Plan("doubt", 60, "uncertain", "spam"), 60),
])
def test_other_samples_correct_nothing(filled: Engine, plan: Plan, number: int) -> None:
    labelled(filled, plan, number)
    with filled.connect() as connection:
        assert corrections(connection) == []

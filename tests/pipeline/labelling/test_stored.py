"""Samples and labels on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from pipeline import runs
from pipeline.labelling.stored import Given, Plan, items_of, keep, labels, new_sample, samples
from pipeline.store import store
from pipeline.tagging import tag_items
from schema.errors import UsageError, UserError
from schema.tables import label
from tests.pipeline import rows

SPAM = rows.key_of(rows.NESTED, 4)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    return engine


def test_a_sample_keeps_how_it_was_drawn(filled: Engine) -> None:
    assert new_sample(filled, Plan("first", 3, seed=5)) == 3
    with filled.connect() as connection:
        (only,) = samples(connection)
        chances = items_of(connection, "first")
    assert (only["method"], only["seed"], only["population"], only["size"]) == ("random", 5, 7, 3)
    assert len(chances) == 3 and set(chances.values()) == {3 / 7}


@pytest.mark.parametrize(("plan", "number"), [
    (Plan("a", 99), 7), (Plan("a", 99, kinds="posts"), 4), (Plan("a", 99, kinds="both"), 11),
    (Plan("a", 99, condition="author = 'Anna'"), 2), (Plan("a", 99, kinds="posts", condition="platform = 'wordpress'"), 1),
    (Plan("a", 2, "uncertain", "spam"), 2), (Plan("a", 2, "blogs", kinds="both"), 2),
])
def test_what_can_be_drawn(filled: Engine, plan: Plan, number: int) -> None:
    tag_items(filled, taggers=["spam"])
    assert new_sample(filled, plan) == number


@pytest.mark.parametrize(("plan", "error"), [
    (Plan("first", 3), UsageError), (Plan("none", 3, condition="author = 'Nobody'"), UserError), (Plan("bad", 3, condition="no such column"), UserError),
])
def test_what_cannot_be_drawn_is_told(filled: Engine, plan: Plan, error: type[Exception]) -> None:
    new_sample(filled, Plan("first", 3))
    with pytest.raises(error):
        new_sample(filled, plan)
    with filled.connect() as connection, pytest.raises(UsageError, match="known are first"):
        items_of(connection, "second")


def test_a_later_level_replaces_the_earlier_and_annotators_do_not_meet(filled: Engine) -> None:
    given = [Given(SPAM, "spam", "ada", 1), Given(SPAM, "spam", "bert", 2), Given("c-unknown", "spam", "ada", 2)]
    assert keep(filled, given) == 2
    assert keep(filled, [Given(SPAM, "spam", "ada", 2), Given(SPAM, "spam", "ada", 0)]) == 1
    with filled.connect() as connection:
        assert labels(connection, [SPAM]) == [Given(SPAM, "spam", "ada", 0), Given(SPAM, "spam", "bert", 2)]
        assert labels(connection, [SPAM], "conversational") == []
        moments = connection.execute(select(label.c.labelled_at)).scalars().all()
    assert all(moment.tzinfo for moment in moments)

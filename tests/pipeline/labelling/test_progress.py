"""A sample in a sentence."""

from __future__ import annotations

from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelling.progress import sentence
from pipeline.labelling.stored import Given, Plan, keep, new_sample, samples
from pipeline.store import store
from tests.pipeline import rows


def test_the_sentence_says_how_it_was_drawn_and_who_labelled(engine: Engine) -> None:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    new_sample(engine, Plan("first", 99, condition="author = 'Anna'"))
    with engine.connect() as connection:
        (one,) = samples(connection)
        assert sentence(connection, one) == "first: 2 of 2 comments, random where author = 'Anna', seed 0; no labels yet"
    keep(engine, [Given(rows.key_of(rows.NESTED, 1), "spam", "ada", 0)])
    with engine.connect() as connection:
        assert sentence(connection, one).endswith("; ada spam 1")

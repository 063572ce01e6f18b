"""An item as an annotator sees it: in its thread, and without what the taggers say."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelling.showing import lines
from pipeline.query import find_thread
from pipeline.store import store
from pipeline.tagging import tag_items
from tests.pipeline import rows


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    tag_items(engine)
    return engine


def shown(engine: Engine, key: str) -> str:
    with engine.connect() as connection:
        thread = find_thread(connection, key)
    assert thread
    return "\n".join(line.plain for line in lines(thread, key, 80))


def test_a_reply_stands_below_what_it_answers_and_others_below_what_came_before(filled: Engine) -> None:
    reply, next_one = shown(filled, rows.key_of(rows.NESTED, 2)), shown(filled, rows.key_of(rows.FLAT, 2))
    assert "answers Anna: Maud, you are right" in reply and reply.rstrip().endswith("Thank you, Anna!")
    assert "after Bert:" in next_one and "\x1b" not in next_one and "\x07" not in next_one


def test_links_are_shown_and_verdicts_are_not(filled: Engine) -> None:
    found = shown(filled, rows.key_of(rows.NESTED, 4))
    assert "link: Cheap garden chairs -> https://chairs.example/" in found
    assert "spam" not in found.lower()


def test_a_post_stands_alone(filled: Engine) -> None:
    found = shown(filled, rows.a_post(rows.NESTED).key)
    assert found.count("Shops that listen sell more.") == 1 and "after" not in found

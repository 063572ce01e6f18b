"""Threads come back from the database as they went in."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from pipeline.load import post_keys, threads
from schema.items import Thread
from tests.pipeline import rows


def test_threads_come_back_as_they_went_in_but_for_the_html(engine: Engine) -> None:
    rows.fill(engine)
    with engine.connect() as connection:
        found = {thread.post.key: thread for thread in threads(connection)}
    for stored in rows.threads():
        assert _told(found[stored.post.key]) == _told(stored)


def _told(thread: Thread) -> Thread:
    """The thread without what storing settles or leaves out."""
    comments = tuple(replace(comment, html="", depth=None, place=0, fetched_at=None) for comment in thread.comments)
    return Thread(replace(thread.post, html="", fetched_at=None), comments)


def test_only_the_threads_asked_for_are_loaded(engine: Engine) -> None:
    rows.fill(engine)
    wanted = rows.threads()[1].post.key
    with engine.connect() as connection:
        assert [thread.post.key for thread in threads(connection, [wanted])] == [wanted]
        assert list(threads(connection, ())) == []


def test_post_keys_come_in_batches_and_in_order(engine: Engine) -> None:
    rows.fill(engine)
    with engine.connect() as connection:
        batches = list(post_keys(connection, 3))
    assert [len(batch) for batch in batches] == [3, 1]
    assert [key for batch in batches for key in batch] == sorted(thread.post.key for thread in rows.threads())

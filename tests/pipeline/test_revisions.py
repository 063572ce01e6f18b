"""Edits keep what they replace; a better reading of the same words, a better way to them and a look at an old archive are no edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from pipeline import revisions, runs
from pipeline.store import store
from schema.items import Comment, Post, Thread
from schema.tables import comment, post, revision
from tests.pipeline.rows import SEEN, a_comment, a_post

URL = "https://alpha.example/2009/10/listening.html"
DAY = timedelta(days=1)


def a_thread(moment: datetime = SEEN, post_changes: dict[str, Any] | None = None, **changes: Any) -> Thread:     # Any: fields by name
    one = replace(a_post(URL, via="page", html="<p>Shops</p>"), fetched_at=moment, **(post_changes or {}))
    said = replace(a_comment(URL, 1, html="<p>Remark</p>"), fetched_at=moment, **changes)
    return Thread(one, (said,))


def stored(engine: Engine, *threads: Thread) -> list[dict[str, Any]]:
    """Each in a run of its own; the revisions that there are then."""
    for thread in threads:
        store(engine, runs.start(engine, "test", {}), [thread])
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(revision).order_by(revision.c.item_key, revision.c.number)).mappings()]


def texts(engine: Engine) -> tuple[str, str]:
    with engine.connect() as connection:
        return connection.execute(select(post.c.text)).scalar_one(), connection.execute(select(comment.c.text)).scalar_one()


def test_an_edit_keeps_the_text_that_it_replaces(engine: Engine) -> None:
    edited = a_thread(SEEN + DAY, text="Remark 1, corrected.", html="<p>Remark 1, corrected.</p>", origin="later")
    again = a_thread(SEEN + 2 * DAY, text="Remark 1, withdrawn.", html="<p>Remark 1, withdrawn.</p>")
    first, second = stored(engine, a_thread(), a_thread(SEEN + DAY / 2), edited, again)
    assert (first["number"], first["text"], first["html"], first["origin"]) == (1, "Remark number 1.", "<p>Remark</p>", "test")
    assert (first["first_seen"], first["last_seen"], first["replaced_at"]) == (SEEN, SEEN + DAY / 2, SEEN + DAY)
    assert (second["number"], second["text"], second["origin"], second["replaced_at"]) == (2, "Remark 1, corrected.", "later", SEEN + 2 * DAY)
    assert texts(engine)[1] == "Remark 1, withdrawn."
    with engine.connect() as connection:
        assert revisions.counts(connection, [first["item_key"], "other"]) == {first["item_key"]: 2}


def test_a_new_title_is_an_edit(engine: Engine) -> None:
    (row,) = stored(engine, a_thread(), a_thread(SEEN + DAY, {"title": "Listening is a craft", "html": "<p>Shops </p>"}))
    assert (row["title"], row["text"]) == ("Listening is a trade", a_post(URL).text)


@pytest.mark.parametrize("later", [
    {},
    {"text": "Remark number 1. Better read."},                                                  # the same HTML
    {"html": "<p>Remark</p><i>7 views</i>"},                                                    # the same words
    {"author": "Reader One", "html": "<p>Remark </p>"},                                         # about the author, not the text
    {"text": "", "html": "", "removed_how": "author"},                                          # a tombstone keeps the text itself
    {"text": "Remark", "html": "<p>R</p>", "via": "feed"},                                      # a worse way
], ids=str)
def test_what_is_no_edit_makes_no_revision(engine: Engine, later: dict[str, Any]) -> None:
    assert stored(engine, a_thread(), a_thread(SEEN + DAY, **later)) == []


def test_a_better_way_to_a_text_is_no_edit(engine: Engine) -> None:
    assert stored(engine, a_thread(text="Remark...", html="R", via="feed"), a_thread(SEEN + DAY)) == []
    assert texts(engine)[1] == "Remark number 1."


def test_an_archive_from_before_the_edit_does_not_bring_the_old_text_back(engine: Engine) -> None:
    edited = a_thread(SEEN + DAY, {"title": "New", "text": "New.", "html": "<p>N</p>"}, text="New remark.", html="<p>N</p>")
    kept = stored(engine, a_thread(), edited)
    assert stored(engine, a_thread()) == kept
    assert texts(engine) == ("New.", "New remark.")


def test_two_versions_that_come_in_one_batch_are_both_kept(engine: Engine) -> None:
    edited = a_thread(SEEN + DAY, text="Remark 1, corrected.", html="<p>Remark 1, corrected.</p>")
    assert store(engine, runs.start(engine, "replay", {}), [a_thread(), edited]).edited == 1
    (row,) = stored(engine)
    assert (row["text"], texts(engine)[1]) == ("Remark number 1.", "Remark 1, corrected.")


def test_an_edit_of_what_databases_refuse_is_none_twice(engine: Engine) -> None:
    odd = a_thread(SEEN, text="Remark\x00 \udcff.", html="<p>a\x00</p>")
    assert stored(engine, odd, replace(odd, comments=tuple(replace(one, fetched_at=SEEN + DAY) for one in odd.comments))) == []


def test_items_that_are_not_there_yet_need_no_revision(engine: Engine) -> None:
    items: list[Post | Comment] = [a_post(URL), a_comment(URL, 1)]
    with engine.begin() as connection:
        assert revisions.keep(connection, items, SEEN) == 0
    assert stored(engine) == []

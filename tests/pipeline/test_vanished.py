"""Two complete readings make a comment vanish, its text stays, and whoever is seen again is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from pipeline import runs
from pipeline.store import store
from pipeline.vanished import ThreadReading, judge, page_gone, seen_again, suspect
from schema.items import Thread
from schema.tables import address, comment, post
from tests.pipeline.rows import SEEN, a_comment, a_post, key_of

URL = "https://alpha.example/2009/10/listening.html"
POST = a_post(URL).key
HOUR = timedelta(hours=1)
BOTH = frozenset((key_of(URL, 1), key_of(URL, 2)))
FIRST = frozenset((key_of(URL, 1),))


def put(engine: Engine, hours: float = 0, *numbers: int, **changes: Any) -> None:     # Any: fields by name
    moment = SEEN + hours * HOUR
    comments = tuple(a_comment(URL, number, fetched_at=moment, **changes) for number in numbers or (1, 2))
    store(engine, runs.start(engine, "test", {}), [Thread(a_post(URL, fetched_at=moment, comments_reported=2), comments)])


def read(engine: Engine, hours: float, seen: frozenset[str], *, is_partly_unchanged: bool = False) -> int:
    with engine.begin() as connection:
        return judge(connection, ThreadReading(POST, SEEN + hours * HOUR, seen, is_partly_unchanged))


def second(engine: Engine) -> tuple[Any, ...]:        # Any: columns of several types
    with engine.connect() as connection:
        c = comment.c
        row = connection.execute(select(c.removed_how, c.missed, c.text).where(c.key == key_of(URL, 2))).one()
        return tuple(row)


def test_a_comment_vanishes_at_the_second_reading_without_it_and_keeps_its_text(engine: Engine) -> None:
    put(engine)
    assert read(engine, 1, FIRST) == 0
    assert second(engine) == (None, 1, "Remark number 2.")
    assert read(engine, 2, FIRST) == 1
    assert second(engine) == ("vanished", 2, "Remark number 2.")
    assert read(engine, 3, FIRST) == 0, "once is enough"
    with engine.connect() as connection:
        assert connection.execute(select(comment.c.changed_at).where(comment.c.key == key_of(URL, 2))).scalar_one() == SEEN + 2 * HOUR
        assert connection.execute(select(post.c.comments_stored, post.c.completeness)).one() == (2, "complete")


def test_the_same_reading_twice_is_one(engine: Engine) -> None:
    put(engine)
    assert [read(engine, 1, FIRST), read(engine, 1, FIRST), second(engine)[1]] == [0, 0, 1]


def test_a_comment_that_is_seen_in_between_begins_anew(engine: Engine) -> None:
    put(engine)
    read(engine, 1, FIRST)
    put(engine, 2)
    assert second(engine) == (None, 0, "Remark number 2.")
    assert read(engine, 3, FIRST) == 0


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, (None, 0, "Remark number 2.")),
    ({"text": "", "html": "<img src=a>"}, (None, 0, "Remark number 2.")),                       # without words, but there
    ({"text": "", "removed_how": "moderator"}, ("moderator", 0, "Remark number 2.")),
    ({"via": "feed", "place": 0}, ("vanished", 2, "Remark number 2.")),                         # a feed may lag behind its page
    ({"fetched_at": SEEN + HOUR / 2}, ("vanished", 2, "Remark number 2.")),                     # an archive from before
])
def test_who_is_back_is_no_longer_vanished(engine: Engine, changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    put(engine)
    read(engine, 1, FIRST)
    read(engine, 2, FIRST)
    back = replace(a_comment(URL, 2, fetched_at=SEEN + 3 * HOUR), **changes)
    store(engine, runs.start(engine, "test", {}), [Thread(a_post(URL, fetched_at=back.fetched_at), (back,))])
    assert second(engine) == expected


@pytest.mark.parametrize("known", [
    {"place": 0, "via": "feed"},            # never seen on a page: feeds hold the newest only
    {"removed_how": "author"},              # removed already
    {"fetched_at": SEEN + 5 * HOUR},        # seen later than this reading, which comes from an archive
])
def test_what_a_reading_cannot_have_shown_is_not_missed(engine: Engine, known: dict[str, Any]) -> None:
    put(engine, 0, 1)
    one = replace(a_comment(URL, 2), **known)
    store(engine, runs.start(engine, "test", {}), [Thread(a_post(URL), (one,))])
    assert [read(engine, 1, FIRST), read(engine, 2, FIRST), second(engine)[1]] == [0, 0, 0]


def test_pages_that_have_not_changed_lack_what_they_lacked_and_nothing_else(engine: Engine) -> None:
    put(engine)
    read(engine, 1, FIRST, is_partly_unchanged=True)
    assert second(engine)[1] == 0
    read(engine, 2, FIRST)
    assert read(engine, 3, frozenset(), is_partly_unchanged=True) == 1
    assert second(engine)[0] == "vanished"


def test_a_further_page_that_lacks_somebody_has_the_thread_read_as_a_whole(engine: Engine) -> None:
    put(engine, 0, 1)
    put(engine, 0, 2, page=2)
    an_address(engine, next_visit=SEEN + 900 * HOUR)
    for seen, page, expected in ((BOTH, 2, '"a"'), (FIRST, 1, '"a"'), (FIRST, 2, "")):
        with engine.begin() as connection:
            assert suspect(connection, ThreadReading(POST, SEEN + HOUR, seen), page) == 0
        with engine.connect() as connection:
            etag, visit = connection.execute(select(address.c.etag, address.c.next_visit)).one()
        assert (etag, visit < SEEN + 10 * HOUR) == (expected, not expected)
    assert second(engine)[:2] == (None, 0)


def an_address(engine: Engine, **changes: Any) -> None:     # Any: columns of every type
    empty: dict[str, Any] = {
        "blog": "alpha.example/", "name": "n", "url": URL, "kind": "post", "rank": 3, "number": 1, "rule": "", "for_post": "", "is_guess": False,
        "state": "done", "reason": "", "attempts": 0, "found_run": 1, "etag": '"a"', "last_modified": "m", "content_hash": "h", "post_key": POST,
    }
    with engine.begin() as connection:
        connection.execute(insert(address).values(empty | changes))


@pytest.mark.parametrize(("due", "expected"), [(100, 7), (2, 2), (None, 7)])
def test_the_first_miss_asks_for_a_second_whole_reading_soon(engine: Engine, due: int | None, expected: int) -> None:
    put(engine)
    an_address(engine, next_visit=None if due is None else SEEN + due * HOUR)
    an_address(engine, name="page 2", kind="comments", url=f"{URL}?page=2")
    an_address(engine, name="other", post_key="p-other")
    read(engine, 1, FIRST)
    with engine.connect() as connection:
        found = {row.name: (row.etag + row.last_modified + row.content_hash, row.next_visit) for row in connection.execute(select(address))}
    assert found == {"n": ("", SEEN + expected * HOUR), "page 2": ("", None), "other": ('"a"mh', None)}


def test_comments_go_with_a_page_that_is_gone_for_a_day_and_come_back_with_it(engine: Engine) -> None:
    put(engine)
    with engine.begin() as connection:
        assert [page_gone(connection, POST, SEEN + hours * HOUR) for hours in (1, 24, 26, 50)] == [0, 0, 2, 0]
    assert second(engine) == ("page_gone", 0, "Remark number 2.")
    put(engine, 60, 2)
    assert second(engine)[0] is None
    with engine.begin() as connection:
        seen_again(connection, POST, SEEN + 61 * HOUR)
        assert connection.execute(select(comment.c.removed_how)).scalars().all() == [None, None]


def test_a_page_that_answers_in_between_was_not_gone(engine: Engine) -> None:
    put(engine)
    with engine.begin() as connection:
        page_gone(connection, POST, SEEN + HOUR)
        seen_again(connection, POST, SEEN + 2 * HOUR)
        assert page_gone(connection, POST, SEEN + 26 * HOUR) == 0


def test_an_unchanged_page_shows_its_post_and_comments_once_more_but_nobody_who_is_missing(engine: Engine) -> None:
    put(engine)
    put(engine, 0, 3)
    read(engine, 1, BOTH)
    with engine.begin() as connection:
        connection.execute(update(comment).where(comment.c.key == key_of(URL, 1)).values(removed_how="author"))
        for key, hours in ((POST, 9), ("p-unknown", 9), (POST, 8)):
            seen_again(connection, key, SEEN + hours * HOUR)
        seen = {row.key: row.last_seen for row in connection.execute(select(comment.c.key, comment.c.last_seen))}
        assert connection.execute(select(post.c.last_seen, post.c.changed_at)).one() == (SEEN + 9 * HOUR, SEEN)
    assert seen == {key_of(URL, 1): SEEN + 9 * HOUR, key_of(URL, 2): SEEN + 9 * HOUR, key_of(URL, 3): SEEN}


def test_a_page_that_was_seen_since_is_not_gone(engine: Engine) -> None:
    put(engine, 60)
    with engine.begin() as connection:
        assert [page_gone(connection, POST, SEEN + hours * HOUR) for hours in (1, 30)] == [0, 0]
        assert connection.execute(select(comment.c.missed_at)).scalars().all() == [None, None]

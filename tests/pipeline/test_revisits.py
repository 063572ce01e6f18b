from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.revisits import Life, life_of, next_visit
from pipeline.store import store
from schema.items import Thread
from tests.pipeline.rows import a_comment, a_post

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://alpha.example/2026/02/a.html"


@pytest.mark.parametrize(("quiet_days", "is_closed", "expected_days"), [
    (0, False, 0.25),
    (0.1, False, 0.25),
    (2, False, 1),
    (30, False, 15),
    (400, False, 90),
    (6000, False, 90),      # old posts draw spam
    (2, True, 1),           # closed, but moderation goes on
    (400, True, 90),
    (731, True, None),
    (-3, False, 0.25),      # a clock that is ahead
])
def test_the_longer_a_thread_is_quiet_the_later_it_is_visited(quiet_days: float, is_closed: bool, expected_days: float | None) -> None:
    expected = None if expected_days is None else NOW + timedelta(days=expected_days)
    assert next_visit(NOW, Life(NOW - timedelta(days=quiet_days), is_closed)) == expected


def test_a_post_without_any_date_is_visited_soon() -> None:
    assert next_visit(NOW, Life(None)) == NOW + timedelta(hours=6)


def test_a_month_of_hourly_runs_visits_a_quiet_post_a_few_times() -> None:
    visits, now, published = 0, NOW, NOW
    while (due := next_visit(now, Life(published))) and due < NOW + timedelta(days=30):
        visits, now = visits + 1, due
    assert 8 <= visits <= 12


DAY = timedelta(days=1)


@pytest.mark.parametrize(("post_changes", "comment_changes", "expected"), [
    ({"published": NOW - 9 * DAY}, {"published": NOW - 7 * DAY}, NOW - 7 * DAY),
    ({"published": NOW - 9 * DAY}, {"published": None, "published_how": None}, NOW - 9 * DAY),
    ({"published": None, "published_how": None}, {"published": None, "published_how": None}, NOW - DAY),     # when we first saw it
    ({"published": NOW - 9 * DAY}, {"published": NOW + 9 * DAY}, NOW - 9 * DAY),                              # a clock that is ahead
])
def test_the_last_event_is_that_of_the_thread(engine: Engine, post_changes: dict[str, Any], comment_changes: dict[str, Any], expected: datetime) -> None:
    thread = Thread(a_post(URL, fetched_at=NOW - DAY, **post_changes), (a_comment(URL, 1, fetched_at=NOW - DAY, **comment_changes),))
    store(engine, runs.start(engine, "test", {}), [thread])
    with engine.connect() as connection:
        assert life_of(connection, thread.post.key, NOW) == Life(expected)


def test_what_came_under_our_eyes_is_an_event_whatever_its_date_says(engine: Engine) -> None:
    one = Thread(a_post(URL, fetched_at=NOW - 2 * DAY, published=NOW - 900 * DAY, comments_closed=True))
    later = replace(one, post=replace(one.post, fetched_at=NOW - DAY), comments=(a_comment(URL, 1, published=None, published_how=None, fetched_at=NOW - DAY),))
    for thread in (one, later):
        store(engine, runs.start(engine, "test", {}), [thread])
    with engine.connect() as connection:
        assert life_of(connection, one.post.key, NOW) == Life(NOW - DAY, True)
        assert life_of(connection, "p-unknown", NOW) is None

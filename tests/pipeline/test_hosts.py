from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from pipeline.hosts import Host, close, keep_robots, load, save

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = "https://blog.example"
ROBOTS = Host(SITE, b"User-agent: *\n\xff\x00", 200, NOON, '"1"', "Sun, 01 Mar 2026 11:00:00 GMT")


def test_a_host_comes_back_as_it_was_saved(engine: Engine) -> None:
    whole = Host(SITE, b"", 200, NOON, closed_until=NOON + timedelta(hours=1), closed_why="asked us to wait")
    save(engine, whole)
    assert load(engine, [SITE, "https://other.example", SITE]) == {SITE: whole}


def test_robots_and_closing_do_not_touch_each_other(engine: Engine) -> None:
    close(engine, SITE, NOON, "too many failures")
    keep_robots(engine, ROBOTS)
    known = load(engine, [SITE])[SITE]
    assert (known.robots, known.robots_status, known.robots_etag) == (ROBOTS.robots, 200, '"1"')
    assert (known.closed_until, known.closed_why) == (NOON, "too many failures")
    close(engine, SITE, NOON + timedelta(days=1), "again")
    assert load(engine, [SITE])[SITE].robots == ROBOTS.robots


@pytest.mark.parametrize(("one", "hours", "expected"), [
    (ROBOTS, 0, True),
    (ROBOTS, 23.9, True),
    (ROBOTS, 24, False),
    (Host(SITE, robots_status=404, robots_at=NOON), 0, False),      # there is nothing that could serve
    (Host(SITE), 0, False),
])
def test_a_copy_serves_for_a_day(one: Host, hours: float, expected: bool) -> None:
    assert one.has_copy(NOON + timedelta(hours=hours)) is expected


def test_a_closed_host_opens_by_itself() -> None:
    one = Host(SITE, closed_until=NOON)
    assert [one.is_closed(NOON + timedelta(seconds=seconds)) for seconds in (-1, 0, 1)] == [True, False, False]
    assert not Host(SITE).is_closed(NOON)


def test_no_hosts_are_nothing(engine: Engine) -> None:
    assert load(engine, []) == {}

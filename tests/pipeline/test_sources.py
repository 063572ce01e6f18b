from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from pipeline import sources
from schema.errors import UsageError
from tests.pipeline.framing import NOW, a_source

HOUR = timedelta(hours=1)
FRAME = (
    a_source("b.example", next_visit=NOW - HOUR),
    a_source("a.example", next_visit=NOW - 2 * HOUR, max_posts=5, delay=2.5, last_visit=NOW - 26 * HOUR, last_run=3, failure="soft", failures=2),
    a_source("soon.example", next_visit=NOW + timedelta(minutes=4)),
    a_source("later.example", next_visit=NOW + HOUR),
    a_source("gone.example", is_active=False, inactive_why="removed", next_visit=None),
    a_source("by hand.example", schedule="manual", next_visit=None),
)


@pytest.fixture
def frame(engine: Engine) -> Engine:
    with engine.begin() as connection:
        for one in FRAME:
            sources.add(connection, one)
    return engine


def test_a_source_comes_back_as_it_went_in(frame: Engine) -> None:
    with frame.connect() as connection:
        assert sources.load(connection) == sorted(FRAME, key=lambda one: one.name)


def test_due_is_what_is_active_and_whose_slot_has_come_the_longest_waiting_first(frame: Engine) -> None:
    with frame.connect() as connection:
        assert [one.name for one in sources.due(connection, NOW)] == ["a.example", "b.example", "soon.example"]
        assert sources.due(connection, NOW - timedelta(days=1)) == []


def test_the_next_one_is_told_when_nothing_is_due(frame: Engine) -> None:
    with frame.connect() as connection:
        following, nothing = sources.upcoming(connection, NOW), sources.upcoming(connection, NOW + 2 * HOUR)
    assert following
    assert (following.name, nothing) == ("later.example", None)


def test_sources_are_found_by_name_and_by_address_each_once(frame: Engine) -> None:
    with frame.connect() as connection:
        found = sources.named(connection, ["gone.example", "https://www.a.example/", "a.example", "by hand.example"])
    assert [one.name for one in found] == ["gone.example", "a.example", "by hand.example"]


@pytest.mark.parametrize(("wanted", "told"), [("late.example", "Did you mean 'later.example'"), ("nonsense", "sources list"), ("http://ann:pw@x.example/", r"//\*\*\*@x")])
def test_a_name_that_nothing_has_is_wrong_usage(frame: Engine, wanted: str, told: str) -> None:
    with frame.connect() as connection, pytest.raises(UsageError, match=told):
        sources.named(connection, [wanted])


def test_a_changed_source_is_kept_also_under_another_name(frame: Engine) -> None:
    renamed = a_source("c.example", why="asked for")
    with frame.begin() as connection:
        sources.save(connection, renamed, "b.example")
    with frame.connect() as connection:
        assert renamed in sources.load(connection)
        assert len(sources.load(connection)) == len(FRAME)

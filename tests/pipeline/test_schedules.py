from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import schedules
from schema.errors import UsageError

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

SPELLED = [
    ("hourly", "hourly", HOUR),
    (" Daily ", "daily", DAY),
    ("weekly", "weekly", 7 * DAY),
    ("monthly", "monthly", 30 * DAY),
    ("every 6 hours", "every 6 hours", 6 * HOUR),
    ("every 24 hours", "daily", DAY),
    ("every 48 hours", "every 2 days", 2 * DAY),
    ("every 3 days", "every 3 days", 3 * DAY),
    ("every day", "daily", DAY),
    ("every 2 weeks", "every 14 days", 14 * DAY),
    ("manual", "manual", None),
]


@pytest.mark.parametrize(("words", "spelled", "every"), SPELLED)
def test_a_schedule_is_written_in_plain_words(words: str, spelled: str, every: timedelta | None) -> None:
    assert schedules.parse(words) == schedules.Schedule(spelled, every)
    assert schedules.parse(spelled) == schedules.parse(words)


@pytest.mark.parametrize("words", ["", "often", "every 0 days", "every -1 days", "every 1.5 days", "every 9999 weeks", "0 2 * * *", "every days of the week"])
def test_anything_else_is_refused_with_what_can_be_written(words: str) -> None:
    with pytest.raises(UsageError, match="every N hours"):
        schedules.parse(words)


def test_a_manual_source_has_no_slot() -> None:
    assert schedules.next_slot(schedules.parse("manual"), "a", NOON) is None


@given(st.text(), st.sampled_from([words for words, _, every in SPELLED if every]), st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_the_next_slot_lies_within_one_distance_and_the_slots_are_evenly_apart(name: str, words: str, moment: datetime) -> None:
    schedule = schedules.parse(words)
    assert schedule.every
    first = schedules.next_slot(schedule, name, moment)
    assert first
    assert moment < first <= moment + schedule.every
    assert schedules.next_slot(schedule, name, first) == first + schedule.every


def test_names_spread_the_sources_of_one_schedule_over_it() -> None:
    weekly = schedules.parse("weekly")
    slots = [schedules.next_slot(weekly, f"blog-{number}.example", NOON) for number in range(700)]
    nights = [sum(1 for slot in slots if slot and NOON + day * DAY < slot <= NOON + (day + 1) * DAY) for day in range(7)]
    assert sum(nights) == 700
    assert max(nights) < 140


def test_the_slots_are_the_same_on_every_machine() -> None:
    assert schedules.next_slot(schedules.parse("daily"), "till.example", NOON) == datetime(2026, 11, 21, 7, 16, 19, tzinfo=UTC)

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline import schedules
from pipeline.setbacks import Visit, Weight, visited
from pipeline.sources import Source
from tests.pipeline.framing import NOW, a_source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GOOD = Visit("till.example", "3 new posts")


def after(one: Source, *failures: Weight) -> Source:
    """The source after visits that failed so, each as soon as it was due."""
    for weight in failures:
        one = visited(one, Visit(one.name, "the server failed", weight), 1, one.next_visit or NOW)
    return one


def test_a_good_visit_clears_what_was_before_and_waits_for_the_next_slot() -> None:
    one = visited(after(a_source(), "temporary", "temporary"), replace(GOOD, host="www2.till.example"), 7, NOW + 5 * HOUR)
    assert (one.last_outcome, one.failure, one.failures, one.failing_since) == ("3 new posts", "", 0, None)
    assert (one.last_run, one.last_visit, one.last_success, one.host) == (7, NOW + 5 * HOUR, NOW + 5 * HOUR, "www2.till.example")
    assert one.next_visit == schedules.next_slot(schedules.parse("daily"), one.name, NOW + 5 * HOUR)


DISTANCES: list[tuple[Weight, list[timedelta]]] = [
    ("temporary", [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 32 * HOUR, 64 * HOUR, 4 * DAY, 4 * DAY]),
    ("soft", [DAY, 2 * DAY, 4 * DAY, 8 * DAY, 16 * DAY, 16 * DAY]),
    ("hard", [DAY, 2 * DAY, 4 * DAY, 8 * DAY]),
]


@pytest.mark.parametrize(("weight", "distances"), DISTANCES)
def test_distances_double_up_to_the_longest(weight: Weight, distances: list[timedelta]) -> None:
    one = a_source(schedule="hourly")
    found: list[timedelta] = []
    for _ in distances:
        started = one.next_visit or NOW
        one = after(one, weight)
        assert one.next_visit
        found.append(one.next_visit - started)
    assert found == distances


def test_a_weekly_source_is_tried_sooner_only_when_the_trouble_may_pass() -> None:
    weekly = a_source(schedule="weekly")
    slot = schedules.next_slot(schedules.parse("weekly"), weekly.name, NOW)
    assert slot
    assert after(weekly, "temporary").next_visit == NOW + HOUR
    assert after(weekly, "soft").next_visit == max(slot, NOW + DAY)
    assert after(weekly, "hard").next_visit == max(slot, NOW + DAY)


def test_failures_of_one_weight_are_counted_and_the_first_of_all_is_remembered() -> None:
    one = after(a_source(), "temporary", "temporary", "soft")
    assert (one.failure, one.failures, one.failing_since) == ("soft", 1, NOW)
    assert one.last_outcome == "the server failed (since 2026-11-20)"
    assert after(a_source(), "soft").last_outcome == "the server failed"


def test_a_blog_that_is_gone_is_given_up_after_a_fortnight_but_stays_in_the_frame() -> None:
    before, one = after(a_source(), *["hard"] * 4), after(a_source(), *["hard"] * 5)
    assert before.is_active
    assert (one.is_active, one.next_visit, one.inactive_why) == (False, None, "given up after 5 visits in a row")
    assert before.next_visit
    assert before.next_visit - NOW >= timedelta(days=14)


def test_what_may_pass_never_gives_a_source_up() -> None:
    assert after(a_source(), *["temporary"] * 40, *["soft"] * 40).is_active


def test_a_visit_that_the_end_of_the_run_cut_short_stays_due() -> None:
    one = visited(a_source(), replace(GOOD, is_cut_short=True), 1, NOW)
    assert one.next_visit == NOW
    assert visited(a_source(schedule="manual", next_visit=None), replace(GOOD, is_cut_short=True), 1, NOW).next_visit is None


def test_what_was_not_even_asked_is_as_it_was_but_says_so() -> None:
    failing = after(a_source(), "soft")
    unreached = visited(failing, Visit(failing.name, "not reached", is_reached=False), 9, NOW + DAY)
    assert unreached == replace(failing, last_outcome="not reached")


@pytest.mark.parametrize("weight", ["", "temporary", "soft", "hard"])
def test_what_a_person_starts_by_hand_is_not_visited_on_its_own(weight: Weight) -> None:
    for one in (a_source(schedule="manual", next_visit=None), a_source(is_active=False, next_visit=None)):
        assert visited(one, Visit(one.name, "", weight), 1, NOW).next_visit is None


def test_a_visit_by_hand_leaves_the_planned_slot() -> None:
    slot = schedules.next_slot(schedules.parse("monthly"), "till.example", NOW)
    assert visited(a_source(schedule="monthly", next_visit=slot), GOOD, 1, NOW + HOUR).next_visit == slot


@pytest.mark.parametrize("schedule", ["daily", "weekly", "every 2 days"])
def test_cron_that_is_not_punctual_still_visits_once_in_every_distance(schedule: str) -> None:
    """Nightly for 56 nights, up to two minutes early or late: a slot near that minute must not be missed or taken twice."""
    nights, every = 56, schedules.parse(schedule).every
    assert every
    for number in range(300):
        one, visits = a_source(f"{number}.example", schedule=schedule), 0
        for night in range(nights):
            started = NOW + night * DAY + timedelta(seconds=(night * 7919 + number * 104729) % 241 - 120)
            if one.next_visit and one.next_visit <= started + schedules.EARLY:
                one, visits = visited(one, GOOD, night, started), visits + 1
        assert abs(visits - nights * DAY / every) <= 1.5, (one.name, visits)


def test_hourly_cron_visits_a_daily_source_at_its_own_hour() -> None:
    one, moments = a_source(), list[datetime]()
    for hour in range(240):
        started = NOW + hour * HOUR
        if one.next_visit and one.next_visit <= started + schedules.EARLY:
            one = visited(one, GOOD, hour, started)
            moments.append(started)
    assert len({moment.hour for moment in moments[1:]}) == 1
    assert 10 <= len(moments) <= 11

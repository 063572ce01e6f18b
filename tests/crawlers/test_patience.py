from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.failures import ASKED_TO_WAIT, SILENT
from crawlers.patience import LONGEST, SHORTEST, UNSTATED, Closed, Patience, asked_to_wait

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)
SITE = "http://blog.example"


class Clock:
    """Time that passes when told to."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(("status", "words", "seconds"), [
    (429, "7", 7.0),
    (503, " 120 ", 120.0),
    (503, format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30.0),
    (429, "Sunday, 31-May-26 12:00:30 GMT", 30.0),
    (503, format_datetime(NOW - timedelta(days=30), usegmt=True), SHORTEST),
    (429, "0", SHORTEST),
    (503, "999999999999", 999999999999.0),
    (429, "", UNSTATED),
    (429, "soon", UNSTATED),
    (503, "-1", UNSTATED),
    (503, "1e9", UNSTATED),
    (503, "٣", UNSTATED),
    (503, "9" * 400, UNSTATED),
    (503, "", None),
    (500, "7", None),
    (200, "7", None),
    (301, "7", None),
])
def test_how_long_a_server_asks_us_to_wait(status: int, words: str, seconds: float | None) -> None:
    assert asked_to_wait(status, words, NOW) == seconds


def test_who_does_not_say_for_how_long_is_given_more_time_each_time() -> None:
    assert [asked_to_wait(429, "", NOW, attempt) for attempt in range(3)] == [UNSTATED, 2 * UNSTATED, 4 * UNSTATED]


@given(st.sampled_from([429, 503]), st.text(max_size=40))
def test_any_words_are_a_wait_or_none(status: int, words: str) -> None:
    seconds = asked_to_wait(status, words, NOW)
    assert seconds is None or seconds >= SHORTEST


def test_a_short_wait_is_kept_and_passes() -> None:
    clock = Clock()
    patience = Patience(clock, longest_wait=60)
    assert patience.busy(SITE, 20)
    assert (patience.wait(SITE), patience.wait("http://other.example"), patience.closed(SITE)) == (20, 0, None)
    clock.now += timedelta(seconds=21)
    assert patience.wait(SITE) == 0


def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    patience = Patience(Clock(), longest_wait=60)
    patience.busy(SITE, 50)
    patience.busy(SITE, 1)
    assert patience.wait(SITE) == 50


@pytest.mark.parametrize(("seconds", "until"), [(61, NOW + timedelta(seconds=61)), (1e12, NOW + LONGEST), (1e300, NOW + LONGEST)])
def test_a_long_wait_closes_the_host_but_not_for_ever(seconds: float, until: datetime) -> None:
    patience = Patience(Clock(), longest_wait=60)
    assert not patience.busy(SITE, seconds)
    assert patience.closed(SITE) == Closed(ASKED_TO_WAIT, until)
    assert patience.news() == [(SITE, Closed(ASKED_TO_WAIT, until))]
    assert patience.news() == []


def test_failures_in_a_row_close_a_host_and_an_answer_begins_anew() -> None:
    patience = Patience(Clock(), longest_wait=60, failures=3)
    for _ in range(2):
        patience.failed(SITE)
    patience.answered(SITE)
    for _ in range(2):
        patience.failed(SITE)
    assert patience.closed(SITE) is None
    patience.failed(SITE)
    closed = patience.closed(SITE)
    assert closed
    assert closed.why == SILENT
    assert patience.closed("http://other.example") is None


def test_what_an_earlier_run_has_written_down_is_no_news() -> None:
    patience = Patience(Clock(), longest_wait=60)
    patience.close(SITE, Closed(ASKED_TO_WAIT, NOW), is_known=True)
    assert (patience.news(), patience.closed(SITE)) == ([], Closed(ASKED_TO_WAIT, NOW))

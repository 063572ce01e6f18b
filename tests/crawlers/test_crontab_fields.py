from __future__ import annotations

import pytest

from crawlers import crontab_fields
from schema.errors import UsageError

GOOD = ["* * * * *", "0 0 1 1 0", "59 23 31 12 7", "*/20 1,2 * JAN mon", "15 4 * * 1-5", "0-30/10,45 */6 1-7,15 jan-mar,DEC Mon-fri", "5\t4  * * sun"]


@pytest.mark.parametrize("schedule", GOOD)
def test_what_cron_takes_stays_as_it_is_written(schedule: str) -> None:
    assert crontab_fields.are_meant(schedule)
    assert crontab_fields.checked(schedule) == tuple(schedule.split())


WRONG = [
    ("61 * * * *", "'61' is no minute"), ("* 24 * * *", "'24' is no hour"), ("* * 0 * *", "'0' is no day of the month"), ("* * * 13 *", "'13' is no month"),
    ("* * * * 8", "'8' is no day of the week"), ("30-10 * * * *", "'30-10' is no minute"), ("*/0 * * * *", "no minute"), ("5/10 * * * *", "no minute"),
    ("1,,2 * * * *", "no minute"), ("1- * * * *", "no minute"), ("* * * may-jam *", "no month"), ("jan * * * *", "no minute"), ("* * * * funday", "sun to sat"),
    ("² * * * *", "no minute"), ("15 4 * * $(date)", "no day of the week"), ("every now and then perhaps", "'every' is no minute"),
]


@pytest.mark.parametrize(("schedule", "words"), WRONG)
def test_what_cron_would_refuse_is_wrong_usage_and_the_field_is_named(schedule: str, words: str) -> None:
    with pytest.raises(UsageError, match="write numbers from") as refused:
        crontab_fields.checked(schedule)
    assert words in str(refused.value)


APART = [
    ("5 * * * *", 60), ("* * * * *", 1), ("*/20 * * * *", 20), ("0 */6 * * *", 360), ("30 4 * * *", 1440), ("30 4 * * 0", 1440), ("0 22,1 * * *", 180),
    ("0,50 3 * * *", 50), ("7,52 * * * *", 15), ("0 9-17/4 * * mon-fri", 240),
]


@pytest.mark.parametrize(("schedule", "minutes"), APART)
def test_the_shortest_time_between_two_runs_is_known(schedule: str, minutes: int) -> None:
    assert crontab_fields.apart(schedule) == minutes


@pytest.mark.parametrize("schedule", ["daily", "every 6 hours", "1 2 3 4", "1 2 3 4 5 6"])
def test_other_numbers_of_words_are_no_fields(schedule: str) -> None:
    assert not crontab_fields.are_meant(schedule)

"""Lines that hold a name and a date, headings that hold a number, stamps for machines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import printed


@pytest.mark.parametrize(("line", "name", "date"), [
    ("Posted by matthew at February  9, 2005 06:52 PM | TrackBack", "matthew", "February  9, 2005 06:52 PM"),
    ("Posted by: Ann | March 05, 2009 at 10:07 AM", "Ann", "March 05, 2009 at 10:07 AM"),
    ("Submitted by Jane (not verified) on Wed, 11/10/2010 - 12:05.", "Jane (not verified)", "Wed, 11/10/2010 - 12:05"),
    ("Wed, 2010-11-10 12:05 — Jane", "Jane", "Wed, 2010-11-10 12:05"),
    ("Verfasst von Kai am Mi., 10.11.2010 - 12:05.", "Kai", "Mi., 10.11.2010 - 12:05"),
    ("Ada on Wednesday, March 4. 2009 at 12:30:", "Ada", "Wednesday, March 4. 2009 at 12:30"),
    ("Par Loïc | 7 janvier 2020", "Loïc", "7 janvier 2020"),
    ("(22 juin 2018 @11h13)", "", "22 juin 2018 @11h13"),
    ("Le 11 septembre 2018 à 12:57", "", "11 septembre 2018 à 12:57"),
    ("June 18th, 2003 09:57 am (UTC)", "", "June 18th, 2003 09:57 am (UTC)"),
    ("投稿者: 花子 | 2009年3月5日 10:07", "花子", "2009年3月5日 10:07"),
    ("vom 04.06.2022.", "", "04.06.2022"),
    ("Nobody knows when", "", ""),
])
def test_name_and_date_of_a_byline_are_told_apart(line: str, name: str, date: str) -> None:
    assert printed.byline(line) == (name, date)


@pytest.mark.parametrize(("heading", "given"), [
    ("10 Kommentare", 10), ("View comments (27)", 27), ("已有 3 条评论", 3), ("Comments (1,204)", 1204), ("No Comments", 0), ("暂无评论", 0),
    ("Keine Kommentare", 0), ("One comment", 1), ("Un commentaire", 1), ("Noch keine Kommentare", 0), ("Poster un commentaire", None), ("Un message, un commentaire ?", None),
    ("Publicar un comentario", None), ("Post a comment", None), ("Why there is no such thing", None), ("Comments", None), ("Vos réactions", None), ("2 TrackBacks and 3 comments", None), ("", None), ("1 " * 90, None),
])
def test_a_heading_states_a_number_or_none(heading: str, given: int | None) -> None:
    assert printed.number(heading) == given


@pytest.mark.parametrize(("stamp", "given"), [
    ("2009-03-05T10:07:00-05:00", datetime(2009, 3, 5, 15, 7, tzinfo=UTC)), ("2018-09-11T10:57:27Z", datetime(2018, 9, 11, 10, 57, 27, tzinfo=UTC)),
    ("2009-03-05T10:07:00", None), ("2009-03-05", None), ("0001-01-01T00:00:00+14:00", None), ("soon", None), (None, None),
])
def test_a_stamp_counts_only_with_its_zone(stamp: str | None, given: datetime | None) -> None:
    assert printed.moment(stamp) == (given, "offset" if given else None)


@pytest.mark.parametrize(("seconds", "given"), [
    (1522703027, datetime(2018, 4, 2, 21, 3, 47, tzinfo=UTC)), ("1522703027", datetime(2018, 4, 2, 21, 3, 47, tzinfo=UTC)), ("", None), (None, None), ("12", None), ("9" * 30, None),
])
def test_seconds_of_the_epoch(seconds: object, given: datetime | None) -> None:
    assert printed.epoch(seconds) == (given, "epoch" if given else None)


@given(st.text(max_size=200))
def test_no_line_is_too_strange(line: str) -> None:
    name, date = printed.byline(line)
    assert not name or any(map(str.isalnum, name))
    assert date in line
    printed.number(line)
    printed.moment(line)

"""Printed dates become moments in UTC; what is not said is not guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.dates import when_of, with_date
from schema.items import Comment
from tests.pipeline.clean.made import FETCHED, context


@pytest.mark.parametrize(("printed", "language", "moment", "how"), [
    ("October 14, 2009 at 3:04 PM", "en", "2009-10-14T15:04", "local"),
    ("August 3, 2019 at 4:11 am", "en", "2019-08-03T04:11", "local"),
    ("Tuesday, August 20th, 2013 at 2:18 pm", "", "2013-08-20T14:18", "local"),
    ("Posted on Sept. 1st 2011, 12:05 a.m. by Ann", "en", "2011-09-01T00:05", "local"),
    ("12:30 PM, 14 October 2009", "en", "2009-10-14T12:30", "local"),
    ("14-Oct-2009 9:05:07", "en", "2009-10-14T09:05:07", "local"),
    ("Oct 14, 2009 3 pm", "en", "2009-10-14T15:00", "local"),
    ("Wednesday, October 14, 2009", "en", "2009-10-14T00:00", "date"),
    ("Wed, 14 Oct 2009 15:04:00 +0200", "en", "2009-10-14T13:04", "offset"),
    ("October 14, 2009 3:04 PM EST", "en", "2009-10-14T20:04", "offset"),
    ("2009-10-14T15:04:00-05:00", "en", "2009-10-14T20:04", "offset"),
    ("2009-10-14T15:04:05.123Z", "en", "2009-10-14T15:04:05", "offset"),
    ("2009-10-14 15:04", "en", "2009-10-14T15:04", "local"),
    ("2009/10/14", "en", "2009-10-14T00:00", "date"),
    ("02.12.2022, 15:57:32", "de", "2022-12-02T15:57:32", "local"),
    ("7.3.09", "en", "2009-03-07T00:00", "date"),
    ("7/21/2008 11:18:00 PM", "", "2008-07-21T23:18", "local"),
    ("7/2/2008 11:18:00 PM", "en", "2008-07-02T23:18", "local"),
    ("7/2/2008 23:18", "fr", "2008-02-07T23:18", "local"),
    ("21/7/2008", "en", "2008-07-21T00:00", "date"),
    ("17. Februar 2020 um 12:47 Uhr", "de", "2020-02-17T12:47", "local"),
    ("Do 9 Apr 2020 / 08:34", "de", "2020-04-09T08:34", "local"),
    ("14 août 2015 à 7 h 20 min", "fr", "2015-08-14T07:20", "local"),
    ("12 de marzo de 2014, 10:15", "es", "2014-03-12T10:15", "local"),
    ("пятница, 5 марта 2010 г. в 10:22", "ru", "2010-03-05T10:22", "local"),
    ("2019年3月5日 10:22", "ja", "2019-03-05T10:22", "local"),
    ("Samstag, 5. Oktober 2013", "en", "2013-10-05T00:00", "date"),     # a German template around English words
    ("10. September 2017 um 18:12", "", "2017-09-10T18:12", "local"),
    ("5. Mai 2013", "tlh", "2013-05-05T00:00", "date"),
    ("3 days ago", "en", "2024-05-14T12:00", "relative"),
    ("vor 2 Stunden", "de", "2024-05-17T10:00", "relative"),
])
def test_a_printed_date_is_read(printed: str, language: str, moment: str, how: str) -> None:
    assert when_of(printed, (language,), FETCHED) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), how)


@pytest.mark.parametrize("printed", [
    "", "10:14 AM", "21:00", "21:00 Uhr", "October 14", "May 2009", "2009", "hello", "7/2/2008 23:18", "07-08-09", "2009-13-45", "February 30, 2009",
    "Comment 12345 of 2013 posts", "x" * 5000, "10:14 PM said Ann",
])
def test_what_names_no_day_of_a_year_is_not_guessed(printed: str) -> None:
    assert when_of(printed, ("en",), FETCHED) is None


def test_a_moment_from_the_markup_is_kept_and_brought_to_utc() -> None:
    moment = datetime.fromisoformat("2009-10-14T15:04:00-05:00")
    comment = Comment("1", "x", published=moment, published_how="offset", published_raw="  October\n 14 ")
    dated = with_date(comment, context())
    assert (dated.published, dated.published_how, dated.published_raw) == (moment, "offset", "October 14")
    assert dated.published is not None and dated.published.tzinfo is UTC


@pytest.mark.parametrize("printed", ["May 20, 2024", "October 14, 2042", "January 1, 1970", "0:00, 31 December 1994"])
def test_a_date_after_the_fetch_or_before_the_first_blogs_is_no_date(printed: str) -> None:
    dated = with_date(Comment("1", "x", published_raw=printed), context())
    assert (dated.published, dated.published_how, dated.published_raw) == (None, None, printed)


def test_the_future_is_refused_from_the_markup_too() -> None:
    dated = with_date(Comment("1", "x", published=datetime(2042, 1, 1, tzinfo=UTC), published_how="epoch"), context())
    assert (dated.published, dated.published_how) == (None, None)


def test_the_language_of_the_page_counts_before_that_of_the_text() -> None:
    comment = Comment("1", "x", published_raw="7/2/2008 23:18", language="en")
    assert with_date(comment, context(language="fr")).published == datetime(2008, 2, 7, 23, 18, tzinfo=UTC)


@given(st.text(), st.sampled_from(("", "en", "de", "zz")))
def test_any_string_has_a_date_or_none(printed: str, language: str) -> None:
    when = when_of(printed, (language,), FETCHED)
    assert when is None or when[0].tzinfo is UTC

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
    ("February 3rd, 2010 at 7:05 a.m.", "en", "2010-02-03T07:05", "local"),
    ("3rd of February 2010", "en", "2010-02-03T00:00", "date"),
    ("Mittwoch, den 3. Februar 2010, 15.04 Uhr", "de", "2010-02-03T15:04", "local"),
    ("3. Jänner 2010", "de", "2010-01-03T00:00", "date"),
    ("mercredi 3 février 2010 à 15h04", "fr", "2010-02-03T15:04", "local"),
    ("1er août 2010", "fr", "2010-08-01T00:00", "date"),
    ("miércoles, 3 de febrero de 2010 a las 3:04 p. m.", "es", "2010-02-03T15:04", "local"),
    ("3 feb. 2010 15:04:05", "es", "2010-02-03T15:04:05", "local"),
    ("3 de fevereiro de 2010 às 15:04", "pt", "2010-02-03T15:04", "local"),
    ("mercoledì 3 febbraio 2010 alle ore 15.04", "it", "2010-02-03T15:04", "local"),
    ("3 de febrer del 2010", "ca", "2010-02-03T00:00", "date"),
    ("5 d'abril de 2010, 9:30", "ca", "2010-04-05T09:30", "local"),
    ("woensdag 3 februari 2010 om 15:04 uur", "nl", "2010-02-03T15:04", "local"),
    ("den 3 februari 2010 kl. 15.04", "sv", "2010-02-03T15:04", "local"),
    ("3. februar 2010 kl. 15:04", "da", "2010-02-03T15:04", "local"),
    ("3. helmikuuta 2010 klo 15.04", "fi", "2010-02-03T15:04", "local"),
    ("3 lutego 2010 o 15:04", "pl", "2010-02-03T15:04", "local"),
    ("3 listopada 2010", "pl", "2010-11-03T00:00", "date"),
    ("3. listopada 2010.", "hr", "2010-10-03T00:00", "date"),
    ("3. února 2010 v 15.04", "cs", "2010-02-03T15:04", "local"),
    ("3. februára 2010", "sk", "2010-02-03T00:00", "date"),
    ("2010. február 3. 15:04", "hu", "2010-02-03T15:04", "local"),
    ("3 februarie 2010, 15:04", "ro", "2010-02-03T15:04", "local"),
    ("3 февраля 2010 г., 15:04", "ru", "2010-02-03T15:04", "local"),
    ("3 лютого 2010 р. о 15:04", "uk", "2010-02-03T15:04", "local"),
    ("03 фев 2010, 15:04", "bg", "2010-02-03T15:04", "local"),
    ("3 Şubat 2010 Çarşamba 15:04", "tr", "2010-02-03T15:04", "local"),
    ("3 Φεβρουαρίου 2010 στις 3:04 μ.μ.", "el", "2010-02-03T15:04", "local"),
    ("3 Agustus 2010 pukul 15.04", "id", "2010-08-03T15:04", "local"),
    ("15:04 3 tháng 2, 2010", "vi", "2010-02-03T15:04", "local"),
    ("2010年2月3日 下午3:04", "zh", "2010-02-03T15:04", "local"),
    ("2010年2月3日水曜日 午後3時04分", "ja", "2010-02-03T15:04", "local"),
    ("2010년 2월 3일 오후 3:04", "ko", "2010-02-03T15:04", "local"),
    ("10.02.03 15:04", "ko", "2010-02-03T15:04", "local"),
    ("3 กุมภาพันธ์ 2553", "th", "2010-02-03T00:00", "date"),
    ("٣/٢/٢٠١٠", "ar", "2010-02-03T00:00", "date"),
    ("3 / 2 / 2010", "fr", "2010-02-03T00:00", "date"),
])
def test_a_printed_date_is_read(printed: str, language: str, moment: str, how: str) -> None:
    assert when_of(printed, (language,), FETCHED) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), how)


@pytest.mark.parametrize(("printed", "language", "moment"), [
    ("2 days ago", "en", "2024-05-15T12:00"), ("Posted 4 months ago by Ann", "en", "2024-01-17T12:00"), ("an hour ago", "en", "2024-05-17T11:00"),
    ("2 years, 3 months ago", "en", "2022-02-17T12:00"), ("vor 3 Tagen", "de", "2024-05-14T12:00"), ("vor einem Jahr", "de", "2023-05-17T12:00"),
    ("il y a 2 mois", "fr", "2024-03-17T12:00"), ("il y a un an", "fr", "2023-05-17T12:00"), ("hace 5 días", "es", "2024-05-12T12:00"), ("há 3 dias", "pt", "2024-05-14T12:00"),
    ("3 giorni fa", "it", "2024-05-14T12:00"), ("3 dagen geleden", "nl", "2024-05-14T12:00"), ("för 3 dagar sedan", "sv", "2024-05-14T12:00"),
    ("for 3 dage siden", "da", "2024-05-14T12:00"), ("3 päivää sitten", "fi", "2024-05-14T12:00"), ("3 dni temu", "pl", "2024-05-14T12:00"), ("před 3 dny", "cs", "2024-05-14T12:00"),
    ("3 дня назад", "ru", "2024-05-14T12:00"), ("3 дні тому", "uk", "2024-05-14T12:00"), ("3 gün önce", "tr", "2024-05-14T12:00"), ("πριν από 3 ημέρες", "el", "2024-05-14T12:00"),
    ("acum 3 zile", "ro", "2024-05-14T12:00"), ("3日前", "ja", "2024-05-14T12:00"), ("3天前", "zh", "2024-05-14T12:00"), ("3일 전", "ko", "2024-05-14T12:00"),
    ("3 hari yang lalu", "id", "2024-05-14T12:00"), ("3 ngày trước", "vi", "2024-05-14T12:00"), ("3 napja", "hu", "2024-05-14T12:00"), ("yesterday at 3:04 PM", "en", "2024-05-16T15:04"),
    ("gestern, 10:22 Uhr", "de", "2024-05-16T10:22"),
])
def test_a_relative_date_is_counted_from_the_fetch(printed: str, language: str, moment: str) -> None:
    assert when_of(printed, (language,), FETCHED) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), "relative")


def test_a_month_ago_is_the_last_day_of_a_shorter_month() -> None:
    assert when_of("1 month ago", ("en",), datetime(2024, 3, 31, 8, tzinfo=UTC)) == (datetime(2024, 2, 29, 8, tzinfo=UTC), "relative")


@pytest.mark.parametrize("printed", ["in 3 days", "tomorrow", "99999999 years ago", "9999 years ago", "3 bananas ago"])
def test_what_is_not_of_the_past_is_not_relative(printed: str) -> None:
    assert when_of(printed, ("en",), FETCHED) is None


@given(st.integers(0, 4000), st.sampled_from(("seconds", "minutes", "hours", "days", "weeks", "months", "years")))
def test_nothing_relative_is_of_the_future(count: int, unit: str) -> None:
    when = when_of(f"{count} {unit} ago", ("en",), FETCHED)
    assert when is None or when[0] <= FETCHED


@given(st.datetimes(datetime(1998, 1, 1), datetime(2024, 1, 1)), st.sampled_from((
    ("%d/%m/%Y %H:%M", True), ("%m/%d/%Y %I:%M %p", False), ("%d-%m-%Y %H:%M", True), ("%m/%d/%y %H:%M", False), ("%Y-%m-%d %H:%M", None), ("%d.%m.%Y %H:%M", None),
    ("%B %d, %Y %I:%M %p", None), ("%d %b %Y, %H:%M", None), ("%Y年%m月%d日 %H:%M", None),
)))
def test_what_a_blog_prints_of_a_moment_is_that_moment(moment: datetime, form: tuple[str, bool | None]) -> None:
    printed, day_first = moment.strftime(form[0]), form[1]
    assert when_of(printed, ("en",), FETCHED, day_first=day_first) == (moment.replace(second=0, microsecond=0, tzinfo=UTC), "local")


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

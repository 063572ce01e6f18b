from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawlers.sample import prose

TIME = datetime(2009, 10, 20, 0, 5, 40, 115000, timezone(timedelta(hours=1)))


@pytest.mark.parametrize(("typed", "printed"), [
    ("one\ntwo\n\nthree", "<p>one<br />\ntwo</p>\n<p>three</p>"),
    ("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
    ("<blockquote>a’s</blockquote>", "<blockquote><p>a&#8217;s</p></blockquote>"),
    ("<em>early</em> words", "<p><em>early</em> words</p>"),
])
def test_wordpress_makes_paragraphs(typed: str, printed: str) -> None:
    assert prose.paragraphs(typed) == printed


def test_blogger_makes_line_breaks() -> None:
    assert prose.breaks("one\ntwo\n\nthree") == "one<br />two<br /><br />three"


def test_names_are_escaped_once() -> None:
    assert prose.plain("O'Hara & <Sons>") == "O&#39;Hara &amp; &lt;Sons&gt;"


def test_times_are_printed_the_way_the_platforms_do() -> None:
    assert prose.long_day(TIME) == "Tuesday, October 20, 2009"
    assert prose.clock(TIME) == "12:05 AM"
    assert prose.clock(TIME.replace(hour=13)) == "1:05 PM"
    assert prose.milliseconds(TIME) == 1255993540115
    assert prose.stamp(TIME) == "2009-10-20T00:05:40.115+01:00"
    assert prose.feed_day(TIME) == "Mon, 19 Oct 2009 23:05:40 +0000"
    assert prose.day(TIME.astimezone(UTC)) == "October 19, 2009"


def test_labels_are_safe_and_typeset() -> None:
    assert prose.label("“Bread & Sons” – it’s <b>") == "&#8220;Bread &amp; Sons&#8221; &#8211; it&#8217;s &lt;b&gt;"

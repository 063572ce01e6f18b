from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.completing import has_told_all, wants
from crawlers.reading import Reading
from pipeline.gaps import Gaps
from schema.items import Comment, Link, Page, Post, Thread

URL = "http://counter-talk.blogspot.com/2009/11/note-1.html"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Link("http://counter-talk.blogspot.com/feeds/1/comments/default", "completion", "comment feed", for_post=URL)


def nested(stored: int, reported: int | None = None, **more: int) -> Gaps:
    return Gaps(reported, stored=stored, pages=more.get("pages", 1), shows_nesting=True, stated=more.get("stated"), vague=more.get("vague", 0))


@pytest.mark.parametrize(("gaps", "rule", "wanted"), [
    (None, "comment feed", False),
    (Gaps(reported=0), "comment feed", False),
    (Gaps(), "comment feed", False),
    (Gaps(reported=4), "comment feed", True),
    (nested(3, 3), "comment feed", False),
    (nested(3, 4), "comment feed", True),
    (nested(3, 4), "newest comments", True),
    (nested(1, stated=2), "comment feed", True),
    (nested(2, stated=2), "comment feed", False),
    (Gaps(3, stored=3, pages=1), "comment feed", True),
    (Gaps(3, stored=3, pages=1), "api", True),
    (Gaps(3, stored=3, pages=1), "newest comments", False),
    (Gaps(1, stored=1, pages=1), "comment feed", False),
    (Gaps(), "comments of an unknown theme", True),
    (Gaps(reported=0), "comments of an unknown theme", False),
    (nested(1), "comments of an unknown theme", False),
    (nested(1, 1, vague=1), "newest comments", True),
    (nested(2, 2, pages=2), "comment feed", True),
    (nested(2, 2, pages=2), "api", False),
    (Gaps(4, stored=3, pages=1), "commentPage", False),
    (Gaps(5, stored=2, is_exhausted=True), "comment feed", False),
])
def test_a_source_is_asked_only_for_what_the_pages_leave_open(gaps: Gaps | None, rule: str, wanted: bool) -> None:
    assert wants(gaps, rule) == wanted


@pytest.mark.parametrize(("comments", "links", "told"), [
    ((Comment("3", "blogger", via="feed"),), (), True),
    ((Comment("3", "blogger", via="api"),), (SOURCE,), False),
    ((Comment("3", "blogger"),), (), False),
    ((), (), False),
])
def test_a_source_that_gave_comments_and_has_no_further_page_has_told_all(comments: tuple[Comment, ...], links: tuple[Link, ...], told: bool) -> None:
    assert has_told_all(Reading(Page(URL, b"", NOW), "feed", (), (Thread(Post(URL, "blogger"), comments),), links, ())) == told

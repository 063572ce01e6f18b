from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawlers.completing import Completing
from crawlers.reading import Reading
from schema.items import Comment, Link, Page, Post, Thread

URL = "http://counter-talk.blogspot.com/2009/11/note-1.html"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NESTED = Comment("7", "blogger", place=1, depth=0, published=NOW, published_how="epoch")
FLAT = replace(NESTED, depth=None)
SOURCE = Link("http://counter-talk.blogspot.com/feeds/1/comments/default", "completion", "comment feed", for_post=URL)


def seen(*comments: Comment, reported: int | None = None, links: tuple[Link, ...] = (SOURCE,)) -> Reading:
    post = Post(URL, "blogger", comments_reported=reported)
    return Reading(Page(URL, b"", NOW), "blogger", (), (Thread(post, comments),), links, ())


def numbered(comment: Comment, count: int) -> tuple[Comment, ...]:
    return tuple(replace(comment, ref=str(n), place=n) for n in range(1, count + 1))


@pytest.mark.parametrize(("reading", "rule", "wanted"), [
    (seen(reported=0), "comment feed", False),
    (seen(), "comment feed", False),
    (seen(reported=4), "comment feed", True),
    (seen(*numbered(NESTED, 3), reported=3), "comment feed", False),
    (seen(*numbered(NESTED, 3), reported=4), "comment feed", True),
    (seen(*numbered(NESTED, 3), reported=4), "newest comments", True),
    (seen(*numbered(FLAT, 3), reported=3), "comment feed", True),
    (seen(*numbered(FLAT, 3), reported=3), "api", True),
    (seen(*numbered(FLAT, 3), reported=3), "newest comments", False),
    (seen(FLAT, reported=1), "comment feed", False),
    (seen(), "comments of an unknown theme", True),
    (seen(reported=0), "comments of an unknown theme", False),
    (seen(NESTED), "comments of an unknown theme", False),
    (seen(replace(NESTED, published_how="local"), reported=1), "newest comments", True),
    (seen(replace(NESTED, kind="pingback", published_how=None), reported=1), "api", False),
    (seen(NESTED, replace(NESTED, ref="8", page=2), reported=2), "comment feed", True),
    (seen(NESTED, replace(NESTED, ref="8", page=2), reported=2), "api", False),
    (seen(*numbered(FLAT, 3), reported=4), "commentPage", False),
])
def test_a_source_is_asked_only_for_what_the_pages_leave_open(reading: Reading, rule: str, wanted: bool) -> None:
    completing = Completing()
    completing.seen(reading)
    assert completing.wants(URL, rule) == wanted


def test_a_thread_that_nobody_read_is_not_completed() -> None:
    assert not Completing().wants(URL, "comment feed")


def test_the_pages_of_a_thread_count_together() -> None:
    completing = Completing()
    completing.seen(seen(NESTED, reported=2))
    assert completing.wants(URL, "api")
    completing.seen(seen(replace(NESTED, ref="8", page=2)))
    assert not completing.wants(URL, "api")


def test_what_has_told_all_it_knows_is_not_asked_again() -> None:
    completing = Completing()
    completing.seen(seen(*numbered(FLAT, 2), reported=5))
    told = replace(FLAT, ref="3", place=0, via="feed", published_how="feed")
    completing.seen(seen(told))
    assert completing.wants(URL, "comment feed")
    completing.seen(seen(replace(told, ref="4"), links=()))
    assert not completing.wants(URL, "comment feed"), "one comment is missing for good"


def test_a_feed_of_posts_may_know_of_more_comments_than_the_page_shows() -> None:
    completing = Completing()
    completing.seen(seen(NESTED))
    completing.stated([Link(URL, "post", "atom entry", 2), Link("http://counter-talk.blogspot.com/2009/11/note-2.html", "post")])
    assert completing.wants(URL, "comment feed")

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.following import Following
from crawlers.frontier import Frontier, Limits
from crawlers.reading import Reading
from crawlers.starts import Blog, Start, blog_at
from crawlers.targets import Target
from schema.items import Link, LinkKind, Page, Post, Skipped, Thread

HOME = "http://blog.example/"
START = Target(0, 1, HOME, "start", 0)


def reading(*links: Link, url: str = HOME, platform: str = "wordpress", posts: int = 0, skipped: tuple[Skipped, ...] = ()) -> Reading:
    threads = tuple(Thread(Post(f"{HOME}{number}", "wordpress")) for number in range(posts))
    return Reading(Page(url, b"", datetime(2026, 1, 1, tzinfo=UTC)), platform, (), threads, links, skipped)


def link(path: str, kind: LinkKind, rule: str = "") -> Link:
    return Link(HOME + path, kind, rule)


def followed(step: str, one: Reading, target: Target = START, blog: Blog | None = None) -> list[str]:
    """What waits after this step."""
    frontier = Frontier(Limits())
    getattr(Following(frontier, lambda _: [f"{HOME}posts.xml"]), step)(one, target, blog or blog_at(Start(HOME)))
    return [found.url.removeprefix(HOME) for found in frontier.news(0)]


def test_a_blogs_posts_are_looked_for_in_sitemaps_and_a_posts_are_not() -> None:
    assert followed("set_out", reading()) == ["posts.xml", "sitemap.xml", "wp-sitemap.xml"]
    assert followed("set_out", reading(url=f"{HOME}a", posts=1)) == []


def test_a_front_page_that_shows_one_post_is_no_post() -> None:
    blog = blog_at(Start(HOME))
    followed("set_out", reading(posts=1), blog=blog)
    assert not blog.only_this_post


@pytest.mark.parametrize(("one", "followed_"), [
    (link("a", "post"), True),
    (Link("http://elsewhere.example/a", "post"), False),
    (link("", "post"), False),
    (link("comments/feed", "feed"), False),
    (link("feed", "feed"), True),
    (Link("https://api.example/1", "comments", for_post=f"{HOME}a"), True),
    (Link("javascript:x", "next"), False),
])
def test_only_what_belongs_to_the_blog_is_followed(one: Link, followed_: bool) -> None:
    assert bool(followed("page", reading(one))) == followed_


def test_from_a_post_further_pages_of_its_thread_are_followed_and_lists_are_not() -> None:
    found = followed("page", reading(link("a/2", "comments"), link("feed", "feed"), link("b", "next")), Target(3, 1, f"{HOME}a", "post", 0))
    assert found == ["a/2", "b"]


def test_where_a_sitemap_names_the_posts_older_pages_of_a_feed_without_news_are_left() -> None:
    blog = blog_at(Start(HOME))
    blog.has_sitemap = True
    older = link("feed?page=2", "feed", "link rel=next")
    assert followed("list", reading(older, platform="feed"), blog=blog) == []
    assert followed("list", reading(link("a", "post"), older, platform="feed"), blog=blog) == ["a", "feed?page=2"]


def test_a_feed_tells_where_its_blog_is() -> None:
    blog = blog_at(Start("http://feeds.example/blog"))
    followed("list", reading(link("a", "post"), platform="feed"), blog=blog)
    assert (blog.source, blog.is_feed) == ("blog.example", True)


def test_further_pages_of_a_source_are_followed() -> None:
    more = Link(f"{HOME}a/feed?page=2", "completion", "newest comments", for_post=f"{HOME}a")
    assert followed("source", reading(more, link("b", "post"))) == ["a/feed?page=2"]

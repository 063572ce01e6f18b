from __future__ import annotations

import pytest

from crawlers.frontier import IN_FLIGHT, Frontier, Limits, Target
from schema.items import Link, LinkKind

BLOG = "http://blog.example"


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def drained(frontier: Frontier) -> list[Target]:
    """Everything that the frontier gives, one answer after the other."""
    found = []
    while batch := list(frontier.next()):
        found += batch
        for target in batch:
            frontier.done(target)
    return found


def filled(*links: tuple[str, LinkKind], limits: Limits | None = None) -> Frontier:
    frontier = Frontier(limits or Limits())
    for path, kind in links:
        frontier.add(Link(BLOG + path, kind), 0)
    return frontier


def test_posts_come_first_then_comment_pages_then_what_only_leads_to_posts() -> None:
    frontier = filled(("/page/2/", "next"), ("/2009/10/", "archive"), ("/a/comment-page-2/", "comments"), ("/a/", "post"), ("/feed/", "feed"), ("/sitemap.xml", "sitemap"))
    assert [target.kind for target in drained(frontier)] == ["sitemap", "feed", "post", "comments", "archive", "next"]


@pytest.mark.parametrize(("first", "again"), [
    (("/a/", "post"), ("/a", "post")),
    (("/a/", "post"), ("/a/?utm_source=feed", "post")),
    (("/a/", "post"), ("/a/?replytocom=7#respond", "post")),
    (("/a.html", "post"), ("/a.html?showComment=1256#c7", "post")),
    (("/a/", "post"), ("/a/", "comments")),
    (("/a/comment-page-2/#comments", "comments"), ("/a/comment-page-2/", "comments")),
    (("/?m=200910", "archive"), ("/?m=200910&utm_medium=x", "archive")),
])
def test_the_same_page_is_fetched_once(first: tuple[str, LinkKind], again: tuple[str, LinkKind]) -> None:
    assert len(drained(filled(first, again))) == 1


@pytest.mark.parametrize(("one", "other"), [
    (("/a/", "post"), ("/a/comment-page-2/", "comments")),
    (("/a.html?commentPage=1", "comments"), ("/a.html?commentPage=2", "comments")),
    (("/feed?start-index=26", "feed"), ("/feed?start-index=51", "feed")),
    (("/?m=200910", "archive"), ("/?m=200911", "archive")),
    (("/?p=7", "post"), ("/?p=8", "post")),
])
def test_pages_that_differ_in_their_query_are_different(one: tuple[str, LinkKind], other: tuple[str, LinkKind]) -> None:
    assert len(drained(filled(one, other))) == 2


@pytest.mark.parametrize("path", ["/a/?replytocom=7", "/a/?share=twitter", "/a.html?m=1", "/wp-login.php", "/a/?like_comment=7", "/a.html?showComment=1256"])
def test_views_and_actions_are_never_fetched(path: str) -> None:
    assert drained(filled((path, "comments"))) == []


def test_only_so_many_are_in_flight_for_each_blog() -> None:
    frontier = Frontier(Limits())
    for number in range(5):
        frontier.add(Link(f"http://one.example/{number}", "post"), 0)
        frontier.add(Link(f"http://two.example/{number}", "post"), 1)
    assert [target.blog for target in frontier.next()] == [0] * IN_FLIGHT + [1] * IN_FLIGHT


def test_the_number_of_posts_is_a_limit_and_their_comment_pages_still_come() -> None:
    frontier = filled(*((f"/{number}", "post") for number in range(5)), ("/0?cpage=2", "comments"), limits=Limits(max_posts=2))
    found = []
    while batch := list(frontier.next()):
        found += batch
        for target in batch:
            if target.kind == "post":
                frontier.taken(target.url)
            frontier.done(target)
    assert [target.kind for target in found] == ["post", "post", "comments"]
    assert frontier.is_limited


def test_a_page_that_is_no_post_does_not_count_as_one() -> None:
    frontier = filled(*((f"/{number}", "post") for number in range(3)), limits=Limits(max_posts=1))
    assert len(drained(frontier)) == 3      # none was taken
    assert not frontier.is_limited


def test_the_number_of_pages_is_a_limit() -> None:
    frontier = filled(*((f"/{number}", "post") for number in range(5)), limits=Limits(max_pages=3))
    assert len(drained(frontier)) == 3
    assert frontier.is_limited


def test_a_limit_that_is_just_met_is_none() -> None:
    frontier = filled(("/a", "post"), ("/b", "post"), limits=Limits(max_posts=2, max_pages=2))
    for target in frontier.next():
        frontier.taken(target.url)
        frontier.done(target)
    assert not frontier.is_limited


def test_time_is_a_limit() -> None:
    clock = Clock()
    frontier = Frontier(Limits(max_minutes=2), clock)
    for number in range(9):
        frontier.add(Link(f"{BLOG}/{number}", "post"), 0)
    first = list(frontier.next())
    clock.now = 121.0
    for target in first:
        frontier.done(target)
    assert (len(first), list(frontier.next()), frontier.is_limited) == (IN_FLIGHT, [], True)


def test_an_address_without_end_is_left_alone() -> None:
    assert drained(filled(("/" + "a" * 3000, "post"))) == []


def test_what_a_person_names_is_fetched_as_it_is() -> None:
    frontier = Frontier(Limits())
    frontier.start(f"{BLOG}/a/?replytocom=7#respond", 0)
    assert [target.url for target in drained(frontier)] == [f"{BLOG}/a/?replytocom=7"]


def test_what_an_api_serves_keeps_the_post_it_is_for() -> None:
    frontier = Frontier(Limits())
    assert frontier.add(Link("https://talk.example/?uri=%2Fa", "comments", for_post="https://blog.example/a"), 0)
    assert [(target.url, target.for_post) for target in frontier.next()] == [("https://talk.example/?uri=%2Fa", "https://blog.example/a")]


def source(path: str, rule: str) -> Link:
    return Link(BLOG + path, "completion", rule, for_post=BLOG + "/a/")


def test_what_completes_a_thread_waits_for_its_pages_and_knows_the_post() -> None:
    frontier = filled(("/2009/10/", "archive"), ("/a/comment-page-2/", "comments"))
    for link in (source("/a/feed/", "newest comments"), source("/api?page=1", "api")):
        frontier.add(link, 0)
    (page,) = frontier.next()
    assert (page.kind, list(frontier.next())) == ("comments", []), "what it tells decides"
    frontier.done(page)
    assert [(target.url.removeprefix(BLOG), target.for_post) for target in drained(frontier)] == [
        ("/api?page=1", BLOG + "/a/"), ("/a/feed/", BLOG + "/a/"), ("/2009/10/", "")]


def test_what_is_no_longer_wanted_is_not_fetched_and_is_no_work_left() -> None:
    wanted = {"api"}
    frontier = Frontier(Limits(max_pages=1), wants=lambda target: target.rule in wanted)
    for link in (source("/a/feed/", "newest comments"), source("/api?page=1", "api"), source("/api?page=2", "api")):
        frontier.add(link, 0)
    assert [target.rule for target in drained(frontier)] == ["api"]
    assert frontier.is_limited
    wanted.clear()
    assert not frontier.is_limited

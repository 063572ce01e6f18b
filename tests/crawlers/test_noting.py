from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers import noting
from crawlers.reading import Reading
from crawlers.starts import Start, blog_at
from crawlers.targets import Target
from pipeline.addresses import ONLY_THIS_POST, State
from pipeline.gaps import TOLD_ALL
from schema.items import Comment, Page, Post, Skipped, Thread
from schema.keys import post_key

URL = "http://blog.example/a"
PAGE = Page(URL, b"a post", datetime(2026, 1, 1, tzinfo=UTC), (("etag", '"1"'), ("last-modified", "then")))


def target(kind: str, for_post: str = "") -> Target:
    return Target(3, 1, URL, kind, 0, for_post=for_post, name="blog.example/a")


def reading(*comments: Comment) -> Reading:
    return Reading(PAGE, "wordpress", (), (Thread(Post(URL, "wordpress"), comments),), (), ())


def test_a_page_that_was_read_is_done_and_leaves_what_the_next_visit_needs() -> None:
    visit = noting.read(PAGE, target("post"), blog_at(Start("http://blog.example/")), [reading()], (), ("not a page",))
    assert (visit.state, visit.reason, visit.status, visit.etag, visit.last_modified, visit.post_key) == ("done", "", 200, '"1"', "then", post_key(URL))
    assert visit.blog == "blog.example/"


def test_what_is_no_page_of_the_blog_is_refused() -> None:
    visit = noting.read(PAGE, target("post"), blog_at(Start(URL)), [Skipped("not a page", URL)], (), ("not a page",))
    assert (visit.state, visit.reason) == ("refused", "not a page")


def test_a_start_that_is_a_post_is_noted_as_one_also_when_nothing_has_changed() -> None:
    blog = blog_at(Start(URL))
    blog.only_this_post = True
    for visit in (noting.read(PAGE, target("start"), blog, [reading()], (), ()), noting.unchanged(PAGE, target("start"), blog, ())):
        assert (visit.state, visit.reason) == ("done", ONLY_THIS_POST)


def test_a_source_that_has_told_all_is_noted() -> None:
    told = [reading(Comment("1", "wordpress", via="feed"))]
    assert noting.read(PAGE, target("completion", URL), blog_at(Start(URL)), told, (), ()).reason == TOLD_ALL
    assert noting.read(PAGE, target("comments", URL), blog_at(Start(URL)), told, (), ()).reason == ""


@pytest.mark.parametrize(("why", "state"), [("server error", "failed"), ("disallowed by robots.txt", "refused"), ("host asked to wait", "waiting")])
def test_what_could_not_be_had_is_tried_again_unless_it_would_be_in_vain(why: str, state: State) -> None:
    visit = noting.not_had(target("comments", URL), blog_at(Start(URL)), why, None, (), ())
    assert (visit.state, visit.reason, visit.post_key) == (state, why, post_key(URL))

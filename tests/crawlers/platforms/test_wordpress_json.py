"""The answers of WordPress' REST API, in the words of the sample blogs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawlers.reading import Reading, read
from schema.items import Link, Page

URL = "http://till.example/2016/12/labels/"
API = "http://till.example/wp-json/wp/v2/comments?post=7&per_page=100&orderby=date&order=asc&page={}"


def comment(number: int, parent: Any = 0, **changes: Any) -> dict[str, Any]:     # Any: JSON
    return {
        "id": number, "post": 7, "parent": parent, "author": 0, "author_name": f"Reader &amp; {number}", "author_url": "http://r.example/",
        "date": "2016-12-01T10:00:00", "date_gmt": "2016-12-01T09:00:00", "content": {"rendered": f"<p>Remark {number}.</p>\n"},
        "link": f"{URL}comment-page-2/#comment-{number}", "status": "approved", "type": "comment", "_links": {"self": []}, **changes,
    }


def post(**changes: Any) -> dict[str, Any]:     # Any: JSON
    return {
        "id": 7, "date": "2016-12-01T10:00:00", "date_gmt": "2016-12-01T09:00:00", "slug": "labels", "status": "publish", "type": "post", "link": URL,
        "title": {"rendered": "Labels &#038; <em>lids</em>"}, "content": {"rendered": "<p>Four words.</p>", "protected": False},
        "author": 2, "comment_status": "closed", "_embedded": {"author": [{"name": "Ann", "link": "http://till.example/author/ann/"}]},
        "_links": {"replies": [{"embeddable": True, "href": "http://till.example/wp-json/wp/v2/comments?post=7"}]}, **changes,
    }


def answered(body: object, *, page: int = 1, pages: int = 1, about: str = URL) -> Reading:
    headers = (("content-type", "application/json; charset=UTF-8"), ("x-wp-total", "477"), ("x-wp-totalpages", str(pages)))
    return read(Page(API.format(page), json.dumps(body).encode(), datetime(2026, 1, 1, tzinfo=UTC), headers, about=about))


def test_comments_come_with_parents_and_exact_times() -> None:
    reading = answered([comment(3), comment(4, 3), comment(5, type="pingback")])
    (thread,) = reading.threads
    assert (reading.platform, thread.post.url, thread.post.via, thread.post.title) == ("wordpress_json", URL, "api", "")
    first, second, third = thread.comments
    assert (second.ref, second.parent_ref, second.reply_to_how, first.parent_ref, first.reply_to_how) == ("4", "3", "api", None, None)
    assert (first.published, first.published_how) == (datetime(2016, 12, 1, 9, tzinfo=UTC), "api")
    assert (first.author, first.author_url, first.html, first.place) == ("Reader &amp; 3", "http://r.example/", "<p>Remark 3.</p>\n", 0)
    assert (second.kind, third.kind) == ("comment", "pingback")


@pytest.mark.parametrize(("page", "pages", "following"), [(1, 3, 2), (2, 3, 3), (3, 3, None), (1, 1, None)])
def test_the_answer_goes_on_until_its_last_page(page: int, pages: int, following: int | None) -> None:
    links = answered([comment(3)], page=page, pages=pages).links
    assert links == ((Link(API.format(following), "completion", "api", for_post=URL),) if following else ())


@pytest.mark.parametrize(("pages", "reported"), [(1, 1), (3, None)])
def test_only_what_was_returned_is_counted(pages: int, reported: int | None) -> None:
    assert answered([comment(3)], pages=pages).threads[0].post.comments_reported == reported


def test_comments_of_several_posts_are_kept_apart_and_know_their_posts() -> None:
    other = comment(9, link="http://till.example/2017/01/lids/#comment-9", post=8)
    threads = answered([comment(3), other, comment(4)], about="http://till.example/2018/x/").threads
    assert [(thread.post.url, [one.ref for one in thread.comments]) for thread in threads] == [
        (URL, ["3", "4"]), ("http://till.example/2017/01/lids/", ["9"])]


def test_the_post_whose_page_led_there_is_the_post() -> None:
    assert answered([comment(3)], about="http://www.till.example/labels/").threads[0].post.url == "http://www.till.example/labels/"


@pytest.mark.parametrize("body", [post(), [post()]])
def test_posts_are_read_and_lead_to_their_comments(body: object) -> None:
    reading = answered(body)
    (thread,) = reading.threads
    assert (thread.post.title, thread.post.author, thread.post.html, thread.post.comments_closed) == ("Labels & lids", "Ann", "<p>Four words.</p>", True)
    assert (thread.post.published, thread.post.published_how) == (datetime(2016, 12, 1, 9, tzinfo=UTC), "api")
    assert reading.links == (Link(API.format(1), "completion", "api", for_post=URL),)


def test_a_protected_post_is_not_taken() -> None:
    reading = answered([post(content={"rendered": "", "protected": True})])
    assert (reading.threads, [skipped.reason for skipped in reading.skipped]) == ((), ["password protected"])


@pytest.mark.parametrize("body", [
    [comment(3, id=None, parent={}, date_gmt="soon", content={"rendered": 5}, link=7, author_name=["x"])], {"code": "rest_forbidden"}, [[]], [post(link=None, _links=[], title=3)],
])
def test_nonsense_is_survived(body: object) -> None:
    answered(body)

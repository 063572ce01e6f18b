"""Typecho's standard theme and one with a list of its own: pages in our own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import typecho
from schema.items import Page
from tests.crawlers.platforms.reading import (
    FETCHED,
    comments_of,
    damaged,
    links_of,
    names,
    page_of,
    post_of,
    saved,
    skipped_of,
    text_of,
)

POST = "http://guitai.example/archives/12/"


@pytest.mark.parametrize("name", names("typecho"))
def test_every_theme_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert typecho.confidence(saved("typecho", name)) >= 0.9
    assert reading.read(saved("typecho", name)).platform == "typecho"


@pytest.mark.parametrize(("body", "given"), [
    ('<meta name="generator" content="WordPress 5"><li class="comment-level-odd">', 0.0), ('<li class="comment-level-odd">', 0.4), ("<p>Typecho</p>", 0.0),
])
def test_pages_that_only_hint_at_it_are_left_to_surer_readers(body: str, given: float) -> None:
    assert typecho.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "reported", "closed", "text"), [
    ("default.html", "门上的铃", "诺拉", "2019-03-04", "2019-03-04T11:15", 4, False, "门上的铃比谁都先向客人问好。 它从没有坏心情。"),
    ("callback.html", "价签会说话", "", "2021.03.09", None, 1, True, "价签说的不只是价钱。"),
    ("empty.html", "还没有人", "", "", None, None, False, "谁先说？空钩子吧。"),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str | None, reported: int | None, closed: bool, text: str) -> None:
    post = post_of(typecho, saved("typecho", name))
    assert (post.title, post.author, post.published_raw, post.comments_reported, post.comments_closed, text_of(post.html)) == (title, author, raw, reported, closed, text)
    assert (post.published.isoformat()[:16] if post.published else None) == iso


@pytest.mark.parametrize(("name", "expected"), [
    ("default.html", [
        ("71", "小王", "http://xiaowang.example/", None, 0, False, "我们的响两下。"), ("72", "诺拉", "http://guitai.example/", "71", 1, True, "那是锣。"),
        ("73", "小李", "", "72", 2, False, "好锣。"), ("74", "路人", "", None, 0, False, "路过。"),
    ]),
    ("callback.html", [("81", "小王", "", None, 0, False, "还说什么？"), ("82", "诺拉", "", "81", 1, True, "请问。")]),
    ("empty.html", []), ("list.html", []),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [(c.ref, c.author, c.author_url, c.parent_ref, c.depth, c.by_post_author, text_of(c.html)) for c in comments_of(typecho, saved("typecho", name))] == expected


def test_moments_and_permalinks() -> None:
    first = comments_of(typecho, saved("typecho", "default.html", POST))[0]
    assert (first.published, first.published_how, first.published_raw) == (datetime(2019, 3, 4, 13, 30, tzinfo=UTC), "offset", "March 4th, 2019 at 09:30 pm")
    assert first.url == f"{POST}comment-page-1#comment-71"
    other = comments_of(typecho, saved("typecho", "callback.html"))[0]
    assert (other.published, other.published_raw) == (None, "2021-03-10 08:26")


def test_a_flat_list_has_no_depth_to_tell() -> None:
    body = '<meta name="generator" content="Typecho 1.2"><div class="post-content">A post about a bell.</div><ol class="comment-list">'
    item = '<li id="comment-{0}" class="comment-body comment-parent"><cite class="fn">Ann</cite><div class="comment-content">No. {0}</div></li>'
    found = comments_of(typecho, page_of(body + item.format(1) + item.format(2)))
    assert [(c.ref, c.parent_ref, c.depth) for c in found] == [("1", None, None), ("2", None, None)]


def test_further_pages_of_comments_and_lists() -> None:
    page = saved("typecho", "default.html", f"{POST}comment-page-1")
    assert links_of(typecho, page, "comments") == [f"{POST}comment-page-2"] * 2
    assert comments_of(typecho, saved("typecho", "default.html", f"{POST}comment-page-2"))[0].page == 2
    listing = saved("typecho", "list.html", "http://guitai.example/")
    assert links_of(typecho, listing, "post") == ["http://guitai.example/archives/13/", POST]
    assert links_of(typecho, listing, "next") == ["http://guitai.example/page/2/"]
    assert links_of(typecho, listing, "feed") == ["http://guitai.example/feed/atom/"]


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(typecho, page_of("<p>404", status=404)) == ["not found page"]
    assert skipped_of(typecho, page_of('<div class="error-page"><h2 class="post-title">404</h2></div>')) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("typecho")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(typecho.read(damaged("typecho", name, start, length, instead)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    typecho.confidence(page)
    list(typecho.read(page))

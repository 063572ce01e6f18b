"""TypePad's themes and its plain templates of 2004: pages in our own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import typepad
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

BELL = "http://counter-talk.example/counter/2009/03/bell.html"


@pytest.mark.parametrize("name", names("typepad"))
def test_every_template_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert typepad.confidence(saved("typepad", name)) >= 0.9
    assert reading.read(saved("typepad", name)).platform == "typepad"


@pytest.mark.parametrize("body", ['<meta name="generator" content="Blogger" /><div id="comment-6a00d83451aaaa69e2">', '<a href="http://nora.typepad.com/">moved</a>', ""])
def test_pages_that_only_mention_it_are_left_to_others(body: str) -> None:
    assert typepad.confidence(page_of(body)) == 0.0


@pytest.mark.parametrize(("name", "title", "author", "raw", "closed", "text"), [
    ("themes2009.html", "The bell above the door", "Nora Quill", "March 05, 2009 10:07 AM", True, "A bell greets the customer before anybody else does. It has no bad mornings."),
    ("plain2004.html", "Leaflets", "", "January 05, 2004 at 06:42 AM", False, "A leaflet nobody asked for was on my mat this morning."),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, closed: bool, text: str) -> None:
    post = post_of(typepad, saved("typepad", name))
    assert (post.platform, post.title, post.author, post.published_raw, post.comments_closed, text_of(post.html)) == ("typepad", title, author, raw, closed, text)


@pytest.mark.parametrize(("name", "expected"), [
    ("themes2009.html", [
        ("6a00d83451aaaa69e2011300000011", "Ada Finch", "http://adafinch.example/", "March 05, 2009 at 11:26 AM", "Ours rings twice."),
        ("6a00d83451aaaa69e2011300000012", "Nora Quill", "", "March 05, 2009 at 01:02 PM", "Then it is a gong."),
    ]),
    ("plain2004.html", [
        ("300111", "Orla", "http://orla.example/", "January 5, 2004 05:37 PM", "I keep them for the birds. The birds object."),
        ("300112", "Finn", "", "January 6, 2004 08:00 AM", "So do I."),
    ]),
    ("list.html", []),
])
def test_each_comment_with_author_date_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [(c.ref, c.author, c.author_url, c.published_raw, text_of(c.html)) for c in comments_of(typepad, saved("typepad", name))] == expected


def test_comments_inside_one_another_and_links_to_the_comment_that_is_answered() -> None:
    def comment(number: int, inner: str = "", line: str = "") -> str:
        return (f'<div class="comment" id="comment-6a00d83451aaaa{number}"><div class="comment-content">No. {number}</div>'
                f'<p class="comment-footer">Ann {line}| March 05, 2009 at 11:2{number} AM</p>{inner}</div>')
    body = '<meta name="generator" content="http://www.typepad.com/" /><div class="entry"><div class="entry-body">A post.</div></div>'
    answer = comment(3, line='in reply to <a href="#comment-6a00d83451aaaa1">Bob</a> ')
    found = comments_of(typepad, page_of(body + comment(1, comment(2)) + answer))
    assert [(c.ref[-1], c.parent_ref and c.parent_ref[-1], text_of(c.html)) for c in found] == [("1", None, "No. 1"), ("2", "1", "No. 2"), ("3", "1", "No. 3")]


def test_an_anchor_that_repeats_counts_once() -> None:
    part = '<a id="c300111"></a><p>Once.</p><p class="posted">Posted by: Orla | <a href="#c300111">January 5, 2004 05:37 PM</a></p>'
    page = page_of(f'<div class="entry-body">A post.</div><h2>Comments</h2>{part}{part}')
    assert [(c.ref, text_of(c.html)) for c in comments_of(typepad, page)] == [("300111", "Once.")]


def test_further_comment_pages_and_the_next_page_of_a_list() -> None:
    assert links_of(typepad, saved("typepad", "themes2009.html", BELL), "comments") == ["http://counter-talk.example/counter/2009/03/bell/comments/page/2/"]
    assert comments_of(typepad, saved("typepad", "themes2009.html", f"{BELL[:-5]}/comments/page/2/"))[0].page == 2
    page = saved("typepad", "list.html", "http://counter-talk.example/counter/")
    assert links_of(typepad, page, "post") == [BELL, "http://counter-talk.example/counter/2009/02/shelves.html"]
    assert links_of(typepad, page, "next") == ["http://counter-talk.example/counter/page/2/"]


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(typepad, page_of("<p>Not found", status=404)) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("typepad")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(typepad.read(damaged("typepad", name, start, length, instead)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    typepad.confidence(page)
    list(typepad.read(page))

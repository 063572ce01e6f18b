"""Movable Type from 2.6 to 5: pages in our own words and the blog kept in ../shared."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import movabletype
from schema.items import Page
from tests.crawlers.platforms import scoring
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

FLOORS = json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text())
QUEUE = "http://counter-talk.example/2010/03/queue.html"


@pytest.mark.parametrize("name", names("movabletype"))
def test_every_version_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert movabletype.confidence(saved("movabletype", name)) >= 0.9
    assert reading.read(saved("movabletype", name)).platform == "movabletype"


@pytest.mark.parametrize(("body", "given"), [
    ('<meta name="generator" content="WordPress 2.1" /><form action="/cgi-bin/mt-comments.cgi">', 0.0),
    ('<p>Powered by <a href="http://www.movabletype.org/">Movable Type</a>', 0.3),
    ("", 0.0),
])
def test_pages_that_only_hint_at_it_are_left_to_surer_readers(body: str, given: float) -> None:
    assert movabletype.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "reported", "pings"), [
    ("classic2.html", "The bell above the door", "nora", "March  4, 2004 07:15 PM", "2004-03-05T03:15", None, None),
    ("standard3.html", "Price tags talk", "Nora Quill", "November 11, 2006 6:05 PM", None, 2, None),
    ("classic5.html", "The queue at the till", "Nora Quill", "March 9, 2010 6:05 PM", "2010-03-09T23:05", 3, 1),
    ("empty4.html", "まだ誰も", "花子", "2010年3月12日 08:00", "2010-03-11T23:00", None, None),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str | None, reported: int | None, pings: int | None) -> None:
    post = post_of(movabletype, saved("movabletype", name))
    assert (post.title, post.author, " ".join(post.published_raw.split())) == (title, author, " ".join(raw.split()))
    assert (post.published.isoformat()[:16] if post.published else None) == iso
    assert (post.comments_reported, post.pings_reported, post.comments_closed) == (reported, pings, False)


@pytest.mark.parametrize(("name", "first", "last"), [
    ("classic2.html", "A bell greets", "that somebody came."), ("standard3.html", "A price tag says", "please ask."),
    ("classic5.html", "A long queue", "found out yet."), ("empty4.html", "最初に", "でしょう。"),
])
def test_both_parts_of_the_body_and_nothing_else(name: str, first: str, last: str) -> None:
    text = text_of(post_of(movabletype, saved("movabletype", name)).html)
    assert (text[:len(first)], text[-len(last):]) == (first, last)


@pytest.mark.parametrize(("name", "expected"), [
    ("classic2.html", [
        ("31", "comment", "Pat from Leeds", "", None, "Ours rings twice. Posted by: nobody at noon, says the bell."),
        ("#2", "comment", "nora", "", None, "Then it is a gong."),
        ("#3", "comment", "Gong Man", "http://gongs.example/", None, "I sell gongs."),
    ]),
    ("standard3.html", [
        ("41", "comment", "Ada Finch", "http://adafinch.example/", None, "Mine say nothing on March 5, 2005 at all."),
        ("42", "comment", "Sam", "", None, "Then they say it politely."),
        ("ping-7", "trackback", "Elsewhere & Co", "http://elsewhere.example/tags", None, "» Tags that shout from Elsewhere & Co Some of them shout in red. [Read More]"),
    ]),
    ("classic5.html", [
        ("61", "comment", "Ada Finch", "http://adafinch.example/", None, "Ours stands in the rain."),
        ("62", "comment", "Nora Quill", "", "61", "Sell umbrellas to it. See below."),
        ("63", "comment", "Sam", "", None, "Umbrellas with your name."),
        ("ping-8", "trackback", "Elsewhere", "http://elsewhere.example/queues", None, "The longest is in Leeds. Read More"),
    ]),
    ("empty4.html", []),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [(c.ref, c.kind, c.author, c.author_url, c.parent_ref, text_of(c.html)) for c in comments_of(movabletype, saved("movabletype", name))] == expected


def test_moments_and_permalinks() -> None:
    first = comments_of(movabletype, saved("movabletype", "classic5.html", QUEUE))[0]
    assert (first.published, first.published_how) == (datetime(2010, 3, 10, 13, 26, 10, tzinfo=UTC), "offset")
    assert (first.published_raw, first.url) == ("March 10, 2010 8:26 AM", f"{QUEUE}#comment-61")
    old = comments_of(movabletype, saved("movabletype", "classic2.html"))[0]
    assert (old.published, old.published_raw, old.url) == (None, "March 4, 2004 08:46 PM", "")


def test_the_authors_of_answers_are_marked_where_the_theme_marks_them() -> None:
    page = saved("movabletype", "classic5.html")
    marked = page.body.replace(b'class="comment comment-reply"', b'class="comment comment-reply entry-author-comment"')
    assert [c.by_post_author for c in comments_of(movabletype, Page(page.url, marked, FETCHED))] == [False, True, False, None]
    assert comments_of(movabletype, page)[0].by_post_author is None


def test_an_index_leads_to_its_posts_and_the_feed() -> None:
    page = saved("movabletype", "list4.html", "http://counter-talk.example/")
    assert links_of(movabletype, page, "post") == [QUEUE, "http://counter-talk.example/2010/02/bell.html"]
    assert links_of(movabletype, page, "feed") == ["http://counter-talk.example/atom.xml"]
    assert comments_of(movabletype, page) == []


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(movabletype, page_of("<p>Not found", status=410)) == ["not found page"]
    assert skipped_of(movabletype, page_of("<p>")) == ["no post found"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    movabletype.confidence(page)
    list(movabletype.read(page))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("movabletype")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(movabletype.read(damaged("movabletype", name, start, length, instead)))


def test_pages_read_by_hand_are_read_alike(shared: Path) -> None:
    found = scoring.scores(shared, "movabletype")
    assert sum(score.complete for score in found) / sum(score.gold for score in found) >= FLOORS["movabletype.gold.with_author_and_parent"]
    assert sum(score.dates for score in found) == sum(score.dated for score in found)
    assert [(score.extra, score.leaked, score.edges_false, score.title, score.author, score.date, score.text) for score in found] == [(0, 0, 0, True, True, True, True)] * 2
    assert [count for count in scoring.counts(shared, "movabletype") if not count.is_equal] == []

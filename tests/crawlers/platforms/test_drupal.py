"""Drupal from 6 to 8: pages in our own words and the sites kept in ../shared."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import drupal
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
POST = "http://counter-talk.example/node/12"


@pytest.mark.parametrize("name", names("drupal"))
def test_every_generation_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert drupal.confidence(saved("drupal", name)) >= 0.9
    assert reading.read(saved("drupal", name)).platform == "drupal"


@pytest.mark.parametrize(("body", "given"), [
    ('<meta name="generator" content="WordPress 6.1"><img src="/sites/default/files/old.png">', 0.0),
    ('<img src="/sites/default/files/old.png">', 0.35),
    ('<p>We left Drupal for something else.</p>', 0.0),
    ("", 0.0),
])
def test_pages_that_only_hint_at_drupal_are_left_to_surer_readers(body: str, given: float) -> None:
    assert drupal.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "reported"), [
    ("garland6.html", "The queue at the till", "Nora Quill", "Tue, 03/09/2010 - 18:05", None, None),
    ("bartik7.html", "Preisschilder reden", "Nora Quill", "Mo, 11/11/2013 - 18:05", "2013-11-11T17:05", 3),
    ("classy8.html", "The bell above the door", "nora", "Mon, 03/04/2019 - 19:15", "2019-03-04T19:15", 4),
    ("empty7.html", "Nobody yet", "Nora Quill", "Tue, 11/12/2013 - 08:00", None, None),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str | None, reported: int | None) -> None:
    post = post_of(drupal, saved("drupal", name))
    assert (post.title, post.author, post.published_raw, post.comments_reported, post.comments_closed) == (title, author, raw, reported, False)
    assert (post.published.isoformat()[:16] if post.published else None) == iso


@pytest.mark.parametrize(("name", "first", "last"), [
    ("garland6.html", "A long queue", "began to look in."), ("bartik7.html", "Ein Preisschild sagt", "bitte fragen."),
    ("classy8.html", "A bell above", "a bad morning."), ("empty7.html", "Who speaks first?", "looks for it."),
])
def test_the_body_is_whole_and_without_tags_links_and_comments(name: str, first: str, last: str) -> None:
    text = text_of(post_of(drupal, saved("drupal", name)).html)
    assert (text[:len(first)], text[-len(last):]) == (first, last)


@pytest.mark.parametrize(("name", "expected"), [
    ("garland6.html", [
        ("41", "Ada Finch", "http://adafinch.example/", None, 0, None, "Our queue stands in the rain, and still it grows. I wrote about rain and bread on 02/01/2009."),
        ("42", "Nora Quill", "http://counter-talk.example/user/1", "41", 1, None, "Then sell umbrellas to it."),
        ("44", "Sam", "", "42", 2, None, "With your name on them, of course."),
        ("43", "Anonymous", "", None, 0, None, "Cheap watches at my page."),
    ]),
    ("bartik7.html", [
        ("51", "Ada Finch", "", None, 0, False, "Und wenn keiner fragt, Nora?"),
        ("52", "Nora Quill", "http://counter-talk.example/users/nora", "51", 1, True, "Dann frage ich."),
        ("53", "Kai", "", None, 0, False, "Bei uns steht der Preis auf der Rückseite."),
    ]),
    ("classy8.html", [
        ("71", "Pat", "", None, 0, False, "Ours rings twice."),
        ("72", "nora", "http://counter-talk.example/user/1", "71", 1, True, "Then it is a gong."),
    ]),
    ("empty7.html", []),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [
        (c.ref, c.author, c.author_url, c.parent_ref, c.depth, c.by_post_author, text_of(c.html))
        for c in comments_of(drupal, saved("drupal", name, POST))
    ] == expected


def test_the_moment_comes_from_the_rdf_and_the_printed_form_is_kept() -> None:
    comment = comments_of(drupal, saved("drupal", "bartik7.html"))[0]
    assert (comment.published, comment.published_how) == (datetime(2013, 11, 11, 19, 26, 41, tzinfo=UTC), "offset")
    assert comment.published_raw == "Mo, 11/11/2013 - 20:26"
    assert comments_of(drupal, saved("drupal", "garland6.html"))[0].published is None


@pytest.mark.parametrize(("seconds", "iso"), [("1551735000", "2019-03-04T21:30:00+00:00"), ("1551900000", None), ("soon", None)])
def test_the_moment_of_the_last_change_is_believed_where_the_printed_minute_is_the_same(seconds: str, iso: str | None) -> None:
    page = saved("drupal", "classy8.html")
    comment = comments_of(drupal, Page(page.url, page.body.replace(b"1551735000", seconds.encode()), FETCHED))[0]
    assert (comment.published.isoformat() if comment.published else None) == iso


def test_a_thread_without_answers_has_no_depth_to_tell() -> None:
    body = '<meta name="Generator" content="Drupal 7"><article class="node"><div class="field-name-body"><p>One long enough text about shops, their doors and their bells.</p></div></article>'
    found = comments_of(drupal, page_of(body + "".join(f'<a id="comment-{n}"></a><div class="comment"><div class="content"><p>No. {n}</p></div></div>' for n in (1, 2))))
    assert [(c.ref, c.parent_ref, c.depth) for c in found] == [("1", None, None), ("2", None, None)]


def test_a_comment_that_is_said_to_answer_itself_answers_none() -> None:
    page = saved("drupal", "classy8.html")
    looped = page.body.replace(b'In reply to <a href="/comment/71#comment-71"', b'In reply to <a href="/comment/72#comment-72"').replace(b'<div class="indented">', b"<div>")
    assert [(c.ref, c.parent_ref) for c in comments_of(drupal, Page(page.url, looped, FETCHED))] == [("71", None), ("72", None)]


def test_further_pages_of_a_thread_are_named_and_counted_from_one() -> None:
    assert links_of(drupal, saved("drupal", "garland6.html", POST), "comments") == [f"{POST}?page=1"] * 2
    assert comments_of(drupal, saved("drupal", "garland6.html", f"{POST}?page=2"))[0].page == 3


def test_a_list_leads_to_its_posts_the_next_page_and_the_feed() -> None:
    page = saved("drupal", "list7.html", "http://counter-talk.example/")
    assert links_of(drupal, page, "post") == ["http://counter-talk.example/price-tags-talk", "http://counter-talk.example/nobody-yet"]
    assert links_of(drupal, page, "next") == ["http://counter-talk.example/node?page=1"]
    assert links_of(drupal, page, "feed") == ["http://counter-talk.example/rss.xml"]


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(drupal, page_of("<p>Page not found", status=404)) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    drupal.confidence(page)
    list(drupal.read(page))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("drupal")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(drupal.read(damaged("drupal", name, start, length, instead)))


def test_pages_read_by_hand_are_read_alike(shared: Path) -> None:
    found = scoring.scores(shared, "drupal")
    assert sum(score.complete for score in found) / sum(score.gold for score in found) >= FLOORS["drupal.gold.with_author_and_parent"]
    assert sum(score.dates for score in found) == sum(score.dated for score in found)
    assert [(score.extra, score.leaked, score.edges_false, score.title, score.author, score.date) for score in found] == [(0, 0, 0, True, True, True)] * len(found)
    assert [count for count in scoring.counts(shared, "drupal") if not count.is_equal] == []

"""Serendipity's templates: pages in our own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import serendipity
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

FLAT = '<meta name="generator" content="Serendipity v.2"><div class="serendipity_entry"><div class="serendipity_entry_body">A post about a bell.</div></div>'


@pytest.mark.parametrize("name", names("serendipity"))
def test_every_template_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert serendipity.confidence(saved("serendipity", name)) == 1.0
    assert reading.read(saved("serendipity", name)).platform == "serendipity"


@pytest.mark.parametrize(("body", "given"), [
    ('<div class="serendipity_entry">', 0.95), ('<meta name="generator" content="WordPress 5"><div class="serendipity_entry">', 0.0), ("<p>Pure serendipity</p>", 0.0),
])
def test_pages_that_only_hint_at_it_are_left_to_surer_readers(body: str, given: float) -> None:
    assert serendipity.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "counts", "closed", "text"), [
    ("2k11.html", "Preisschilder reden", "Nora Quill", "11.11.2013", "2013-11-11T17:05", (4, None), False,
     "Ein Preisschild sagt, was die Ware kostet. Ein gutes sagt, was der Laden von seinen Kunden hält."),
    ("default.html", "The bell above the door", "Nora Quill", "Wednesday, March 4. 2009 19:15", None, (3, 1), True, "A bell greets the customer before anybody else does. It has no bad mornings."),
    ("empty.html", "Nobody yet", "Nora Quill", "2013-11-12", "2013-11-12T07:00", (None, None), False, "Who speaks first? The empty hook."),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str | None, counts: tuple[int | None, int | None], closed: bool, text: str) -> None:
    post = post_of(serendipity, saved("serendipity", name))
    assert (post.title, post.author, post.published_raw, text_of(post.html)) == (title, author, raw, text)
    assert (post.comments_reported, post.pings_reported, post.comments_closed) == (*counts, closed)
    assert (post.published.isoformat()[:16] if post.published else None) == iso


@pytest.mark.parametrize(("name", "expected"), [
    ("2k11.html", [
        ("51", "comment", "Ada Finch", "http://adafinch.example/", None, 0, False, None, "Und wenn keiner fragt, Nora?"),
        ("52", "comment", "Nora Quill", "", "51", 1, True, None, "Dann frage ich."),
        ("54", "comment", "Kai", "", "52", 2, False, "moderator", ""),
        ("53", "comment", "Anonym", "", None, 0, False, None, "Bei uns steht der Preis auf der Rückseite."),
        ("60", "trackback", "Anderswo", "http://anderswo.example/schilder", None, None, None, None, "Manche schreien in Rot."),
    ]),
    ("default.html", [
        ("31", "comment", "Pat from Leeds", "http://pat.example/", None, 0, False, None, "Ours rings twice."),
        ("32", "comment", "Nora Quill", "", "31", 1, True, None, "Then it is a gong."),
        ("33", "comment", "Sam", "", None, 0, False, None, "I sell gongs."),
        ("40", "trackback", "Elsewhere", "http://elsewhere.example/bells", None, None, None, None, "Bells of the world The loudest is in Leeds."),
    ]),
    ("empty.html", []), ("list.html", []),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [
        (c.ref, c.kind, c.author, c.author_url, c.parent_ref, c.depth, c.by_post_author, c.removed_how, text_of(c.html))
        for c in comments_of(serendipity, saved("serendipity", name))
    ] == expected


def test_moments_printed_dates_and_permalinks() -> None:
    first = comments_of(serendipity, saved("serendipity", "2k11.html"))[0]
    assert (first.published, first.published_how, first.published_raw) == (datetime(2013, 11, 11, 19, 26, 41, tzinfo=UTC), "offset", "11.11.2013 20:26")
    assert first.url == "http://ladentheke.example/archives/12-Preisschilder-reden.html#c51"
    old = comments_of(serendipity, saved("serendipity", "default.html"))[0]
    assert (old.published, old.published_raw) == (None, "2009-03-04 20:46")


@pytest.mark.parametrize(("shape", "parents"), [
    ('class="serendipity_comment commentlevel-{0}"', [None, "1", "2"]), ('class="serendipity_comment commentlevel_{0}"', [None, "1", "2"]),
    ('class="serendipity_comment" style="margin-left: {0}0px"', [None, "1", "2"]), ('class="serendipity_comment"', [None, None, None]),
])
def test_depth_is_in_a_class_name_or_in_an_indent_or_nowhere(shape: str, parents: list[str | None]) -> None:
    found = comments_of(serendipity, page_of(FLAT + "".join(f'<div id="c{n + 1}" {shape.format(n)}><div class="serendipity_commentBody">No.</div></div>' for n in range(3))))
    assert [c.parent_ref for c in found] == parents
    assert [c.depth for c in found] == ([0, 1, 2] if parents[1] else [None] * 3)


def test_a_list_leads_to_its_posts_the_next_page_and_the_feed() -> None:
    page = saved("serendipity", "list.html", "http://counter-talk.example/")
    assert links_of(serendipity, page, "post") == ["http://counter-talk.example/archives/13-Nobody.html", "http://counter-talk.example/archives/12-Bell.html"]
    assert links_of(serendipity, page, "next") == ["http://counter-talk.example/archives/P2.html"]
    assert links_of(serendipity, page, "feed") == ["http://counter-talk.example/feeds/index.rss2"]


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(serendipity, page_of("<p>404", status=404)) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("serendipity")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(serendipity.read(damaged("serendipity", name, start, length, instead)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    serendipity.confidence(page)
    list(serendipity.read(page))

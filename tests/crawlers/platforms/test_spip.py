"""SPIP's skeletons: pages in our own words and the papers kept in ../shared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import spip
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

POST = "http://comptoir.example/les-etiquettes-parlent"


@pytest.mark.parametrize("name", names("spip"))
def test_every_skeleton_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert spip.confidence(saved("spip", name)) == 1.0
    assert reading.read(saved("spip", name)).platform == "spip"


@pytest.mark.parametrize(("body", "given"), [
    ('<meta name="generator" content="WordPress 4"><div class="crayon article-texte-1">', 0.0), ('<div class="crayon article-texte-1"><a href="/spip.php?article3">', 0.7), ("<p>We left SPIP.</p>", 0.0),
])
def test_pages_that_only_hint_at_it_are_left_to_surer_readers(body: str, given: float) -> None:
    assert spip.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "iso", "reported", "closed", "text"), [
    ("dist3.html", "Les étiquettes parlent", "Nora Quill", "lundi 11 novembre 2013", "2013-11-11T17:05", 3, False,
     "Une étiquette ne se contente pas du prix. Une bonne étiquette dit aussi ce que la boutique pense de ses clients. La nôtre dit : demandez."),
    ("zcore4.html", "The queue at the till", "Nora Quill", "9 March 2021", "2021-03-09T18:05", 3, True, "A long queue tells passers-by that something good is sold here."),
    ("empty.html", "Personne encore", "Nora Quill", "mardi 12 novembre 2013", "2013-11-12T07:00", None, False, "Qui parle le premier ? Le crochet vide, je crois."),
])
def test_what_surrounds_a_post(name: str, title: str, author: str, raw: str, iso: str, reported: int | None, closed: bool, text: str) -> None:
    post = post_of(spip, saved("spip", name))
    assert (post.title, post.author, post.published_raw, post.comments_reported, post.comments_closed, text_of(post.html)) == (title, author, raw, reported, closed, text)
    assert post.published is not None
    assert post.published.isoformat()[:16] == iso


@pytest.mark.parametrize(("name", "expected"), [
    ("dist3.html", [
        ("51", "Ada Finch", None, 0, "Et si personne ne demande, Nora ?"), ("52", "Nora Quill", "51", 1, "Alors je demande. À toi,et à moi."),
        ("53", "", None, 0, "Chez nous le prix est au dos."),
    ]),
    ("zcore4.html", [("61", "Pat", None, 0, "Ours stands in the rain."), ("62", "Nora Quill", "61", 1, "Sell umbrellas to it."), ("64", "Sam", "62", 2, "With your name on them.")]),
    ("empty.html", []), ("list.html", []),
])
def test_each_message_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [(c.ref, c.author, c.parent_ref, c.depth, text_of(c.html)) for c in comments_of(spip, saved("spip", name))] == expected


def test_moments_are_those_of_the_markup_and_permalinks_lead_to_the_message() -> None:
    first = comments_of(spip, saved("spip", "dist3.html", POST))[0]
    assert (first.published, first.published_how, first.published_raw) == (datetime(2013, 11, 11, 19, 26, 41, tzinfo=UTC), "offset", "11 novembre 2013, 20:26")
    assert first.url == f"{POST}#comment51"


def test_lists_lead_to_posts_and_long_forums_to_their_further_pages() -> None:
    page = saved("spip", "list.html", "http://comptoir.example/boutiques")
    assert links_of(spip, page, "post") == ["http://comptoir.example/les-etiquettes-parlent", "http://comptoir.example/personne-encore"]
    assert links_of(spip, page, "next") == ["http://comptoir.example/boutiques?debut_articles=10"]
    assert links_of(spip, page, "feed") == ["http://comptoir.example/spip.php?page=backend&id_rubrique=3"]
    assert links_of(spip, saved("spip", "zcore4.html", "http://counter-talk.example/spip.php?article31"), "comments") == ["http://counter-talk.example/spip.php?article31&debut_forums=10"]


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(spip, page_of("<p>Introuvable", status=404)) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("spip")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(spip.read(damaged("spip", name, start, length, instead)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    spip.confidence(page)
    list(spip.read(page))


def test_every_message_of_real_pages_is_counted(shared: Path) -> None:
    assert [count for count in scoring.counts(shared, "spip") if not count.is_equal] == []

"""Bytes are decoded as a browser would, and any bytes give a tree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.filed import filed
from crawlers.html import let_go, text_of, tree
from schema.items import Page

WORDS = "Café – »ja«"
META = '<meta charset="{}"><p>{}</p>'
ENCODED = [
    ("mark before header", "text/html; charset=latin-1", b"\xef\xbb\xbf" + WORDS.encode()),
    ("header before meta", "text/html; charset=utf-8", META.format("latin-1", WORDS).encode()),
    ("meta", "text/html", META.format("windows-1252", WORDS).encode("windows-1252")),
    ("latin-1 is windows-1252, as browsers have it", "text/html; charset=iso-8859-1", WORDS.encode("windows-1252")),
    ("a guess", "", WORDS.encode()),
    ("utf-16 by its mark", "", b"\xff\xfe" + WORDS.encode("utf-16-le")),
]


def page(body: bytes, content_type: str = "") -> Page:
    headers = (("content-type", content_type),) if content_type else ()
    return Page("https://blog.example/", body, datetime(2009, 10, 14, tzinfo=UTC), headers)


@pytest.mark.parametrize(("content_type", "body"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_text_is_decoded_as_a_browser_would(content_type: str, body: bytes) -> None:
    assert WORDS in text_of(page(body, content_type))


@given(st.binary(max_size=200), st.sampled_from(["", "text/html; charset=utf-8", "text/html; charset=nonsense", "image/png", ";;;"]))
def test_any_bytes_give_a_tree(body: bytes, content_type: str) -> None:
    assert isinstance(tree(page(body, content_type)).tag, str)


def test_comments_of_the_markup_and_nul_are_no_text() -> None:
    assert "".join(tree(page(b"<p>a\0b<!-- not this --></p>")).itertext()) == "ab"


def test_nests_of_two_thousand_are_read_whole() -> None:
    # libxml2 itself stops at 2,048.
    body = b"<div>" * 2000 + b"<p>deep</p>"
    assert "deep" in "".join(tree(page(body)).itertext())


def test_a_page_that_has_been_read_keeps_its_tree_and_not_what_readers_asked() -> None:
    one = page(b"<p class='a'>words</p>")
    root, elements = tree(one), filed(one)
    let_go(one)
    assert tree(one) is root
    assert filed(one) is not elements


def test_to_let_a_page_go_that_is_not_in_use_changes_nothing() -> None:
    one, other = page(b"<p>words</p>"), page(b"<p>others</p>")
    elements = filed(one)
    let_go(other)
    assert filed(one) is elements


def test_the_room_of_a_large_page_is_given_back_when_it_has_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr("crawlers.html.give_back", lambda: given.append(1))
    small, large = (Page("http://a.example/", b"<p>x</p>" * times, datetime(2026, 1, 1, tzinfo=UTC)) for times in (1, 200_000))
    for page, expected in ((small, 0), (large, 1), (small, 1)):
        root = tree(page)
        let_go(page)
        assert len(given) == expected
        assert (tree(page) is root) == (page is small)

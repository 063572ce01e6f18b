"""What the head of a page says of it, and how far it is believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import head
from schema.items import Page

OWN = "https://blog.example/2009/10/post.html?utm_source=feed"
CANONICAL = [
    ("", "https://blog.example/2009/10/post.html"),
    ('<link rel="canonical" href="http://www.blog.example/2009/10/post.html">', "http://www.blog.example/2009/10/post.html"),
    ('<link rel="canonical" href="/2009/10/other.html?fbclid=1">', "https://blog.example/2009/10/other.html"),
    ('<meta property="og:url" content="https://blog.example/2009/10/other.html">', "https://blog.example/2009/10/other.html"),
    ('<link rel="canonical" href="https://victim.example/post.html">', "https://blog.example/2009/10/post.html"),
    ('<link rel="canonical" href="https://blog.example/">', "https://blog.example/2009/10/post.html"),
    ('<link rel="canonical" href="https://victim.example/"><meta property="og:url" content="https://blog.example/a">', "https://blog.example/a"),
    ('<link rel="canonical" href="javascript:alert(1)">', "https://blog.example/2009/10/post.html"),
    ('<base href="https://blog.example/deep/"><link rel="canonical" href="post.html">', "https://blog.example/deep/post.html"),
]
LANGUAGES = [
    ('<html lang="de-AT">', "de"), ('<html lang="EN">', "en"), ('<html xml:lang="fr">', "fr"), ("<html>", ""),
    ('<html><meta property="og:locale" content="pt_BR">', "pt"), ('<html lang="english">', ""), ('<html lang="">', ""),
]

ODD = ["http://[", "http://[::1", "https://x.example:99999/", "http://x.example:y/", "//", "http://", "http:///a", "file:", "file:[", "https://\ud800.example/", "http://a b/", "http://x.example/%"]


def page(markup: str, url: str = OWN) -> Page:
    return Page(url, markup.encode(), datetime(2009, 10, 14, tzinfo=UTC), (("content-type", "text/html; charset=utf-8"),))


@pytest.mark.parametrize(("markup", "expected"), CANONICAL)
def test_a_canonical_link_is_believed_within_its_own_blog(markup: str, expected: str) -> None:
    assert head.canonical(page(markup)) == expected


def test_the_country_twin_of_a_blogspot_address_is_the_same_blog() -> None:
    markup = '<link rel="canonical" href="http://shop.blogspot.com/2009/10/a.html">'
    assert head.canonical(page(markup, "http://shop.blogspot.de/2009/10/a.html")) == "http://shop.blogspot.com/2009/10/a.html"


def test_a_saved_file_is_what_it_says() -> None:
    markup = '<link rel="canonical" href="https://blog.example/a">'
    assert head.canonical(page(markup, "file:saved/a.html")) == "https://blog.example/a"
    assert head.canonical(page("<p>", "file:saved/a.html")) == "file:saved/a.html"


@pytest.mark.parametrize(("markup", "expected"), LANGUAGES)
def test_the_language_is_a_code_of_two_letters_or_unknown(markup: str, expected: str) -> None:
    assert head.language(page(markup)) == expected


def test_of_several_meta_tags_the_first_counts() -> None:
    found = head.meta(page('<meta name="Author" content=" Jane "><meta name="author" content="June"><meta itemprop="dateCreated" content="2009">'))
    assert found == {"author": "Jane", "datecreated": "2009"}


def test_the_title_for_sharing_comes_before_the_title_of_the_window() -> None:
    assert head.title(page('<title>A post | The blog</title><meta property="og:title" content="A post">')) == "A post"
    assert head.title(page("<title> A\n post </title>")) == "A post"
    assert head.title(page("<p>")) == ""


def test_feeds_are_named_by_type_with_their_absolute_address() -> None:
    markup = (
        '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="ALTERNATE" type="application/atom+xml" href="atom.xml">'
        '<link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" type="text/css" href="/x.css">'
    )
    assert [link.url for link in head.feeds(page(markup))] == ["https://blog.example/feed", "https://blog.example/2009/10/atom.xml"]
    assert {link.kind for link in head.feeds(page(markup))} == {"feed"}


@given(st.one_of(st.text(max_size=30), st.sampled_from(ODD), st.tuples(st.sampled_from(ODD), st.text(max_size=8)).map("".join)), st.binary(max_size=120))
def test_any_address_and_any_bytes_give_a_canonical_address(url: str, markup: bytes) -> None:
    claims = b'<link rel=canonical href="http://["><meta property=og:url content="http://x.example:y/"><base href="//[::">'
    for body in (markup, claims + markup):
        found = Page(url, body, datetime(2009, 10, 14, tzinfo=UTC))
        assert isinstance(head.canonical(found), str)
        assert isinstance(head.linked(found, "canonical") + head.language(found) + head.title(found), str)
        head.feeds(found)

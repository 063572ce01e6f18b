"""What gives the maker of a page away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import signs
from schema.items import Page


def page(body: bytes) -> Page:
    return Page("https://blog.example/", body, datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("body", "expected"), [
    (b'<head><meta name="generator" content="WordPress 6.1" />', b"wordpress 6.1"),
    (b"<head><META CONTENT='Blogger' NAME='Generator'>", b"blogger"),
    (b"<meta name=generator content=Ghost>", b"ghost"),
    (b'<meta name="generator" content="WordPress 5"><meta name="generator" content="Powered by Slides">', b"wordpress 5|powered by slides"),
    (b'<meta name="x-generator"><script>generator("drupal")</script>', b""),
    (b'<body><meta name="generator" content="WordPress 6.1">', b""),
    (b"generator", b""),
    (b"", b""),
])
def test_the_generator_is_what_the_head_says(body: bytes, expected: bytes) -> None:
    assert signs.generator(page(body)) == expected


@pytest.mark.parametrize(("content", "own", "expected"), [
    (b"WordPress 6", (b"wordpress",), False), (b"WordPress 6", (b"blogger",), True), (b"Some Plugin 3", (b"blogger",), False),
    (b"Movable Type 4", (b"movable type", b"movabletype"), False), (b"", (b"blogger",), False),
])
def test_a_page_that_names_another_maker_is_left_to_it(content: bytes, own: tuple[bytes, ...], expected: bool) -> None:
    assert signs.made_by_another(page(b"<meta name='generator' content='" + content + b"'>"), *own) is expected


@pytest.mark.parametrize("head", [
    b"<link rel=stylesheet href='/wp-content/themes/a/style.css'>",
    b"<script src='https://blog.example/wp-includes/js/a.js'></script>",
    b"<link rel='https://api.w.org/' href='https://blog.example/api/' />",      # its paths renamed, the link to its API left
])
def test_a_hidden_generator_is_told_by_what_only_one_maker_has_in_the_head(head: bytes) -> None:
    assert signs.makers(page(b"<html><head>" + head + b"</head><body>")) == (b"wordpress",)
    assert signs.makers(page(b"<html><head></head><body>" + head)) == ()


def test_signs_are_found_in_any_case_and_anywhere() -> None:
    shown = page(b"<HEAD></HEAD><BODY CLASS=Postid-3>")
    assert signs.has(shown, b"nothing", b"postid-3")
    assert not signs.has(shown, b"Postid-3")
    assert signs.head(shown) == b"<head></head>"


@given(st.lists(st.sampled_from([b"<", b">", b"generator", b"meta ", b"content=", b"'", b'"', b"<meta name=generator content=x>", b"<body"])).map(b"".join))
def test_any_bytes_give_a_generator(body: bytes) -> None:
    assert isinstance(signs.generator(page(body)), bytes)

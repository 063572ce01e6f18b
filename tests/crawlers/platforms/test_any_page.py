"""Whatever happens to a page, every reader reads it as far as it goes, no comment comes twice, and keys stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from crawlers import reading
from pipeline import registry
from pipeline.clean import clean
from schema.items import Comment, Page

FOLDER = Path(__file__).parents[2] / "pages"
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
PLATFORMS = registry.names(reading.PLATFORMS)
SAVED = sorted(FOLDER.rglob("*.html"))
URLS = ("https://blog.example/2009/11/post.html", "https://blog.example/", "https://blog.example/post/comment-page-2/", "http://[", "file:page.html", "")


def cut(element: HtmlElement) -> None:
    """The end of a document that was not sent whole."""
    for later in list(element.itersiblings()):
        later.getparent().remove(later)


def double(element: HtmlElement) -> None:
    element.addnext(deepcopy(element))


def drop(element: HtmlElement) -> None:
    element.getparent().remove(element)


def nest(element: HtmlElement) -> None:
    """Into its elder brother, as an element that was never closed."""
    elder = element.getprevious()
    if elder is not None:
        elder.append(element)


def strip(element: HtmlElement) -> None:
    """Of all attributes and words."""
    element.attrib.clear()
    element.text = element.tail = None


CHANGES: tuple[Callable[[HtmlElement], None], ...] = (cut, double, drop, nest, strip)


def changed(body: bytes, changes: list[tuple[Callable[[HtmlElement], None], int]]) -> bytes:
    root = document_fromstring(body)
    for change, place in changes:
        inside = [element for element in root.iter(etree.Element) if element is not root]
        if inside:
            change(inside[place % len(inside)])
    return etree.tostring(root, method="html", encoding="utf-8")


def assert_readable(page: Page, other: str) -> None:
    """By the surest reader, and by one of the others."""
    found = reading.read(page)
    for thread in found.threads:
        refs = [comment.ref for comment in thread.comments]
        assert len(refs) == len(set(refs)), f"{found.platform} gives a comment twice"
        clean(thread, page)
    assert all(0 <= confidence <= 1 for _name, confidence in found.confidences)
    list(registry.module(reading.PLATFORMS, other).read(page))


@given(st.sampled_from(SAVED), st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 5000)), min_size=1, max_size=6), st.sampled_from(URLS), st.sampled_from(PLATFORMS))
@settings(max_examples=100, deadline=None)
def test_any_change_of_a_page_is_read_as_far_as_it_goes(file: Path, changes: list[tuple[Callable[[HtmlElement], None], int]], url: str, other: str) -> None:
    assert_readable(Page(url, changed(file.read_bytes(), changes), FETCHED), other)


@given(st.sampled_from(SAVED), st.floats(0, 1), st.integers(0, 300), st.binary(max_size=30), st.sampled_from(URLS), st.sampled_from(PLATFORMS))
@settings(max_examples=60, deadline=None)
def test_any_damage_of_bytes_is_read_as_far_as_it_goes(file: Path, at: float, length: int, instead: bytes, url: str, other: str) -> None:
    body = file.read_bytes()
    start = int(at * len(body))
    assert_readable(Page(url, body[:start] + instead + body[start + length:], FETCHED), other)


@given(st.binary(max_size=400), st.sampled_from(URLS), st.sampled_from(PLATFORMS))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_as_far_as_they_go(body: bytes, url: str, other: str) -> None:
    assert_readable(Page(url, body, FETCHED), other)


@pytest.mark.parametrize("file", SAVED, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_comment_of_a_page_belongs_to_one_thread(file: Path) -> None:
    page = Page(f"file:{file.name}", file.read_bytes(), FETCHED)
    found = reading.read(page)
    kept = [comment for thread in found.threads for comment in thread.comments]
    read = [item for item in registry.module(reading.PLATFORMS, found.platform).read(page) if isinstance(item, Comment)] if found.platform else []
    assert sorted((comment.ref, comment.place) for comment in kept) == sorted((comment.ref, comment.place) for comment in read)


BLOGGER = "http://counter-talk.blogspot.com/2009/11/price-tags-talk.html"
WORDPRESS = "https://ladenkram.example/kassenzettel/"


@pytest.mark.parametrize(("file", "url", "others"), [
    ("blogger/threaded.html", BLOGGER, (
        f"{BLOGGER}?m=1", f"{BLOGGER}?commentPage=2", f"{BLOGGER}?showComment=1258000001250#c4100000000000000001", BLOGGER.replace("http:", "https:"),
        BLOGGER.replace(".com", ".de"), f"{BLOGGER}?utm_source=feedburner",
    )),
    ("wordpress/html5.html", WORDPRESS, (
        f"{WORDPRESS}comment-page-2/", f"{WORDPRESS}?cpage=1", f"{WORDPRESS}?replytocom=31#respond", f"{WORDPRESS}#comment-32", WORDPRESS.replace("https:", "http:"),
    )),
])
def test_keys_are_the_same_whichever_page_shows_the_comment(file: str, url: str, others: tuple[str, ...]) -> None:
    page = Page(url, (FOLDER / file).read_bytes(), FETCHED)
    keys = keys_of(page)
    assert len(keys) > 3
    assert {other: keys_of(replace(page, url=other)) for other in others} == dict.fromkeys(others, keys)


def keys_of(page: Page) -> list[str]:
    (thread,) = reading.read(page).threads
    cleaned = clean(thread, page).thread
    assert cleaned is not None
    return [cleaned.post.key, *(comment.key for comment in cleaned.comments)]


def test_the_mobile_page_of_blogger_gives_the_keys_of_the_post_and_its_comments() -> None:
    whole = keys_of(Page(BLOGGER, (FOLDER / "blogger/threaded.html").read_bytes(), FETCHED))
    mobile = Page(f"{BLOGGER}?m=1", (FOLDER / "blogger/mobile.html").read_bytes(), FETCHED)
    assert keys_of(mobile) == whole[:3]
    (thread,) = reading.read(mobile).threads
    assert [(one.author, one.parent_ref, one.by_post_author) for one in thread.comments] == [
        ("Ada Finch", None, False), ("Nora Quill", "4100000000000000001", True),
    ]
    assert (thread.post.title, thread.post.author, thread.post.comments_reported, thread.post.published_raw) == (
        "Price tags talk", "Nora Quill", 2, "Wednesday, November 11, 2009 6:05 PM",
    )

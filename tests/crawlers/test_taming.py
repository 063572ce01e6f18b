from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.html import tree
from crawlers.taming import HARD, MOST_ATTRIBUTES, MOST_TAGS, flattened, is_overlong, shortened, without_overgrown_tags
from schema.items import Page
from tests.crawlers.platforms.test_any_page import FETCHED, SAVED

MANY = b" ".join(b"a%d" % number for number in range(40_000))


@pytest.mark.parametrize(("tag", "left"), [
    (b"<p " + MANY + b">", b"<p>"),
    (b"<p " + MANY.replace(b" ", b"='>' ") + b">", b"<p>"),
    (b"<p\n" + MANY.replace(b" ", b"=\">\"/") + b">", b"<p>"),
    (b"<p " + MANY.replace(b" ", b" =\n\"<i a='>'>\" ") + b">", b"<p>"),
    (b"<p " + MANY + b" b='>'" + b"/>", b"<p>"),
])
def test_a_tag_of_thousands_of_attributes_loses_them(tag: bytes, left: bytes) -> None:
    assert without_overgrown_tags(b"<body>" + tag + b"words</p><i>more</i>") == b"<body>" + left + b"words</p><i>more</i>"


@pytest.mark.parametrize("before", [0, 1, 5_000, 16_383, 16_384, 20_000])
def test_it_is_found_wherever_it_begins(before: int) -> None:
    start = b"<p>words" * (before // 8) + b" " * (before % 8)
    assert without_overgrown_tags(start + b"<p " + MANY + b">") == start + b"<p>"


def test_one_without_an_end_is_ended() -> None:
    assert without_overgrown_tags(b"<body><p " + MANY) == b"<body><p>"


@pytest.mark.parametrize("page", [
    b"<img src='data:image/png;base64," + b"iVBORw0KGgo" * 40_000 + b"'><p>words",
    b"<p>" + b"many words in a text, a < b and c > d " * 20_000,
    b"<p class=x title=\"it's\">" * 20_000,
    b"<pre>" + b"a=1 " * 50_000 + b"</pre>",
])
def test_other_large_things_stay(page: bytes) -> None:
    assert without_overgrown_tags(page) == page


def test_a_page_with_such_tags_is_read_in_no_time() -> None:
    started = time.process_time()
    root = tree(Page("http://blog.example/", b"<html><body><p " + MANY * 8 + b">words</p><b id=after>after</b>", FETCHED))
    assert time.process_time() - started < 5
    assert [element.get("id") for element in root.iter("b")] == ["after"]


@pytest.mark.parametrize("pair", [(b"<div>", b"</div>"), (b"<div class=x>", b"</div>"), (b"<div><em>", b"</em></div>"), (b"<b>", b"")])
def test_what_stands_behind_elements_thousands_deep_is_read(pair: tuple[bytes, bytes]) -> None:
    root = tree(Page("http://blog.example/", b"<html><body>" + pair[0] * 5000 + b"the bottom" + pair[1] * 5000 + b"<div id=after>after</div>", FETCHED))
    assert ["".join(element.itertext()) for element in root.iter("div") if element.get("id") == "after"] == ["after"]
    assert "the bottom" in "".join(root.itertext())


def test_a_page_of_millions_of_tags_is_read_up_to_a_limit() -> None:
    page = b"<html><body>" + b"<b>x" * 2_000_000
    assert is_overlong(page)
    assert shortened(page).count(b"<") == MOST_TAGS
    assert sum(1 for _ in tree(Page("http://blog.example/", b"<html><body>" + b"<b>x</b>" * 1_000_000, FETCHED)).iter("b")) == MOST_TAGS // 2 - 1
    assert not is_overlong(b"<b>" * 1000)


def test_depths_that_can_be_read_stay() -> None:
    page = b"<div class=comment>" * (HARD - 1) + b"words" + b"</div>" * (HARD - 1)
    assert flattened(page) == page


def test_real_pages_are_left_as_they_are(shared: Path) -> None:
    bodies = [file.read_bytes() for file in (*SAVED, *(shared / "pages").rglob("*.html"))]
    assert [without_overgrown_tags(body) for body in bodies] == bodies
    assert MOST_ATTRIBUTES > 1000


@given(st.lists(st.sampled_from([b"<", b">", b"'", b'"', b"<p ", b" a=", b"</p>", b"x", b"/", b"<!--"]), max_size=60))
def test_any_page_is_flattened_without_losing_words(parts: list[bytes]) -> None:
    page = b"".join(parts)
    assert flattened(page).count(b"x") == page.count(b"x")
    without_overgrown_tags(page * 700)

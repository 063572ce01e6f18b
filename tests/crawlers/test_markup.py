"""The small questions that platform modules ask of a tree."""

from __future__ import annotations

import pytest
from lxml import html

from crawlers.markup import (
    absolute,
    by_class,
    by_id,
    classes,
    elements,
    first,
    has_class,
    html_without,
    inner_html,
    string,
    words,
)

TREE = html.fromstring(
    '<div class="comment  odd"><p class="author"> Jane <b>Doe</b>\n</p><p class="authority">x</p>'
    'Tail &amp; <i>more</i> &lt;3<span class="reply"><a href="#r">Reply</a></span> end</div>'
)
BASE = "https://blog.example/2009/post.html"
ADDRESSES = [
    ("/about", "https://blog.example/about"),
    ("other.html", "https://blog.example/2009/other.html"),
    (" //cdn.example/x ", "https://cdn.example/x"),
    ("https://elsewhere.example/", "https://elsewhere.example/"),
    ("?p=1", "https://blog.example/2009/post.html?p=1"),
    ("#c1", ""), ("javascript:void(0)", ""), ("mailto:jane@blog.example", ""), ("", ""), (None, ""), ("http://[broken", ""),
]


def test_classes_are_names_not_parts_of_names() -> None:
    assert classes(TREE) == ["comment", "odd"]
    assert has_class(TREE, "odd") and not has_class(TREE, "comm")
    assert [words(found) for found in by_class("author")(TREE)] == ["Jane Doe"]
    assert by_class("author", "b")(TREE) == []


def test_words_are_one_line_and_nothing_of_nothing() -> None:
    assert words(first(elements(".//p")(TREE))) == "Jane Doe"
    assert words(first(elements(".//table")(TREE))) == ""
    assert string(".//a/@href")(TREE) == "#r"
    assert string(".//a/@title")(TREE) == ""


def test_inner_html_is_what_stands_between_the_tags() -> None:
    assert inner_html(html.fromstring("<p>1 &lt; 2 <b>so</b> it &amp; that</p>")) == "1 &lt; 2 <b>so</b> it &amp; that"


def test_a_body_without_its_furniture_keeps_everything_else_and_the_tree_stays() -> None:
    before = html.tostring(TREE)
    unwanted = [*by_class("reply")(TREE), *by_class("author")(TREE)]
    kept = html_without(TREE, unwanted)
    assert "Reply" not in kept and "Jane" not in kept
    assert kept.startswith('<p class="authority">x</p>Tail &amp; <i>more</i> &lt;3') and kept.endswith("end")
    assert html_without(TREE, unwanted, outer=True).startswith('<div class="comment  odd">')
    assert html.tostring(TREE) == before


def test_what_stands_deep_inside_can_be_left_out() -> None:
    link = first(elements(".//a")(TREE))
    assert link is not None
    assert html_without(TREE, [link]).endswith('&lt;3<span class="reply"></span> end')


def test_the_first_holder_with_an_id_is_found_and_a_name_is_no_id() -> None:
    page = html.fromstring("<body><a name=comments></a><div id=commentsform></div><section id=comments>a</section><div id=comments>b</div>")
    found = by_id(page, "comments")
    assert found is not None and found.text == "a"
    assert by_id(page, "Blog1") is None


@pytest.mark.parametrize(("href", "expected"), ADDRESSES)
def test_an_address_is_absolute_or_empty(href: str | None, expected: str) -> None:
    assert absolute(BASE, href) == expected

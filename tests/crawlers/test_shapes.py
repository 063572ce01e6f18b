from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import shapes

BLOG = "http://blog.example"
TODAY = date(2026, 5, 31)


@pytest.mark.parametrize(("path", "shape"), [
    ("/", ""),
    ("/a-post/", "/S"),
    ("/2009/10/a-post.html", "/D/S.html"),
    ("/2009/10/12/a-post/", "/D/S"),
    ("/2009/10/", "/D"),
    ("/2009-10-12", "/D"),
    ("/page/7/", "/page/N"),
    ("/tag/prices/", "/tag/S"),
    ("/tag/prices/page/3", "/tag/S/S/*"),
    ("/?p=7", "?p"),
    ("/shop/shoes?size=7&color=red", "/shop/S?*"),
    ("/shop/boots?color=blue&size=9&brand=x", "/shop/S?*"),
    ("/blog/b/c/d/e/f", "/blog/S/S/*"),
])
def test_the_shape_of_an_address_is_what_pages_of_one_kind_share(path: str, shape: str) -> None:
    assert shapes.shape(BLOG + path) == shape


@pytest.mark.parametrize(("one", "other"), [
    ("/post-sitemap1.xml", "/post-sitemap22.xml"),
    ("/sitemap.xml?page=1", "/sitemap.xml?page=2"),
    ("/a/comment-page-2/", "/a/comment-page-3/"),
    ("/wp-json/wp/v2/comments?post=7&page=1", "/wp-json/wp/v2/comments?post=7&page=2"),
    ("/feeds/posts/default?start-index=26&max-results=25", "/feeds/posts/default?start-index=51&max-results=25"),
])
def test_pages_of_one_list_have_one_name(one: str, other: str) -> None:
    assert shapes.numberless(BLOG + one) == shapes.numberless(BLOG + other)


@pytest.mark.parametrize(("one", "other"), [
    ("/post-sitemap.xml", "/page-sitemap.xml"),
    ("/a/comment-page-2/", "/b/comment-page-2/"),
    ("/wp-json/wp/v2/comments?post=7&page=1", "/wp-json/wp/v2/comments?post=8&page=1"),
    ("/?uri=%2Fa", "/?uri=%2Fb"),
])
def test_pages_of_two_lists_have_two_names(one: str, other: str) -> None:
    assert shapes.numberless(BLOG + one) != shapes.numberless(BLOG + other)


@pytest.mark.parametrize(("path", "why"), [
    ("/a/b/a/b/", shapes.REPEATING),
    ("/x/news/local/news/local/a-post", shapes.REPEATING),
    ("/a/a/a/", shapes.REPEATING),
    ("/" + "/".join("abcdefghijklm"), shapes.DEEP),
    ("/shop?a=1&b=2&c=3&d=4&e=5&f=6&g=7", shapes.PARAMETERS),
    ("/2010/10/10/a-post/", ""),
    ("/blog/blog/a-post/", ""),
    ("/blog/archives/2009/10/12/a-post/comment-page-2/", ""),
    ("/?a=1&b=2&c=3&d=4&e=5&f=6", ""),
])
def test_addresses_that_no_page_of_a_blog_has(path: str, why: str) -> None:
    assert shapes.odd(BLOG + path) == why


@pytest.mark.parametrize(("path", "is_out"), [
    ("/2031/05/", True), ("/2026/07/", True), ("/?m=203105", True), ("/events/2031-05/", True), ("/1899/12/", True), ("/?month=1970-01", True),
    ("/2026/06/", False), ("/2026/05/", False), ("/2009/10/", False), ("/?m=200910", False), ("/1998/01/", False), ("/tag/prices/", False), ("/page/2031/", False),
])
def test_no_post_is_in_a_month_to_come(path: str, is_out: bool) -> None:
    assert shapes.is_out_of_time(BLOG + path, TODAY) == is_out


@pytest.mark.parametrize(("path", "is_out"), [("/2027/01/", False), ("/2027/02/", True), ("/2026/12/", False)])
def test_the_month_after_december_is_in_the_next_year(path: str, is_out: bool) -> None:
    assert shapes.is_out_of_time(BLOG + path, date(2026, 12, 24)) == is_out


@pytest.mark.parametrize("path", [
    "/(S(lit3py55t21z5v55vlm25s55))/2009/10/prices.html",
    "/s-9f86d081884c7d65/2009/10/prices.html",
    "/9f86d081884c7d659a2feaa0/price-tags-talk/",
    "/2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d/price-tags-talk/",
])
def test_a_session_in_the_path_is_told_from_the_page(path: str) -> None:
    token, rest = shapes.session(BLOG + path)
    assert token in path
    assert rest == path.strip("/").replace(token, "*")


@pytest.mark.parametrize("path", [
    "/2009/10/prices.html", "/sidebar/price-tags/", "/price-tags-9f86d081884c/", "/post/2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d", "/20091012/price-tags/",
    "/post/2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d/comments", "/session-notes/price-tags/", "/123456789012345678901234/price-tags/", "/facade/price-tags/",
])
def test_what_only_looks_like_a_session_is_none(path: str) -> None:
    assert shapes.session(BLOG + path) == ("", "")


@given(st.text(max_size=60))
def test_any_words_have_a_shape(words: str) -> None:
    for ask in (shapes.shape, shapes.numberless, shapes.odd, shapes.session):
        ask(words)
        ask(BLOG + "/" + words)
    shapes.is_out_of_time(words, TODAY)

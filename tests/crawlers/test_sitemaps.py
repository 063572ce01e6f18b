"""Which addresses of a sitemap are worth following."""

from __future__ import annotations

import gzip
import time

import pytest

from crawlers import sitemaps
from crawlers.sitemaps import Place


@pytest.mark.parametrize(("name", "leads"), [
    ("sitemap.xml", True), ("sitemap_index.xml", True), ("wp-sitemap-posts-post-1.xml", True), ("wp-sitemap-posts-page-1.xml", True),
    ("post-sitemap.xml", True), ("post-sitemap2.xml", True), ("page-sitemap.xml", True), ("sitemap-1.xml", True), ("sitemap.xml?page=1", True),
    ("wp-sitemap-taxonomies-category-1.xml", False), ("wp-sitemap-users-1.xml", False), ("category-sitemap.xml", False),
    ("post_tag-sitemap.xml", False), ("author-sitemap.xml", False), ("post_format-sitemap.xml", False), ("product_cat-sitemap.xml", False),
    ("image-sitemap-1.xml", False), ("video-sitemap-1.xml", False), ("sitemap-tags.xml", False), ("vintage-sitemap.xml", True),
])
def test_lists_of_lists_are_left_out(name: str, leads: bool) -> None:
    assert sitemaps.leads_to_posts(f"http://x.example/{name}") is leads


def test_pages_and_parts_are_told_apart_and_the_front_page_is_none() -> None:
    body = b"""<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>http://x.example/</loc></url>
    <url><loc> http://x.example/a?b=1&amp;c=2 </loc><lastmod>2009-11-11</lastmod><image:image><image:loc>http://x.example/a.png</image:loc></image:image></url>
    <url><loc>ftp://x.example/b</loc></url><url/></urlset>"""
    assert sitemaps.places(body) == [Place("http://x.example/a?b=1&c=2", False)]


@pytest.mark.parametrize(("body", "given"), [
    (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", []),
    (b"<sitemapindex/>", []),
    (b"<urlset><url><loc>http://x.example/a</loc></url><url><loc>http://x.example/b", [Place("http://x.example/a", False)]),
    (b"<urlset><url>", None),
    (b"<urlset", None),
    (b"", None),
    (b"<html><body>Not found</body></html>", None),
])
def test_an_empty_sitemap_is_no_broken_one(body: bytes, given: list[Place] | None) -> None:
    assert sitemaps.places(body) == given


def test_a_sitemap_has_at_most_as_many_entries_as_sitemaps_may_have() -> None:
    body = b"<urlset>" + b"<url><loc>http://x.example/a</loc></url>" * (sitemaps.LIMIT + 5) + b"</urlset>"
    assert len(sitemaps.places(body) or []) == sitemaps.LIMIT


def test_a_packed_bomb_of_nothing_is_broken_and_left_early() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (48 << 20))
    started = time.process_time()
    assert sitemaps.places(bomb) is None
    assert time.process_time() - started < 3
    late = b"<urlset><url><loc>https://blog.example/a</loc></url>" + b" " * (8 << 20) + b"<url><loc>https://blog.example/b</loc></url></urlset>"
    assert sitemaps.places(late) == [("https://blog.example/a", False)]

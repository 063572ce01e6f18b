"""Sitemaps give links to posts and to further sitemaps."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.platforms import sitemap
from crawlers.reading import read
from schema.items import Link, Page, Skipped

INDEX = b"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="http://x.example/wp-sitemap-index.xsl" ?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://x.example/wp-sitemap-posts-post-1.xml</loc></sitemap>
<sitemap><loc>http://x.example/wp-sitemap-taxonomies-category-1.xml</loc></sitemap><sitemap><loc>http://x.example/wp-sitemap-users-1.xml</loc></sitemap></sitemapindex>"""
URLS = b"<urlset><url><loc>http://x.example/a?utm_source=map</loc></url><url><loc>http://x.example/b</loc></url></urlset>"


def page(body: bytes, url: str = "http://x.example/sitemap.xml") -> Page:
    return Page(url, body, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("body", "links"), [
    (INDEX, [Link("http://x.example/wp-sitemap-posts-post-1.xml", "sitemap", "sitemap index")]),
    (URLS, [Link("http://x.example/a", "post", "sitemap"), Link("http://x.example/b", "post", "sitemap")]),
    (gzip.compress(URLS), [Link("http://x.example/a", "post", "sitemap"), Link("http://x.example/b", "post", "sitemap")]),
    (b"<urlset></urlset>", []),
    (b"<urlset><url><loc>http://x.exa", [Skipped("broken sitemap", "http://x.example/sitemap.xml", "sitemap")]),
])
def test_what_a_sitemap_leads_to(body: bytes, links: list[Link | Skipped]) -> None:
    assert sitemap.confidence(page(body)) == 1.0
    assert list(sitemap.read(page(body))) == links


def test_a_sitemap_of_users_is_not_followed() -> None:
    assert list(sitemap.read(page(URLS, "http://x.example/wp-sitemap-users-1.xml"))) == []


def test_the_reader_is_chosen_by_content() -> None:
    assert read(page(URLS)).platform == "sitemap"


def test_an_external_entity_is_no_address(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("http://secret.example/")
    body = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><urlset><url><loc>&x;</loc></url></urlset>'
    assert list(sitemap.read(page(body.encode()))) == []


@given(st.binary(max_size=300))
def test_reading_never_fails(body: bytes) -> None:
    for damaged in (body, b"<urlset>" + body, URLS[: len(body)] + body + URLS[len(body):]):
        sitemap.confidence(page(damaged))
        list(sitemap.read(page(damaged)))

"""Pointers: where they stand, where they lead, whose they are."""

from __future__ import annotations

import pytest

from pipeline.features.links import host_of, is_own_host, pointers, site_of
from pipeline.text import Context, Doc
from schema.items import Mark, TextLink


@pytest.mark.parametrize(("url", "host"), [
    ("https://www.Shop.Example/a", "shop.example"), ("shop.example/a", "shop.example"), ("http://localhost:8080/x", "localhost:8080"),
    ("", ""), (None, ""), ("http://[x", ""), ("http://user@shop.example/", "shop.example"),
])
def test_the_host_of_an_address(url: str | None, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(("host", "site"), [
    ("shop.cheap-shoes.co.uk", "cheap-shoes"), ("maud.blogspot.com", "maud"), ("shoes.example", "shoes"), ("localhost", "localhost"),
])
def test_the_part_of_a_host_that_somebody_chose(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize(("host", "own"), [("maud.example", True), ("twitter.com", False), ("", False), ("localhost", False)])
def test_hosts_of_many_people_are_nobodys_own(host: str, own: bool) -> None:
    assert is_own_host(host) is own


def test_links_and_printed_addresses_each_once_with_their_owner() -> None:
    text = "See my notes, http://maud.example/b, and the asp.net pages, or file.read."
    doc = Doc("comment", text, links=(TextLink("http://www.maud.example/a", "my notes", 4, 12),), author_url="http://maud.example/", context=Context(host="shop.example"))
    found = doc.once(pointers)
    assert [(link.anchor, link.to_author, link.to_blog, link.is_bare) for link in found] == [
        ("my notes", True, False, False), ("http://maud.example/b", True, False, True),
    ]


def test_a_link_inside_a_quotation_is_not_the_writers() -> None:
    text = "They wrote: buy at http://shop.com/ now"
    assert Doc("comment", text, marks=(Mark(12, len(text), "quote"),)).once(pointers) == ()


@pytest.mark.parametrize(("url", "is_affiliate"), [
    ("https://www.amazon.com/dp/1?tag=maud-20", True), ("https://maud.example/?tag=shoes", False), ("https://x.example/?affid=3", True), ("https://go.clickbank.net/x", True),
])
def test_affiliate_links(url: str, is_affiliate: bool) -> None:
    doc = Doc("comment", "look here", links=(TextLink(url, "here", 5, 9),))
    assert doc.once(pointers)[0].is_affiliate is is_affiliate

"""Hostile, packed and damaged XML."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawlers import xml
from schema.items import Page

BOMB = b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'words'>%s]><rss><title>&e9;</title></rss>" % b"".join(
    b"<!ENTITY e%d '%s'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10)
)


def page(body: bytes) -> Page:
    return Page("http://x.example/feed", body, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("body", "name"), [
    (b"<rss version='2.0'/>", "rss"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<?xml-stylesheet href='x'?><!-- a -- comment -->\n<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
    (b"  \n<rdf:RDF xmlns:rdf='x'>", "RDF"),
    (b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x.example/rss.dtd'><rss>", "rss"),
    (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "rss"),
    ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), "rss"),
    (gzip.compress(b"<urlset></urlset>"), "urlset"),
    (b"<!DOCTYPE html><html><body><rss></rss>", "html"),
    (b"plain words <rss>", ""),
    (b"", ""),
])
def test_the_outermost_element_is_told_from_the_first_bytes(body: bytes, name: str) -> None:
    assert xml.outermost(page(body)) == name


def test_entities_are_never_expanded() -> None:
    document = xml.document(page(BOMB))
    assert document is not None
    assert xml.text(document.root, "title") == ""
    assert [url.text for url in xml.elements(BOMB.replace(b"title>", b"url>"), "url") if url.text] == []


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel><title>&x;</title></channel></rss>'
    document = xml.document(page(body.encode()))
    assert document is not None
    assert b"the secret" not in etree.tostring(document.root)


@pytest.mark.parametrize(("body", "is_whole"), [
    (b"<rss><a/></rss>", True), (b"<rss><a>1 & 2</a></rss>", False), (b"<rss><a/>", False), (b"<rss>&nbsp;</rss>", False),
])
def test_damage_is_mended_and_told(body: bytes, is_whole: bool) -> None:
    document = xml.document(page(body))
    assert document is not None
    assert (xml.name(document.root), document.is_whole) == ("rss", is_whole)


@pytest.mark.parametrize("body", [b"", b"no XML at all", b"\x00\x01\x02"])
def test_what_is_no_xml_gives_nothing(body: bytes) -> None:
    assert xml.document(page(body)) is None


def test_a_packed_bomb_is_unpacked_to_the_limit_and_in_pieces() -> None:
    bomb = gzip.compress(b"a" * (xml.LIMIT + 10_000_000))
    pieces = list(map(len, xml.chunks(bomb)))
    assert sum(pieces) <= xml.LIMIT + max(pieces)
    assert max(pieces) <= 64 * 1024


def test_a_packed_body_that_was_cut_gives_what_came() -> None:
    packed = gzip.compress(b"".join(b"<url><loc>http://x.example/%d</loc></url>" % n for n in range(9000)))
    assert b"http://x.example/17<" in b"".join(xml.chunks(packed[: len(packed) // 2]))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(body: bytes) -> None:
    for given_body in (body, gzip.compress(body), b"\x1f\x8b" + body):
        xml.outermost(page(given_body))
        xml.document(page(given_body))
        list(xml.elements(b"<urlset>" + given_body, "url"))

"""Bytes to XML, hardened: no entity is resolved, nothing is fetched, packed bodies are unpacked to a limit, damage is told.

Used for what hosts publish for programs (feeds, sitemaps); pages for people go through crawlers.html.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, cast

from lxml import etree

from schema.items import Page

LIMIT = 50 * 1024 * 1024      # of unpacked bytes: the most that sitemaps.org allows
WHOLE_LIMIT = 16 * 1024 * 1024      # of what is read into memory as one tree
_SILENCE = 2 * 1024 * 1024    # unpacked bytes without an element that is asked for: what is behind them is no list
_CHUNK = 64 * 1024
_START = 4096                 # bytes in which the outermost element must begin
_GZIP = 31                    # zlib's word for "expect a gzip header"
_PROLOG = rb"(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>)*"
_OUTERMOST = re.compile(rb"\A(?:\xef\xbb\xbf)?" + _PROLOG + rb"<(?:[\w.-]+:)?([A-Za-z]\w*)", re.I)
_OPTIONS: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_pis": True, "remove_comments": True}  # Any: keywords of several types


class Document(NamedTuple):
    """The outermost element, and whether everything down to its end could be read."""

    root: etree._Element
    is_whole: bool


def outermost(page: Page) -> str:
    """The name of the outermost element without its prefix, told from the first bytes; "" when these are no XML."""
    start = next(chunks(page.body[:_START * 4], _START), b"")[:_START]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "ignore").encode()
    found = _OUTERMOST.match(start)
    return found[1].decode() if found else ""


@lru_cache(maxsize=2)
def document(page: Page) -> Document | None:
    """The tree, mended where XML is slightly broken; None when there is nothing left to mend."""
    body = b"".join(chunks(page.body, most=WHOLE_LIMIT)).lstrip()
    for recover in (False, True):
        root = _parsed(body, recover=recover)
        if root is not None:
            return Document(root, not recover)
    return None


def whole(body: bytes) -> etree._Element | None:
    """The outermost element of XML without any damage, else None."""
    return _parsed(b"".join(chunks(body, most=WHOLE_LIMIT)).lstrip(), recover=False)


def _parsed(body: bytes, *, recover: bool) -> etree._Element | None:
    try:
        return cast("etree._Element | None", etree.fromstring(body, etree.XMLParser(recover=recover, **_OPTIONS)))
    except (etree.XMLSyntaxError, ValueError):
        return None


def elements(body: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of those names as they come to their end; each is emptied afterwards, so a large file needs little room."""
    parser = etree.XMLPullParser(events=("end",), tag=[f"{{*}}{name}" for name in names], recover=True, **_OPTIONS)
    silence = 0
    for chunk in chunks(body):
        parser.feed(chunk)
        silence += len(chunk)
        for _event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
            silence = 0
            yield element
            element.clear()
        if silence > _SILENCE:
            return


def chunks(body: bytes, size: int = _CHUNK, most: int = LIMIT) -> Iterator[bytes]:
    """The body in pieces, unpacked if it is a gzip file; what lies beyond the limit or behind a damage is left out."""
    if not body.startswith(b"\x1f\x8b"):
        yield from (body[at:at + size] for at in range(0, min(len(body), most), size))
        return
    unpacker, given = zlib.decompressobj(wbits=_GZIP), 0
    while body and not unpacker.eof and given < most:
        try:
            piece = unpacker.decompress(body, size)
        except zlib.error:
            return
        body, given = unpacker.unconsumed_tail, given + len(piece)
        if piece:
            yield piece


def name(element: etree._Element) -> str:
    """The name without its namespace; "" for entities and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of those names, whatever their namespace."""
    return (child for child in element if name(child) in names)


def text(element: etree._Element, wanted: str) -> str:
    """The text of the first child of that name, or ""."""
    return next(((child.text or "").strip() for child in children(element, wanted)), "")

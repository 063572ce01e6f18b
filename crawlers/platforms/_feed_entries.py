"""The entries of a feed: Atom and RSS 2.0 as Blogger and WordPress write them, through feedparser whatever else there is.

Blogger: https://developers.google.com/blogger/docs/2.0/reference; thr: RFC 4685; slash: https://web.resource.org/rss/1.0/modules/slash/
"""

from __future__ import annotations

import importlib
import re
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from crawlers import xml
from crawlers.markup import absolute
from schema import keys
from schema.items import Page

_COMMENT_ANCHOR = re.compile(r"#(?:comment-?|c)\d+$")
_LOOKS_LIKE_ENTRIES = re.compile(rb"<(?:\w+:)?(?:entry|item)[\s>]", re.I)


class Entry(NamedTuple):
    """What an entry says of the post (or comment) behind it."""

    url: str
    rule: str
    comments_reported: int | None = None
    is_comment: bool = False


def read(page: Page) -> list[Entry] | None:
    """The entries in the order of the feed; None when it is broken beyond repair. An empty feed has none."""
    document = xml.document(page)
    outermost = xml.name(document.root).lower() if document else ""
    found: list[Entry] = []
    if document and outermost == "feed":
        found = [_atom(page, entry) for entry in xml.children(document.root, "entry")]
    elif document and outermost == "rss":
        channels = xml.children(document.root, "channel")
        found = [_rss(page, item) for channel in channels for item in xml.children(channel, "item")]
    if found or (document and document.is_whole and outermost in ("feed", "rss")):
        return found
    return _by_feedparser(page) or ([] if document and document.is_whole and outermost == "rdf" else None)


def _atom(page: Page, entry: etree._Element) -> Entry:
    own = xml.text(entry, "origLink") or _alternate(entry)
    is_comment = next(xml.children(entry, "in-reply-to"), None) is not None
    return _entry(page, own, "atom entry", xml.text(entry, "total"), is_comment)


def _alternate(entry: etree._Element) -> str:
    """The page for people; Blogger puts five other links before it."""
    links = [link for link in xml.children(entry, "link") if (link.get("rel") or "alternate") == "alternate"]
    page = next((link for link in links if (link.get("type") or "text/html") == "text/html"), None)
    link = page if page is not None else next(iter(links), None)
    return (link.get("href") or "") if link is not None else ""


def _rss(page: Page, item: etree._Element) -> Entry:
    """FeedBurner keeps the blog's own address in origLink; a guid is an address unless it says otherwise."""
    guid = next(xml.children(item, "guid"), None)
    is_address = guid is not None and guid.get("isPermaLink") != "false"
    own = xml.text(item, "origLink") or xml.text(item, "link") or ((guid.text or "") if guid is not None and is_address else "")
    stated = next((each.text or "" for each in xml.children(item, "comments", "total") if (each.text or "").strip().isdigit()), "")
    return _entry(page, own, "rss item", stated, False)


def _entry(page: Page, url: str, rule: str, stated: str, is_comment: bool) -> Entry:
    address = absolute(page.url, url)
    stated = stated.strip()
    reported = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 9 else None
    return Entry(_web(address), rule, reported, is_comment or bool(_COMMENT_ANCHOR.search(address)))


def _web(address: str) -> str:
    return keys.canonical_url(address) if address.startswith(("http://", "https://")) else ""


def _by_feedparser(page: Page) -> list[Entry]:
    """For RSS 1.0, 0.9x and what only a forgiving reader makes sense of. It is given bytes, never an address to fetch."""
    body = b"".join(xml.chunks(page.body))
    if not _LOOKS_LIKE_ENTRIES.search(body) or b"<!ENTITY" in body:
        return []
    feedparser: Any = importlib.import_module("feedparser")  # Any: no types are published; slow to import, so late
    try:
        parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except ValueError:      # of feedparser 6.0: an encoding is declared in a name with NUL in it
        return []
    return [_entry(page, str(entry.get("link", "")), "feedparser", str(entry.get("slash_comments", "")), False) for entry in parsed.entries]

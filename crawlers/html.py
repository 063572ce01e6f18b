"""Bytes to a tree of elements: the one place that decodes, for live and archived pages alike."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree, html
from w3lib.encoding import html_to_unicode

from schema.items import Page

_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


@lru_cache(maxsize=4)
def text_of(page: Page) -> str:
    """The page decoded as a browser would: byte order mark, HTTP header, meta tag, then a guess."""
    _encoding, text = html_to_unicode(page.header("content-type") or None, page.body)
    return text.replace("\x00", "")


@lru_cache(maxsize=4)
def tree(page: Page) -> html.HtmlElement:
    """The root element. The tree is shared by all who ask: read it, never change it. Any bytes give a tree."""
    text = text_of(page).encode("utf-8", "replace")
    try:
        root = etree.fromstring(text, _PARSER) if text.strip() else None
    except etree.ParserError:
        root = None
    return root if root is not None else html.Element("html")

"""A list of blogs as OPML, the format in which feed readers hand over subscriptions (http://opml.org/spec2.opml).

Folders become strata. The blog itself (`htmlUrl`) is taken before its feed (`xmlUrl`): it leads to older posts, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, cast

from lxml import etree

from crawlers.sourcelist_entry import Damaged, Row

_ENTITY = re.compile(r"<!ENTITY", re.I)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z]\w{1,30};)?")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_OPTIONS: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}  # Any: keywords of several types
_FEED_SCHEME = re.compile(r"\Afeed:(?://)?(?=(https?://)?)", re.I)
_TYPES = ("rss", "atom", "feed")       # of an outline that is meant as a subscription even where its address is missing
_WEB = ("http://", "https://")


def read(text: str) -> Iterator[Row | str]:
    """A row for each subscription, whatever folder it is in."""
    if _ENTITY.search(text):
        raise Damaged("defines entities, as no feed reader does and attacks do; it was not read.")
    root, is_whole = _tree(_AMPERSAND.sub(_escaped, _DECLARATION.sub("", text.removeprefix("\ufeff"))).encode("utf-8", "replace"))
    outlines = [] if root is None else list(root.iter("{*}outline"))
    yield from (_row(outline) for outline in outlines if _is_subscription(outline))
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise Damaged("is no OPML; export the subscriptions of your feed reader once more.")
    if not is_whole:
        raise Damaged("is damaged XML; what could be read of it was taken.")


def _escaped(ampersand: re.Match[str]) -> str:
    """Many programs forget to escape `&`, or write HTML's names, which XML does not know."""
    return escape(unescape(ampersand[0])) if ampersand[1] else "&amp;"


def _tree(body: bytes) -> tuple[etree._Element | None, bool]:
    """The outermost element, and whether it was whole."""
    for recover in (False, True):
        try:
            root: etree._Element | None = etree.fromstring(body, etree.XMLParser(recover=recover, encoding="utf-8", **_OPTIONS))
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return root, not recover
    return None, False


def _is_subscription(outline: etree._Element) -> bool:
    return _has_address(outline) or (_attribute(outline, "type").lower() in _TYPES and not len(outline))


def _has_address(outline: etree._Element) -> bool:
    return any(_attribute(outline, name) for name in ("xmlurl", "htmlurl", "url"))


def _row(outline: etree._Element) -> Row:
    problem = "" if _has_address(outline) else "There is no address (xmlUrl or htmlUrl)."
    blog, feed = _attribute(outline, "htmlurl"), _plain(_attribute(outline, "xmlurl") or _attribute(outline, "url"))
    url = blog if blog.lower().startswith(_WEB) else feed or blog
    folders = _folders(outline) or _attribute(outline, "category").split(",")[0].strip("/").replace("/", " / ")
    fields = {"url": url, "stratum": folders} if folders else {"url": url}
    return Row(cast("int", outline.sourceline or 0), fields, feed, _attribute(outline, "title") or _attribute(outline, "text"), problem)


def _attribute(outline: etree._Element, name: str) -> str:
    """Some programs write `xmlurl`, some `xmlUrl`."""
    return next((str(value).strip() for key, value in outline.attrib.items() if str(key).lower() == name), "")


def _plain(url: str) -> str:
    """What `feed://host/` and `feed:https://host/` mean."""
    return _FEED_SCHEME.sub(lambda found: "" if found[1] else "http://", url)


def _folders(outline: etree._Element) -> str:
    above = [_attribute(one, "title") or _attribute(one, "text") for one in outline.iterancestors("{*}outline")]
    return " / ".join(name for name in reversed(above) if name)

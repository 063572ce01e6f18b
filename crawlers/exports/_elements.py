"""Large XML files, one outer element at a time; hardened like crawlers.xml: nothing is resolved, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from crawlers import xml
from schema.items import Page

_CHUNK = 256 * 1024
_OPTIONS: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_pis": True, "remove_comments": True}  # Any: keywords of several types
# Bloggers paste them, exporters copy them, and XML 1.0 allows none of them: a parser may stop there.
_ILLEGAL = bytes(code for code in range(32) if code not in (9, 10, 13))


def outer(page: Page, *names: str) -> Iterator[etree._Element]:
    """The elements of those names that stand in no other of them, as they come to their end.

    Each is emptied afterwards, and what came before it forgotten: a large file needs little room.
    """
    parser = etree.XMLPullParser(events=("end",), tag=[f"{{*}}{name}" for name in names], recover=True, **_OPTIONS)
    for chunk in _chunks(page.body):
        parser.feed(chunk)
        for _event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
            if not any(xml.name(ancestor) in names for ancestor in element.iterancestors()):
                yield element
                _forget(element)


def _chunks(body: bytes) -> Iterator[bytes]:
    blank = len(body[:_CHUNK]) - len(body[:_CHUNK].lstrip())    # before `<?xml`, where strict parsers stop
    for at in range(blank, len(body), _CHUNK):
        yield body[at:at + _CHUNK].translate(None, _ILLEGAL)


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def fields(element: etree._Element) -> dict[str, str]:
    """The texts of the children by their names without namespace; of several of one name, the first."""
    found: dict[str, str] = {}
    for child in element:
        if (name := xml.name(child)) and name not in found:
            found[name] = (child.text or "").strip()
    return found


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute by its name without namespace; "" for none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")

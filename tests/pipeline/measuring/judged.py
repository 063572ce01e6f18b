"""A small labelled material of our own for the tests of measuring: two blogs, two kinds, and what somebody found."""

from __future__ import annotations

from pipeline.labelled.items import Kind, Labelled
from pipeline.text import Doc
from schema.items import Finding, Span


def item(number: int, blog: str, kind: Kind = "comment", subtype: str | None = None, **labels: int) -> Labelled:
    text = f"Remark {number}: buy my shoes."
    return Labelled(f"i{number}", blog, kind, Doc("post" if kind == "post" else "comment", text), labels, subtype)


ITEMS = [
    item(1, "a", spam=2, self_promotion=3, conversational=0, subtype="link_drop"), item(2, "a", spam=2, self_promotion=2, conversational=0, subtype="noise"),
    item(3, "a", spam=0, self_promotion=0, conversational=3), item(4, "b", spam=1, self_promotion=2, conversational=1),
    item(5, "b", spam=0, self_promotion=0, conversational=2), item(6, "b", kind="pingback", spam=0, self_promotion=1, conversational=2),
    item(7, "b", kind="post", self_promotion=2, conversational=1), item(8, "a"),
]
FOUND = [
    Finding(0.9, 2, (Span(10, 13, "cry", 1.5),), context={"signals": {"ware_host": 1.3}}), Finding(0.2, 0), Finding(0.1, 0), Finding(0.5, 1), Finding(None), Finding(0.7, 2, (Span(10, 13, "cry", 1.5),), context={"signals": {"ware_host": 1.3}}), Finding(0.4, 0), Finding(0.0, 0),
]
SPAM = [(one, found) for one, found in zip(ITEMS, FOUND, strict=True) if one.kind != "post"]

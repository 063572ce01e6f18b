"""What a page reserves: that it be not indexed, not used to train or mine; said in its headers or its head.

`robots.txt` says what may be fetched; this says what may be done with what was fetched. Whether it is heeded is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers.html import tree
from schema.items import Page

AGENT = "hubbub"

_TDM = "tdm-reservation"    # the TDM Reservation Protocol: https://www.w3.org/2022/tdmrep/
# noai and noimageai are DeviantArt's of 2022; others have taken them up.
_RULES = {"noindex": ("noindex",), "none": ("noindex",), "noai": ("noai",), "noimageai": ("noimageai",)}
_ADDRESSED = re.compile(r"\s*([\w-]+)\s*:(.*)", re.S)
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")


def reservations(page: Page) -> tuple[str, ...]:
    """Those of `noai`, `noimageai`, `noindex` and `tdm-reservation` that the page states for everybody or for us."""
    return tuple(sorted({*_in_headers(page), *_in_head(page)}))


def _in_headers(page: Page) -> Iterator[str]:
    for name, value in page.headers:
        if name == "x-robots-tag":
            yield from _tags(value)
        elif name == _TDM and value.strip() == "1":
            yield _TDM


def _tags(value: str) -> Iterator[str]:
    """`noindex, otherbot: noai`: a name counts for all that follows it."""
    is_ours = True
    for part in value.split(","):
        match = _ADDRESSED.fullmatch(part)
        if match and match[1].lower() not in _WITH_VALUE:
            is_ours, part = match[1].lower() == AGENT, match[2]
        if is_ours:
            yield from _named(part)


def _in_head(page: Page) -> Iterator[str]:
    if "html" not in page.header("content-type").lower() and page.header("content-type"):
        return
    for element in tree(page).iter("meta"):
        name, content = (element.get("name") or "").strip().lower(), element.get("content") or ""
        if name in ("robots", AGENT):
            yield from _named(content)
        elif name == _TDM and content.strip() == "1":
            yield _TDM


def _named(words: str) -> Iterator[str]:
    for word in re.split(r"[\s,;]+", words.lower()):
        yield from _RULES.get(word, ())

"""What a page reserves: that it be not indexed, not used for training or mining; said in its headers, its head, or for its site.

`robots.txt` says what may be fetched; this says what may be done with what was fetched. What follows from it is docs/reservations.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers import head, xml
from crawlers.reading import Reading
from crawlers.tdm import NO_FILE, RESERVATION, TdmFile
from schema.items import Page, Skipped, Thread

AGENT = "hubbub"        # our product token: what is said to other crawlers by name is not said to us
POLICY = "tdm-policy"   # where the owner says on which terms the reserved may be mined

# noai and noimageai are DeviantArt's of 2022; others have taken them up. `none` is noindex and nofollow; Bing says nocache for noarchive.
_NAMED = {"noindex": "noindex", "none": "noindex", "noai": "noai", "noimageai": "noimageai", "noarchive": "noarchive", "nocache": "noarchive"}
_ADDRESSED = re.compile(r"\s*([\w-]+)\s*:(.*)", re.S)
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
# What forbids to take a text, and the reason that is counted. Pictures (noimageai) are not collected, cached copies (noarchive) not shown.
_FORBIDS = {RESERVATION: "reserved: tdm", "noai": "reserved: noai", "noindex": "reserved: noindex"}
REASONS = frozenset(_FORBIDS.values())


def stated(page: Page, site: TdmFile = NO_FILE) -> tuple[str, ...]:
    """What the page reserves, to everybody or to us, in sorted words; `site` is its site's tdmrep.json, where one was read."""
    words = {*_in_headers(page), *_in_head(page)}
    if _reserves_mining(page, site):
        words.add(RESERVATION)
    return tuple(sorted(words))


def noted(reading: Reading, site: TdmFile = NO_FILE) -> Reading:
    """The reading, with what its page reserves written on each item of its threads."""
    words = ", ".join(stated(reading.page, site)) if reading.threads else ""
    return replace(reading, threads=tuple(_noted(thread, words) for thread in reading.threads)) if words else reading


def heeded(reading: Reading) -> Reading:
    """The reading without the threads that its page reserves; each gives its reason."""
    kept = tuple(thread for thread in reading.threads if not _why_not(thread))
    refused = tuple(Skipped(why, thread.post.url) for thread in reading.threads if (why := _why_not(thread)))
    return replace(reading, threads=kept, skipped=(*reading.skipped, *refused)) if refused else reading


def _noted(thread: Thread, words: str) -> Thread:
    return Thread(replace(thread.post, reservations=words), tuple(replace(one, reservations=words) for one in thread.comments))


def _why_not(thread: Thread) -> str:
    words = thread.post.reservations.split(", ")
    return next((reason for word, reason in _FORBIDS.items() if word in words), "")


def _in_headers(page: Page) -> Iterator[str]:
    """WordPress sends noindex with every feed and every answer of its REST API, to keep them out of results; it says nothing of the texts."""
    for name, value in page.headers:
        if name == "x-robots-tag":
            yield from (word for word in _tags(value) if word != "noindex" or _is_html(page))
        elif name == POLICY and value.strip():
            yield POLICY


def _tags(value: str) -> Iterator[str]:
    """`noindex, otherbot: noai`: a name counts for all that follows it."""
    is_ours = True
    for part in value.split(","):
        match = _ADDRESSED.fullmatch(part)
        if match and match[1].lower() not in _WITH_VALUE:
            is_ours, part = match[1].lower() == AGENT, match[2]
        if is_ours:
            yield from _words(part)


def _in_head(page: Page) -> Iterator[str]:
    if _is_html(page):
        for content in head.contents(page, "robots", AGENT):
            yield from _words(content)
        if any(head.contents(page, POLICY)):
            yield POLICY


def _reserves_mining(page: Page, site: TdmFile) -> bool:
    """The nearest statement decides (TDMRep, 2024): that of the page, else that of its headers, else that of its site."""
    in_head = head.contents(page, RESERVATION) if _is_html(page) else []
    in_headers = [value for name, value in page.headers if name == RESERVATION]
    for said in (in_head, in_headers):
        values = {value.strip() for value in said} & {"0", "1"}
        if values:
            return "1" in values
    return site.reserves(page.url)


def _words(content: str) -> Iterator[str]:
    for word in re.split(r"[\s,;]+", content.lower()):
        if known := _NAMED.get(word):
            yield known


def _is_html(page: Page) -> bool:
    kind = page.header("content-type").lower()
    return "html" in kind or (not kind and xml.outermost(page).lower() == "html")

"""Export files to threads: the right reader is chosen by content, and one thread after the other is handed on.

An export is read as a whole but never held as a whole in parsed form, except where comments stand far from their posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from crawlers import xml
from crawlers.reading import Reading
from pipeline import registry
from schema.items import Comment, Page, Post, Skipped, Thread

EXPORTS = "crawlers.exports"
ENDINGS = (".xml", ".atom", ".txt")
START = 64 * 1024       # bytes that tell a format
_LAST = 400             # bytes in which the outermost element must end


class Export(Protocol):
    """A module of crawlers.exports (or of an outsider's entry point in the group `hubbub.exports`)."""

    def confidence(self, page: Page) -> float:
        """How sure we are that the file is of this format: 0 no idea, 1 certain. The first 64 kB must do."""

    def read(self, page: Page) -> Iterator[Post | Comment | Skipped]:
        """Posts, each before its comments, and what was left out."""


def format_of(page: Page) -> str:
    """The name of the reader that knows the file, or ""."""
    names = registry.names(EXPORTS)
    best = max(names, key=lambda name: _export(name).confidence(page), default="")
    return best if best and _export(best).confidence(page) > 0 else ""


def is_export(file: Path, page: Page) -> bool:
    """Whether a file with that name and beginning is an export that hubbub reads."""
    return file.name.lower().endswith(ENDINGS) and bool(format_of(page))


def readings(page: Page) -> Iterator[Reading]:
    """One reading for each thread and for each thing left out, as if every post had been a page of its own."""
    name = format_of(page)
    for found in _threads(_export(name).read(page)):
        if isinstance(found, Thread):
            yield Reading(_page_of(page, found.post.url), name, ((name, 1.0),), (found,), (), ())
        else:
            yield Reading(_page_of(page, found.url), name, ((name, 1.0),), (), (), (found,))


def is_whole(page: Page) -> bool:
    """Whether the file comes to its end: XML closes what it opened; of plain text nobody can tell."""
    name = xml.outermost(page)
    if not name:
        return True
    return bool(re.search(rf"</(?:[\w.-]+:)?{name}\s*>\s*(?:<!--.*?-->\s*)*\Z".encode(), page.body[-_LAST:].replace(b"\x00", b""), re.S))


def _export(name: str) -> Export:
    return cast(Export, registry.module(EXPORTS, name))


def _page_of(page: Page, url: str) -> Page:
    return replace(page, url=url, body=b"")


def _threads(found: Iterable[Post | Comment | Skipped]) -> Iterator[Thread | Skipped]:
    """A comment belongs to the post that came last before it."""
    post: Post | None = None
    comments: list[Comment] = []
    for item in found:
        match item:
            case Comment():
                comments.append(item)
            case Post():
                if post:
                    yield Thread(post, tuple(comments))
                post, comments = item, []
            case Skipped():
                yield item
    if post:
        yield Thread(post, tuple(comments))

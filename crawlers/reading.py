"""What one page gives: the right reader is chosen by content, and what it found is put together as threads."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, cast

from crawlers import signs
from crawlers.decoding import in_utf8
from crawlers.html import let_go
from crawlers.markup import split
from crawlers.taming import is_overlong
from crawlers.walls import wall
from pipeline import registry
from schema.items import Comment, Link, Page, Post, Skipped, Thread

Found = Post | Comment | Link | Skipped
PLATFORMS = "crawlers.platforms"
MOST_LINKS = 5000       # taken from one page
MANY_LINKS = "more links than a page may have"
LONGEST = 1_000_000     # characters of a post's or a comment's HTML that are taken: a thick novel
CUT, CUT_MARK = "text cut", "<p>[...]</p>"
_LISTS = ("feed", "sitemap")
_CERTAIN = 0.95


class Platform(Protocol):
    """A module of crawlers.platforms (or of an outsider's entry point in the group `hubbub.platforms`)."""

    def confidence(self, page: Page) -> float:
        """How sure we are that this platform made the page: 0 no idea, 1 certain."""

    def read(self, page: Page) -> Iterator[Found]:
        """The post, then its comments, and links to the rest of the conversation.

        A platform whose comments are served on the pages of others also has `embedded(page, post_url)`: links to where they are.
        """


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found on one page, and who found it."""

    page: Page
    platform: str                               # "" when no reader knows the page
    confidences: tuple[tuple[str, float], ...]  # of the readers that were asked, the surest first
    threads: tuple[Thread, ...]
    links: tuple[Link, ...]
    skipped: tuple[Skipped, ...]


@contextmanager
def _uncollected() -> Iterator[None]:
    """The garbage collector waits: it would go through thousands of elements again and again, which is a twelfth of the reading, and find nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_uncollected()
def read(page: Page) -> Reading:
    """Read a page with the platform that is surest of it."""
    page = in_utf8(page)
    if why := wall(page):
        return Reading(page, "", (), (), (), (Skipped(why, page.url),))
    asked = _named_maker(page) or confidences(page)
    name, confidence = asked[0]
    if confidence <= 0:
        return Reading(page, "", asked, (), (), (Skipped("not a page of a blog", page.url),))
    found = list(_bounded(name, _platform(name).read(page), page))
    found = [*_with_elsewhere(found, embeds), *embeds] if (embeds := list(_embedded(page, found))) else found
    let_go(page)
    return Reading(
        page,
        name,
        asked,
        tuple(_threads(found)),
        tuple(dict.fromkeys(item for item in found if isinstance(item, Link))),
        tuple(item for item in found if isinstance(item, Skipped)),
    )


def _bounded(name: str, found: Iterable[Found], page: Page) -> Iterator[Found]:
    """So many links and no more: nobody lists more posts on one page (a feed or a sitemap has limits of its own). Texts have an end, too."""
    links = 0
    if name not in _LISTS and is_overlong(page.body):
        yield Skipped(CUT, page.url)
    for item in found:
        links += isinstance(item, Link)
        if links > MOST_LINKS and name not in _LISTS:
            yield Skipped(MANY_LINKS, page.url)
            return
        if isinstance(item, Post | Comment) and len(item.html) > LONGEST:
            yield Skipped(CUT, page.url)
            yield replace(item, html=_cut(item.html))
        else:
            yield item


def _cut(html: str) -> str:
    """As much as is taken, with a mark; not in the middle of a tag."""
    taken = html[:LONGEST]
    return (taken[: taken.rfind("<")] if taken.rfind("<") > taken.rfind(">") else taken) + CUT_MARK


def confidences(page: Page) -> tuple[tuple[str, float], ...]:
    """How sure each reader is of a page, the surest first."""
    found = ((name, _platform(name).confidence(page)) for name in registry.names(PLATFORMS))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _named_maker(page: Page) -> tuple[tuple[str, float], ...]:
    """The reader for the one maker that an HTML page names itself, if it is certain: to ask the others takes as long as half the parsing."""
    if signs.outermost(page) != "html":   # feeds quote pages
        return ()
    named = {maker.replace(b" ", b"").decode() for maker in signs.makers(page)}
    if len(named) != 1 or (name := named.pop()) not in registry.names(PLATFORMS) or _has_outsiders():
        return ()
    confidence = _platform(name).confidence(page)
    return ((name, confidence),) if confidence >= _CERTAIN else ()


def _has_outsiders() -> bool:
    """Whether readers from elsewhere are installed: made for pages of their own, they are always asked."""
    return any(not registry.module(PLATFORMS, name).__name__.startswith(PLATFORMS) for name in registry.names(PLATFORMS))


def _embedded(page: Page, found: Iterable[Found]) -> Iterator[Link]:
    """Where scripts of the page get the comments from; a page that shows several posts only counts them, and so does a front page.

    Comments that stand in the page as well have other ids there (the Disqus plugin prints WordPress' own): they would come twice.
    """
    posts = [item for item in found if isinstance(item, Post)]
    has_comments = any(isinstance(item, Comment) and item.kind == "comment" for item in found)
    if len(posts) == 1 and not has_comments and b"<script" in page.body and split(posts[0].url).path.strip("/") + split(posts[0].url).query:
        for name in registry.names(PLATFORMS):
            if callable(embedded := getattr(_platform(name), "embedded", None)):     # a reader may call something else so
                yield from embedded(page, posts[0].url)


def _with_elsewhere(found: Iterable[Found], embeds: Iterable[Link]) -> Iterator[Found]:
    """The post says that its comments are brought by a script, where its own platform does not say so."""
    service = next(link.rule.partition(" ")[0] for link in embeds)
    for item in found:
        is_silent = isinstance(item, Post) and not item.comments_elsewhere
        yield replace(item, comments_elsewhere=f"script-loaded: {service}") if isinstance(item, Post) and is_silent else item


def _platform(name: str) -> Platform:
    return cast(Platform, registry.module(PLATFORMS, name))


def _threads(found: Iterable[Found]) -> Iterator[Thread]:
    """A comment belongs to the post that was found last before it."""
    post: Post | None = None
    comments: list[Comment] = []
    for item in found:
        match item:
            case Post():
                if post:
                    yield Thread(post, tuple(comments))
                post, comments = item, []
            case Comment():
                comments.append(item)
    if post:
        yield Thread(post, tuple(comments))

"""What hubbub sees on a page, as plain values: for `hubbub explain`, and for whoever writes a platform module."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from crawlers import fetched
from crawlers.anchoring import Anchoring
from crawlers.reading import Reading, confidences, read
from crawlers.reservations import stated
from pipeline.clean import clean
from schema.items import Comment, Link, Page, Post, Skipped, Thread

FIRST = 5       # comments that are shown


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page as hubbub sees it."""

    url: str
    status: int
    robots: str                         # "" for a saved page
    shape: str                          # page | feed | sitemap | not a page
    platform: str
    confidences: tuple[tuple[str, float], ...]
    threads: tuple[Thread, ...]         # cleaned
    links: tuple[Link, ...]
    dropped: tuple[Skipped, ...]
    reservations: str = ""              # what the page reserves; see docs/reservations.md


def explain(page: Page, robots: str = "", teacher: Page | None = None) -> Explanation:
    """Read and clean a page as a crawl would, and keep everything that was found and dropped.

    `teacher` is the feed of the post's comments, for a page of an unknown theme: the rule that it taught is that of the comments.
    """
    if not fetched.is_page(page):
        why = Skipped("not a page", page.url, fetched.looks(page))
        return Explanation(page.url, page.status, robots, "not a page", "", (), (), (), (why,))
    reading = fetched.kept(replace(read(page), confidences=confidences(page)))
    return _explained(page, robots, _taught(reading, teacher) if teacher else reading)


def _taught(reading: Reading, teacher: Page) -> Reading:
    anchoring = Anchoring()
    anchoring.seen(reading)
    again = anchoring.again(read(teacher))
    return replace(reading, threads=again.threads) if again else reading


def _explained(page: Page, robots: str, reading: Reading) -> Explanation:
    cleaned = [clean(thread, page) for thread in reading.threads]
    return Explanation(
        page.url, page.status, robots, reading.platform if reading.platform in fetched.LISTS else "page", reading.platform, reading.confidences,
        tuple(result.thread for result in cleaned if result.thread),
        reading.links,
        (*reading.skipped, *(skipped for result in cleaned for skipped in result.skipped)),
        ", ".join(stated(page)),
    )


def as_json(seen: Explanation) -> dict[str, Any]:   # Any: JSON
    """The same, ready for `json.dumps`."""
    return {
        "url": seen.url,
        "status": seen.status,
        "robots": seen.robots or None,
        "reservations": seen.reservations,
        "shape": seen.shape,
        "platform": seen.platform or None,
        "confidences": {name: round(value, 2) for name, value in seen.confidences},
        "posts": [_thread(thread) for thread in seen.threads],
        "links": [{"kind": link.kind, "url": link.url, "rule": link.rule} for link in seen.links],
        "dropped": [{"reason": skipped.reason, "url": skipped.url, "rule": skipped.rule} for skipped in seen.dropped],
    }


def _thread(thread: Thread) -> dict[str, Any]:  # Any: JSON
    one = thread.post
    return {
        **_common(one),
        "title": one.title,
        "language": one.language,
        "comments_reported": one.comments_reported,
        "pings_reported": one.pings_reported,
        "comments_closed": one.comments_closed,
        "comments_elsewhere": one.comments_elsewhere,
        "comments": [_comment(comment, thread) for comment in thread.comments],
    }


def _comment(comment: Comment, thread: Thread) -> dict[str, Any]:   # Any: JSON
    return {
        **_common(comment),
        "ref": comment.ref,
        "kind": comment.kind,
        "reply_to": comment.parent_ref,
        "reply_to_author": parent_author(comment, thread) or None,
        "by_post_author": comment.by_post_author,
    }


def _common(item: Post | Comment) -> dict[str, Any]:    # Any: JSON
    return {
        "url": item.url,
        "rule": item.rule,
        "author": item.author,
        "published": item.published.isoformat() if item.published else None,
        "published_raw": item.published_raw,
        "published_how": item.published_how,
        "characters": len(item.text),
    }


def parent_author(comment: Comment, thread: Thread) -> str:
    """Whom a comment answers, as the page tells."""
    return next((other.author for other in thread.comments if comment.reply_to and other.key == comment.reply_to), "")


def by_kind(links: tuple[Link, ...]) -> Counter[tuple[str, str]]:
    """How many links of each kind each rule found."""
    return Counter((link.kind, link.rule) for link in links)


def by_reason(dropped: tuple[Skipped, ...]) -> Counter[tuple[str, str]]:
    """How many things were dropped for each reason, and by which rule."""
    return Counter((skipped.reason, skipped.rule) for skipped in dropped)

"""What became of one address: the last thing that the spider yields of each answer, and all that is stored of it, at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawlers.reading import Reading
from crawlers.targets import Target
from pipeline.addresses import State
from schema.items import Page, Skipped

LISTS = ("feed", "sitemap")                     # asked at each run: they name what is new
OLDER = ("openSearch:totalResults", "link rel=next", "wordpress paged")      # rules of links to further pages of a feed
POSTS_AGAIN_AFTER = timedelta(days=1)
FAILED_AGAIN_AFTER = timedelta(hours=1)         # the first time; twice as long each further time
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit of `target`: what the answer said of itself, what was read there, and what it leads to."""

    target: Target
    blog: str                                   # the name of the blog, as in the rows
    state: State = "done"
    reason: str = ""                            # why there is nothing
    status: int | None = None
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    post_key: str = ""
    fetched_at: datetime | None = None
    next_visit: datetime | None = None          # None: never again of its own accord
    gave: tuple[Reading | Skipped, ...] = ()    # stored in the same transaction, in this order
    found: tuple[Target, ...] = ()              # ... and so are these
    is_unchanged: bool = False                  # the same as at the last visit: a 304, or the same bytes

    def __str__(self) -> str:
        """For the log, without what was read."""
        return " ".join((self.state, self.target.url, *([f"({self.reason})"] if self.reason else [])))


def content_hash(page: Page) -> str:
    """Changes when the bytes of a page do."""
    return hashlib.blake2b(page.body, digest_size=10).hexdigest()


def next_visit(target: Target, state: State, attempts: int = 0, now: datetime | None = None) -> datetime | None:
    """When this address is to be asked again without anybody naming it; None: never."""
    now = now or datetime.now(UTC)
    if state == "failed":
        return now + FAILED_AGAIN_AFTER * 2**attempts if attempts < ATTEMPTS else None
    if state != "done":
        return None
    if target.kind in LISTS and target.rule not in OLDER:
        return now
    return now + POSTS_AGAIN_AFTER if target.kind == "post" else None

"""Pages of unknown themes that no comment was found on, kept until the feed of their comments comes: it tells where to look.

See crawlers.platforms._generic_anchored for how.
"""

from __future__ import annotations

from collections import OrderedDict

from crawlers.platforms._generic_anchored import anchored
from crawlers.reading import Reading
from crawlers.thread_feeds import UNKNOWN_THEME
from schema import keys
from schema.items import Link, Page, Post, Thread

_ROOM = 200     # pages; the oldest go first



class Anchoring:
    """Holds pages of one run."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, tuple[Page, Post]] = OrderedDict()

    def seen(self, reading: Reading) -> None:
        """Keep the page if a feed may tell more of it."""
        if reading.platform == "generic" and any(link.kind == "completion" for link in reading.links):
            for thread in reading.threads[:1]:
                if not thread.comments:
                    self._pages[keys.post_key(thread.post.url)] = (reading.page, thread.post)
        while len(self._pages) > _ROOM:
            self._pages.popitem(last=False)

    def holds(self, post_url: str) -> bool:
        """Whether the page of that post is kept."""
        return keys.post_key(post_url) in self._pages

    def teacher(self, reading: Reading) -> Link | None:
        """The feed that could tell where the comments of this page are; None when the page is not kept."""
        self.seen(reading)
        return next((link for link in reading.links if link.rule == UNKNOWN_THEME), None) if self._pages else None

    def again(self, reading: Reading) -> Reading | None:
        """What the page of these comments gives, now that some of them are known; None for nothing new."""
        for thread in (one for one in reading.threads if one.comments):
            page, post = self._pages.pop(keys.post_key(thread.post.url), (None, None))
            if page and post and (found := anchored(page, thread.comments, post.url)):
                return Reading(page, "generic", (), (Thread(post, found.comments),), (), ())
        return None

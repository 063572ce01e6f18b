"""One post at several addresses of a blog, none of which is said to be its own: the first is taken, the others are told."""

from __future__ import annotations

import re
from dataclasses import replace

from crawlers.reading import Reading
from schema import keys
from schema.items import Post, Skipped

SAME_POST = "same post at another address"
_SHORTEST = 120     # characters: shorter texts may well be the same by chance
_TAG = re.compile(r"<[^<>]*>")


class Repeated:
    """Remembers the words of each post that was taken, as a hash, and its key."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def without(self, reading: Reading) -> Reading:
        """The reading without threads whose post was taken under another key."""
        again = [thread for thread in reading.threads if self._is_again(thread.post)]
        if not again:
            return reading
        told = tuple(Skipped(SAME_POST, thread.post.url) for thread in again)
        return replace(reading, threads=tuple(thread for thread in reading.threads if thread not in again), skipped=(*reading.skipped, *told))

    def _is_again(self, post: Post) -> bool:
        words = " ".join(_TAG.sub(" ", post.html).split())
        if len(words) < _SHORTEST:
            return False
        key = keys.post_key(post.url)
        return self._known.setdefault(hash((keys.source_of(post.url), post.title, post.published_raw, words)), key) != key


def is_only_again(reading: Reading) -> bool:
    """Whether there was nothing on the page but a post that is known from another address."""
    return not reading.threads and any(skipped.reason == SAME_POST for skipped in reading.skipped)

"""What a Writer has taken and not stored yet: threads, what was left out, and what became of addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.addresses import Address, Visit
from pipeline.rows import storable
from schema.items import Item, Skipped, Thread, Via

MAX_URL = 1000          # of a skipped address; PostgreSQL's indexes refuse rows over 2.7 kB


@dataclass(slots=True)
class Taken:
    """One transaction's worth."""

    parts: list[list[Thread]] = field(default_factory=list)     # to be written one after the other
    skipped: Counter[Skipped] = field(default_factory=Counter)
    visits: list[Visit] = field(default_factory=list)
    found: list[Address] = field(default_factory=list)
    _ways: dict[str, Via] = field(default_factory=dict)         # how the posts of the last part came
    _texts: dict[str, int] = field(default_factory=dict)        # hashes of its texts, by key
    _items: int = 0

    @property
    def size(self) -> int:
        """How many rows that will be, about."""
        return self._items + len(self.visits) + len(self.found)

    @property
    def names(self) -> set[str]:
        """The blogs that it is about."""
        return {thread.post.source for part in self.parts for thread in part} | {visit.blog for visit in self.visits} | {one.blog for one in self.found}

    @property
    def is_empty(self) -> bool:
        return not self.size and not self.skipped

    def add(self, thread: Thread) -> None:
        """What came in another way, or with another text, is a part of its own.

        Then the database knows which of two values is the better one, and keeps what an edit replaces.
        """
        items: tuple[Item, ...] = (thread.post, *thread.comments)
        texts = {one.key: hash(one.text) for one in items if one.text}
        if not self.parts or self._is_unlike(thread, texts):
            self.parts.append([])
            self._ways, self._texts = {}, {}
        self._ways[thread.post.key] = thread.post.via
        self._texts.update(texts)
        self.parts[-1].append(thread)
        self._items += 1 + len(thread.comments)

    def _is_unlike(self, thread: Thread, texts: dict[str, int]) -> bool:
        has_another_way = self._ways.get(thread.post.key, thread.post.via) != thread.post.via
        return has_another_way or any(self._texts.get(key, text) != text for key, text in texts.items())

    def skip(self, skips: Iterable[Skipped]) -> None:
        for one in skips:
            self.skipped[replace(one, url=storable(one.url)[:MAX_URL])] += 1

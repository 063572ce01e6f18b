"""The best of what waits, in memory; the rest stays in the database until there is room for it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from typing import Protocol

from crawlers.targets import Target, target_of
from pipeline.addresses import Address, Known

ROOM = 1000
Load = Callable[[tuple[int, int], int], list[Target]]       # at most so many behind that rank and number, in order
_FRONT = (-1, 0)


class Memory(Protocol):
    """The rows of earlier runs, and of this one."""

    def known(self, blog: str) -> Iterable[Known]:
        """All addresses of the blog."""

    def waiting(self, blog: str, *, posts: bool, after: tuple[int, int], most: int) -> list[Address]:
        """The best of what waits behind that rank and number."""


class Window:
    """Gives the best first. Without `load` everything is kept in memory."""

    def __init__(self, load: Load | None = None, room: int = ROOM) -> None:
        self._load = load
        self._room = room
        self._heap: list[Target] = []
        self._end = _FRONT              # what is behind it is in the database alone, unless ...
        self._is_whole = load is None   # ... nothing is
        self.first()

    def push(self, target: Target) -> None:
        """Take a target; where there is no room for it, it will come back from the database."""
        if self._is_whole or (target.rank, target.number) <= self._end:
            heapq.heappush(self._heap, target)
            if self._load and len(self._heap) > 2 * self._room:
                self._keep(heapq.nsmallest(self._room, self._heap), is_whole=False)

    def first(self) -> Target | None:
        """The best, which stays; None when there is nothing left."""
        if not self._heap and not self._is_whole:
            assert self._load
            found = self._load(self._end, self._room)
            self._keep(found, is_whole=len(found) < self._room)
        return self._heap[0] if self._heap else None

    def pop(self) -> Target:
        """Take away what `first` has shown."""
        return heapq.heappop(self._heap)

    def all(self) -> list[Target]:
        """The best of what is left: all that is in memory."""
        self.first()
        return self._heap

    def _keep(self, ordered: list[Target], *, is_whole: bool) -> None:
        self._heap = ordered
        self._is_whole = is_whole
        if ordered:
            self._end = (ordered[-1].rank, ordered[-1].number)


def stored(memory: Memory, name: str, blog: int, *, posts: bool) -> Window:
    """What waits in the rows of that blog, the `blog`th of this run: its posts, or everything else."""

    def load(after: tuple[int, int], most: int) -> list[Target]:
        return [target_of(row, blog) for row in memory.waiting(name, posts=posts, after=after, most=most)]

    return Window(load)

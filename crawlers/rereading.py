"""Which threads were read completely: all their comment pages had, none failed, and no more comments stated than were seen.

Only then the absence of a comment says something. What feeds say never completes a reading: they hold the newest comments only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.reading import Reading
from crawlers.targets import address_of, is_worthless, name_of
from pipeline.vanished import ThreadReading
from schema.items import Thread

MOST = 1000     # threads that are followed at a time; those that some page is missing of are forgotten first


@dataclass(slots=True)
class _State:
    """How far the reading of one thread has come."""

    post_key: str
    own: frozenset[str]                                     # the names of the post's own page
    pending: set[str] = field(default_factory=set)          # names of pages that are still to be read
    had: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)             # keys of comments
    stated: int | None = None       # by its pages
    listed: int | None = None       # by a feed or a list
    is_partly_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A thread all pages of which were had; `reading` is None where that does not say who is missing."""

    post_key: str
    at: datetime
    reading: ThreadReading | None


class Rereading:
    """Follows the threads of a run, or of an archive that holds several."""

    def __init__(self) -> None:
        self._states: dict[str, _State] = {}        # by post key
        self._pending: dict[str, str] = {}          # post keys by the names of pages that are still to be read
        self._finished: list[Finished] = []
        self._early: dict[str, frozenset[str] | None] = {}      # comment pages that came before their post, and who was on them; None: unchanged

    def read(self, name: str, reading: Reading, threads: Sequence[Thread], *, begins: bool = True, listed: int | None = None) -> str:
        """A page was read; `begins` says whether it may be the first of its thread. The key of the post it was read for, or "".

        `listed` is the number of comments that a feed or a list states: many a theme prints none where there are none.
        """
        if name in self._pending:
            state = self._states[self._pending[name]]
        elif begins and len(threads) == 1 and threads[0].post.via == "page":
            state = self._begun(name, threads[0], listed)
        else:
            self._keep_early(name, frozenset(one.key for thread in threads for one in thread.comments))
            return ""
        self._add(state, name, reading, threads)
        return state.post_key

    def unchanged(self, name: str, at: datetime) -> None:
        """A comment page answered that it has not changed."""
        if state := self._states.get(self._pending.get(name, "")):
            state.is_partly_unchanged = True
            self._had(state, name, at)
        else:
            self._keep_early(name, None)

    def failed(self, name: str) -> str:
        """A comment page could not be had: this reading, of the post with that key, will not be complete."""
        key = self._pending.get(name, "")
        self._forget(key)
        return key

    def finished(self) -> list[Finished]:
        """The threads that were finished since this was last asked."""
        finished, self._finished = self._finished, []
        return finished

    def _begun(self, name: str, thread: Thread, listed: int | None) -> _State:
        key = thread.post.key
        self._forget(key)
        while len(self._states) >= MOST:
            self._forget(next(iter(self._states)))
        own = frozenset((name, name_of(thread.post.url, "comments"), name_of(thread.post.url, "post")))
        state = self._states[key] = _State(key, own, listed=listed)
        return state

    def _add(self, state: _State, name: str, reading: Reading, threads: Sequence[Thread]) -> None:
        for thread in threads:
            if thread.post.key == state.post_key:
                state.seen.update(one.key for one in thread.comments)
                stated = thread.post.comments_reported
                state.stated = stated if state.stated is None else max(state.stated, stated or 0)
        for other in _comment_pages(reading):
            if other in self._early:
                self._take_early(state, other)
            elif other not in state.had | state.own:
                state.pending.add(other)
                self._pending[other] = state.post_key
        self._had(state, name, reading.page.fetched_at)

    def _keep_early(self, name: str, seen: frozenset[str] | None) -> None:
        if len(self._early) >= MOST:
            self._early.clear()
        self._early[name] = seen

    def _take_early(self, state: _State, name: str) -> None:
        seen = self._early.pop(name)
        state.had.add(name)
        state.seen.update(seen or ())
        state.is_partly_unchanged = state.is_partly_unchanged or seen is None

    def _had(self, state: _State, name: str, at: datetime) -> None:
        state.had.add(name)
        state.pending.discard(name)
        self._pending.pop(name, None)
        if not state.pending:
            self._forget(state.post_key)
            reading = ThreadReading(state.post_key, at, frozenset(state.seen), state.is_partly_unchanged)
            self._finished.append(Finished(state.post_key, at, reading if _says_all(state) else None))

    def _forget(self, key: str) -> None:
        if state := self._states.pop(key, None):
            for name in state.pending:
                self._pending.pop(name, None)


def _comment_pages(reading: Reading) -> Iterator[str]:
    for link in reading.links:
        if link.kind == "comments" and not is_worthless(url := address_of(link)):
            yield name_of(url, "comments")


def _says_all(state: _State) -> bool:
    """As many comments as are stated. A page that shows none and states no number may only have got another theme."""
    if state.stated is None:
        return bool(state.seen) or state.is_partly_unchanged or state.listed == 0
    return state.is_partly_unchanged or len(state.seen) >= state.stated

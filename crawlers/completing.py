"""Which threads a feed or an API is to complete. Every request costs somebody's server, so one is made only where the pages
leave something open: fewer comments than they say, times without a zone, or parents that they do not show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from crawlers.reading import Reading
from crawlers.thread_feeds import UNKNOWN_THEME
from schema import keys
from schema.items import Comment, Link, Thread


class _Gives(NamedTuple):
    parents: bool           # it knows who answers whom
    across_pages: bool      # ... also where the pages show it, since they part replies from what they answer
    is_blind: bool = False  # asked where the page shows no comment and states no number: nobody knows its theme


# By the rule of the link. WordPress keeps a reply on the page of its parent, and its feed holds the newest comments only.
SOURCES = {"comment feed": _Gives(True, True), "api": _Gives(True, False), "newest comments": _Gives(False, False),
           UNKNOWN_THEME: _Gives(False, False, True)}
_EXACT = frozenset(("offset", "epoch", "feed", "api"))


@dataclass(frozen=True, slots=True)
class Lacking:
    """Comments of a post are where they could not be had."""

    post_url: str
    reason: str         # as in the column completeness_reason


@dataclass(slots=True)
class _State:
    """What is known of one thread."""

    reported: int | None = None
    exact: dict[str, bool] = field(default_factory=dict)      # by the comment's ref: whether its moment is known
    pages: set[int] = field(default_factory=set)
    shows_nesting: bool = False
    exhausted: bool = False       # a source has told all it knows


class Completing:
    """Follows the threads of a run."""

    def __init__(self) -> None:
        self._threads: dict[str, _State] = {}       # by post key; only those that have a source
        self._stated: dict[str, int] = {}           # numbers of comments, by post key

    def seen(self, reading: Reading) -> None:
        """Take note of what a page, a feed or an API gave."""
        has_source = bool(sources(reading.links))
        for thread in reading.threads:
            key = keys.post_key(thread.post.url)
            if has_source or key in self._threads:
                state = self._threads.setdefault(key, _State())
                _add(state, thread)
                is_told = any(one.via in ("feed", "api") for one in thread.comments)
                state.exhausted = state.exhausted or (is_told and not has_source)

    def stated(self, links: Iterable[Link]) -> None:
        """Take note of how many comments a feed says the posts have."""
        for link in links:
            if link.kind == "post" and link.comments_reported is not None:
                self._stated[keys.post_key(link.url)] = link.comments_reported

    def wants(self, post_url: str, rule: str) -> bool:
        """Whether the source that goes by this rule could add something to the thread."""
        key = keys.post_key(post_url)
        state, gives = self._threads.get(key), SOURCES.get(rule)
        if state is None or gives is None or state.exhausted:
            return False
        reported = max(state.reported or 0, self._stated.get(key, 0))
        lacks = len(state.exact) < reported
        is_unknown = gives.is_blind and not state.exact and state.reported is None
        return lacks or is_unknown or not all(state.exact.values()) or (gives.parents and _hides_parents(state, gives))


def sources(links: Iterable[Link]) -> list[Link]:
    """Those of the links that lead to a feed or an API."""
    return [link for link in links if link.kind == "completion"]


def _add(state: _State, thread: Thread) -> None:
    if thread.post.comments_reported is not None:
        state.reported = max(state.reported or 0, thread.post.comments_reported)
    for one in thread.comments:
        name = _name(one)
        is_settled = one.published_how in _EXACT or one.kind != "comment"      # no request for the minute of a pingback
        state.exact[name] = state.exact.get(name, False) or is_settled
        state.shows_nesting = state.shows_nesting or one.depth is not None or one.parent_ref is not None
        if one.place:
            state.pages.add(one.page)


def _name(comment: Comment) -> str:
    return f"{comment.page}{comment.ref}" if comment.ref.startswith("#") else comment.ref


def _hides_parents(state: _State, gives: _Gives) -> bool:
    return len(state.exact) > 1 and (not state.shows_nesting or (gives.across_pages and len(state.pages) > 1))

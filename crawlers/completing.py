"""Which threads a feed or an API is to complete. Every request costs somebody's server, so one is made only where the pages
leave something open: fewer comments than they say, times without a zone, or parents that they do not show.

Decided from what is stored, so that a run that was broken off and the next one together decide as one would have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crawlers.reading import Reading
from crawlers.thread_feeds import UNKNOWN_THEME
from pipeline.gaps import Gaps
from schema.items import Link


class _Gives(NamedTuple):
    parents: bool           # it knows who answers whom
    across_pages: bool      # ... also where the pages show it, since they part replies from what they answer
    is_blind: bool = False  # asked where the page shows no comment and states no number: nobody knows its theme


# By the rule of the link. WordPress keeps a reply on the page of its parent, and its feed holds the newest comments only.
SOURCES = {"comment feed": _Gives(True, True), "api": _Gives(True, False), "newest comments": _Gives(False, False),
           UNKNOWN_THEME: _Gives(False, False, True)}


def wants(gaps: Gaps | None, rule: str) -> bool:
    """Whether the source that goes by this rule could add something to the thread; None: there is no such thread."""
    gives = SOURCES.get(rule)
    if gaps is None or gives is None or gaps.is_exhausted:
        return False
    is_unknown = gives.is_blind and not gaps.stored and gaps.reported is None
    return gaps.stored < gaps.expected or is_unknown or gaps.vague > 0 or (gives.parents and _hides_parents(gaps, gives))


def has_told_all(reading: Reading) -> bool:
    """Whether a source has given comments, and has no further page."""
    return not sources(reading.links) and any(one.via in ("feed", "api") for thread in reading.threads for one in thread.comments)


def sources(links: Iterable[Link]) -> list[Link]:
    """Those of the links that lead to a feed or an API."""
    return [link for link in links if link.kind == "completion"]


def _hides_parents(gaps: Gaps, gives: _Gives) -> bool:
    return gaps.stored > 1 and (not gaps.shows_nesting or (gives.across_pages and gaps.pages > 1))

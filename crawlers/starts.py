"""Where a crawl begins, how far it may go from there, and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.addresses import place_of, with_scheme
from crawlers.frontier import Limits
from crawlers.targets import name_of
from schema import keys


@dataclass(frozen=True, slots=True)
class Start:
    """An address that a person named, or that of a source."""

    url: str
    name: str = ""                          # of the source
    limits: Limits = field(default_factory=Limits)      # of its own, beside those of the run
    delay: float | None = None              # seconds between two requests to its host; None: as everywhere


@dataclass(slots=True)
class Blog:
    """One start, and what became of it."""

    start: Start
    source: str                             # its host, known for sure when the start has answered
    only_this_post: bool = False
    posts: set[int] = field(default_factory=set)        # that were read, as hashes
    is_feed: bool = False
    has_sitemap: bool = False
    is_known: bool = False                              # earlier runs have stored posts of it
    skips: Counter[str] = field(default_factory=Counter)
    failure: str = ""                       # one sentence; "": nothing went wrong
    why: str = ""                           # the reason of it, as it is counted

    @property
    def url(self) -> str:
        return self.start.url

    @property
    def nothing_found(self) -> str:
        """The sentence for a blog that has answered and gave nothing; "" for any other."""
        if self.posts or self.is_known or self.is_feed:
            return ""
        why = f" ({', '.join(sorted(self.skips))})" if self.skips else ""
        return f"{self.url} could not be collected: nothing there could be taken as a post{why}. `hubbub explain {self.url}` tells what hubbub sees."

    @property
    def address(self) -> str:
        """By which its rows go."""
        return name_of(self.url.partition("#")[0], "start")


def own_delays(starts: Iterable[Start]) -> dict[tuple[str, int], float]:
    """By host and port, the delay of those starts that have one of their own; the longest, where they share a host."""
    delays: dict[tuple[str, int], float] = {}
    for start in starts:
        if start.delay is not None:
            place = place_of(start.url)
            delays[place] = max(start.delay, delays.get(place, 0.0))
    return delays


def blog_at(start: Start) -> Blog:
    """The blog at a start, of which nothing is known yet."""
    return Blog(start, keys.source_of(start.url))


def addresses(words: str) -> list[str]:
    """The addresses in a list separated by white space or commas; UsageError for what cannot be crawled."""
    return [with_scheme(word) for word in several(words)]


def several(words: str) -> list[str]:
    """Words separated by white space or commas."""
    return [word for word in re.split(r"[\s,]+", words or "") if word]

"""What became of each start, once a crawl is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from crawlers.starts import Blog, Start

Stop = Literal["", "posts", "pages", "time", "interrupted"]     # what ended a run before its work was done


@dataclass(frozen=True, slots=True)
class End:
    """One start at the end of a run."""

    start: Start
    address: str                                # by which its rows go
    source: str                                 # its host
    failure: str = ""                           # one sentence; "": nothing went wrong with the start itself
    why: str = ""                               # the reason of it, as it is counted
    is_feed: bool = False
    is_spent: bool = False                      # a limit of its own was reached
    skips: tuple[tuple[str, int], ...] = ()     # what was left out, the most frequent reason first


class Limited(Protocol):
    """What is needed of the frontier."""

    def is_spent(self, blog: int) -> bool: ...


def ends(blogs: Sequence[Blog], frontier: Limited) -> tuple[End, ...]:
    """The end of each start, in their order."""
    return tuple(
        End(blog.start, blog.address, blog.source, blog.failure, blog.why, blog.is_feed, frontier.is_spent(number), tuple(blog.skips.most_common()))
        for number, blog in enumerate(blogs)
    )

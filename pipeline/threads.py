"""What can only be said of a thread as a whole: places, depths, whether it is nested, whether it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schema.items import Completeness, Threading


@dataclass(frozen=True, slots=True)
class Place:
    """What settling a thread needs to know of one comment."""

    key: str
    reply_to: str | None
    page: int               # comment page, 1 = the oldest
    place: int              # on that page
    is_ping: bool
    depth: int | None = None        # as the page shows it


@dataclass(frozen=True, slots=True)
class Settled:
    """The thread as a whole. `places`: key -> (position from 1, depth from 0 or None)."""

    places: Mapping[str, tuple[int, int | None]]
    threading: Threading
    comments_stored: int
    pings_stored: int


def settle(places: Iterable[Place]) -> Settled:
    """Number the comments as displayed, over all comment pages, and see how they hang together."""
    ordered = sorted(places, key=lambda place: (place.page, place.place, place.key))
    parents = {place.key: place.reply_to for place in ordered}
    nested = any(parent is not None for parent in parents.values())
    pings = sum(place.is_ping for place in ordered)
    return Settled(
        places={
            place.key: (position, depth_of(place.key, parents) if nested else place.depth)
            for position, place in enumerate(ordered, 1)
        },
        threading=_threading(nested, len(ordered) - pings),
        comments_stored=len(ordered) - pings,
        pings_stored=pings,
    )


def depth_of(key: str, parents: Mapping[str, str | None]) -> int:
    """How many known comments stand above this one; a cycle ends the count."""
    seen = {key}
    while (parent := parents.get(key)) and parent in parents and parent not in seen:
        seen.add(parent)
        key = parent
    return len(seen) - 1


def _threading(nested: bool, comments: int) -> Threading:
    if nested:
        return "nested"
    return "flat" if comments > 1 else "unknown"


def completeness(reported: int | None, stored: int, elsewhere: str) -> tuple[Completeness, str]:
    """How the stored comments stand to the reported ones (pings taken off), and why, where that is known."""
    if reported is None:
        return "unknown", elsewhere
    if stored >= reported:
        return "complete", ""
    return ("partial" if stored else "none"), elsewhere

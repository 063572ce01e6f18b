"""What can only be said of a thread as a whole: places, depths, whether it is nested, whether it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schema.items import Completeness, Threading


@dataclass(frozen=True, slots=True)
class Place:
    """What settling a thread needs to know of one comment."""

    key: str
    reply_to: str | None
    page: int                       # comment page, 1 = the oldest
    place: int                      # on that page; 0: it was never seen on a page
    is_ping: bool
    depth: int | None = None        # as the page shows it
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a comment sits in the settled thread."""

    position: int           # from 1
    depth: int | None       # from 0; None in a thread that shows no nesting
    note: str               # PARENT_MISSING, CYCLE_CUT or ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The thread as a whole; `seats` by comment key."""

    seats: Mapping[str, Seat]
    threading: Threading
    comments_stored: int
    pings_stored: int


PARENT_MISSING = "parent missing"
CYCLE_CUT = "cycle cut"
_LAST = datetime(9999, 1, 1, tzinfo=UTC)


def settle(places: Iterable[Place]) -> Settled:
    """Number the comments as displayed, over all comment pages, and see how they hang together.

    Orphans are lifted to the top and cycles cut at their first comment; both are noted.
    """
    ordered = in_order(places)
    parents = {place.key: place.reply_to for place in ordered if place.reply_to}
    notes = _notes([place.key for place in ordered], parents)
    kept = {key: parent for key, parent in parents.items() if key not in notes}
    pings = sum(place.is_ping for place in ordered)
    return Settled(
        seats={
            place.key: Seat(position, depth_of(place.key, kept) if parents else place.depth, notes.get(place.key, ""))
            for position, place in enumerate(ordered, 1)
        },
        threading=_threading(bool(parents), len(ordered) - pings),
        comments_stored=len(ordered) - pings,
        pings_stored=pings,
    )


def in_order(places: Iterable[Place]) -> list[Place]:
    """As the pages show them; what only a feed or API knows stands after the last shown one that is not younger."""
    everything = sorted(places, key=lambda place: (place.page, place.place, place.published or _LAST, place.key))
    shown = [place for place in everything if place.place]
    unseen = [place for place in everything if not place.place]
    for place in unseen:
        shown.insert(_after_the_older(shown, place.published), place)
    return shown


def _after_the_older(shown: Sequence[Place], published: datetime | None) -> int:
    """The index behind the last comment that is not younger; the end, when there is no time to go by."""
    if published is None or all(place.published is None for place in shown[-1:]):
        return len(shown)
    return next((n for n in range(len(shown), 0, -1) if (shown[n - 1].published or _LAST) <= published), 0)


def depth_of(key: str, parents: Mapping[str, str]) -> int:
    """How many comments stand above this one. `parents` must hold no cycle."""
    depth = 0
    while parent := parents.get(key):
        depth, key = depth + 1, parent
    return depth


def _notes(keys: list[str], parents: Mapping[str, str]) -> dict[str, str]:
    """Which comments must give up their parent, and why."""
    known = set(keys)
    notes = {key: PARENT_MISSING for key, parent in parents.items() if parent not in known}
    rank = {key: number for number, key in enumerate(keys)}
    free: set[str] = set(known - parents.keys()) | notes.keys()
    for key in keys:
        path: dict[str, None] = {}
        while key not in free and key not in path:
            path[key] = None
            key = parents[key]
        if key not in free:
            loop = list(path)[list(path).index(key):]
            notes[min(loop, key=rank.__getitem__)] = CYCLE_CUT
        free.update(path)
    return notes


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

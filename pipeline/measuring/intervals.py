"""Bootstrap intervals by blog: whole blogs are drawn again, since comments of one blog resemble each other.

Resampling items instead would promise too much: what a tagger has to meet next is another blog (Field & Welsh 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
ITEMS_IN_ALL = 10_000_000   # that are drawn at most; very large samples get along with fewer resamples
FEWEST_RESAMPLES = 100
SEED = 20261124         # fixed, so that the same predictions give the same interval
CONFIDENCE = 0.95
DEFINED = 0.5           # of the resamples: where fewer give a value, there is no interval to speak of

Interval = tuple[float, float]
Places = NDArray[np.intp]
Measure = Callable[[Places], float | None]      # the value over the items at these places
Measures = Callable[[Places], Mapping[str, float | None]]


def by_blog(blogs: Sequence[str], measure: Measure, resamples: int | None = None) -> Interval | None:
    """The percentile interval of the measure; None with fewer than two blogs, or where it is mostly undefined."""
    return of_several(blogs, lambda places: {"": measure(places)}, resamples).get("")


def of_several(blogs: Sequence[str], measures: Measures, resamples: int | None = None) -> dict[str, Interval | None]:
    """The intervals of several measures by name, over the same resamples (by default as many as are worth their time)."""
    if len(set(blogs)) < 2:
        return {}
    drawn = [measures(places) for places in samples(blogs, enough(len(blogs)) if resamples is None else resamples)]
    return {name: _interval([one[name] for one in drawn]) for name in (drawn[0] if drawn else ())}


def enough(items: int) -> int:
    """How many resamples of that many items are worth their time."""
    return max(FEWEST_RESAMPLES, min(RESAMPLES, ITEMS_IN_ALL // max(1, items)))


def _interval(values: Sequence[float | None]) -> Interval | None:
    known = [value for value in values if value is not None]
    if len(known) < DEFINED * len(values):
        return None
    low, high = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def samples(blogs: Sequence[str], resamples: int) -> list[Places]:
    """Places of items, each time of as many blogs as there are, drawn with replacement; the same at every call."""
    random = np.random.default_rng(SEED)
    names = np.asarray(blogs)
    of_blog = [np.flatnonzero(names == name) for name in np.unique(names)]
    return [np.concatenate([of_blog[drawn] for drawn in random.integers(0, len(of_blog), len(of_blog))]) for _ in range(resamples)]

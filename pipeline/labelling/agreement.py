"""How far annotators agree: Krippendorff's alpha, nominal and ordinal, and Cohen's kappa of each pair.

Units are rows, annotators columns; None where an annotator gave no level. Alpha is that of Krippendorff (2011), "Computing
Krippendorff's Alpha-Reliability"; the tests hold it to his worked example and to another implementation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations

from pipeline.measuring.intervals import Interval, by_blog

Level = int | None
Units = Sequence[Sequence[Level]]
Distance = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Value:
    """A coefficient, with its interval where there are enough blogs for one; None: not defined."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was computed, and from how much."""

    units: int                              # that at least two annotators labelled
    annotators: tuple[str, ...]
    ordinal: Value
    nominal: Value
    kappas: Mapping[tuple[str, str], Value]     # Cohen's, unweighted
    weighted: Mapping[tuple[str, str], Value]   # Cohen's, quadratic weights
    same: float | None                      # share of the pairs of labels that are equal


def agreement(annotators: Sequence[str], units: Units, blogs: Sequence[str]) -> Agreement:
    """All coefficients of these units; the intervals draw whole blogs anew (95 %)."""
    chosen = [place for place, unit in enumerate(units) if sum(level is not None for level in unit) >= 2]
    units, blogs = [units[place] for place in chosen], [blogs[place] for place in chosen]
    measured = partial(_value, units=units, blogs=blogs)
    pairs = list(combinations(range(len(annotators)), 2))
    return Agreement(
        len(units), tuple(annotators), measured(lambda some: alpha(some, ordinal=True)), measured(lambda some: alpha(some, ordinal=False)),
        {(annotators[a], annotators[b]): measured(partial(_kappa_of, a=a, b=b, weighted=False)) for a, b in pairs},
        {(annotators[a], annotators[b]): measured(partial(_kappa_of, a=a, b=b, weighted=True)) for a, b in pairs},
        _same(units),
    )


def alpha(units: Units, *, ordinal: bool) -> float | None:
    """Krippendorff's alpha; None without two labels of a unit, or where all labels are the same."""
    pairs = _coincidences(units)
    totals: dict[int, float] = {}
    for (first, _), count in pairs.items():
        totals[first] = totals.get(first, 0.0) + count
    number = sum(totals.values())
    distance = _ordinal(totals) if ordinal else _nominal
    observed = sum(count * distance(first, second) for (first, second), count in pairs.items())
    expected = sum(totals[first] * totals[second] * distance(first, second) for first, second in permutations(totals, 2))
    return 1 - (number - 1) * observed / expected if expected else None


def kappa(first: Sequence[int], second: Sequence[int], *, weighted: bool) -> float | None:
    """Cohen's kappa of two annotators, with quadratic weights if so asked; None where chance alone explains everything."""
    number = len(first)
    distance: Distance = _quadratic if weighted else _nominal
    counts, others = Counter(first), Counter(second)
    observed = sum(distance(a, b) for a, b in zip(first, second, strict=True)) * number
    expected = sum(counts[a] * others[b] * distance(a, b) for a in counts for b in others)
    return 1 - observed / expected if expected else None


def _coincidences(units: Units) -> dict[tuple[int, int], float]:
    """How often two levels met in a unit; a unit with m labels counts its m (m - 1) ordered pairs 1 / (m - 1) each."""
    found: dict[tuple[int, int], float] = {}
    for unit in units:
        levels = [level for level in unit if level is not None]
        for pair in permutations(levels, 2):
            found[pair] = found.get(pair, 0.0) + 1 / (len(levels) - 1)
    return found


def _nominal(first: int, second: int) -> float:
    return float(first != second)


def _quadratic(first: int, second: int) -> float:
    return float((first - second) ** 2)


def _ordinal(totals: Mapping[int, float]) -> Distance:
    """How many labels lie between two levels, half of those at the ends, squared."""
    def distance(first: int, second: int) -> float:
        low, high = sorted((first, second))
        between = sum(count for level, count in totals.items() if low <= level <= high)
        return float((between - (totals[low] + totals[high]) / 2) ** 2)

    return distance


def _value(measure: Callable[[Units], float | None], units: Units, blogs: Sequence[str]) -> Value:
    return Value(measure(units), by_blog(blogs, lambda places: measure([units[place] for place in places])))


def _kappa_of(units: Units, a: int, b: int, weighted: bool) -> float | None:
    both = [(unit[a], unit[b]) for unit in units]
    known = [(first, second) for first, second in both if first is not None and second is not None]
    return kappa([first for first, _ in known], [second for _, second in known], weighted=weighted)


def _same(units: Units) -> float | None:
    pairs = _coincidences(units)
    number = sum(pairs.values())
    return sum(count for (first, second), count in pairs.items() if first == second) / number if number else None

"""Weights for levels in order: for each level a sum that says how likely an item is at least of it. The score is the level to expect."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

Steps = tuple[float, ...]       # a weight for each level above 0


@dataclass(frozen=True, slots=True)
class Rare:
    """An n-gram: how rare it is (inverse document frequency), and what it adds on each step."""

    rarity: float
    weights: Steps


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is known of one kind of item. Calibrated: the weights are those of the sums that came true on blogs they had not seen."""

    intercepts: Steps
    signals: Mapping[str, Steps] = field(default_factory=dict)
    words: Mapping[str, Rare] = field(default_factory=dict)
    letters: Mapping[str, Rare] = field(default_factory=dict)


def added(sums: Sequence[float], parts: Iterable[tuple[float, Steps]]) -> list[float]:
    """The sums of all steps with these values times their weights."""
    given = list(parts)
    if not given:
        return list(sums)
    values, weights = zip(*given, strict=True)
    return [total + sum(map(mul, values, step)) for total, step in zip(sums, zip(*weights, strict=True), strict=True)]


def expected(sums: Sequence[float]) -> float:
    """The level to expect as a part of the highest: the mean of the probabilities to be at least of each."""
    return sum(1 / (1 + math.exp(-min(40.0, max(-40.0, one)))) for one in sums) / len(sums)

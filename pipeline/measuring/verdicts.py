"""Measures of verdicts (yes or no) against a truth: counts of the four cases, precision, recall, F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a verdict was right and wrong."""

    hits: int               # found, and rightly
    false_alarms: int       # found, and wrongly
    misses: int             # not found, and wrongly
    rejections: int         # not found, and rightly

    @property
    def precision(self) -> float | None:
        """Which part of what was found is right; None when nothing was found."""
        return _part(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """Which part of what is there was found; None when there is nothing to find."""
        return _part(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there is nothing to find and nothing was found."""
        return _part(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


def counts(truth: Sequence[bool], verdicts: Sequence[bool]) -> Counts:
    """The four cases, counted."""
    pairs = [(bool(is_true), bool(found)) for is_true, found in zip(truth, verdicts, strict=True)]
    return Counts(
        hits=pairs.count((True, True)), false_alarms=pairs.count((False, True)),
        misses=pairs.count((True, False)), rejections=pairs.count((False, False)),
    )


def f1(truth: Sequence[bool], verdicts: Sequence[bool]) -> float | None:
    """The harmonic mean of precision and recall; None when there is nothing to find and nothing was found."""
    return counts(truth, verdicts).f1


def _part(some: int, whole: int) -> float | None:
    return some / whole if whole else None

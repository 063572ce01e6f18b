"""Measures of verdicts (yes or no) against a truth: counts of the four cases, precision, recall, F1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


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


def counts(truth: ArrayLike, verdicts: ArrayLike) -> Counts:
    """The four cases, counted."""
    true, found = np.asarray(truth, dtype=bool), np.asarray(verdicts, dtype=bool)
    return Counts(int((true & found).sum()), int((~true & found).sum()), int((true & ~found).sum()), int((~true & ~found).sum()))


def f1(truth: ArrayLike, verdicts: ArrayLike) -> float | None:
    """The harmonic mean of precision and recall; None when there is nothing to find and nothing was found."""
    return counts(truth, verdicts).f1


def _part(some: int, whole: int) -> float | None:
    return some / whole if whole else None

"""Measures of ordered levels: rank correlation, quadratic weighted kappa, and how many are at most one level off."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pipeline.measuring.scores import ranked


def spearman(gold: ArrayLike, scores: ArrayLike) -> float | None:
    """Pearson's correlation of the ranks, ties sharing theirs; None where one side does not vary."""
    if len(np.atleast_1d(gold)) < 2:
        return None
    first, second = ranked(gold), ranked(scores)
    first, second = first - first.mean(), second - second.mean()
    spread = float((first @ first) * (second @ second)) ** 0.5
    return max(-1.0, min(1.0, float(first @ second) / spread)) if spread else None


def quadratic_kappa(gold: ArrayLike, levels: ArrayLike) -> float | None:
    """Cohen's kappa with quadratic weights (1968); None where both sides have one and the same level throughout."""
    first, second = np.asarray(gold, dtype=float), np.asarray(levels, dtype=float)
    if not len(first):
        return None
    observed = float(np.mean((first - second) ** 2))
    # The mean squared distance of two levels drawn independently, one from each side.
    expected = float(first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    return 1 - observed / expected if expected else None


def within_one(gold: ArrayLike, levels: ArrayLike) -> float | None:
    """Which part of the levels is at most one off; None without items."""
    first, second = np.asarray(gold, dtype=float), np.asarray(levels, dtype=float)
    return float(np.mean(np.abs(first - second) <= 1)) if len(first) else None

"""Measures of a score against a truth, without any cut: AUC, average precision, calibration error, Brier score.

`truth` is a list of booleans, except for calibration and Brier, which also take the value from 0 to 1 that a score should have had.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS = 10       # of the calibration error, each with the same number of items (Nguyen & O'Connor 2015); bins of equal width stay nearly empty

Numbers = NDArray[np.float64]


def auc(truth: ArrayLike, scores: ArrayLike) -> float | None:
    """The chance that a positive item has the higher score, ties counting half; None without positives or negatives."""
    positive = np.asarray(truth, dtype=bool)
    most, least = int(positive.sum()), int((~positive).sum())
    if not most or not least:
        return None
    above = ranked(scores)[positive].sum() - most * (most + 1) / 2
    return float(above / (most * least))


def average_precision(truth: ArrayLike, scores: ArrayLike) -> float | None:
    """Precision at each score that finds more positives, weighted by how many more; None without positives."""
    positive, score = np.asarray(truth, dtype=bool), np.asarray(scores, dtype=float)
    if not positive.any():
        return None
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(positive[order])
    last = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)     # items of one score are found together
    gained = np.diff(hits[last], prepend=0)
    return float((gained * hits[last] / (last + 1)).sum() / hits[-1])


def calibration_error(truth: ArrayLike, scores: ArrayLike, bins: int = BINS) -> float | None:
    """How far scores are from what they promise: the mean, over bins with equally many items, of |mean score - mean truth|.

    Items of one score share their truth evenly, so that the order of a file changes nothing. None without items.
    """
    promised = np.asarray(scores, dtype=float)
    if not len(promised):
        return None
    found = _shared(np.asarray(truth, dtype=float), promised)
    order = np.argsort(promised, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(float((promised[part] - found[part]).sum())) for part in parts]
    return sum(gaps) / len(promised)


def brier(truth: ArrayLike, scores: ArrayLike) -> float | None:
    """The mean squared distance of the score from the truth (Brier 1950); None without items."""
    promised = np.asarray(scores, dtype=float)
    return float(np.mean((promised - np.asarray(truth, dtype=float)) ** 2)) if len(promised) else None


def ranked(values: ArrayLike) -> Numbers:
    """Ranks from 1, ties sharing their mean rank."""
    _, place, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    mean = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(mean[place], dtype=float)


def _shared(truth: Numbers, scores: Numbers) -> Numbers:
    """The mean truth of all items with the same score."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return np.asarray((np.bincount(place, weights=truth) / counts)[place], dtype=float)

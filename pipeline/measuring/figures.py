"""The figures by which a tagger is known: all measures over one set of judged items, their intervals, and their means over blogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.labelled.items import Labelled
from pipeline.measuring import intervals, levels, scores
from pipeline.measuring.scales import Scale
from pipeline.measuring.verdicts import Counts, counts
from schema.items import Finding

Figures = Mapping[str, float | None]

NAMES = ("auc", "average_precision", "precision", "recall", "f1", "spearman", "quadratic_kappa", "calibration_error")
FURTHER = ("brier", "within_one")


@dataclass(frozen=True, slots=True)
class Sample:
    """Gold levels beside the scores and levels that were found, item by item. What was not judged counts as score 0 and level 0."""

    blogs: NDArray[np.str_]
    gold: NDArray[np.int_]
    scores: NDArray[np.float64]
    levels: NDArray[np.int_]

    def at(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> Sample:
        """Only the items at these places; a place may be there twice."""
        return Sample(self.blogs[places], self.gold[places], self.scores[places], self.levels[places])


def sample(tag: str, items: Sequence[Labelled], found: Sequence[Finding]) -> Sample:
    """The labelled items and what was found about them."""
    return Sample(
        blogs=np.asarray([item.blog for item in items], dtype=str), gold=np.asarray([item.labels[tag] for item in items], dtype=int),
        scores=np.asarray([one.score or 0.0 for one in found], dtype=float), levels=np.asarray([one.level or 0 for one in found], dtype=int),
    )


def figures(judged: Sample, scale: Scale) -> dict[str, float | None]:
    """All measures by name. Those of a yes or no, and the calibration, leave out the levels that are neither."""
    decided = _decided(judged, scale)
    truth = decided.gold >= scale.positive
    promised = decided.gold / scale.highest if scale.is_expected_level else truth
    counted = counts(truth, decided.levels >= scale.positive)
    return {
        "auc": scores.auc(truth, decided.scores), "average_precision": scores.average_precision(truth, decided.scores),
        "precision": counted.precision, "recall": counted.recall, "f1": counted.f1,
        "spearman": levels.spearman(judged.gold, judged.scores), "quadratic_kappa": levels.quadratic_kappa(judged.gold, judged.levels),
        "calibration_error": scores.calibration_error(promised, decided.scores),
        "brier": scores.brier(promised, decided.scores), "within_one": levels.within_one(judged.gold, judged.levels),
    }


def verdicts(judged: Sample, scale: Scale) -> Counts:
    """How often the yes or no was right and wrong."""
    decided = _decided(judged, scale)
    return counts(decided.gold >= scale.positive, decided.levels >= scale.positive)


def with_intervals(judged: Sample, scale: Scale, resamples: int | None = None) -> dict[str, intervals.Interval | None]:
    """The bootstrap interval of each figure, by blog; None where there is none."""
    known = intervals.of_several(judged.blogs.tolist(), lambda places: figures(judged.at(places), scale), resamples)
    return {name: known.get(name) for name in (*NAMES, *FURTHER)}


def macro(judged: Sample, scale: Scale) -> dict[str, float | None]:
    """The mean of each figure over the blogs in which it is defined: every blog counts the same, however small."""
    each = [figures(judged.at(judged.blogs == blog), scale) for blog in np.unique(judged.blogs)]
    return {name: _mean([one[name] for one in each]) for name in (*NAMES, *FURTHER)}


def _decided(judged: Sample, scale: Scale) -> Sample:
    return judged.at(~np.isin(judged.gold, scale.left_out)) if scale.left_out else judged


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None

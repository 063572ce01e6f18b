"""What several annotators said of an item, and what of it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.labelling.asking import Question
from pipeline.labelling.stored import GOLD, Given


def by_question(given: Sequence[Given]) -> dict[Question, dict[str, int]]:
    """For each tag of each item what each annotator said."""
    said: dict[Question, dict[str, int]] = defaultdict(dict)
    for one in given:
        said[Question(one.item_key, one.tagger)][one.annotator] = one.level
    return said


def gold(levels: Mapping[str, int]) -> int | None:
    """The settled level, or the one that all annotators gave; None where they differ."""
    if GOLD in levels:
        return levels[GOLD]
    return next(iter(levels.values())) if len(set(levels.values())) == 1 else None

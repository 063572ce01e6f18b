"""Findings about blogs never seen: whatever a judge learns, it learns it from the other folds. For the taggers' own models see pipeline.training."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.labelled.folds import Folds, covering, parted
from pipeline.labelled.items import Labelled
from pipeline.text import Doc
from schema.items import Finding

Judge = Callable[[Doc], Finding]
Fit = Callable[[Sequence[Labelled]], Judge]


def findings(items: Sequence[Labelled], folds: Folds, fit: Fit) -> list[Finding]:
    """What is found about each item by a judge that learned from the other folds, in the order of the items."""
    found: dict[int, Finding] = {}
    for learned, judged in parted(items, covering(items, folds)):
        judge = fit([items[place] for place in learned])
        found |= {place: judge(items[place].doc) for place in judged}
    return [found[place] for place in range(len(items))]

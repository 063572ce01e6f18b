"""Findings about blogs never seen: whatever a tagger learns, it learns it from the other folds.

A tagger that learns from labels has a function `fit(items)` beside `tag(doc)`: given labelled items it returns a judge, a
function from Doc to Finding, that knows of nothing else. One without it judges as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

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


def fit_of(tagger: ModuleType) -> Fit:
    """The tagger's own `fit`, or one that learns nothing and gives its `tag`."""
    own: Fit | None = getattr(tagger, "fit", None)
    if own is not None:
        return own
    judge: Judge = tagger.tag
    return lambda items: judge

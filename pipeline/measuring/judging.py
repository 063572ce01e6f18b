"""What a tagger finds in labelled items, as it would in the database: only the kinds it judges, and nothing in an empty text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from types import ModuleType
from typing import Any

from pipeline.judges import judged, kinds
from pipeline.labelled.items import Labelled
from schema.items import Finding


def judges(tagger: ModuleType, item: Labelled) -> bool:
    """Whether this kind of item is the tagger's business."""
    return item.doc.kind in kinds(tagger)


def findings(name: str, tagger: ModuleType, items: Iterable[Labelled]) -> Iterator[Finding]:
    """What the tagger says of each item; None for a score where it says nothing."""
    for item in items:
        yield judged(name, tagger, item.doc) if judges(tagger, item) and item.doc.text.strip() else Finding(None)


def prediction(item: Labelled, finding: Finding) -> dict[str, Any]:     # Any: JSON
    """One line of a file of predictions."""
    return {"id": item.id, "score": finding.score, "level": finding.level, "spans": [asdict(span) for span in finding.spans]}

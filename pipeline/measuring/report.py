"""An evaluation as JSON: the figures at the top, always all of them, null where one is not defined."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from pipeline.measuring.evaluation import Evaluation, Judged
from pipeline.measuring.figures import FURTHER, NAMES

DIGITS = 6
LONGEST = 1000          # characters of a text that is shown
_WITH_OWN_PLACE = ("tagger", "n", "figures", "intervals", "disagreements")


def as_object(found: Evaluation) -> dict[str, Any]:     # Any: JSON
    """The whole evaluation, its figures by name beside `n`."""
    others = {field.name: _plain(getattr(found, field.name)) for field in fields(found) if field.name not in _WITH_OWN_PLACE}
    return {
        "tagger": found.tagger, "n": found.n, **{name: _plain(found.figures[name]) for name in (*NAMES, *FURTHER)},
        "intervals": {name: _plain(interval) for name, interval in found.intervals.items()},
        **others, "disagreements": [disagreement(one) for one in found.disagreements],
    }


def disagreement(one: Judged) -> dict[str, Any]:        # Any: JSON
    """An item beside its label, with the words and signals that the tagger went by."""
    text = one.item.doc.text
    return {
        "id": one.item.id, "blog": one.item.blog, "kind": one.item.kind, "label": one.gold, "level": one.finding.level, "score": one.finding.score,
        "text": text[:LONGEST], "signals": one.finding.context.get("signals") or {},
        "spans": [{**asdict(span), "words": text[span.start:span.end]} for span in one.finding.spans],
    }


def _plain(value: Any) -> Any:      # Any: JSON, and frozen dataclasses in it
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value

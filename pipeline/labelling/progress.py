"""How far the labelling of a sample has come, in a sentence."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from pipeline.labelling import stored
from pipeline.query import Fields


def sentence(connection: Connection, sample: Fields) -> str:
    """Name, how it was drawn, and how many levels each annotator gave."""
    keys = list(stored.items_of(connection, sample["name"]))
    counts = Counter((one.annotator, one.tagger) for one in stored.labels(connection, keys))
    labels = ", ".join(f"{annotator} {tagger} {count}" for (annotator, tagger), count in sorted(counts.items())) or "no labels yet"
    doubt = f" by {sample['tagger']}" if sample["tagger"] else ""
    condition = f" where {sample['condition']}" if sample["condition"] else ""
    return f"{sample['name']}: {sample['size']} of {sample['population']} {sample['kinds']}, {sample['method']}{doubt}{condition}, seed {sample['seed']}; {labels}"

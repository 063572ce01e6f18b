"""Ladders in a model's file: one line for each signal or n-gram, with its weights from the lowest step to the highest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.models.ladder import Ladder, Rare


def content(ladder: Ladder) -> dict[str, list[float]]:
    """As it stands in the file; of an n-gram the rarity comes first."""
    return {
        "factors": [ladder.factors],
        "intercept": list(ladder.intercepts),
        **{f"signal {name}": list(weights) for name, weights in sorted(ladder.signals.items())},
        **{f"word {term}": [rare.rarity, *rare.weights] for term, rare in sorted(ladder.words.items())},
        **{f"letters {term}": [rare.rarity, *rare.weights] for term, rare in sorted(ladder.letters.items())},
    }


def read(rows: Mapping[str, Any]) -> Ladder:    # Any: JSON
    """The ladder of these rows."""
    return Ladder(
        tuple(map(float, rows["intercept"])),
        {name.removeprefix("signal "): tuple(map(float, weights)) for name, weights in rows.items() if name.startswith("signal ")},
        _n_grams(rows, "word "), _n_grams(rows, "letters "), int(rows.get("factors", [1])[0]),
    )


def _n_grams(rows: Mapping[str, Any], begin: str) -> dict[str, Rare]:    # Any: JSON
    return {name.removeprefix(begin): Rare(float(row[0]), tuple(map(float, row[1:]))) for name, row in rows.items() if name.startswith(begin)}

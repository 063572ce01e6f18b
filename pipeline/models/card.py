"""The card of a model: what it was learned from, how well it does on blogs it had not seen, and what its levels are."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.labelled.items import Labelled
from pipeline.models.ladder import Ladder
from pipeline.models.linear import Model
from pipeline.models.recipe import Recipe
from pipeline.models.storage import Card

Figures = Mapping[str, float | None]

SHOWN = ("auc", "average_precision", "precision", "recall", "f1", "spearman", "quadratic_kappa", "calibration_error")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGITS = 3
_KINDS = {
    "logistic": "A logistic regression", "ridge": "A ridge regression", "ordinal": "A logistic regression for each level and kind of item, which says how likely an item is at least of it",
}


def card_of(
    tagger: str, recipe: Recipe, taught: Sequence[Labelled], files: Sequence[Path], figures: Mapping[str, Figures], beside: Sequence[Labelled] = (),
) -> Card:
    """What there is to say of a model learned from these items of these files; `figures`, of those that are not beside, has a name for each set of them."""
    recipe_as_values = {name: sorted(value) if isinstance(value, frozenset | tuple) else value for name, value in asdict(recipe).items()}
    return {
        "files": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        "written_in": _years(files),
        "items": len(taught), "blogs": len({item.blog for item in taught}),
        "beside": len(beside),
        "levels": {str(level): number for level, number in sorted(Counter(item.labels[tagger] for item in taught).items())},
        "recipe": recipe_as_values,
        "figures": {name: {one: None if value is None else round(value, _DIGITS) for one, value in found.items() if one in SHOWN} for name, found in figures.items()},
    }


def as_markdown(model: Model, card: Card) -> str:
    """The card for people to read."""
    return "\n".join([
        f"## `{model.tagger}`", "",
        f"{_KINDS[model.kind]}, `{model.identity}`, for version {model.tagger_version} of the tagger: {_size(model)}.", "",
        f"- Learned from {card['items']:,} labelled items of {card['blogs']} blogs{_written(card)}: {_levels(card)}.",
        *([f"- Beside these from {card['beside']:,} items on which nothing was measured."] if card.get("beside") else []),
        *(f"- `{name}`, SHA-256 `{digest}`" for name, digest in card["files"].items()),
        f"- How: {', '.join(f'{name} {value}' for name, value in card['recipe'].items() if value not in (None, [], 0.0))}.",
        f"- Calibration, on blogs that the weights had not seen: {_calibration(model)}.{_cuts(model)}", "",
        *_table(card["figures"]), "",
    ])


def _size(model: Model) -> str:
    parts: dict[str, Model | Ladder] = {f" of {kind}s": ladder for kind, ladder in model.ladders.items()} or {"": model}
    return "; ".join(
        f"{len(part.signals)} signals{of} of its markers, {len(part.words):,} words and pairs of words, {len(part.letters):,} rows of letters" for of, part in parts.items()
    )


def _calibration(model: Model) -> str:
    return "a line for each level, folded into the weights" if model.ladders else f"slope {model.slope:.3f}, offset {model.offset:.3f}"


def _years(files: Iterable[Path]) -> str:
    """The first and last year in which the items say to have been written; "" where they do not."""
    found = sorted(year for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip() for year in _YEAR.findall(_published(line)))
    return "" if not found else found[0] if found[0] == found[-1] else f"{found[0]}-{found[-1]}"


def _published(line: str) -> str:
    row: Any = json.loads(line)     # Any: a line of JSON
    return str(row.get("published") or "")


def _written(card: Card) -> str:
    return f", written {card['written_in']}" if card["written_in"] else ""


def _levels(card: Card) -> str:
    return ", ".join(f"{number:,} of level {level}" for level, number in card["levels"].items())


def _cuts(model: Model) -> str:
    each = (f"{kind}s at {', '.join(f'{cut:g}' for cut in cuts)}" for kind, cuts in model.cuts.items())
    return f" Levels begin for {'; for '.join(each)}." if model.cuts else ""


def _table(figures: Mapping[str, Figures]) -> list[str]:
    head = ["| on blogs not seen | " + " | ".join(name.replace("_", " ") for name in SHOWN) + " |", "|---" * (len(SHOWN) + 1) + "|"]
    return head + [f"| {name} | " + " | ".join(_shortly(found.get(one)) for one in SHOWN) + " |" for name, found in figures.items()]


def _shortly(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

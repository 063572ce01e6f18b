"""Files of labelled items, read whole: what the items of a file know of one another depends on all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.labelled.context import docs
from pipeline.labelled.items import Labelled
from pipeline.labelled.lines import Line, lines
from schema.errors import UserError


def read(*files: Path) -> list[Labelled]:
    """The labelled items of these files, in their order, each with the context that all of them together give."""
    found = [line for file in files for line in lines(file)]
    if not found:
        raise UserError(f"{', '.join(map(str, files))} holds no items; give JSON lines with text and labels.")
    return items(found)


def items(found: Iterable[Line]) -> list[Labelled]:
    """Lines as the items they speak of."""
    found = list(found)
    return [
        Labelled(line.id, line.blog, line.kind, doc, line.labels, line.subtype, line.sample, line.chance, line.halves)
        for line, doc in zip(found, docs(found), strict=True)
    ]

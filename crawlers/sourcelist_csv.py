"""A list of blogs as a table: the first line names the columns, in any order; commas, semicolons or tabs between them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from crawlers.sourcelist_entry import FIELDS, Damaged, Row
from pipeline.sources import COLUMNS

_OTHER_NAMES = {"address": "url", "terms": "terms_url", "found": "found_how"}
_ADDRESS = re.compile(r"\w+://\S+|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.I)
_SEPARATORS = ",;\t"


def read(text: str) -> Iterator[Row | str]:
    """A row for each line with something in it, and a note on columns that mean nothing here."""
    rows = _rows(text)
    _line, heads = next(rows, (0, []))
    columns = [_column(head) for head in heads]
    if "url" not in columns and any(_ADDRESS.fullmatch(head.strip()) for head in heads):
        raise Damaged("begins with an address, and a first line that names the columns is missing; put `url` in the first line.")
    if "url" not in columns:
        raise Damaged("has no column `url`; its first line must name the columns.")
    if unknown := [head for head, column in zip(heads, columns, strict=True) if column not in COLUMNS]:
        yield f"the columns {', '.join(map(repr, unknown))} mean nothing here and were left out."
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield _row(line, columns, cells)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line in which it begins."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first.count))
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Damaged(f"is damaged in line {reader.line_num}: {error}.") from None


def _column(head: str) -> str:
    plain = head.strip().lower().replace(" ", "_").replace("-", "_")
    return _OTHER_NAMES.get(plain, plain)


def _row(line: int, columns: list[str], cells: list[str]) -> Row:
    too_many = "There are more cells than columns." if any(cell.strip() for cell in cells[len(columns):]) else ""
    return Row(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name in FIELDS}, problem=too_many)

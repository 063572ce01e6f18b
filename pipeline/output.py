"""Answers on paper: rows as a table for eyes, or as JSON, JSON lines and CSV for programs, where nothing is cut."""

from __future__ import annotations

import csv
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from rich.console import Console

from schema.tables import utc_iso

FORMATS = ("table", "json", "csv", "jsonl")
PIPED_WIDTH = 100               # of tables and cards that no terminal gives a width

Row = Sequence[Any]             # Any: whatever the database holds

# What could move the cursor, change colors or turn the direction of writing on somebody's terminal.
_CONTROLS = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
# Valid in JSON as they are, but a line ends there for many readers of lines, and a terminal obeys some of them.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029]")
_TRUTHS = frozenset(("by_post_author", "comments_closed", "current"))      # booleans, which SQLite keeps as 0 and 1
_NESTED = frozenset(("subscores", "spans", "context", "marks", "settings", "counts", "taggers"))   # JSON, which SQLite keeps as text


def chosen(format_name: str | None) -> str:
    """The format asked for; else a table on a terminal, and JSON lines in a pipe or file."""
    return format_name or ("table" if sys.stdout.isatty() else "jsonl")


def console(file: IO[str] | None = None) -> Console:
    """Where tables and cards are printed: as wide as the terminal; colors on a terminal only."""
    out = file or sys.stdout
    width = None if out.isatty() else int(os.environ.get("COLUMNS") or PIPED_WIDTH)
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)


def printable(text: str) -> str:
    """The text without anything that a terminal would obey; newlines and tabs stay."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """The text as it fits into a cell."""
    return _SPACES.sub(" ", printable(text)).strip()


def plain(value: Any) -> Any:       # Any: see Row
    """The value as JSON knows it: times as ISO-8601 in UTC, nothing that another engine would spell otherwise."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value + 0.0 if math.isfinite(value) else None
        case datetime():
            return utc_iso(value) if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return plain(int(value) if value.is_finite() and value == value.to_integral_value() else float(value))
        case dict():
            return {str(name): plain(value[name]) for name in sorted(value)}
        case list() | tuple():
            return [plain(one) for one in value]
        case bytes() | memoryview():
            return bytes(value).hex()
        case _:
            return str(value)


def as_named(name: str, value: Any) -> Any:     # Any: see Row
    """The value of a column of that name: SQLite keeps truths as numbers and JSON as text."""
    if name in _TRUTHS and value in (0, 1):
        return bool(value)
    if name in _NESTED and isinstance(value, str):
        try:
            return plain(json.loads(value))
        except ValueError:
            return value
    return plain(value)


def dumps(value: Any, indent: int | None = None) -> str:     # Any: see Row
    """JSON in the scripts of the world, safe for readers of lines and for terminals."""
    words = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", words)


def cell(value: Any) -> str:        # Any: see Row
    """The value as CSV has it: null is empty, truths are true and false, what is nested is JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return dumps(value)


def write(columns: Sequence[str], rows: Iterable[Row], format_name: str) -> None:
    """Print rows to stdout in that format, as they come; only a table waits for its rows."""
    names = _distinct(columns)
    ready = ([as_named(name, value) for name, value in zip(columns, row, strict=True)] for row in rows)
    _WRITERS[format_name](names, ready)
    sys.stdout.flush()


def _distinct(columns: Sequence[str]) -> list[str]:
    """Names as a JSON object needs them: the second `key` becomes `key_2`."""
    names: list[str] = []
    for column in columns:
        again = next(number for number in range(1, len(columns) + 2) if _numbered(column, number) not in names)
        names.append(_numbered(column, again))
    return names


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def _as_table(names: list[str], rows: Iterator[Row]) -> None:
    from pipeline.table import print_table

    print_table(console(), names, rows)


def _as_json(names: list[str], rows: Iterator[Row]) -> None:
    objects = (dumps(dict(zip(names, row, strict=True))) for row in rows)
    first = list(islice(objects, 1))
    if not first:
        sys.stdout.write("[]\n")
        return
    sys.stdout.write("[")
    for number, words in enumerate(chain(first, objects)):
        sys.stdout.write(f"{',' if number else ''}\n{words}")
    sys.stdout.write("\n]\n")


def _as_jsonl(names: list[str], rows: Iterator[Row]) -> None:
    for row in rows:
        sys.stdout.write(dumps(dict(zip(names, row, strict=True))) + "\n")


def _as_csv(names: list[str], rows: Iterator[Row]) -> None:
    to_eyes = sys.stdout.isatty()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        cells = [cell(value) for value in row]
        writer.writerow([printable(words) for words in cells] if to_eyes else cells)


_WRITERS: dict[str, Callable[[list[str], Iterator[Row]], None]] = {
    "table": _as_table, "json": _as_json, "csv": _as_csv, "jsonl": _as_jsonl,
}

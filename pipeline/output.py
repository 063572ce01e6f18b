"""Answers on paper: rows as a table for eyes, or as JSON, JSON lines and CSV for programs, where nothing is cut."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO

from rich.console import Console

from pipeline.table import print_table
from pipeline.values import Row, as_named, cell, dumps, printable

FORMATS = ("table", "json", "csv", "jsonl")
PIPED_WIDTH = 100               # of tables and cards that no terminal gives a width

def chosen(format_name: str | None) -> str:
    """The format asked for; else a table on a terminal, and JSON lines in a pipe or file."""
    return format_name or ("table" if sys.stdout.isatty() else "jsonl")


class _Paper(Console):
    """rich ends with 1 when nobody reads on (`| head`); that is no failure, and `hubbub` itself knows what to do."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(file: IO[str] | None = None) -> Console:
    """Where tables and cards are printed: as wide as the terminal; colors on a terminal only."""
    out = file or sys.stdout
    width = None if out.isatty() else int(os.environ.get("COLUMNS") or PIPED_WIDTH)
    return _Paper(file=out, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)


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

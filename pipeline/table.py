"""Rows as a table for eyes: wide texts cut to fit; when there are more columns than room, one block per row."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.values import Row, dumps, one_line

MOST_ROWS = 1000        # more than anybody reads; a table is measured as a whole before it is printed
LEAST_WIDTH = 9         # of a column that still says something
SHORT = 24              # columns: keys and times
GAP = 2
LEAST_HEADING = 3
LONGEST = 300           # characters of a text that are measured at all


_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z$")


def print_table(console: Console, names: Sequence[str], rows: Iterator[Row]) -> None:
    """Print the rows, at most MOST_ROWS of them."""
    shown = list(islice(rows, MOST_ROWS))
    if not shown:
        console.print(Text("no rows", style="dim"))
    elif len(names) * LEAST_WIDTH > console.width:
        _print_blocks(console, names, shown)
    else:
        _print_columns(console, names, shown)
    sys.stdout.flush()
    if next(rows, None) is not None:
        click.echo(f"The first {MOST_ROWS} rows are shown; --format jsonl or csv gives all.", err=True)


def _print_columns(console: Console, names: Sequence[str], rows: list[Row]) -> None:
    cells = [[shown(value) for value in row] for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    widths = _widths(names, cells, console.width)
    for number, (name, width) in enumerate(zip(names, widths, strict=True)):
        is_numeric = all(_is_number(row[number]) for row in rows)
        table.add_column(Text(name), justify="right" if is_numeric else "left", no_wrap=True, overflow="ellipsis", width=width)
    for row in cells:
        table.add_row(*row)
    console.print(table, soft_wrap=False)


def _widths(names: Sequence[str], cells: list[list[Text]], width: int) -> list[int]:
    """What each column needs, where that fits; else long texts are cut first, then headings, and short columns only when they must be."""
    values = [max(LEAST_HEADING, *(row[number].cell_len for row in cells)) for number in range(len(names))]
    needed = [max(cell_len(name), value) for name, value in zip(names, values, strict=True)]
    room = width - GAP * (len(names) - 1)
    if max(values) <= SHORT and sum(values) <= room < sum(needed):
        return _with_headings(values, needed, room)
    short = sum(one for one in needed if one <= SHORT)
    cut = [min(one, _limit([one for one in needed if one > SHORT], room - short)) if one > SHORT else one for one in needed]
    return cut if min(cut) >= min(LEAST_WIDTH, *needed) else [min(one, _limit(needed, room)) for one in needed]


def _with_headings(values: list[int], needed: list[int], room: int) -> list[int]:
    """The values whole, and of the headings from the left as much as there is room for."""
    left = room - sum(values)
    widths = []
    for value, wanted in zip(values, needed, strict=True):
        more = min(left, wanted - value)
        left -= more
        widths.append(value + more)
    return widths


def _limit(needed: list[int], room: int) -> int:
    """The widest that columns may be so that all of them fit."""
    return next((limit for limit in range(max(needed), 0, -1) if sum(min(limit, one) for one in needed) <= room), 1)


def _print_blocks(console: Console, names: Sequence[str], rows: list[Row]) -> None:
    width = max(map(len, names))
    for number, row in enumerate(rows, 1):
        console.print(Text(f"row {number}", style="bold"))
        for name, value in zip(names, row, strict=True):
            line = Text.assemble((name.ljust(width), "dim"), "  ", shown(value))
            line.truncate(console.width, overflow="ellipsis")
            console.print(line)


def _is_number(value: Any) -> bool:     # Any: whatever the database holds
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def shown(value: Any) -> Text:          # Any: as above
    """The value for a cell: no controls, one line, numbers rounded to what eyes compare."""
    match value:
        case None:
            return Text("–", style="dim")
        case str():
            return Text(_MOMENT.sub(r"\1Z", one_line(value[:LONGEST])))
        case float():
            return Text(f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else f"{value:g}")
        case _:
            return Text(one_line(dumps(value)[:LONGEST]))


def fitted(words: str, width: int) -> str:
    """The words, cut with an ellipsis when they are wider than that on a terminal."""
    return words if cell_len(words) <= width else set_cell_size(words, width - 1).rstrip() + "…"

"""Tables for eyes: everything fits, nothing dangerous."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from pipeline import table
from pipeline.values import Row


def _printed(names: list[str], rows: list[Row], width: int = 80) -> list[str]:
    out = io.StringIO()
    table.print_table(Console(file=out, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True), names, iter(rows))
    return out.getvalue().splitlines()


ROW = ("c0123456789abcdef0123", "Anna", "A long text. " * 40 + "中文" * 20, 0.8412345, "2009-10-14T08:05:00.000Z")
NAMES = ["key", "author", "text", "spam", "published"]


@pytest.mark.parametrize("width", [50, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = _printed(NAMES, [ROW, ROW], width)
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert len(lines) == 3


def test_long_texts_are_cut_before_keys_and_times() -> None:
    line = _printed(NAMES, [ROW], 100)[1]
    assert "c0123456789abcdef0123" in line
    assert "0.841" in line
    assert "2009-10-14T08:05:00Z" in line
    assert "A long text. A…" in line or "…" in line


def test_more_columns_than_room_make_a_block_per_row() -> None:
    names = [f"column_{number}" for number in range(30)]
    lines = _printed(names, [tuple(range(30)), tuple(range(30))])
    assert len(lines) == 62
    assert lines[0] == "row 1"
    assert lines[30].split() == ["column_29", "29"]


def test_controls_newlines_and_markup_do_not_reach_the_terminal() -> None:
    lines = _printed(["text"], [("\x1b[31mred\x1b[0m\nnext \x07[bold]line[/bold] :smile:",)])
    assert lines[1].rstrip() == "red next [bold]line[/bold] :smile:"


def test_no_rows_is_said() -> None:
    assert _printed(["a"], []) == ["no rows"]


def test_a_table_ends_somewhere_and_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    assert len(_printed(["a"], [(1,), (2,), (3,)])) == 3
    assert "first 2 rows" in capsys.readouterr().err


@pytest.mark.parametrize(("value", "expected"), [
    (None, "–"), ("", ""), (0.5, "0.5"), (1.0, "1"), (0.123456, "0.123"), (True, "true"), (12, "12"), ({"a": 1}, '{"a": 1}'),
])
def test_a_cell_says_the_value_in_short(value: object, expected: str) -> None:
    assert table.shown(value).plain == expected


@pytest.mark.parametrize(("words", "width", "expected"), [("short", 10, "short"), ("a long word", 7, "a long…"), ("中文中文", 5, "中文…")])
def test_words_are_cut_with_an_ellipsis(words: str, width: int, expected: str) -> None:
    assert table.fitted(words, width) == expected

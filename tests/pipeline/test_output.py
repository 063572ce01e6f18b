"""Rows on paper: nothing cut for programs, nothing dangerous for terminals."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pipeline import output

NASTY = 'a "quoted", text\nwith\x1b[31m red\x00, \x9b2J and \u2028 lines 🙂'


def _written(capsys: pytest.CaptureFixture[str], format_name: str, rows: list[tuple[object, ...]]) -> str:
    output.write(("key", "text", "by_post_author"), iter(rows), format_name)
    return capsys.readouterr().out


ROWS: list[tuple[object, ...]] = [("c1", NASTY, 1), ("c2", "x" * 5000, None)]
EXPECTED = [
    {"key": "c1", "text": NASTY, "by_post_author": True},
    {"key": "c2", "text": "x" * 5000, "by_post_author": None},
]


def test_json_is_one_array_of_all_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(_written(capsys, "json", ROWS)) == EXPECTED
    assert json.loads(_written(capsys, "json", [])) == []


def test_jsonl_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert [json.loads(line) for line in _written(capsys, "jsonl", ROWS).splitlines()] == EXPECTED
    assert _written(capsys, "jsonl", []) == ""


def test_csv_has_a_header_and_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(_written(capsys, "csv", ROWS), newline="")))
    assert rows == [{"key": "c1", "text": NASTY, "by_post_author": "true"}, {"key": "c2", "text": "x" * 5000, "by_post_author": ""}]


def test_columns_of_the_same_name_are_kept_apart(capsys: pytest.CaptureFixture[str]) -> None:
    output.write(("key", "key", "key_2", "key"), iter([(1, 2, 3, 4)]), "json")
    assert list(json.loads(capsys.readouterr().out)[0].values()) == [1, 2, 3, 4]


def test_rows_are_printed_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    def rows() -> object:
        yield ("c1", "first", None)
        assert "first" in capsys.readouterr().out
        yield ("c2", "second", None)

    for format_name in ("jsonl", "csv", "json"):
        output.write(("key", "text", "by_post_author"), rows(), format_name)  # type: ignore[arg-type]  # a generator


def test_without_a_terminal_the_format_is_jsonl() -> None:
    assert output.chosen(None) == "jsonl"
    assert output.chosen("csv") == "csv"


def test_a_terminal_gets_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert output.chosen(None) == "table"

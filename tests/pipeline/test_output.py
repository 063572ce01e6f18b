"""Rows on paper: nothing cut for programs, nothing dangerous for terminals."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from pipeline import output

NASTY = 'a "quoted", text\nwith\x1b[31m red\x00, \x9b2J and \u2028 lines 🙂'


@pytest.mark.parametrize(("value", "expected"), [
    (datetime(2009, 10, 14, 10, 5, tzinfo=timezone(timedelta(hours=2))), "2009-10-14T08:05:00.000Z"),
    (datetime(2009, 10, 14, 8, 5), "2009-10-14T08:05:00"),      # a time without zone stays one
    (date(2009, 10, 14), "2009-10-14"),
    (Decimal("3"), 3),
    (Decimal("0.5"), 0.5),
    (Decimal("NaN"), None),
    (float("nan"), None),
    (float("inf"), None),
    (-0.0, 0.0),
    (b"\x00\xff", "00ff"),
    ({"b": 1, "a": [datetime(2009, 10, 14, tzinfo=UTC)]}, {"a": ["2009-10-14T00:00:00.000Z"], "b": 1}),
    (True, True),
    (None, None),
])
def test_a_value_becomes_what_json_knows(value: object, expected: object) -> None:
    assert json.dumps(output.plain(value)) == json.dumps(expected)


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("by_post_author", 1, True),
    ("comments_closed", 0, False),
    ("comments_closed", None, None),
    ("position", 1, 1),
    ("subscores", '{"address": 1.0}', {"address": 1.0}),
    ("spans", "no json", "no json"),
    ("text", '{"a": 1}', '{"a": 1}'),
])
def test_the_name_of_a_column_tells_what_sqlite_forgot(name: str, value: object, expected: object) -> None:
    assert repr(output.as_named(name, value)) == repr(expected)


@pytest.mark.parametrize(("text", "expected"), [
    ("red \x1b[31mink\x1b[0m", "red ink"),
    ("bell\x07, null\x00, back\x08space, delete\x7f", "bell, null, backspace, delete"),
    ("C1 \x9b31m\x85", "C1 31m"),
    ("turned \u202earound\u2066", "turned around"),
    ("lines\nand\ttabs stay", "lines\nand\ttabs stay"),
    ("title \x1b]0;owned\x07", "title ]0;owned"),
    ("👩‍👩‍👧 é 中文", "👩‍👩‍👧 é 中文"),
])
def test_nothing_that_a_terminal_obeys_is_printed(text: str, expected: str) -> None:
    assert output.printable(text) == expected


def test_a_json_line_is_one_line_for_every_reader_and_has_no_controls() -> None:
    words = output.dumps({"text": NASTY})
    assert len(words.splitlines()) == 1
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in words)
    assert json.loads(words) == {"text": NASTY}


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

"""Values as JSON, CSV and terminals take them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from pipeline import values

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
    assert json.dumps(values.plain(value)) == json.dumps(expected)


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
    assert repr(values.as_named(name, value)) == repr(expected)


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
    assert values.printable(text) == expected


def test_a_json_line_is_one_line_for_every_reader_and_has_no_controls() -> None:
    words = values.dumps({"text": NASTY})
    assert len(words.splitlines()) == 1
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in words)
    assert json.loads(words) == {"text": NASTY}

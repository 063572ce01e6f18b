"""Values out of JSON of any server: whatever stands there, an honest value or none comes out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import answers
from schema.items import Page

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8,
)


def page(body: bytes, stated: str = "application/json") -> Page:
    return Page("https://blog.example/api", body, datetime(2026, 1, 1, tzinfo=UTC), (("content-type", stated),))


@pytest.mark.parametrize(("body", "stated", "expected"), [
    (b'{"a": 1}', "application/json; charset=utf-8", True),
    (b'\xef\xbb\xbf\n {\n "a": 1', "application/activity+json", True),
    (b'[{"a": 1}]', "", True),
    (b'{"a": 1}', "text/html", False),
    (b"{}", "application/json", False),
    (b"[1, 2]", "application/json", False),
    (b"<html>", "application/json", False),
    (b"", "application/json", False),
])
def test_json_is_told_by_type_and_start(body: bytes, stated: str, expected: bool) -> None:
    assert answers.is_json(page(body, stated)) == expected


@pytest.mark.parametrize("body", [b'{"a": ', b'{"a": 1} and more', b'{"' + b"x" * 300, b'[{"a":' * 200_000, b'{"a": ' + b"9" * 5000 + b"}"])
def test_broken_json_is_none(body: bytes) -> None:
    assert answers.parsed(page(body)) is None


@pytest.mark.parametrize(("given_", "expected"), [
    ("2023-03-04T10:12:31.000Z", datetime(2023, 3, 4, 10, 12, 31, tzinfo=UTC)),
    ("2023-03-04T10:12:31+02:00", datetime(2023, 3, 4, 8, 12, 31, tzinfo=UTC)),
    ("2009-10-25T11:13:05", datetime(2009, 10, 25, 11, 13, 5, tzinfo=UTC)),
    (1588593600, datetime(2020, 5, 4, 12, tzinfo=UTC)),
    (1588593600.5, datetime(2020, 5, 4, 12, 0, 0, 500000, UTC)),
    ("2023-03-04", None), ("2023-13-45T99:99", None), ("yesterday", None), ("", None), (None, None), (True, None), (0, None), (-5, None),
    (1e300, None), (float("inf"), None), (float("nan"), None), ("0001-01-01T00:00:00+14:00", None),
])
def test_a_moment_is_aware_or_none(given_: object, expected: datetime | None) -> None:
    assert answers.moment(given_) == expected


@pytest.mark.parametrize(("given_", "expected"), [(12, "12"), ("a1 ", "a1"), (True, ""), (None, ""), (1.5, ""), ([], ""), (10**40, "")])
def test_an_id_is_a_number_or_a_text(given_: object, expected: str) -> None:
    assert answers.ref(given_) == expected


@pytest.mark.parametrize(("words", "html"), [
    ("One.\n\nTwo <b>,\nthree.", "<p>One.</p><p>Two &lt;b&gt;,<br>three.</p>"), ("\r\n", ""), ("a\r\nb", "<p>a<br>b</p>"),
])
def test_plain_words_become_paragraphs(words: str, html: str) -> None:
    assert answers.as_html(words) == html


def test_what_is_nested_comes_in_order_with_what_it_stands_in() -> None:
    tree = [{"id": 1, "below": [{"id": 2, "below": [{"id": 3}]}, {"id": 4}, "no object"]}, {"id": 5, "below": None}]
    found = [(one["id"], above and above["id"]) for one, above in answers.nested(tree, "below")]   # type: ignore[arg-type]  # dicts are invariant
    assert found == [(1, None), (2, 1), (3, 2), (4, 1), (5, None)]


@given(ANYTHING)
def test_any_value_gives_something_a_database_takes(value: object) -> None:
    value = json.loads(json.dumps(value))
    answers.text(value).encode()
    assert "\x00" not in answers.text(value)
    assert answers.number(value) is None or 0 <= (answers.number(value) or 0) < 10**8
    moment = answers.moment(value)
    assert moment is None or moment.tzinfo is UTC
    assert all(isinstance(one, dict) for one in answers.records(value)) and isinstance(answers.record(value), dict)
    assert isinstance(answers.printed(value) + answers.ref(value), str)

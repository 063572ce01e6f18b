from __future__ import annotations

import json

import pytest

from crawlers.tdm import LARGEST, parse

SITE = "https://blog.example"


def rule(location: object, value: object = 1) -> dict[str, object]:
    return {"location": location, "tdm-reservation": value}


@pytest.mark.parametrize(("entries", "path", "expected"), [
    ([rule("/")], "/any/post", True),
    ([rule("*")], "/any/post", True),
    ([rule("/*")], "/any/post", True),
    ([rule("/essays/")], "/essays/one", True),
    ([rule("/essays/")], "/notes/one", False),
    ([rule("essays/")], "/essays/one", True),
    ([rule("/*.html$")], "/essays/one.html", True),
    ([rule("/*.html$")], "/essays/one.html?page=2", False),
    ([rule("/"), rule("/free/", 0)], "/free/one", False),           # the longest pattern decides, in whatever order they stand
    ([rule("/free/", 0), rule("/")], "/free/one", False),
    ([rule("/a", 0), rule("/a", 1)], "/a", True),                   # of equals the reserving one
    ([rule("/", "1")], "/a", True),
    ([rule("/", 2)], "/a", False),
    ([rule(7)], "/a", False),
    (["/", None, 3, []], "/a", False),
    ([], "/a", False),
])
def test_the_longest_pattern_decides(entries: list[object], path: str, expected: bool) -> None:
    assert parse(json.dumps(entries).encode()).reserves(SITE + path) is expected


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'"x"', b"\xff\xfe", b"[" * 200_000, b"[" + b" " * LARGEST + b"]"])
def test_what_is_no_such_file_says_nothing(body: bytes) -> None:
    assert parse(body).rules == ()


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps([rule("/")]).encode()).reserves(SITE + "/")

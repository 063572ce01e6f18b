"""Answers of APIs: JSON of any server to plain values, and the values that platform modules ask it for. Nothing here knows a platform."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import cast

from schema.items import Page

Json = dict[str, object]

_LONGEST_START = 64         # bytes in which an answer's first two characters stand
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NAIVE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def is_json(page: Page) -> bool:
    """Whether the page is JSON by its type (or states none) and begins like an object, or a list of them, with something in it."""
    stated = page.header("content-type").partition(";")[0].strip().lower()
    start = page.body[:_LONGEST_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if stated and not stated.endswith("json"):
        return False
    inside = start[1:].lstrip(b" \t\r\n")
    return (start[:1] == b"{" and inside[:1] == b'"') or (start[:1] == b"[" and inside[:1] == b"{")


@lru_cache(maxsize=4)
def parsed(page: Page) -> object:
    """What the page's JSON holds; None for none and for broken JSON. Shared by all who ask: read it, never change it."""
    return loaded(page.body.decode("utf-8-sig", "replace")) if is_json(page) else None


def loaded(text: str) -> object:
    """What the JSON holds; None for broken JSON."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def record(value: object) -> Json:
    """The object, or {} for anything else."""
    return cast(Json, value) if isinstance(value, dict) else {}


def records(value: object) -> list[Json]:
    """The objects of a list; [] for anything else."""
    return [cast(Json, one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """The words, as both parser and database take them; "" for what is no text."""
    return _LONE_SURROGATE.sub("\ufffd", value).replace("\x00", "") if isinstance(value, str) else ""


def number(value: object) -> int | None:
    """A count; None for anything else, and for what no blog has."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**8 else None


def ref(value: object) -> str:
    """The platform's id, whether it writes a number or a text; "" for none."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    return text(value).strip()


def moment(value: object) -> datetime | None:
    """An ISO time (UTC where it states no zone, as APIs do) or seconds since 1970; None for anything else."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if value > 0 else None
        if not isinstance(value, str) or not _NAIVE.match(value):
            return None
        stated = datetime.fromisoformat(value)
        return (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def printed(value: object) -> str:
    """A time as the answer writes it."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(value)


def as_html(words: str) -> str:
    """Plain words of an API as HTML: paragraphs and line breaks kept."""
    paragraphs = (escape(one.strip(), quote=False).replace("\n", "<br>") for one in re.split(r"\n\s*\n", words.replace("\r\n", "\n")))
    return "".join(f"<p>{one}</p>" for one in paragraphs if one)


def nested(roots: list[Json], below: str) -> Iterator[tuple[Json, Json | None]]:
    """(object, the one it stands in) in order, for objects that hold their replies in a list; however deep, without recursion."""
    waiting: list[tuple[Json, Json | None]] = [(one, None) for one in reversed(roots)]
    while waiting:
        one, parent = waiting.pop()
        yield one, parent
        waiting += [(reply, one) for reply in reversed(records(one.get(below)))]

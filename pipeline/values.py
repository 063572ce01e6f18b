"""Values of the database as JSON, CSV and terminals take them: the same from either engine, and harmless."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from schema.tables import utc_iso

Row = Sequence[Any]             # Any: whatever the database holds

# What could move the cursor, change colors or turn the direction of writing on somebody's terminal.
_CONTROLS = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
# Valid in JSON as they are, but a line ends there for many readers of lines, and a terminal obeys some of them.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029]")
_TRUTHS = frozenset(("by_post_author", "comments_closed", "current", "is_active", "is_guess"))      # booleans, which SQLite keeps as 0 and 1
_NESTED = frozenset(("subscores", "spans", "context", "marks", "settings", "counts", "taggers"))   # JSON, which SQLite keeps as text


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

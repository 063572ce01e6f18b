"""Values of a line of JSON, each as what it should be; a wrong one is named with its file and line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from schema.errors import UserError
from schema.items import Mark, MarkKind, TextLink

Row = Mapping[str, Any]     # Any: a line of JSON


def required_text(row: Row, name: str, place: str) -> str:
    """The text; a null is an empty one, none at all is an error."""
    if name not in row:
        raise UserError(f"{place} has no {name!r}; each line needs one.")
    return text(row, name, place) or ""


def text(row: Row, name: str, place: str) -> str | None:
    """The text, or None."""
    found = row.get(name)
    if found is None or (isinstance(found, float) and math.isnan(found)):       # as pandas writes what is missing
        return None
    if isinstance(found, int | float) and not isinstance(found, bool) and name != "text":
        return str(found)       # a name or title that is a number, to whoever wrote the file
    if not isinstance(found, str):
        raise UserError(f"{place}: {name!r} must be a text, and is {found!r:.40}.")
    return found.encode("utf-8", "replace").decode("utf-8")      # no half characters, which no database takes


def truth(row: Row, name: str, place: str) -> bool | None:
    """True, false (or 1 and 0), or None."""
    found = row.get(name)
    if found not in (None, 0, 1) and not _is_nan(found):
        raise UserError(f"{place}: {name!r} must be true, false or null, and is {found!r:.40}.")
    return None if found is None or _is_nan(found) else bool(found)


def number(row: Row, name: str, place: str) -> int | None:
    """A whole number, or None."""
    found = row.get(name)
    if found is None or found == "" or _is_nan(found):
        return None
    try:
        whole = int(found)
        if isinstance(found, bool) or whole != float(found):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise UserError(f"{place}: {name!r} must be a whole number or null, and is {found!r:.40}.") from None
    return whole


def level(row: Row, name: str, highest: int | None, place: str) -> int | None:
    """A level of the codebook, or None where nobody gave one."""
    found = number(row, name, place)
    if found is not None and not 0 <= found <= (9 if highest is None else highest):
        raise UserError(f"{place}: {name!r} must be a level from 0 to {9 if highest is None else highest} or null, and is {found}.")
    return found


def share(row: Row, name: str, place: str) -> float | None:
    """A probability above 0, or None."""
    found = row.get(name)
    if found is None or _is_nan(found):
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found <= 1:
        raise UserError(f"{place}: {name!r} must be above 0 and at most 1, or null, and is {found!r:.40}.")
    return float(found)


def links(row: Row, text: str, place: str) -> tuple[TextLink, ...]:
    """The links that stand in the text; those without offsets are looked for by their anchors, in order."""
    return tuple(_placed(_objects(row, "links", place), text))


def _placed(rows: list[Row], text: str) -> Iterator[TextLink]:
    after = 0
    for row in rows:
        url, anchor, start, end = row.get("url") or row.get("href"), row.get("anchor"), row.get("start"), row.get("end")
        if not isinstance(url, str):
            continue
        if isinstance(start, int) and isinstance(end, int) and _is_inside(start, end, text):
            yield TextLink(url, text[start:end], start, end)
        elif isinstance(anchor, str) and anchor.strip() and (found := text.find(anchor, after)) >= 0:
            after = found + len(anchor)
            yield TextLink(url, anchor, found, after)


def marks(row: Row, text: str, place: str) -> tuple[Mark, ...]:
    """The quotations, code and other stretches that are set apart in the text."""
    return tuple(
        Mark(one["start"], one["end"], one["kind"]) for one in _objects(row, "marks", place)
        if one.get("kind") in get_args(MarkKind) and _is_inside(one.get("start"), one.get("end"), text)
    )


def _objects(row: Row, name: str, place: str) -> list[Row]:
    found = row.get(name)
    if found is None or found == "" or _is_nan(found):
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UserError(f"{place}: {name!r} must be a list of objects, and is {found!r:.40}.")
    return found


def _is_inside(start: object, end: object, text: str) -> bool:
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)


def _is_nan(found: object) -> bool:
    return isinstance(found, float) and math.isnan(found)

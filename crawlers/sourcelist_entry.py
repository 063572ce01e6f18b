"""One entry of a list of blogs: what its fields are called, and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.enrolling import Entry
from schema.errors import UsageError

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Damaged(Exception):
    """The file cannot be read any further; the words follow upon its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a list says of one blog, before anything is judged. Empty words mean: nothing, no limit."""

    line: int
    fields: Mapping[str, object]            # of FIELDS, as the file has them
    feed_url: str = ""                      # beside an address of the blog itself
    suggested_name: str = ""
    problem: str = field(default="")        # why it is no entry; "": it may be one

    def entry(self, feeds: bool = False) -> Entry:
        """The entry; UsageError where something cannot be meant."""
        if self.problem:
            raise UsageError(self.problem)
        values = {name: _READERS[name](name, value) for name, value in self.fields.items()}
        url = (self.feed_url if feeds else "") or values.pop("url", "") or self.feed_url
        values.pop("url", None)
        if not url:
            raise UsageError("There is no address (url).")
        return Entry(url, frozenset(values), **values, suggested_name=self.suggested_name)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry and its line in the file; None and a reason where it is refused."""

    line: int
    entry: Entry | None
    reason: str = ""


def _words(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} must be words in quotes.")
    return value.strip()


def _schedule(name: str, value: object) -> str:
    return _words(name, value) or Entry("").schedule


def _whole(name: str, value: object) -> int | None:
    number = _number(name, value)
    if number is not None and number != int(number):
        raise UsageError(f"{name} must be a whole number, not {value!r}.")
    return None if number is None else int(number)


def _number(name: str, value: object) -> float | None:
    if isinstance(value, str) and not value.strip():
        return None
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else float("nan")
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e12:
        raise UsageError(f"{name} must be a number, not {value!r}.")
    return number


def _truth(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    words = str(value).strip().lower() or "true"
    if words not in _TRUTHS:
        raise UsageError(f"{name} must be true or false, not {value!r}.")
    return _TRUTHS[words]


_READERS: dict[str, Callable[[str, object], Any]] = {       # Any: each field has a type of its own
    "url": _words, "name": _words, "is_active": _truth, "schedule": _schedule,
    "max_posts": _whole, "max_pages": _whole, "max_minutes": _number, "delay": _number,
    "found_how": _words, "why": _words, "stratum": _words, "terms_url": _words,
}
FIELDS = tuple(_READERS)

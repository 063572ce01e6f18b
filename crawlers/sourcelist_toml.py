"""A list of blogs as TOML: a table `[[source]]` for each, and in `[defaults]` what holds for all that say nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from crawlers.sourcelist_entry import FIELDS, Damaged, Row

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*source[ \t]*\]\]", re.M)


def read(text: str) -> Iterator[Row | str]:
    """A row for each table."""
    try:
        values = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Damaged(f"is no TOML: {error}.") from None
    if unknown := set(values) - {"source", "defaults"}:
        raise Damaged(f"has an unknown part {sorted(unknown)[0]!r}; known are [defaults] and [[source]].")
    defaults, tables = values.get("defaults", {}), values.get("source", [])
    if not isinstance(defaults, dict) or not isinstance(tables, list) or not tables:
        raise Damaged("lists no blog; write a table [[source]] with a `url` for each.")
    yield from (_row(line, defaults, table) for line, table in zip(_lines(text, len(tables)), tables, strict=True))


def _lines(text: str, number: int) -> list[int]:
    """Where the tables begin. tomllib does not tell; where words look like a table's head, the tables are counted instead."""
    found = [text.count("\n", 0, head.start()) + 1 for head in _HEAD.finditer(text)]
    return found if len(found) == number else list(range(1, number + 1))


def _row(line: int, defaults: dict[str, object], table: object) -> Row:
    if not isinstance(table, dict):
        return Row(line, {}, problem="This is no table with a `url`.")
    fields = {**defaults, **table}
    unknown = sorted(set(fields) - set(FIELDS))
    problem = f"There is no field {unknown[0]!r}; known are {', '.join(FIELDS)}." if unknown else ""
    return Row(line, {name: value for name, value in fields.items() if name in FIELDS}, problem=problem)

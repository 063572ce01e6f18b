"""CSV (RFC 4180, UTF-8): `posts.csv`, `comments.csv`, and `links.csv`, `marks.csv` and `tags.csv`, whose `item_key` is the key of a post or comment.
A null is an empty cell; truths are true and false; lines inside a text stay inside its quotes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.export import SCHEMA_VERSION
from pipeline.query import Record
from pipeline.values import cell, plain
from schema import views

_TAG = ("tagger", "version", "tag_run", "score", "text_score", "level", "subtype", "spans", "context", "tagged_at")
COLUMNS: dict[str, tuple[str, ...]] = {
    **{f"{view}.csv": (*(column.name for column in columns), "schema_version") for view, columns in views.VIEWS.items()},
    "links.csv": ("item_key", "url", "anchor", "start", "end"),
    "marks.csv": ("item_key", "start", "end", "kind"),
    "tags.csv": ("item_key", *_TAG),
}


def write(records: Iterable[Record], folder: Path) -> dict[str, int]:
    """Write the five files; how many rows each has."""
    rows = dict.fromkeys(COLUMNS, 0)
    with ExitStack() as open_files:
        files = {name: open_files.enter_context((folder / name).open("w", encoding="utf-8", newline="")) for name in rows}
        writers = {name: csv.DictWriter(file, COLUMNS[name], lineterminator="\r\n") for name, file in files.items()}
        for writer in writers.values():
            writer.writeheader()
        for record in records:
            for name, row in _rows(record):
                writers[name].writerow({column: cell(plain(value)) for column, value in row.items()})
                rows[name] += 1
    return rows


def _rows(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:      # Any: columns of every type
    """The rows that one record makes, each with the name of its file."""
    item = {"item_key": record.fields["key"]}
    yield f"{record.view}.csv", {**record.fields, "schema_version": SCHEMA_VERSION}
    for name, belonging in (("links.csv", record.links), ("marks.csv", record.marks), ("tags.csv", record.tags)):
        for row in belonging:
            yield name, item | row

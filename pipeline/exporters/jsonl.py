"""JSON lines: `posts.jsonl` and `comments.jsonl`, one object per row, UTF-8; null means unknown or not judged.

An exporter is a module with one function, `write(records, folder)`. The records (pipeline.query.Record) come as each
post followed by its comments, in an order that is the same on every machine; the folder is there and empty; what is
returned is the number of rows in each file. Put the module into this folder, or name it in the entry points of a
distribution under `hubbub.exporters`, and `hubbub export --format` knows it. Pass the records through and keep none: a corpus may
not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pipeline.export import as_object
from pipeline.query import Record
from pipeline.values import dumps


def write(records: Iterable[Record], folder: Path) -> dict[str, int]:
    """Write both files; how many rows each has."""
    rows = {"posts.jsonl": 0, "comments.jsonl": 0}
    with ExitStack() as open_files:
        files = {name: open_files.enter_context((folder / name).open("w", encoding="utf-8", newline="\n")) for name in rows}
        for record in records:
            name = f"{record.view}.jsonl"
            files[name].write(dumps(as_object(record)) + "\n")
            rows[name] += 1
    return rows

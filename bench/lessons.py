"""What the tone of comments is learned from: `python -m bench.lessons FOLDER OUT` writes it as files for `hubbub train`.

FOLDER holds comments.jsonl and others/datacamp.jsonl. The readings in bench/readings.tsv say of comments of both how far they are turned to
somebody and how personal their voice is (0-2), and of those under the tutorials, which nobody had labelled for tone, their level (0-3). They are one reading by machine
by docs/codebook.md; nothing is ever measured on them. OUT gets comments.jsonl, with the columns `turned` and `voiced`, and tutorials.jsonl:

    hubbub train OUT/comments.jsonl FOLDER/posts.jsonl --beside OUT/tutorials.jsonl --tagger conversational --folds bench/folds.json
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

READINGS = Path(__file__).parent / "readings.tsv"
COMMENTS, TUTORIALS = "comments.jsonl", "tutorials.jsonl"

Readings = Mapping[str, Mapping[str, int]]      # by the id of a comment
Row = dict[str, Any]                            # Any: a line of JSON


def write(folder: Path, out: Path) -> None:
    """Both files from those in the folder; tutorials.jsonl is empty where the folder has no comments under tutorials."""
    readings = _readings()
    out.mkdir(parents=True, exist_ok=True)
    _write(out / COMMENTS, (row | readings.get(row["id"], {}) for row in _rows(folder / "comments.jsonl")))
    _write(out / TUTORIALS, _tutorials(folder / "others" / "datacamp.jsonl", readings))


def _readings() -> Readings:
    with READINGS.open(encoding="utf-8", newline="") as file:
        return {row.pop("id"): {name: int(value) for name, value in row.items() if value} for row in csv.DictReader(file, delimiter="\t")}


def _tutorials(file: Path, readings: Readings) -> Iterator[Row]:
    for row in _rows(file) if file.is_file() else ():
        if row["sha1"] in readings:
            yield {"kind": "comment", "id": row["sha1"], "blog": f"datacamp: {row['article']}", "post_title": row["article"], "text": row["text"], **readings[row["sha1"]]}


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _write(file: Path, rows: Iterator[Row]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("python -m bench.lessons FOLDER OUT")
    write(Path(sys.argv[1]), Path(sys.argv[2]))

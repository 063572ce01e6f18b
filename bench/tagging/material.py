"""The labelled material that the taggers are measured on."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import lessons
from pipeline.labelled import folds
from pipeline.labelled.files import read
from pipeline.labelled.folds import Folds
from pipeline.labelled.items import Labelled

FOLDS = Path(__file__).parents[1] / "folds.json"


@dataclass(frozen=True, slots=True)
class Material:
    """Posts and comments with labels, the folds they are judged in, and what lies beside them."""

    items: list[Labelled]               # posts and comments together, so that comments know their posts
    folds: Folds
    seeds: list[Labelled]
    readings: list[tuple[int, int]]     # of the tone of the comments, by two readers apart
    youtube: list[tuple[str, bool]]     # comments under videos, and whether they are spam; empty where they are not there
    beside: list[Labelled] = field(default_factory=list)    # comments that tone is learned from as well; never measured on


def material(folder: Path) -> Material:
    """What is in that folder."""
    with TemporaryDirectory() as out:
        lessons.write(folder, Path(out))
        items = read(folder / "posts.jsonl", Path(out) / lessons.COMMENTS)
        tutorials = Path(out) / lessons.TUTORIALS
        beside = read(tutorials) if tutorials.stat().st_size else []
    seeds = folder / "seeds_gold.jsonl"
    return Material(
        items, folds.covering(items, folds.load(FOLDS)), read(seeds) if seeds.is_file() else [],
        list(_readings(folder / "comments.jsonl")), list(_youtube(folder / "others" / "youtube_spam")), beside,
    )


def of_tag(tag: str, items: Sequence[Labelled], kind: str = "") -> list[Labelled]:
    """The items with a label for that tag; `kind` is "post" or "comment" (pings are comments here), or both."""
    return [item for item in items if tag in item.labels and (tag != "spam" or item.kind != "post") and kind in ("", item.doc.kind)]


def largest_spam_blogs(items: Sequence[Labelled], number: int = 2) -> set[str]:
    """Where most of the spam is."""
    return {blog for blog, _ in Counter(item.blog for item in items if item.labels.get("spam") == 2).most_common(number)}


def _readings(file: Path) -> Iterator[tuple[int, int]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        first, second = json.loads(line)["readers"]
        yield first[2], second[2]


def _youtube(folder: Path) -> Iterator[tuple[str, bool]]:
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from ((row["CONTENT"], row["CLASS"] == "1") for row in csv.DictReader(rows))

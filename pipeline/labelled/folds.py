"""Folds for measuring on blogs never seen: all items of a blog, posts and comments, are in one fold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.labelled.items import Labelled
from schema.errors import UserError

FOLDS = 10

Folds = tuple[frozenset[str], ...]      # names of blogs


def balanced(items: Sequence[Labelled], number: int = FOLDS) -> Folds:
    """At most so many folds, with nearly as many items and as much spam in each as the size of the blogs allows.

    Blogs are dealt out by size, the largest first, each to the fold that has least so far.
    """
    sizes = Counter(item.blog for item in items)
    spam = Counter(item.blog for item in items if item.labels.get("spam") == 2)
    loads = {blog: size / sizes.total() + spam[blog] / max(1, spam.total()) for blog, size in sizes.items()}
    folds: list[list[str]] = [[] for _ in range(min(number, len(sizes)))]
    for blog in sorted(loads, key=lambda blog: (-loads[blog], blog)):
        min(folds, key=lambda fold: sum(loads[other] for other in fold)).append(blog)
    return tuple(map(frozenset, folds))


def parted(items: Sequence[Labelled], folds: Folds) -> Iterable[tuple[list[int], list[int]]]:
    """For each fold the places of the items to learn from and of those to judge; a fold without items is passed over."""
    for fold in folds:
        judged = [place for place, item in enumerate(items) if item.blog in fold]
        if judged:
            yield [place for place, item in enumerate(items) if item.blog not in fold], judged


def covering(items: Sequence[Labelled], folds: Folds) -> Folds:
    """These folds if every blog of the items is in them; else an error that names one that is not."""
    known = frozenset().union(*folds)
    if unknown := sorted({item.blog for item in items} - known):
        raise UserError(f"The folds do not say where the blog {unknown[0]!r} belongs; write them anew for these labels.")
    return folds


def load(file: Path) -> Folds:
    """The folds that were kept in a file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["folds"]
        return tuple(frozenset(map(str, fold)) for fold in found)
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{file} holds no folds; write them anew for these labels.") from None


def save(folds: Folds, file: Path) -> None:
    """Keep the folds, so that every measurement from now on takes the same."""
    file.write_text(json.dumps({"folds": [sorted(fold) for fold in folds]}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

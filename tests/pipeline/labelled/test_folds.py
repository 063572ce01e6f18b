"""Folds: a blog is in one of them, and the kept ones cover the shared labels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.labelled import folds
from pipeline.labelled.files import read
from pipeline.labelled.items import Labelled
from pipeline.text import Doc
from schema.errors import UserError

KEPT = Path(__file__).parents[3] / "bench" / "folds.json"


def items(**sizes: int) -> list[Labelled]:
    return [Labelled(f"{blog}{number}", blog, "comment", Doc("comment", "Yes."), {"spam": 2 if blog == "spammed" else 0}) for blog, size in sizes.items() for number in range(size)]


def test_the_kept_folds_cover_every_blog_and_no_blog_is_in_two(shared: Path) -> None:
    labelled = read(shared / "labels/posts.jsonl", shared / "labels/comments.jsonl")
    kept = folds.covering(labelled, folds.load(KEPT))
    assert len(kept) == 10
    assert max(Counter(blog for fold in kept for blog in fold).values()) == 1
    judged = [place for _, places in folds.parted(labelled, kept) for place in places]
    assert sorted(judged) == list(range(len(labelled)))


def test_the_kept_folds_are_those_that_the_command_writes(shared: Path, tmp_path: Path) -> None:
    labelled = read(shared / "labels/posts.jsonl", shared / "labels/comments.jsonl")
    folds.save(folds.balanced(labelled), tmp_path / "folds.json")
    assert (tmp_path / "folds.json").read_text() == KEPT.read_text()


def test_blogs_are_dealt_out_evenly() -> None:
    dealt = folds.balanced(items(a=40, b=20, c=20, d=10, e=10, spammed=20), 3)
    assert set(dealt) == {frozenset({"spammed"}), frozenset({"a", "d"}), frozenset({"b", "c", "e"})}      # all of the spam is load enough


def test_there_are_never_more_folds_than_blogs() -> None:
    assert len(folds.balanced(items(a=5, b=5), 10)) == 2


def test_nothing_is_learned_from_a_blog_that_is_judged() -> None:
    labelled = items(a=3, b=2, c=1)
    for learned, judged in folds.parted(labelled, folds.balanced(labelled, 2)):
        assert {labelled[place].blog for place in learned}.isdisjoint(labelled[place].blog for place in judged)


def test_a_blog_that_is_in_no_fold_is_named() -> None:
    with pytest.raises(UserError, match="the blog 'b'"):
        folds.covering(items(a=1, b=1), (frozenset({"a"}),))


def test_what_holds_no_folds_is_named(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[]")
    for name in ("other.json", "missing.json"):
        with pytest.raises(UserError, match=rf"{name} holds no folds"):
            folds.load(tmp_path / name)

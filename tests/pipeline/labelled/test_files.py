"""Files of labelled items."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.labelled.files import read
from schema.errors import UserError


def test_every_item_of_the_shared_labels_is_read(shared: Path) -> None:
    items = read(shared / "labels/posts.jsonl", shared / "labels/comments.jsonl")
    assert Counter(item.doc.kind for item in items) == {"comment": 794, "post": 88}
    assert len({item.id for item in items}) == 882
    assert Counter(item.labels["spam"] for item in items if item.kind != "post") == {0: 603, 2: 177, 1: 14}
    assert all("spam" not in item.labels for item in items if item.kind == "post")
    assert sum(bool(item.doc.links) for item in items) > 100


def test_the_seeds_are_read_with_their_texts_and_without_the_bio(shared: Path) -> None:
    items = read(shared / "labels/seeds_gold.jsonl")
    assert Counter(item.kind for item in items) == {"post": 5, "comment": 14}
    assert all(item.doc.text for item in items)
    assert next(item for item in items if item.id.endswith("comment:10")).doc.context.earlier_authors is None     # no names are in the file


def test_files_are_read_together(shared: Path, tmp_path: Path) -> None:
    posts, comments = tmp_path / "posts.jsonl", tmp_path / "comments.jsonl"
    posts.write_text('{"key": "p", "title": "T", "text": "Body."}')
    comments.write_text('{"key": "c", "post_key": "p", "text": "Hi."}')
    assert [item.doc.context.post_text for item in read(comments, posts)] == ["Body.", None]


def test_a_file_without_items_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(UserError, match=r"empty\.jsonl holds no items"):
        read(tmp_path / "empty.jsonl")

"""Files of labelled items."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.labelled.files import read
from pipeline.registry import module
from schema.errors import UserError

NAMES = (
    "text", "kind", "id", "key", "blog", "source", "title", "post_title", "post_key", "post_text", "post_excerpt", "author_name", "author", "author_url", "by_post_author",
    "position", "prev_comment", "links", "marks", "reply_to", "language", "spam", "label_spam", "self_promotion", "conversational", "label_probability", "seed", "url",
)
LINK = st.fixed_dictionaries({}, optional={"href": st.text(max_size=8), "url": st.none() | st.text(max_size=8), "anchor": st.none() | st.sampled_from(("a", "b c")), "start": st.integers(-2, 9), "end": st.integers(-2, 9), "kind": st.sampled_from(("quote", "song"))})
VALUE = st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(("", "comment", "post", "ping", "a b c", "http://[x", "\ud800")) | st.lists(LINK, max_size=2) | LINK


@settings(max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=3).map(lambda row: {"text": "a b c said so, and more than that"} | row), min_size=1, max_size=4))
def test_whatever_a_line_holds_it_is_read_or_named(rows: list[dict[str, Any]]) -> None:      # Any: JSON
    with TemporaryDirectory() as folder:
        file = Path(folder) / "any.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)))
        try:
            items = read(file)
        except UserError as error:
            assert "any.jsonl" in str(error)
            return
    for item in items:
        for name in ("spam", "self_promotion", "conversational"):
            finding = module("pipeline.taggers", name).tag(item.doc)
            assert all(0 <= span.start < span.end <= len(item.doc.text) for span in finding.spans)


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

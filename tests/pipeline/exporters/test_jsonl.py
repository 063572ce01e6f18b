"""JSON lines: every field of the views, in their order, and what belongs to a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.export import SCHEMA_VERSION, export
from pipeline.reader import reading
from schema import views
from tests.pipeline.rows import FLAT, NESTED, key_of

Objects = dict[str, dict[str, Any]]     # Any: fields of every type


@pytest.fixture
def objects(corpus_url: str, tmp_path: Path) -> dict[str, Objects]:
    with reading(corpus_url) as connection:
        export(connection, tmp_path / "corpus", "jsonl")
    return {
        view: {one["key"]: one for one in map(json.loads, (tmp_path / "corpus" / f"{view}.jsonl").read_text(encoding="utf-8").splitlines())}
        for view in views.VIEWS
    }


def test_fields_are_those_of_the_views_in_their_order_then_what_belongs_to_the_row(objects: dict[str, Objects]) -> None:
    for view, columns in views.VIEWS.items():
        expected = [*(column.name for column in columns), "links", "marks", "tags", "spans", "schema_version"]
        assert all(list(one) == expected and one["schema_version"] == SCHEMA_VERSION for one in objects[view].values())


@pytest.mark.parametrize(("key", "field", "value"), [
    (key_of(NESTED, 1), "published", "2009-10-14T09:05:00.000Z"),
    (key_of(NESTED, 5), "published", None),
    (key_of(NESTED, 5), "removed_how", "author"),
    (key_of(NESTED, 2), "by_post_author", True),
    (key_of(NESTED, 1), "by_post_author", None),
    (key_of(NESTED, 1), "subscores", {"address": 1.0}),
    (key_of(NESTED, 4), "spam", 0.97),
    (key_of(NESTED, 3), "spam", None),
    (key_of(NESTED, 3), "marks", [{"start": 0, "end": 8, "kind": "quote"}]),
    (key_of(NESTED, 4), "links", [{"url": "https://chairs.example/", "anchor": "Cheap garden chairs", "start": 16, "end": 35}]),
    (key_of(FLAT, 1), "text", 'He said "no",\nand left; 100% sure.'),
    (key_of(FLAT, 2), "author", "Cleo\x1b[31m"),
])
def test_values_are_whole_and_null_is_null(key: str, field: str, value: object, objects: dict[str, Objects]) -> None:
    assert objects["comments"][key][field] == value


def test_spans_carry_their_tagger_version_and_run_and_point_into_the_text(objects: dict[str, Objects]) -> None:
    spam = objects["comments"][key_of(NESTED, 4)]
    assert [(span["tagger"], span["version"], span["tag_run"], spam["text"][span["start"]:span["end"]]) for span in spam["spans"]] == [
        ("self_promotion", 1, 1, "our shop"), ("spam", 1, 1, "Cheap garden chairs at the lowest price"), ("spam", 1, 1, "Wonderful post!"),
    ]


def test_tags_are_the_current_judgements_with_their_context(objects: dict[str, Objects]) -> None:
    tag, = objects["comments"][key_of(NESTED, 2)]["tags"]
    assert tag == {
        "tagger": "spam", "version": 1, "tag_run": 1, "score": 0.5, "text_score": 0.5, "level": 1, "subtype": None,
        "context": {"late": True, "missing": ["author_url"], "other_posts": 3}, "tagged_at": "2024-05-01T12:00:00.000Z",
    }

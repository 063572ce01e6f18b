"""CSV: five tables that a spreadsheet or a data frame reads back as they were."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.export import export
from pipeline.reader import reading
from schema import views
from tests.pipeline.rows import FLAT, NESTED, SPAM, key_of

Tables = dict[str, list[dict[str, str]]]


@pytest.fixture
def folder(corpus_url: str, tmp_path: Path) -> Path:
    with reading(corpus_url) as connection:
        return export(connection, tmp_path / "corpus", "csv").folder


@pytest.fixture
def found(folder: Path) -> Tables:
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file, strict=True))
    return tables


def test_there_are_five_tables(found: Tables) -> None:
    assert {name: len(rows) for name, rows in found.items()} == {"posts": 4, "comments": 8, "links": 1, "marks": 1, "tags": 7}


def test_columns_are_those_of_the_views_in_their_order(found: Tables) -> None:
    for view, columns in views.VIEWS.items():
        assert list(found[view][0]) == [*(column.name for column in columns), "schema_version"]


def test_cells_are_whole_null_is_empty_and_truths_are_words(found: Tables) -> None:
    by_key = {row["key"]: row for row in found["comments"]}
    assert by_key[key_of(FLAT, 1)]["text"] == 'He said "no",\nand left; 100% sure.'
    assert by_key[key_of(NESTED, 4)]["text"] == SPAM
    assert by_key[key_of(NESTED, 2)]["by_post_author"] == "true"
    assert by_key[key_of(NESTED, 1)]["by_post_author"] == ""
    assert by_key[key_of(NESTED, 1)]["published"] == "2009-10-14T09:05:00.000Z"
    assert json.loads(by_key[key_of(NESTED, 1)]["subscores"]) == {"address": 1.0}


def test_tags_come_with_the_spans_that_earned_them(found: Tables) -> None:
    tag = next(row for row in found["tags"] if row["item_key"] == key_of(NESTED, 4) and row["tagger"] == "spam")
    assert (tag["level"], tag["score"], tag["subtype"]) == ("2", "0.97", "product_copy")
    assert [SPAM[span["start"]:span["end"]] for span in json.loads(tag["spans"])] == ["Cheap garden chairs at the lowest price", "Wonderful post!"]


def test_records_end_as_rfc_4180_says_and_newlines_inside_quotes_stay(folder: Path) -> None:
    content = (folder / "comments.csv").read_bytes()
    assert content.endswith(b"\r\n")
    assert b'"He said ""no"",\nand left; 100% sure."' in content

"""`hubbub stats` as a person types it."""

from __future__ import annotations

import csv
import io
import json

from tests.pipeline.commands.asking import ask_hubbub


def test_json_is_one_object(corpus_url: str) -> None:
    found = json.loads(ask_hubbub(corpus_url, "stats", "--format", "json").stdout)
    assert found["corpus"]["posts"] == 4
    assert found["corpus"]["first"] == "2009-10-14T08:05:00.000Z"
    assert [blog["source"] for blog in found["sources"]] == ["alpha.example", "beta.example"]
    assert found["last_run"]["outcome"] == "partly"


def test_a_pipe_gets_rows_and_csv_the_same_ones(corpus_url: str) -> None:
    rows = [json.loads(line) for line in ask_hubbub(corpus_url, "stats").stdout.splitlines()]
    assert {"section": "corpus", "source": "", "measure": "comments", "value": 7} in rows
    table = list(csv.DictReader(io.StringIO(ask_hubbub(corpus_url, "stats", "--format", "csv").stdout)))
    assert [row["measure"] for row in table] == [row["measure"] for row in rows]


def test_the_table_is_for_eyes(corpus_url: str) -> None:
    assert ask_hubbub(corpus_url, "stats", "--format", "table").stdout.startswith("4 posts · 7 comments · 1 ping")


def test_an_empty_database_is_no_error(database_url: str) -> None:
    result = ask_hubbub(database_url, "stats", "--format", "table")
    assert result.exit_code == 0
    assert "ready and empty" in result.stdout
    assert json.loads(ask_hubbub(database_url, "stats", "--format", "json").stdout)["corpus"]["posts"] == 0

"""`hubbub evaluate` as a person or a script calls it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import Engine

from pipeline import runs
from pipeline.store import store
from pipeline.tagging import tag_items
from tests.pipeline import rows
from tests.pipeline.commands.asking import ask_hubbub

KEYS = ("n", "auc", "average_precision", "precision", "recall", "f1", "spearman", "quadratic_kappa", "calibration_error")
ROWS = [
    {"id": "a", "blog": "one", "kind": "comment", "text": "Buy cheap replica watches at our shop, free shipping, order now!", "spam": 2, "self_promotion": 3, "conversational": 0, "author_name": "cheap watches", "author_url": "http://cheap-watches.example/"},
    {"id": "b", "blog": "one", "kind": "comment", "text": "Ann, I think you are right about the queue, but why do we wait at all?", "spam": 0, "self_promotion": 0, "conversational": 3},
    {"blog": "two", "text": "The shop opens at nine on weekdays.", "spam": 0},
    {"blog": "two", "kind": "post", "title": "Queues", "text": "People wait. The clerk looks at them.", "spam": None, "self_promotion": 0, "conversational": 1},
    {"blog": "two", "kind": "pingback", "text": "[...] queues are long [...]", "spam": 1, "self_promotion": None, "conversational": 0},
    {"blog": "two", "kind": "comment", "text": "Yes.", "spam": 0},
]


def evaluated(folder: Path, *arguments: str, rows: list[dict[str, Any]] = ROWS) -> Result:      # Any: JSON
    file = folder / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return ask_hubbub("sqlite:///none.db", "evaluate", str(file), *arguments)


@pytest.mark.parametrize(("tagger", "n"), [("spam", 5), ("self_promotion", 3), ("conversational", 4)])
def test_json_has_all_keys_and_counts_what_is_labelled(tmp_path: Path, tagger: str, n: int) -> None:
    answered = evaluated(tmp_path, "--tagger", tagger, "--format", "json")
    assert answered.exit_code == 0, answered.output
    found = json.loads(answered.stdout)
    assert set(KEYS) <= set(found)
    assert found["n"] == n
    assert all(found[key] is None or isinstance(found[key], float) for key in KEYS[1:])


def test_spam_is_level_2_against_level_0_and_what_is_not_judged_is_reported(tmp_path: Path) -> None:
    found = json.loads(evaluated(tmp_path, "--tagger", "spam", "--format", "json").stdout)
    assert (found["auc"], found["f1"], found["n_null"], found["n_left_out"]) == (1.0, 1.0, 2, 1)


def test_the_order_of_the_lines_changes_nothing(tmp_path: Path) -> None:
    mixed = [{"id": str(number)} | row for number, row in enumerate(ROWS)]
    first = json.loads(evaluated(tmp_path, "--tagger", "conversational", "--format", "json", rows=mixed).stdout)
    random.Random(3).shuffle(mixed)
    second = json.loads(evaluated(tmp_path, "--tagger", "conversational", "--format", "json", rows=mixed).stdout)
    assert {key: first[key] for key in KEYS} == {key: second[key] for key in KEYS}


def test_figures_that_are_not_defined_are_null_and_present(tmp_path: Path) -> None:
    answered = evaluated(tmp_path, "--tagger", "spam", "--format", "json", rows=[{"text": "The clerk looks at the people who wait.", "spam": 0}])
    found = json.loads(answered.stdout)
    assert [found[key] for key in ("auc", "average_precision", "recall", "spearman", "quadratic_kappa")] == [None] * 5


def test_without_labels_there_is_a_sentence_and_nothing_else(tmp_path: Path) -> None:
    answered = evaluated(tmp_path, "--tagger", "conversational", rows=[{"text": "Hello you.", "spam": 0}])
    assert (answered.exit_code, answered.stdout, len(answered.stderr.splitlines())) == (1, "", 1)
    assert "has a label for conversational" in answered.stderr


def test_predictions_are_one_line_each_with_spans_in_the_text(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert evaluated(tmp_path, "--tagger", "spam", "--predictions", str(out)).exit_code == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "3", "4", "5", "6"]
    assert all(set(line) == {"id", "score", "level", "spans"} for line in lines)
    assert lines[3] == {"id": "4", "score": None, "level": None, "spans": []}      # a post is not judged
    assert lines[0]["level"] == 2
    assert "watches" in [ROWS[0]["text"][span["start"]:span["end"]] for span in lines[0]["spans"]] or lines[0]["spans"]


def test_without_a_terminal_json_is_the_default_and_a_table_can_be_asked_for(tmp_path: Path) -> None:
    assert json.loads(evaluated(tmp_path, "--tagger", "spam").stdout)["tagger"] == "spam"
    table = evaluated(tmp_path, "--tagger", "spam", "--format", "table", "--worst", "1").stdout
    assert "calibration error" in table
    assert table.count("label ") == 1 + table.count("label it")     # one disagreement


def test_an_export_of_our_own_with_added_labels(tmp_path: Path, engine: Engine, database_url: str) -> None:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    tag_items(engine)
    assert ask_hubbub(database_url, "export", str(tmp_path / "corpus"), "--format", "jsonl").exit_code == 0
    for name, label in (("comments", {"label_spam": 0, "label_conversational": 2}), ("posts", {"label_conversational": 1})):
        file = tmp_path / "corpus" / f"{name}.jsonl"
        file.write_text("".join(json.dumps(json.loads(line) | label) + "\n" for line in file.read_text().splitlines()))
    files = [str(tmp_path / "corpus" / f"{name}.jsonl") for name in ("comments", "posts")]
    out = tmp_path / "out.jsonl"
    answered = ask_hubbub(database_url, "evaluate", *files, "--tagger", "conversational", "--format", "json", "--predictions", str(out))
    assert answered.exit_code == 0, answered.output
    exported = [json.loads(line) for file in files for line in Path(file).read_text().splitlines()]
    found = json.loads(answered.stdout)
    assert found["n"] == len(exported)
    assert found["by_kind"].keys() >= {"comment", "post"}
    stored = {row["key"]: row["conversational"] for row in exported}
    assert {line["id"]: line["score"] for line in map(json.loads, out.read_text().splitlines())} == stored     # the same Docs as in the database


def test_a_tagger_of_ones_own_is_compared_with_labels_of_its_name(tmp_path: Path) -> None:
    own = tmp_path / "shouting.py"
    own.write_text("from schema.items import Finding, Span\nversion = 1\nkinds = ('comment',)\ndef tag(doc):\n    return Finding(1.0, 1, (Span(0, 1, 'loud'),)) if '!' in doc.text else Finding(0.0, 0)\n")
    rows = [row | {"label_shouting": label} for row, label in zip(ROWS, (1, 0, 1, 0, 0, 0), strict=True)]
    answered = evaluated(tmp_path, "--tagger-module", str(own), "--tagger", "shouting", "--format", "json", rows=rows)
    found = json.loads(answered.stdout)
    assert (found["n"], found["precision"], found["recall"]) == (5, 1.0, 0.5)


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("--tagger", "rudeness"), 2, "There is no tagger 'rudeness'; known are conversational"), ((), 2, "Missing option '--tagger'"),
    (("--tagger", "spam", "--predictions", "/nowhere/at/all.jsonl"), 1, "The predictions cannot be written to /nowhere/at/all.jsonl"),
])
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    answered = evaluated(tmp_path, *arguments)
    assert (answered.exit_code, said in answered.stderr) == (code, True), answered.stderr


def test_a_bad_line_ends_it_with_file_and_number(tmp_path: Path) -> None:
    answered = evaluated(tmp_path, "--tagger", "spam", rows=[{"text": "a"}, {"text": "b", "spam": "maybe"}])
    assert answered.exit_code == 1
    assert answered.stderr.startswith("hubbub: ")
    assert "labels.jsonl:2: 'spam' must be" in answered.stderr
    assert len(answered.stderr.splitlines()) == 1


def test_the_shared_labels_in_one_file_in_any_order(shared: Path, tmp_path: Path) -> None:
    lines = [*(shared / "labels/comments.jsonl").read_text().splitlines(), *(shared / "labels/posts.jsonl").read_text().splitlines()]
    random.Random(1).shuffle(lines)
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    found = json.loads(ask_hubbub("sqlite:///none.db", "evaluate", str(tmp_path / "all.jsonl"), "--tagger", "spam", "--format", "json").stdout)
    assert (found["n"], found["blogs"], found["n_left_out"]) == (794, 31, 14)
    assert found["auc"] > 0.9


def test_labels_that_the_model_was_taught_are_told(shared: Path, tmp_path: Path) -> None:
    known = ask_hubbub("sqlite:///none.db", "evaluate", str(shared / "labels/comments.jsonl"), "--tagger", "spam")
    assert "these figures flatter it" in known.stderr and known.exit_code == 0
    (tmp_path / "other.jsonl").write_text((shared / "labels/comments.jsonl").read_text().split("\n")[0] + "\n")
    assert "flatter" not in ask_hubbub("sqlite:///none.db", "evaluate", str(tmp_path / "other.jsonl"), "--tagger", "spam").stderr

"""Samples as files: lines that evaluate reads, tasks that tools read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelled.files import read
from pipeline.labelling.giving import Written, write
from pipeline.labelling.stored import GOLD, Given, Plan, keep, new_sample
from pipeline.store import store
from schema.errors import UserError
from tests.pipeline import rows

AGREED, SETTLED, OPEN = (rows.key_of(rows.NESTED, number) for number in (1, 4, 2))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    new_sample(engine, Plan("all", 99, kinds="both"))
    keep(engine, [
        Given(AGREED, "spam", "ada", 0), Given(AGREED, "spam", "bert", 0), Given(OPEN, "spam", "ada", 0), Given(OPEN, "spam", "bert", 1),
        Given(SETTLED, "spam", "ada", 1), Given(SETTLED, "spam", "bert", 2), Given(SETTLED, "spam", GOLD, 2, "eve"),
    ])
    return engine


def test_gold_is_what_was_settled_or_never_in_doubt(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    with filled.connect() as connection:
        assert write(connection, "all", file, "jsonl", None) == Written(11, 2, 0)
    items = {item.id: item for item in read(file)}
    assert {key: dict(item.labels) for key, item in items.items() if item.labels} == {AGREED: {"spam": 0}, SETTLED: {"spam": 2}}
    assert items[AGREED].doc.context.post_title == "Listening is a trade" and items[AGREED].chance == 1.0
    assert items[SETTLED].doc.links[0].anchor == "Cheap garden chairs"


def test_tasks_carry_what_all_said(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    with filled.connect() as connection:
        write(connection, "all", file, "label-studio", None)
        write(connection, "all", tmp_path / "lines.jsonl", "doccano", "bert")
    tasks = {task["data"]["key"]: task for task in json.loads(file.read_text(encoding="utf-8"))}
    assert [one["completed_by"]["email"] for one in tasks[SETTLED]["annotations"]] == ["ada", "bert"]
    assert (tmp_path / "tasks.json.xml").read_text(encoding="utf-8").startswith("<View>")
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["key"]: line["label"] for line in lines if line["label"]} == {AGREED: ["spam: 0"], OPEN: ["spam: 1"], SETTLED: ["spam: 2"]}


def test_what_a_file_does_not_hold_is_known(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "zed.jsonl"
    with filled.connect() as connection:
        with pytest.raises(UserError, match="zed has labelled nothing of sample all"):
            write(connection, "all", file, "jsonl", "zed")
        assert not file.exists()
        assert write(connection, "all", file, "doccano", "zed") == Written(11, 0, 0)
        assert write(connection, "all", file, "doccano", None) == Written(11, 3, 2)


def test_a_place_that_cannot_be_written_is_told(filled: Engine, tmp_path: Path) -> None:
    with filled.connect() as connection, pytest.raises(UserError, match="cannot be written"):
        write(connection, "all", tmp_path / "no" / "gold.jsonl", "jsonl", None)

"""The input of agreement, from files and from samples."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelling.readings import of_files, of_sample
from pipeline.labelling.stored import GOLD, Given, Plan, keep, new_sample
from pipeline.store import store
from tests.pipeline import rows

ONE, TWO = rows.key_of(rows.NESTED, 1), rows.key_of(rows.FLAT, 1)


def test_files_are_annotators_unless_they_say_who(tmp_path: Path) -> None:
    for name, level in (("ada", 1), ("bert", 2)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "x", "blog": "b.example", "text": "t", "label_spam": level}) + "\n", encoding="utf-8")
    (tmp_path / "tool.json").write_text(json.dumps([{"data": {"key": "x"}, "annotations": [
        {"completed_by": {"email": "eve"}, "result": [{"type": "choices", "from_name": "spam", "value": {"choices": ["0"]}}]},
    ]}]), encoding="utf-8")
    found = of_files([tmp_path / "ada.jsonl", tmp_path / "bert.jsonl", tmp_path / "tool.json"])
    assert found.table("spam") == (["ada", "bert", "eve"], [[1, 2, 0]], ["b.example"])
    assert found.table("conversational") == ([], [], [])


def test_a_sample_gives_its_annotators_and_blogs_but_not_what_was_settled(engine: Engine) -> None:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    new_sample(engine, Plan("all", 99))
    keep(engine, [Given(ONE, "spam", "ada", 0), Given(ONE, "spam", "bert", 1), Given(ONE, "spam", GOLD, 1), Given(TWO, "spam", "ada", 2)])
    with engine.connect() as connection:
        annotators, units, blogs = of_sample(connection, "all").table("spam")
    assert annotators == ["ada", "bert"]
    assert sorted(zip(units, blogs, strict=True), key=str) == [([0, 1], "alpha.example"), ([2, None], "alpha.example")]

"""`hubbub agreement` over files."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Engine

from tests.pipeline.commands.asking import ask_hubbub


def test_two_files_as_a_table_and_as_json(engine: Engine, database_url: str, tmp_path: Path) -> None:
    for name, levels in (("ada", (0, 0, 1, 2, 2, 0)), ("bert", (0, 0, 2, 2, 2, 0))):
        lines = [json.dumps({"id": f"i{n}", "blog": f"b{n % 3}", "text": "t", "label_spam": level}) for n, level in enumerate(levels)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    files = (str(tmp_path / "ada.jsonl"), str(tmp_path / "bert.jsonl"))
    table = ask_hubbub(database_url, "agreement", *files, "--format", "table").stdout
    assert table.startswith("spam: 6 items, 2 annotators, 83% of the pairs of labels the same\n")
    assert "Cohen's kappa, ada and bert" in table
    found = json.loads(ask_hubbub(database_url, "agreement", *files).stdout)["spam"]
    assert found["annotators"] == ["ada", "bert"] and .7 < found["pairs"][0]["kappa"]["value"] < .8


def test_files_without_labels_are_told(database_url: str, tmp_path: Path) -> None:
    empty, others = tmp_path / "empty.html", tmp_path / "others.jsonl"
    empty.write_text("", encoding="utf-8")
    others.write_text('{"id": "1", "text": "t", "label_spam": 1}', encoding="utf-8")
    answered = ask_hubbub(database_url, "agreement", str(empty))
    assert (answered.exit_code, answered.stdout, answered.stderr) == (1, "", f"hubbub: {empty} holds no labels of annotators.\n")
    answered = ask_hubbub(database_url, "agreement", str(others), "--tagger", "marketing")
    assert (answered.exit_code, answered.stderr) == (1, f"hubbub: {others} holds no labels for marketing; there are some for spam.\n")

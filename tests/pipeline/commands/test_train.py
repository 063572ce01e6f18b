"""`hubbub train` as a person calls it: labels in, a model and its card out, and tags that say which model judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.models import storage
from tests.pipeline.commands.asking import ask_hubbub
from tests.pipeline.test_training import items


def labels(folder: Path) -> Path:
    file = folder / "labels.jsonl"
    rows = [{"id": item.id, "blog": item.blog, "kind": "comment", "published": "3 May 2011", "text": item.doc.text, "spam": item.labels["spam"]} for item in items()]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def trained(folder: Path, *arguments: str) -> Result:
    return ask_hubbub("sqlite:///none.db", "train", str(labels(folder)), *arguments)


def test_a_model_is_written_with_its_card(tmp_path: Path) -> None:
    answered = trained(tmp_path, "--tagger", "spam", "--out", str(tmp_path / "new" / "own.json"))
    assert answered.exit_code == 0, answered.output
    model = storage.read(tmp_path / "new" / "own.json", "spam")
    card = (tmp_path / "new" / "own.md").read_text(encoding="utf-8")
    assert model.identity in card
    assert "72 labelled items of 6 blogs, written 2011: 36 of level 0, 36 of level 2" in card
    assert "| with the model | 1.000 |" in card
    assert card.strip() in answered.stdout


def test_items_beside_are_learned_from_and_not_measured(tmp_path: Path) -> None:
    beside = tmp_path / "beside.jsonl"
    beside.write_text("".join(json.dumps({"id": item.id, "blog": "elsewhere.example", "text": item.doc.text, "spam": item.labels["spam"]}) + "\n" for item in items()), encoding="utf-8")
    answered = trained(tmp_path, "--tagger", "spam", "--beside", str(beside), "--out", str(tmp_path / "own.json"))
    assert answered.exit_code == 0, answered.output
    assert "72 more are only learned from" in answered.stderr
    assert "Beside these from 72 items on which nothing was measured" in answered.stdout and "72 labelled items of 6 blogs" in answered.stdout
    alone = trained(tmp_path, "--tagger", "spam", "--out", str(tmp_path / "alone.json"))
    assert alone.exit_code == 0 and (tmp_path / "own.json").read_bytes() != (tmp_path / "alone.json").read_bytes()


def test_the_same_labels_make_the_same_file(tmp_path: Path) -> None:
    trained(tmp_path, "--tagger", "spam", "--out", str(tmp_path / "one.json"))
    trained(tmp_path, "--tagger", "spam", "--out", str(tmp_path / "two.json"))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_what_was_trained_is_what_judges_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hubbub.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(storage.VARIABLE, raising=False)
    assert trained(tmp_path, "--tagger", "spam").exit_code == 0
    own = storage.read(tmp_path / "models" / "spam.json", "spam")
    assert storage.model_for("spam") == own


@pytest.mark.parametrize(("arguments", "code", "complaint"), [
    (("--tagger", "polarity"), 2, "those that can are"),
    (("--tagger", "spam", "--out", "/dev/null/model.json"), 1, "cannot be written"),
    (("--tagger", "spam", "--folds", "nowhere.json"), 1, "holds no folds"),
])
def test_what_goes_wrong_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], code: int, complaint: str) -> None:
    answered = trained(tmp_path, *arguments)
    assert answered.exit_code == code
    assert complaint in answered.stderr

"""A model comes back from its file as it went in, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.models import storage
from pipeline.models.linear import Model, Term
from schema.errors import UserError

MODEL = Model(
    "spam", 2, "logistic", -1.25, 0.9, 0.1, {"comment": (0.3, 0.5)}, {"markers": 1.5, "around markers": 2.0}, {"cheap till": Term(2.5, 1.125)}, {" til": Term(1.5, -0.5)},
)
CARD = {"items": 3, "blogs": ["a.example"]}


def saved(folder: Path, name: str = "spam") -> Path:
    file = folder / f"{name}.json"
    file.write_bytes(storage.written(MODEL, CARD))
    return file


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    found = storage.read(saved(tmp_path), "spam")
    assert found == storage.identified(MODEL, CARD)
    assert len(found.identity) == 12
    assert storage.read_card(saved(tmp_path).read_bytes(), "x") == CARD


@pytest.mark.parametrize(("content", "complaint"), [
    ("", "holds no model"), ("[]", "holds no model"), ("{}", "holds no model"), ('{"checksum": "0"}', "altered or damaged"),
])
def test_what_is_no_model_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "spam.json"
    file.write_text(content)
    with pytest.raises(UserError, match=complaint):
        storage.read(file, "spam")


def test_a_changed_number_is_noticed(tmp_path: Path) -> None:
    file = saved(tmp_path)
    file.write_text(file.read_text().replace("1.125", "9.125"))
    with pytest.raises(UserError, match="altered or damaged"):
        storage.read(file, "spam")


def test_a_later_format_or_a_part_that_lacks_is_refused(tmp_path: Path) -> None:
    content = json.loads(storage.written(MODEL, CARD))
    for change, complaint in (({"format": 9}, "format 9"), ({"signals": None}, "lacks a part")):
        altered = content | change
        file = tmp_path / "spam.json"
        file.write_text(json.dumps(altered | {"checksum": storage.checksum(altered)}))
        with pytest.raises(UserError, match=complaint):
            storage.read(file, "spam")


def test_a_model_of_another_tagger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="made for the tagger spam"):
        storage.read(saved(tmp_path, "self_promotion"), "self_promotion")


def test_an_own_model_beside_the_profile_is_taken_before_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    saved(tmp_path / "models")
    (tmp_path / "hubbub.toml").write_text("")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.delenv(storage.VARIABLE, raising=False)
    assert storage.model_for("spam") == storage.identified(MODEL, CARD)


def test_a_folder_can_be_named_and_models_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path)
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path))
    assert storage.model_for("spam") == storage.identified(MODEL, CARD)
    monkeypatch.setenv(storage.VARIABLE, "none")
    assert storage.model_for("spam") is None


def test_there_is_no_model_for_a_tagger_that_has_none() -> None:
    assert storage.shipped("no_such_tagger") is None


def test_the_card_is_that_of_the_model_that_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "comments.jsonl" in (storage.card_for("spam") or {})["files"]
    monkeypatch.setenv(storage.VARIABLE, storage.NONE)
    assert storage.card_for("spam") is None

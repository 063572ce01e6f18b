"""Cards say what there is to say; the one in docs/ is that of the shipped models: `python -m tests.pipeline.models.test_card` writes it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pipeline.labelled.items import Labelled
from pipeline.models import storage
from pipeline.models.card import as_markdown, card_of
from pipeline.models.linear import Model
from pipeline.models.recipe import Recipe
from pipeline.registry import module
from pipeline.text import Doc
from pipeline.training import trainable

PAGE = Path(__file__).parents[3] / "docs" / "model_card.md"
MARK = "<!-- cards -->\n"


def test_a_card_has_counts_checksums_and_figures(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"published": "2009-05-01"}\n\n{"published": "May 2, 2012"}\n{"published": null}\n')
    taught = [Labelled("a", "one", "comment", Doc("comment", "x"), {"spam": 0}), Labelled("b", "two", "comment", Doc("comment", "y"), {"spam": 2})]
    card = card_of("spam", Recipe("logistic", 2, left_out=frozenset((1,))), taught, [file], {"markers alone": {"auc": 0.98765, "f1": None, "brier": 0.1}}, taught[:1])
    shown = as_markdown(Model("spam", 2, "logistic", cuts={"post": (0.5,)}, identity="abc"), card)
    assert "2 labelled items of 2 blogs, written 2009-2012: 1 of level 0, 1 of level 2" in shown
    assert f"`labels.jsonl`, SHA-256 `{card['files']['labels.jsonl']}`" in shown
    assert "| markers alone | 0.988 | – |" in shown
    assert "Levels begin for posts at 0.5." in shown
    assert "left_out [1]" in shown


def test_the_shipped_models_are_those_of_the_present_taggers() -> None:
    for model in _shipped():
        assert model.tagger_version == module("pipeline.taggers", model.tagger).version, f"train {model.tagger} anew (docs/model_card.md says how)"


def test_the_page_holds_the_cards_of_the_shipped_models() -> None:
    assert PAGE.read_text(encoding="utf-8").partition(MARK)[2] == _cards(), "run: python -m tests.pipeline.models.test_card"


def _shipped() -> list[Model]:
    return [model for name in trainable() if (model := storage.shipped(name))]


def _cards() -> str:
    folder = files("pipeline.models").joinpath("data")
    return "\n".join(as_markdown(model, storage.read_card(folder.joinpath(f"{model.tagger}.json").read_bytes(), model.tagger)) for model in _shipped())


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text(encoding="utf-8").partition(MARK)[0] + MARK + _cards(), encoding="utf-8")

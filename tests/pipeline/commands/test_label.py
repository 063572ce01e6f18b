"""`hubbub label` from the draw to the gold, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.store import store
from tests.pipeline import rows
from tests.pipeline.commands.asking import ask_hubbub


@pytest.fixture
def url(engine: Engine, database_url: str) -> str:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    return database_url


def test_from_the_draw_to_the_gold(url: str, tmp_path: Path) -> None:
    assert ask_hubbub(url, "label", "draw", "first", "--size", "3").stdout.startswith("Drew 3 items.")
    for name, keys in (("ada", "0\n0\n2\n"), ("bert", "0\n0\n1\n")):
        assert ask_hubbub(url, "label", "start", "first", "--annotator", name, "--tagger", "spam", stdin=keys).stdout.endswith("3 levels kept.\n")
    assert "ada spam 3, bert spam 3" in ask_hubbub(url, "label", "list").stdout
    assert '"units": 3' in ask_hubbub(url, "agreement", "--sample", "first").stdout
    assert ask_hubbub(url, "label", "adjudicate", "first", "--annotator", "eve", "--tagger", "spam", stdin="2\n").stdout.endswith("1 level settled.\n")
    gold = tmp_path / "gold.jsonl"
    assert ask_hubbub(url, "label", "export", "first", str(gold)).stdout == f"{gold}: 3 items\n"
    assert ask_hubbub(url, "evaluate", str(gold), "--tagger", "spam").exit_code == 0
    doccano = tmp_path / "lines.jsonl"
    ask_hubbub(url, "label", "export", "first", str(doccano), "--format", "doccano", "--annotator", "ada")
    assert ask_hubbub(url, "label", "import", str(doccano), "--annotator", "carl").stdout == "3 labels kept.\n"
    assert "carl spam 3" in ask_hubbub(url, "label", "list").stdout


@pytest.mark.parametrize(("words", "said"), [
    (("label", "draw", "x", "--method", "uncertain"), "Whose doubt counts?"),
    (("label", "start", "nothing", "--annotator", "ada"), "There is no sample 'nothing'"),
    (("label", "start", "nothing", "--annotator", "gold"), "is the name of what was settled"),
    (("label", "draw", ""), "The name of the sample is empty"), (("label", "start", "first", "--annotator", " "), "The name of the annotator is empty"),
    (("agreement",), "Name files of labels"),
])
def test_mistakes_end_with_a_sentence(url: str, words: tuple[str, ...], said: str) -> None:
    answer = ask_hubbub(url, *words)
    assert answer.exit_code == 2 and said in answer.stderr


def test_what_doccano_cannot_tell_apart_is_told_on_both_ways(url: str, tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    assert "Drew 7 items, which are all that could be drawn; 100,000 were asked for." in ask_hubbub(url, "label", "draw", "first", "--size", "100000").stdout
    for name, keys in (("ada", "0\n0\n0\n0\n0\n0\n0\n"), ("bert", "0\n2\n2\n0\n0\n0\n0\n")):
        ask_hubbub(url, "label", "start", "first", "--annotator", name, "--tagger", "spam", stdin=keys)
    assert "annotators differ on 2 of them" in ask_hubbub(url, "label", "export", "first", str(file), "--format", "doccano").stdout
    file.write_text(file.read_text(encoding="utf-8") + '{"key": "c-unknown", "label": ["spam: 1"]}\n', encoding="utf-8")
    said = ask_hubbub(url, "label", "import", str(file), "--annotator", "dc").stdout
    assert said.startswith("5 labels kept; 2 items have two levels for one tag") and said.endswith("; 1 label belongs to items that are not stored here.\n")
    assert ask_hubbub(url, "label", "start", "first", "--annotator", "ada", "--tagger", "spam").stdout == "Nothing is left: you have labelled all 7 items.\n"


@pytest.mark.parametrize(("line", "said"), [('{"key": "c1", "label_spam": "x"}', "must be a whole number"), ('{"key": "c1", "label_spam": null}', "has no labels")])
def test_a_file_without_levels_is_told(url: str, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "f.jsonl").write_text(line, encoding="utf-8")
    answer = ask_hubbub(url, "label", "import", str(tmp_path / "f.jsonl"), "--annotator", "ada")
    assert (answer.exit_code, said in answer.stderr) == (1, True), answer.stderr

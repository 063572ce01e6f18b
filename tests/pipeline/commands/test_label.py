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
    (("agreement",), "Name files of labels"),
])
def test_mistakes_end_with_a_sentence(url: str, words: tuple[str, ...], said: str) -> None:
    answer = ask_hubbub(url, *words)
    assert answer.exit_code == 2 and said in answer.stderr

"""The worked example of docs/own_taggers.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.judges import judged, judges
from pipeline.text import Doc

PAGE = Path(__file__).parents[1] / "docs" / "own_taggers.md"


@pytest.fixture
def example(tmp_path: Path) -> str:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert code
    file = tmp_path / "numbers_game.py"
    file.write_text(code[1], encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(("text", "score", "level", "words"), [
    ("Sales is a numbers game, believe me.", 1.0, 2, ["numbers game"]),
    ("We blasted our newsletter to a huge list.", 1.0, 2, ["blasted our newsletter", "huge list"]),
    ("You need a bigger audience.", 0.4, 1, ["bigger audience"]),
    ('She said "it is a numbers game" and was wrong.', 0.0, 0, []),
    ("We talk to one person at a time.", 0.0, 0, []),
])
def test_the_example_judges_as_one_would_expect(example: str, text: str, score: float, level: int, words: list[str]) -> None:
    finding = judged("numbers_game", judges(["numbers_game"], [example])["numbers_game"], Doc("comment", text))
    assert (finding.score, finding.level) == (pytest.approx(score), level)
    assert sorted(text[span.start:span.end] for span in finding.spans) == sorted(words)

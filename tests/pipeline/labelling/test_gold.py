"""What holds of what several annotators said."""

from __future__ import annotations

import pytest

from pipeline.labelling.asking import Question
from pipeline.labelling.gold import by_question, gold
from pipeline.labelling.stored import GOLD, Given


@pytest.mark.parametrize(("levels", "expected"), [({"ada": 1}, 1), ({"ada": 1, "bert": 1}, 1), ({"ada": 1, "bert": 2}, None), ({"ada": 1, "bert": 2, GOLD: 0}, 0)])
def test_what_is_gold(levels: dict[str, int], expected: int | None) -> None:
    assert gold(levels) == expected


def test_levels_are_gathered_by_tag_and_item() -> None:
    given = [Given("c1", "spam", "ada", 0), Given("c1", "spam", "bert", 1), Given("c1", "conversational", "ada", 3)]
    assert by_question(given) == {Question("c1", "spam"): {"ada": 0, "bert": 1}, Question("c1", "conversational"): {"ada": 3}}

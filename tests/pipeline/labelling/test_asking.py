"""What keys do while labelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.labelling.asking import Means, Question, go_through
from pipeline.labelling.stored import Given

QUESTIONS = [Question("c1", "spam"), Question("c1", "conversational"), Question("c2", "spam")]


def asked(keys: str, by: str = "") -> tuple[list[str], list[tuple[str, str, int]], list[str]]:
    """What was shown, kept and said when somebody presses these keys and then leaves."""
    shown: list[str] = []
    kept: list[Given] = []
    said: list[str] = []
    answers: Iterator[str] = iter(keys)
    means = Means(shown.append, lambda _: next(answers, "q"), said.append, kept.append)
    number = go_through(QUESTIONS, "ada", {"spam": 2, "conversational": 3}.__getitem__, "levels of {}".format, means, by)
    assert number == len({(one.item_key, one.tagger) for one in kept}) and all(one.annotator == "ada" and one.adjudicated_by == by for one in kept)
    return shown, [(one.item_key, one.tagger, one.level) for one in kept], said


@pytest.mark.parametrize(("keys", "shown", "kept"), [
    ("231", ["c1", "c2"], [("c1", "spam", 2), ("c1", "conversational", 3), ("c2", "spam", 1)]),
    ("2q1", ["c1"], [("c1", "spam", 2)]),
    ("2", ["c1"], [("c1", "spam", 2)]),
    ("s0s", ["c1", "c2"], [("c1", "conversational", 0)]),
    ("20b1", ["c1", "c2", "c1", "c2"], [("c1", "spam", 2), ("c1", "conversational", 0), ("c1", "conversational", 1)]),
    ("b0", ["c1"], [("c1", "spam", 0)]),
    ("", ["c1"], []),
])
def test_keys(keys: str, shown: list[str], kept: list[tuple[str, str, int]]) -> None:
    assert asked(keys)[:2] == (shown, kept)


@pytest.mark.parametrize("key", ["?", "3", "9", "x", "²", " "])
def test_what_is_no_answer_is_explained_and_asked_again(key: str) -> None:
    _, kept, said = asked(key + "1q")
    assert kept == [("c1", "spam", 1)]
    assert said == ["spam: levels of spam (a level; s skip, b back, ? what the levels mean, q quit)"]


def test_who_settles_is_kept() -> None:
    asked("1q", by="eve")

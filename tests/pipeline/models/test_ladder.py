"""The level to expect is the mean of the chances to be at least of each."""

from __future__ import annotations

import pytest

from pipeline.models.ladder import Ladder, Rare, added, expected
from pipeline.models.linear import Model
from pipeline.text import Doc

LADDER = Ladder((2.0, 0.0, -2.0), {"names": (1.0, 2.0, 3.0), "around first": (0.0, 0.0, -1.0)}, {"till": Rare(2.0, (0.5, 0.5, 0.5))})


def test_every_step_has_its_own_weights() -> None:
    assert added((1.0, 0.0), [(2.0, (0.5, -0.5)), (1.0, (0.0, 3.0))]) == [2.0, 2.0]
    assert added((1.0, 0.0), []) == [1.0, 0.0]


@pytest.mark.parametrize(("sums", "level"), [((0.0, 0.0, 0.0), 0.5), ((99.0, 99.0, 99.0), 1.0), ((99.0, 0.0, -99.0), 0.5), ((-1e9, -1e9, -1e9), 0.0)])
def test_the_expected_level_is_a_part_of_the_highest(sums: tuple[float, ...], level: float) -> None:
    assert expected(sums) == pytest.approx(level)


@pytest.mark.parametrize(("sums", "level"), [((99.0, 0.0, 99.0), (1 + 0.5**0.5) / 2), ((99.0, 99.0, -99.0), 0.5), ((0.0, 0.0, 0.0), 0.5), ((99.0, 99.0, 99.0), 1.0)])
def test_two_sums_may_tell_the_highest_level_together(sums: tuple[float, ...], level: float) -> None:
    assert expected(sums, 2) == pytest.approx(level)


def test_a_model_climbs_the_ladder_of_the_kind() -> None:
    model = Model("conversational", 1, "ordinal", ladders={"comment": LADDER})
    doc = Doc("comment", "the till")
    opinion = model.judge(doc, {"names": 1.0, "around first": 1.0, "unknown": 5.0})
    assert opinion.score == pytest.approx(expected((3.5, 2.5, 0.5)))
    assert opinion.text_score == pytest.approx(expected((3.5, 2.5, 1.5)))
    assert model.knows(doc) and not model.knows(Doc("post", "the till"))

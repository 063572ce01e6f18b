"""What is a yes, for each tag."""

from __future__ import annotations

from types import ModuleType

import pytest

from pipeline.labelling.correcting import POSITIVE
from pipeline.measuring.scales import Scale, scale_of, with_level_1
from pipeline.overview import LEVELS


@pytest.mark.parametrize("name", POSITIVE)
def test_the_scales_are_those_of_the_codebook(name: str) -> None:
    scale = scale_of(name)
    assert tuple(range(scale.positive, scale.highest + 1)) == POSITIVE[name]
    assert scale.highest == len(LEVELS[name]) - 1


def test_a_tagger_of_ones_own_may_say_where_its_yes_begins() -> None:
    own = ModuleType("own")
    assert scale_of("numbers_game", own).positive == 1
    own.positive, own.highest = 2, 4        # type: ignore[attr-defined]    # what a module file would define
    assert scale_of("numbers_game", own) == Scale(positive=2, highest=4)


def test_level_1_can_be_on_either_side_or_on_none() -> None:
    spam = scale_of("spam")
    assert [(scale.positive, scale.left_out) for scale in (with_level_1(spam, side) for side in ("left_out", "negative", "positive"))] == [(2, (1,)), (2, ()), (1, ())]

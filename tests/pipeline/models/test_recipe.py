"""A recipe turns levels of the codebook into what a model should say."""

from __future__ import annotations

from pipeline.models.recipe import Recipe


def test_a_target_is_a_yes_or_a_part_of_the_highest_level() -> None:
    assert [Recipe("logistic", 3).target(level) for level in range(4)] == [0, 0, 1, 1]
    assert [Recipe("ridge", 2).target(level) for level in range(3)] == [0, 0.5, 1]

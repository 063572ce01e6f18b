"""Corrected shares: near the truth where the tagger's count is not, and an interval that holds it as often as it says."""

from __future__ import annotations

import random

import pytest

from pipeline.measuring.shares import Checked, Share, share


def population(size: int, seed: int, part: float = 0.1, found: float = 0.6, mistaken: float = 0.05) -> list[tuple[bool, bool]]:
    """(verdict, truth) of items of which the tagger misses many and mistakes some."""
    chance = random.Random(seed)
    truths = [chance.random() < part for _ in range(size)]
    return [(chance.random() < (found if truth else mistaken), truth) for truth in truths]


def corrected(items: list[tuple[bool, bool]], labelled: int, seed: int) -> Share:
    drawn = random.Random(seed).sample(items, labelled)
    return share([verdict for verdict, _ in items], [Checked(verdict, truth, labelled / len(items)) for verdict, truth in drawn])


def test_the_correction_takes_misses_and_mistakes_into_account() -> None:
    # 100 tagged, of which 8 of 10 looked at are so; 900 not tagged, of which 1 of 30 is so.
    labelled = [*[Checked(True, True)] * 8, *[Checked(True, False)] * 2, Checked(False, True), *[Checked(False, False)] * 29]
    found = share([True] * 100 + [False] * 900, labelled)
    assert found.uncorrected == pytest.approx(0.1)
    assert found.value == pytest.approx(0.1 * 0.8 + 0.9 / 30)
    assert found.low is not None
    assert found.high is not None
    assert 0.05 < found.low < 0.11 < found.high < 0.25


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        items = population(2000, seed)
        found = corrected(items, 200, seed)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= sum(truth for _, truth in items) / len(items) <= found.high
    assert held >= 182      # of 200; 95 % of them are 190


def test_items_that_were_drawn_more_often_count_less() -> None:
    labelled = [*[Checked(False, True, 0.9)] * 9, *[Checked(False, False, 0.1)] * 9]
    assert share([False] * 100, labelled).value == pytest.approx(0.1)


def test_a_sample_without_a_single_case_still_has_an_interval() -> None:
    found = share([False] * 1000, [Checked(False, False)] * 50)
    assert found.value == 0.0
    assert found.high is not None
    assert 0.01 < found.high < 0.1


def test_when_everything_was_labelled_nothing_remains_open() -> None:
    found = share([True, False, False, False], [Checked(True, True), Checked(False, True), Checked(False, False), Checked(False, False)])
    assert found == Share(0.25, 0.5, 0.5, 0.5, 4)


@pytest.mark.parametrize(("verdicts", "labelled"), [([], []), ([True, False], []), ([True, False], [Checked(False, False)])])
def test_what_the_sample_cannot_tell_is_none(verdicts: list[bool], labelled: list[Checked]) -> None:
    found = share(verdicts, labelled)
    assert (found.value, found.low, found.high) == (None, None, None)


def test_it_is_the_same_at_every_call() -> None:
    items = population(300, 1)
    assert corrected(items, 60, 2) == corrected(items, 60, 2)

"""Measures of levels: the same as scipy and scikit-learn, and None where nothing varies."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from pipeline.measuring.levels import quadratic_kappa, spearman, within_one

RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize("size", [10, 50, 400])
def test_spearman_and_kappa_are_those_of_scipy_and_scikit_learn(size: int) -> None:
    gold = RANDOM.integers(0, 4, size)
    scores = np.round(gold / 3 + RANDOM.normal(0, 0.3, size), 1)
    levels = np.clip(gold + RANDOM.integers(-1, 2, size), 0, 3)
    assert spearman(gold, scores) == pytest.approx(spearmanr(gold, scores).statistic)
    assert quadratic_kappa(gold, levels) == pytest.approx(cohen_kappa_score(gold, levels, weights="quadratic", labels=[0, 1, 2, 3]))


def test_agreement_goes_from_one_to_its_opposite() -> None:
    assert quadratic_kappa([0, 1, 2, 3], [0, 1, 2, 3]) == pytest.approx(1.0)
    assert quadratic_kappa([0, 1, 2, 3], [3, 2, 1, 0]) == pytest.approx(-1.0)
    assert spearman([0, 1, 2], [0.9, 0.5, 0.1]) == pytest.approx(-1.0)
    assert within_one([0, 0, 3, 2], [0, 1, 1, 3]) == pytest.approx(0.75)


def test_what_is_not_defined_is_none() -> None:
    assert spearman([1, 1, 1], [0.1, 0.2, 0.3]) is None
    assert spearman([1], [0.1]) is None
    assert quadratic_kappa([2, 2], [2, 2]) is None
    assert [measure([], []) for measure in (spearman, quadratic_kappa, within_one)] == [None] * 3


def test_one_level_for_all_items_is_no_agreement() -> None:
    assert quadratic_kappa([0, 1, 2, 3], [1, 1, 1, 1]) == pytest.approx(0.0)

"""Measures of scores: what they say of small examples, and the same as scikit-learn on random ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from pipeline.measuring.scores import auc, average_precision, brier, calibration_error, ranked

RANDOM = np.random.default_rng(5)
TRUTHS = [RANDOM.random(size) < 0.3 for size in (8, 40, 200) for _ in range(10)]
CASES = [(truth, np.round(RANDOM.random(len(truth)) * 0.7 + 0.3 * truth, 1)) for truth in TRUTHS if truth.any() and not truth.all()]    # rounded: with ties


@pytest.mark.parametrize(("truth", "scores"), CASES)
def test_auc_average_precision_and_brier_are_those_of_scikit_learn(truth: list[bool], scores: list[float]) -> None:
    assert auc(truth, scores) == pytest.approx(roc_auc_score(truth, scores))
    assert average_precision(truth, scores) == pytest.approx(average_precision_score(truth, scores))
    assert brier(truth, scores) == pytest.approx(brier_score_loss(truth, scores))
    assert list(ranked(scores)) == list(rankdata(scores))


def test_ties_count_half() -> None:
    assert auc([True, False, True, False], [0.9, 0.1, 0.5, 0.5]) == pytest.approx(0.875)


def test_what_is_not_defined_is_none() -> None:
    assert auc([True, True], [0.1, 0.2]) is None
    assert auc([False], [0.1]) is None
    assert average_precision([False, False], [0.1, 0.2]) is None
    assert [measure([], []) for measure in (auc, average_precision, calibration_error, brier)] == [None] * 4


def test_a_score_that_keeps_its_promise_has_no_calibration_error() -> None:
    truth = [number < tenth for tenth in range(10) for number in range(10)]
    assert calibration_error(truth, [tenth / 10 for tenth in range(10) for _ in range(10)]) == pytest.approx(0.0)


def test_the_calibration_error_is_the_mean_gap_of_bins_with_equally_many_items() -> None:
    truth, scores = [False] * 10 + [True] * 10, [0.2] * 10 + [0.9] * 10
    assert calibration_error(truth, scores) == pytest.approx((0.2 + 0.1) / 2)
    assert calibration_error([True], [0.25]) == pytest.approx(0.75)


def test_the_calibration_error_does_not_depend_on_the_order_of_the_items() -> None:
    truth, scores = [True] * 5 + [False] * 15, [0.25] * 20
    assert calibration_error(truth, scores) == pytest.approx(0.0)
    assert calibration_error(truth[::-1], scores) == pytest.approx(0.0)

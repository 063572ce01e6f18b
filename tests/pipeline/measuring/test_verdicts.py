"""Measures of verdicts: the same as scikit-learn, and None where there is nothing to divide by."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

from pipeline.measuring.verdicts import Counts, counts, f1

RANDOM = np.random.default_rng(6)


@pytest.mark.parametrize("size", [20, 60, 300])
def test_precision_recall_and_f1_are_those_of_scikit_learn(size: int) -> None:
    truth, found = RANDOM.random(size) < 0.4, RANDOM.random(size) < 0.5
    counted = counts(truth.tolist(), found.tolist())
    assert counted.precision == pytest.approx(precision_score(truth, found))
    assert counted.recall == pytest.approx(recall_score(truth, found))
    assert counted.f1 == pytest.approx(f1_score(truth, found)) == f1(truth.tolist(), found.tolist())


def test_the_four_cases_are_counted() -> None:
    assert counts([True, True, False, False, False], [True, False, True, False, False]) == Counts(1, 1, 1, 2)


@pytest.mark.parametrize(("truth", "found", "expected"), [
    ([True, False], [False, False], (None, 0.0, 0.0)),      # nothing was found
    ([False, False], [True, False], (0.0, None, 0.0)),      # nothing is there
    ([False], [False], (None, None, None)),
    ([], [], (None, None, None)),
])
def test_what_is_not_defined_is_none(truth: list[bool], found: list[bool], expected: tuple[float | None, ...]) -> None:
    counted = counts(truth, found)
    assert (counted.precision, counted.recall, counted.f1) == expected

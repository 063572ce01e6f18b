"""Agreement: the worked example of Krippendorff (2011), and other implementations as the reference."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from pipeline.labelling.agreement import Units, agreement, alpha, kappa

# Krippendorff (2011), section C: four observers, twelve units, some missing; nominal .743, ordinal .815.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
EXAMPLE: Units = list(zip(*OBSERVERS, strict=True))
LEVELS = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=3, max_size=3), min_size=2, max_size=30)


def test_the_worked_example() -> None:
    assert alpha(EXAMPLE, ordinal=False) == pytest.approx(.743, abs=.001)
    assert alpha(EXAMPLE, ordinal=True) == pytest.approx(.815, abs=.001)


@given(LEVELS)
def test_alpha_is_that_of_another_implementation(units: list[list[int | None]]) -> None:
    seen = {level for unit in units if sum(one is not None for one in unit) >= 2 for level in unit if level is not None}
    if len(seen) < 2:
        assert alpha(units, ordinal=True) is alpha(units, ordinal=False) is None
        return
    table = np.array([[np.nan if level is None else level for level in unit] for unit in units], dtype=float).T
    for ordinal, name in ((True, "ordinal"), (False, "nominal")):
        assert alpha(units, ordinal=ordinal) == pytest.approx(krippendorff.alpha(reliability_data=table, level_of_measurement=name))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_kappa_is_that_of_another_implementation(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    for weighted, weights in ((False, None), (True, "quadratic")):
        ours = kappa(first, second, weighted=weighted)
        if len({*first, *second}) == 1:
            assert ours is None
        else:
            assert ours == pytest.approx(cohen_kappa_score(first, second, weights=weights, labels=[0, 1, 2, 3]))


def test_intervals_draw_blogs_and_hold_the_value() -> None:
    units = [[0, 0], [1, 1], [2, 2], [2, 1], [0, 0], [1, 0], [2, 2], [1, 1]]
    found = agreement(["ada", "bert"], units, ["a", "a", "b", "b", "c", "c", "d", "d"])
    assert found.ordinal.value is not None and found.ordinal.interval is not None
    assert found.ordinal.interval[0] <= found.ordinal.value <= found.ordinal.interval[1]
    assert found.same == .75
    assert agreement(["ada", "bert"], units, [""] * 8).ordinal.interval is None


def test_items_of_one_annotator_say_nothing() -> None:
    found = agreement(["ada", "bert"], [[1, None], [None, 2]], ["a", "b"])
    assert (found.units, found.ordinal.value, found.same) == (0, None, None)

"""How far the taggers agree with labelled comments and posts: never less than the floors, which only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.tags import auc, best_cuts, f1, measure, quadratic_kappa, spearman

FLOORS = json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text())


def test_the_taggers_agree_with_the_labels_at_least_as_far_as_before(shared: Path) -> None:
    figures = measure(shared / "labels")
    floors = {name: floor for name, floor in FLOORS.items() if name.startswith("tags.")}
    assert floors
    assert {name: figures[name] for name, floor in floors.items() if figures[name] < floor} == {}


def test_the_measures_are_what_their_names_say() -> None:
    assert auc([True, False, True, False], [0.9, 0.1, 0.5, 0.5]) == pytest.approx(0.875)
    assert f1([True, True, False, False], [True, False, True, False]) == pytest.approx(0.5)
    assert spearman([1, 2, 3, 4], [10, 20, 20, 40]) == pytest.approx(0.9487, abs=1e-4)
    assert quadratic_kappa([0, 1, 2, 3], [0, 1, 2, 3]) == 1.0
    assert quadratic_kappa([0, 1, 2, 3], [3, 2, 1, 0]) == pytest.approx(-1.0)


def test_the_best_cuts_part_the_levels_where_they_can_be_parted() -> None:
    assert best_cuts([(0.1, 0), (0.2, 0), (0.5, 1), (0.6, 1), (0.9, 2)], (0, 1, 2)) == [0.5, 0.9]
    assert best_cuts([(0.1, 0), (0.3, 2), (0.4, 0), (0.7, 2), (0.8, 2)], (0, 2)) in ([0.3], [0.7])
    assert best_cuts([(0.1, 0), (0.1, 0), (0.2, 0)], (0, 2)) == [float("inf")]

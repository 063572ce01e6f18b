"""Cuts part the levels where they can be parted."""

from __future__ import annotations

from pipeline.models.cuts import best_cuts, level_at


def test_cuts_lie_between_the_levels() -> None:
    assert best_cuts([(0.1, 0), (0.2, 0), (0.4, 1), (0.6, 1), (0.9, 2)], 2) == (0.3, 0.75)


def test_a_level_that_nobody_has_is_never_reached() -> None:
    cuts = best_cuts([(0.1, 0), (0.5, 1)], 3)
    assert level_at(1.0, cuts) == 1


def test_a_level_that_is_skipped_begins_where_the_next_does() -> None:
    cuts = best_cuts([(0.1, 0), (0.2, 0), (0.8, 3), (0.9, 3)], 3)
    assert [level_at(score, cuts) for score in (0.0, 0.2, 0.8)] == [0, 0, 3]

"""Samples: of the size that was asked for, the same again, and each item with the chance that is noted."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.drawing import METHODS, Candidate, Method, draw

MANY = [Candidate(f"c{number:02}", "large" if number < 30 else f"small{number % 3}", number / 40) for number in range(40)]


@pytest.mark.parametrize("method", METHODS)
def test_the_size_is_what_was_asked_for_and_the_seed_says_which(method: Method) -> None:
    first = draw(MANY, 10, method, seed=1)
    assert len({one.key for one in first}) == 10
    assert draw(list(reversed(MANY)), 10, method, seed=1) == first
    assert draw(MANY, 10, method, seed=2) != first


@pytest.mark.parametrize("method", METHODS)
def test_items_come_in_as_often_as_their_chance_says(method: Method) -> None:
    rounds = 1500
    seen: Counter[str] = Counter()
    chances: dict[str, float] = {}
    for seed in range(rounds):
        for one in draw(MANY, 12, method, seed):
            seen[one.key] += 1
            chances[one.key] = one.chance
    assert len(chances) == len(MANY)
    for key, chance in chances.items():
        assert seen[key] / rounds == pytest.approx(chance, abs=.05)


def test_each_blog_gives_the_same_number_as_far_as_it_can() -> None:
    blogs = {one.key: one.blog for one in MANY}
    drawn = Counter(blogs[one.key] for one in draw(MANY, 16, "blogs", seed=0))
    assert drawn == {"large": 6, "small0": 4, "small1": 3, "small2": 3}


def test_doubt_is_what_counts_and_no_item_is_safe() -> None:
    chances = {one.key: one.chance for one in draw(MANY, 39, "uncertain", seed=3)}
    assert chances["c20"] == 1.0
    few = {one.key: one.chance for seed in range(400) for one in draw(MANY, 8, "uncertain", seed)}
    assert few["c20"] > 3 * few["c02"] > 0


@given(st.lists(st.sampled_from([0.0, .2, .5, .9, None]), max_size=30), st.integers(1, 40), st.sampled_from(METHODS))
def test_no_more_than_there_are_and_chances_are_chances(scores: list[float | None], size: int, method: Method) -> None:
    drawn = draw([Candidate(f"c{number}", "a", score) for number, score in enumerate(scores)], size, method, seed=0)
    assert len({one.key for one in drawn}) == len(drawn) == min(size, len(scores))
    assert all(0 < one.chance <= 1 for one in drawn)

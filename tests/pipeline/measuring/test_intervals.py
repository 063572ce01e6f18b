"""Bootstrap intervals: whole blogs are drawn, the same at every call, and where there is nothing to draw there is no interval."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.measuring.intervals import Places, by_blog, enough, samples
from pipeline.measuring.scores import auc

BLOGS = ["one"] * 30 + ["two"] * 5 + ["three"] * 5
VALUES = np.asarray([1.0] * 30 + [0.0] * 10)


def mean(places: Places) -> float:
    return float(VALUES[places].mean())


def test_a_blog_is_drawn_as_a_whole() -> None:
    for places in samples(BLOGS, 50):
        times = [np.count_nonzero(places == place) for place in range(len(BLOGS))]
        assert len(set(times[:30])) == len(set(times[30:35])) == len(set(times[35:])) == 1
        assert (times[0], times[30], times[35]) in [(a, b, 3 - a - b) for a in range(4) for b in range(4 - a)]


def test_the_interval_is_the_same_at_every_call() -> None:
    assert by_blog(BLOGS, mean) == by_blog(BLOGS, mean)


def test_few_blogs_make_a_wide_interval_where_many_items_would_make_a_narrow_one() -> None:
    blogs = by_blog(BLOGS, mean)
    items = by_blog([str(number) for number in range(40)], mean)
    assert blogs == (0.0, 1.0)
    assert items
    assert 0.55 < items[0] < 0.75 < items[1] < 0.95


def test_without_two_blogs_or_a_defined_value_there_is_no_interval() -> None:
    assert by_blog(["one"] * 10, mean) is None
    assert by_blog([], mean) is None
    assert by_blog(BLOGS, lambda places: None) is None


def test_resamples_in_which_the_measure_is_not_defined_are_left_out() -> None:
    truth = np.asarray([True] * 30 + [False] * 10)
    scores = np.linspace(1, 0, 40)
    assert by_blog(BLOGS, lambda places: auc(truth[places], scores[places])) == pytest.approx((1.0, 1.0))


def test_very_large_samples_get_along_with_fewer_resamples() -> None:
    assert [enough(items) for items in (0, 800, 10_000, 50_000, 10**9)] == [1000, 1000, 1000, 200, 100]

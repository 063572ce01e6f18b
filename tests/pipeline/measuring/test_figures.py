"""The figures over a set of judged items."""

from __future__ import annotations

import pytest

from pipeline.measuring.figures import FURTHER, NAMES, figures, macro, sample, verdicts, with_intervals
from pipeline.measuring.scales import scale_of
from pipeline.measuring.verdicts import Counts
from tests.pipeline.measuring.judged import FOUND, ITEMS, SPAM

SAMPLE = sample("spam", [one for one, _ in SPAM[:6]], [found for _, found in SPAM[:6]])
TONE = sample("conversational", ITEMS[:7], FOUND[:7])


def test_borderline_items_are_left_out_of_yes_and_no_but_not_of_the_ordinal_measures() -> None:
    found = figures(SAMPLE, scale_of("spam"))
    # 0.9 and 0.2 are spam; 0.1, 0.7 and one not judged (0) are none; 0.5 is borderline.
    assert found["auc"] == pytest.approx(5 / 6)
    assert (found["precision"], found["recall"], found["f1"]) == (0.5, 0.5, 0.5)
    assert found["within_one"] == pytest.approx(4 / 6)
    assert verdicts(SAMPLE, scale_of("spam")) == Counts(1, 1, 1, 2)


def test_the_score_of_the_tone_promises_a_level() -> None:
    exact = sample("conversational", ITEMS[:1] + ITEMS[2:3], [FOUND[7], FOUND[0]])
    assert figures(exact, scale_of("conversational"))["calibration_error"] == pytest.approx(0.05)      # 0.9 where 3 of 3 levels were meant
    assert figures(TONE, scale_of("conversational"))["auc"] is not None


def test_every_figure_is_there_even_without_items() -> None:
    empty = sample("spam", [], [])
    assert figures(empty, scale_of("spam")) == dict.fromkeys((*NAMES, *FURTHER))
    assert with_intervals(empty, scale_of("spam")) == dict.fromkeys((*NAMES, *FURTHER))
    assert macro(empty, scale_of("spam")) == dict.fromkeys((*NAMES, *FURTHER))


def test_intervals_hold_the_figure() -> None:
    found, known = figures(TONE, scale_of("conversational")), with_intervals(TONE, scale_of("conversational"), 200)
    interval = known["within_one"]
    assert interval
    assert interval[0] <= (found["within_one"] or 0) <= interval[1]


def test_in_the_mean_over_blogs_every_blog_counts_the_same_and_only_where_defined() -> None:
    found = macro(SAMPLE, scale_of("spam"))
    assert found["auc"] == pytest.approx(1.0)       # blog a alone: b has no spam
    assert found["within_one"] == pytest.approx((2 / 3 + 2 / 3) / 2)

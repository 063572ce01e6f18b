"""A model adds up what it knows, and says what each part added."""

from __future__ import annotations

import math

import pytest

from pipeline.models.linear import Model, Term, weighed
from pipeline.text import Doc

MODEL = Model(
    "spam", 1, "logistic", intercept=-1.0, slope=2.0, offset=0.5, signals={"links": 1.5, "around name": 3.0},
    words={"cheap": Term(2.0, 4.0), "till": Term(1.0, -1.0), "cheap till": Term(3.0, 0.0)},
)


def test_a_score_is_the_calibrated_sum() -> None:
    doc = Doc("comment", "till")
    opinion = MODEL.judge(doc, {"links": 1.0, "around name": 0.5, "unknown": 9.0})
    assert opinion.score == pytest.approx(1 / (1 + math.exp(-(2.0 * (-1 + 1.5 + 1.5 - 1) + 0.5))))
    assert opinion.text_score == pytest.approx(1 / (1 + math.exp(-(2.0 * (-1 + 1.5 - 1) + 0.5))))
    assert [(item.name, item.weight) for item in opinion.contributions] == [("around name", 1.5), ("links", 1.5), ("till", -1.0)]


def test_n_grams_weigh_by_rarity_and_share_one_length() -> None:
    assert weighed({"cheap": 1, "till": 1, "unheard": 5}, {"cheap": 3.0, "till": 4.0}) == {"cheap": 0.6, "till": 0.8}
    twice = weighed({"cheap": 2, "till": 1}, {"cheap": 1.0, "till": 1.0})
    assert twice["cheap"] / twice["till"] == pytest.approx(1 + math.log(2))
    assert weighed({}, {"cheap": 3.0}) == {}


@pytest.mark.parametrize(("raw", "level"), [(-5.0, 0.0), (0.25, 0.25), (5.0, 1.0)])
def test_a_ridge_model_says_a_part_of_the_highest_level(raw: float, level: float) -> None:
    assert Model("conversational", 1, "ridge").calibrated(raw) == level


def test_no_sum_is_too_large_for_a_probability() -> None:
    assert MODEL.calibrated(1e9) == pytest.approx(1.0)
    assert MODEL.calibrated(-1e9) == pytest.approx(0.0)

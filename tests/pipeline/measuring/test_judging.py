"""What a tagger finds in labelled items."""

from __future__ import annotations

from pipeline.labelled.items import Labelled
from pipeline.measuring import judging
from pipeline.taggers import conversational, spam
from pipeline.text import Doc

ITEMS = [Labelled("p", "a", "post", Doc("post", "Buy cheap shoes now!")), Labelled("c", "a", "comment", Doc("comment", "Buy cheap shoes now at our shop!")), Labelled("e", "a", "comment", Doc("comment", " \n"))]


def test_only_the_kinds_that_a_tagger_judges_are_judged() -> None:
    assert [one.score is None for one in judging.findings("spam", spam, ITEMS)] == [True, False, True]
    assert [one.score is None for one in judging.findings("conversational", conversational, ITEMS)] == [False, False, True]
    assert [judging.judges(spam, one) for one in ITEMS] == [False, True, True]


def test_a_prediction_has_the_spans_and_their_rules() -> None:
    made = judging.prediction(ITEMS[1], next(judging.findings("spam", spam, ITEMS[1:])))
    assert set(made) == {"id", "score", "level", "spans"}
    assert set(made["spans"][0]) == {"start", "end", "rule", "weight"}
    assert judging.prediction(ITEMS[2], next(judging.findings("spam", spam, ITEMS[2:]))) == {"id": "e", "score": None, "level": None, "spans": []}

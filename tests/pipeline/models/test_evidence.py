"""What a model found is shown in the text, or named."""

from __future__ import annotations

from pipeline.models.evidence import grounds
from pipeline.models.linear import Model, Term
from pipeline.text import Doc
from schema.items import Span

MODEL = Model("spam", 1, "logistic", signals={"links": 1.0, "answered": -1.0}, words={"cheap till": Term(2.0, 1.0), "fine": Term(0.1, -1.0), "dear": Term(0.001, 1.0)}, letters={" ch": Term(1.0, 1.0)})


def test_the_n_grams_that_told_most_are_spans_and_the_signals_are_named() -> None:
    doc = Doc("comment", 'A cheap till, not "a cheap till": fine.')
    spans, signals = grounds(doc, MODEL.judge(doc, {"links": 1.0, "answered": 1.0}))
    assert spans == (Span(2, 12, "model:cheap till", 0.999),)
    assert signals == {"model:links": 1.0}


def test_what_added_next_to_nothing_is_not_shown() -> None:
    doc = Doc("comment", "Dear, this is fine. It is fine.")
    assert grounds(doc, MODEL.judge(doc, {"links": 0.01})) == ((), {})

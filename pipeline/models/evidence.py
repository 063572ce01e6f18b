"""What a model's judgement rests on, in the shape of a tagger's evidence: places in the text and named signals."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.models.linear import Contribution, Opinion
from pipeline.models.terms import places
from pipeline.text import Doc
from schema.items import Span

PREFIX = "model:"       # begins the names of the model's rules
TELLING = 0.05          # what a contribution adds to the sum at least, to be worth a mention
MOST = 5                # n-grams, and signals, that are named
MOST_PLACES = 3         # of one n-gram


def grounds(doc: Doc, opinion: Opinion) -> tuple[tuple[Span, ...], dict[str, float]]:
    """The n-grams of words that told most for it, as spans, and the signals that did, by name."""
    telling = [item for item in opinion.contributions if item.weight >= TELLING]
    spans = [span for item in [item for item in telling if not item.is_signal and not item.is_letters][:MOST] for span in _spans(doc, item)]
    named = {f"{PREFIX}{item.name}": round(item.weight, 3) for item in [item for item in telling if item.is_signal][:MOST]}
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.rule))), named


def _spans(doc: Doc, item: Contribution) -> Iterator[Span]:
    for start, end in places(doc, item.name)[:MOST_PLACES]:
        yield Span(start, end, f"{PREFIX}{item.name}", round(item.weight, 3))

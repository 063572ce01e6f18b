"""A linear model applied: named signals and n-grams times their weights, summed up, calibrated."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.models.ladder import Ladder, Rare, added, expected
from pipeline.models.terms import counted_letters, counted_words
from pipeline.text import Doc

Counted = Callable[[Doc], Counter[str]]
Kind = Literal["logistic", "ridge", "ordinal"]      # a probability; a level as a part of the highest, by one sum or by one for each level

AROUND = "around "      # begins the names of signals that would not be known from the text alone


@dataclass(frozen=True, slots=True)
class Term:
    """An n-gram that the model knows: how rare it is (inverse document frequency), and what it adds."""

    rarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one signal or n-gram added to the sum for one item."""

    name: str
    weight: float
    is_signal: bool = True
    is_letters: bool = False    # an n-gram of letters, not of words


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model makes of one item."""

    score: float            # 0-1, calibrated
    text_score: float       # without the signals of the context
    contributions: tuple[Contribution, ...] = ()    # the heaviest first


@dataclass(frozen=True, slots=True)
class Model:
    """Numbers, and what they were learned for."""

    tagger: str
    tagger_version: int             # whose signals it knows
    kind: Kind
    intercept: float = 0.0
    slope: float = 1.0              # of the calibration, which was fitted on blogs that the weights had not seen
    offset: float = 0.0
    cuts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)     # by kind of item: scores at which levels begin
    signals: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, Term] = field(default_factory=dict)
    letters: Mapping[str, Term] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)     # `ordinal`: by kind of item, instead of intercept, signals, words and letters
    identity: str = ""              # of the file it came from: the beginning of its checksum

    def knows(self, doc: Doc) -> bool:
        """Whether it learned from enough items of that kind."""
        return self.kind != "ordinal" or doc.kind in self.ladders

    def judge(self, doc: Doc, signals: Mapping[str, float]) -> Opinion:
        """The score of an item with these signals, and what it rests on."""
        if self.kind == "ordinal":
            return _climbed(self.ladders[doc.kind], doc, signals)
        heard = [Contribution(name, value * self.signals[name]) for name, value in signals.items() if value and name in self.signals]
        read = [*_read(counted_words, doc, self.words), *_read(counted_letters, doc, self.letters)]
        text = self.intercept + sum(item.weight for item in read) + sum(item.weight for item in heard if not item.name.startswith(AROUND))
        around = sum(item.weight for item in heard if item.name.startswith(AROUND))
        return Opinion(self.calibrated(text + around), self.calibrated(text), _heaviest([*heard, *read]))

    def raw(self, doc: Doc, signals: Mapping[str, float]) -> float:
        """The sum before calibration."""
        heard = sum(value * self.signals.get(name, 0.0) for name, value in signals.items())
        read = (*_read(counted_words, doc, self.words), *_read(counted_letters, doc, self.letters))
        return self.intercept + heard + sum(item.weight for item in read)

    def calibrated(self, raw: float) -> float:
        turned = self.slope * raw + self.offset
        if self.kind == "ridge":
            return min(1.0, max(0.0, turned))
        return 1 / (1 + math.exp(-min(40.0, max(-40.0, turned))))


def weighed(counts: Mapping[str, int], terms: Mapping[str, float]) -> dict[str, float]:
    """TF-IDF of the known terms: 1 + ln(how often) times rarity, all together of length 1."""
    values = {term: (1 + math.log(number)) * terms[term] for term, number in counts.items() if term in terms}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {term: value / length for term, value in values.items()} if length else {}


def _read(source: Counted, doc: Doc, known: Mapping[str, Term]) -> Iterator[Contribution]:
    if not known:
        return
    counts = _known_counts(source, doc, known)
    for term, value in weighed(counts, {term: known[term].rarity for term in counts}).items():
        yield Contribution(term, value * known[term].weight, is_signal=False, is_letters=source is counted_letters)


def _climbed(ladder: Ladder, doc: Doc, signals: Mapping[str, float]) -> Opinion:
    known = ladder.signals
    heard = [(value, known[name]) for name, value in signals.items() if value and name in known and not name.startswith(AROUND)]
    around = [(value, known[name]) for name, value in signals.items() if value and name.startswith(AROUND) and name in known]
    read = [
        (value, terms[term].weights) for source, terms in ((counted_words, ladder.words), (counted_letters, ladder.letters))
        for term, value in _values(source, doc, terms).items()
    ]
    text = added(ladder.intercepts, (*heard, *read))
    return Opinion(expected(added(text, around), ladder.factors), expected(text, ladder.factors))


def _values(source: Counted, doc: Doc, known: Mapping[str, Rare]) -> dict[str, float]:
    counts = _known_counts(source, doc, known)
    return weighed(counts, {term: known[term].rarity for term in counts})


def _known_counts(source: Counted, doc: Doc, known: Mapping[str, Term] | Mapping[str, Rare]) -> dict[str, int]:
    if not known:
        return {}
    counts = doc.once(source)
    return {term: counts[term] for term in sorted(counts.keys() & known.keys())}     # in one order, so that sums are the same everywhere


def _heaviest(contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=lambda item: (-item.weight, item.name)))

"""How far a post, or a comment by its thread and its text, is about marketing. A plain tag: the corpus needs its topic.

A mention does not make it: terms count by how dense they stand and how many different ones there are, and more in a title.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipeline.features.overlap import taken_up
from pipeline.features.pieces import Phrases, hits, phrases, pieces
from pipeline.models.cuts import level_at
from pipeline.taggers._markers import whole_words
from pipeline.text import Doc, around, reads_as_english
from schema.items import Finding, Span

version = 1

# Chosen by reading posts and comments on many subjects; nobody labelled this tag.
CUTS = (0.35, 0.6)      # scores at which "touches it" and "about it" begin
HALF_WAY = 1.5          # strength of terms in a very short text at which the score is 1 - 1/e
PER_TERM = 160          # words of a long text for which as much again is needed
IN_TITLE = 1.5          # strength that terms in the title add, at most
FEW = 2                 # different terms; with fewer, and none in the title, a text touches marketing at most
SHARED = 2.0            # strength that shared words add at most
FROM_POST = 0.5         # of the post's score that a comment has without a word of its own
TAKEN_UP = 0.07         # that each word of the post's which it takes up adds to that share, three of them at most
MOST_PLACES = 5         # of one term that are shown
TITLE, POST = "title_about_marketing", "post_about_marketing"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of marketing, and how surely its terms speak of it."""

    name: str
    weight: float
    supports: bool = False
    in_any_language: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """How far a text is about marketing by its own words, and the places that say so."""

    score: float
    spans: tuple[Span, ...] = ()
    in_title: bool = False


def tag(doc: Doc) -> Finding:
    """The subject of a post or comment. Score None: the text is in another language, and no term that languages share stands in it."""
    own = doc.once(subject)
    post = _post_of(doc)
    share = FROM_POST + TAKEN_UP * min(3, len(doc.once(taken_up) or ())) if post else 0.0
    score = 1 - (1 - own.score) * (1 - share * post)
    signals = ({TITLE: IN_TITLE} if own.in_title else {}) | ({POST: round(post, 4)} if post >= CUTS[0] else {})
    is_shown = bool(own.spans or signals)
    level = level_at(score, CUTS) if is_shown else 0
    if not level and not doc.once(reads_as_english):
        return Finding(None, context=around(doc))
    return Finding(
        score=round(score, 4), level=level, spans=own.spans if level else (), text_score=round(own.score, 4), context=around(doc) | {"signals": signals},
    )


def subject(doc: Doc) -> Subject:
    """By the text and, of a post, its title."""
    found = doc.once(pieces)
    places_of, shared = _terms(doc)
    in_title = bool(doc.title) and bool(_terms(Doc("post", doc.title, language=doc.language))[0])
    if not places_of and not in_title:
        return Subject(0.0)
    strength = sum(_fields()[field].weight * (1 + math.log(len(hit))) for (field, _), hit in places_of.items())
    strength += min(SHARED, sum(_fields()[field].weight * (1 + math.log(len(hit))) for (field, _), hit in shared.items()))
    strength += IN_TITLE * in_title
    score = 1 - math.exp(-strength / (HALF_WAY + found.words / PER_TERM))
    if len(places_of) < FEW and not in_title:
        score = min(score, CUTS[1] - 0.01)
    return Subject(score, _spans(doc, places_of), in_title)


def meanings() -> dict[str, str]:
    """What each rule means, in one sentence."""
    content = _content()
    found_otherwise: dict[str, str] = content["found_by_the_tagger"]
    return {entry["name"]: entry["meaning"] for entry in content["field"]} | found_otherwise


def weights() -> dict[str, float]:
    """The weight of each field."""
    return {name: field.weight for name, field in _fields().items()}


def _post_of(doc: Doc) -> float:
    """How far the post above a comment is about marketing; 0 where it is not known."""
    known = doc.context
    if doc.kind == "post" or (known.post_text is None and known.post_title is None):
        return 0.0
    return _post_score(known.post_title or "", known.post_text or "")


@lru_cache(maxsize=64)
def _post_score(title: str, text: str) -> float:
    """Kept for a while: the comments of a thread come one after the other."""
    return subject(Doc("post", text, title=title)).score


Terms = Mapping[tuple[str, str], list[tuple[int, int]]]      # (field, term) -> first and last piece of each


def _terms(doc: Doc) -> tuple[Terms, Terms]:
    """The terms of the fields, and the shared words, each with where they stand."""
    found = doc.once(pieces)
    is_english = doc.once(reads_as_english)
    own: dict[tuple[str, str], list[tuple[int, int]]] = {}
    shared: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for hit in hits(_phrases(), found):
        field = _fields()[hit.rule]
        if is_english or field.in_any_language:
            term = hit.rule, " ".join(found.said[hit.first:hit.last])
            (shared if field.supports else own).setdefault(term, []).append((hit.first, hit.last))
    return own, shared


def _spans(doc: Doc, terms: Terms) -> tuple[Span, ...]:
    found = doc.once(pieces)
    shown: Counter[str] = Counter()
    spans = []
    for (field, term), hit in terms.items():
        for first, last in hit:
            shown[term] += 1
            if shown[term] <= MOST_PLACES:
                spans.append(Span(*whole_words(doc.text, *found.span(first, last)), field, _fields()[field].weight))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.rule)))


@cache
def _fields() -> Mapping[str, Field]:
    return {
        entry["name"]: Field(entry["name"], float(entry["weight"]), entry.get("supports", False), entry.get("in_any_language", False))
        for entry in _content()["field"]
    }


@cache
def _phrases() -> Phrases:
    content = _content()
    return phrases({entry["name"]: entry["phrases"] for entry in content["field"]}, content["lists"])


def _content() -> dict[str, Any]:    # Any: what TOML holds
    return tomllib.loads(files("pipeline.taggers").joinpath("data/marketing.toml").read_text(encoding="utf-8"))

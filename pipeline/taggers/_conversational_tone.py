"""What the tone of a text rests on: markers with their places, the two halves they make, and the signals that a model weighs."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from pipeline.features.addressing import addressing
from pipeline.features.overlap import taken_up
from pipeline.features.pieces import (
    EMOTICON,
    EXCLAMATION,
    LINE,
    QUESTION,
    TRAILING,
    Hit,
    Phrases,
    Pieces,
    hits,
    phrases,
    pieces,
)
from pipeline.features.register import register
from pipeline.models.linear import AROUND
from pipeline.taggers._markers import whole_words
from pipeline.text import Doc, prose, quotations, reads_as_english
from schema.items import Span

TURNED = ("address", "interaction")
VOICED = ("involvement", "informality")
FORMULA = "formula"

NAMED, SIGNED, THREAD, DRAWN_OUT, SMALL = "name_at_the_start", "signature", "name_of_the_thread", "elongation", "small_letter"
WEIGHTS = {NAMED: 1.6, SIGNED: 0.5, THREAD: 1.2, DRAWN_OUT: 1.0, SMALL: 0.3}    # of what is no phrase, chosen like those in the data
GROUPS = {NAMED: "address", SIGNED: "address", THREAD: "address", DRAWN_OUT: "informality", SMALL: "informality"}

LONG = 60               # words; from here on what counts is how dense the markers are, not how many
THINNED = 0.75          # power of the length that markers are thinned by: a long text may say "I" more often
FULL_TURN, FULL_VOICE = 2.0, 3.0    # weights at which two thirds of the way are gone: a name and thanks; I, a contraction, a feeling and more
MOST_PLACES = 3         # of one rule that are shown
BACK = 25               # pieces that a question reaches back

# What goes together, how much of it is two thirds of the way, and how much each rule gives. Models weigh these and every two of them together.
SIDES: Mapping[str, tuple[float, Mapping[str, float]]] = {
    "names": (1.5, {NAMED: 2, "at_somebody": 1.5, "greeting": 1}),
    "you": (1.5, {"direct_you": 1, "vocative": 1}),
    "readers": (1, {"speaks_to_readers": 1, "invites": 1}),
    "thanks": (1, {"thanks": 1, "praise": 1}),
    "answers": (1.5, {"reacts": 1, "acknowledges": 1, "takes_up": 1, "agrees_or_objects": 1}),
    "questions": (1, {"asks": 1, "asks_you": 0.5}),
    "I": (3, {"first_person": 1}),
    "mind": (2, {"private_verb": 1, "hedge": 1}),
    "feelings": (1.5, {"feeling": 1}),
    "emphasis": (2, {"emphatic": 1}),
    "casual": (2, {"contraction": 1, "slang": 2, "dropped_subject": 1, "aside": 1, "trailing_off": 1}),
    "signs": (1, {"emoticon": 2, "exclamation": 1, DRAWN_OUT: 1}),
    "story": (2, {"own_story": 1}),
    "formulas": (1, {"sales_talk": 1, "stock_praise": 0.7}),
}

LENGTH = "length"
PAIRS = [(f"{first} and {second}", first, second) for first, second in combinations((*SIDES, LENGTH), 2)]

_LONG_LETTERS = re.compile(r"([a-vx-z])\1\1")
_LONG = tuple(3 * letter for letter in "abcdefghijklmnopqrstuvxyz")    # looked for first, which takes a tenth of the time
_ROW = re.compile(r"[!?]{2,}")
_SHOUT = re.compile(r"\b[A-Z]{4,}\b")


@dataclass(frozen=True, slots=True)
class Marker:
    """One kind of wording."""

    rule: str
    group: str
    weight: float
    in_any_language: bool = False


@dataclass(frozen=True, slots=True)
class Tone:
    """What was found in a text, how often, and the two halves of the tone from 0 to 1."""

    found: tuple[Hit, ...]
    counts: Mapping[str, float]
    words: int
    turned: float           # to somebody
    voiced: float           # personally

    @property
    def score(self) -> float:
        """Their mean: half of the scale for either, the other half for both together."""
        return (self.turned + self.voiced) / 2


def markers() -> Mapping[str, Marker]:
    """The markers of the data by rule."""
    return _ready()[0]


def meanings() -> dict[str, str]:
    """What each rule means, in one sentence."""
    content = _content()
    found_otherwise: dict[str, str] = content["found_by_the_tagger"]
    return {entry["rule"]: entry["meaning"] for entry in content["marker"]} | found_otherwise


def tone(doc: Doc) -> Tone:
    """From the text alone. In a language other than English only signs count: questions, @names, emoticons, exclamation marks."""
    said = doc.once(pieces)
    known, ready = _ready()
    found = hits(ready, said)
    if doc.once(reads_as_english):
        found += [Hit(rule, place, place + 1) for rule, place in _without_phrases(doc)]
    else:
        found = [hit for hit in found if known[hit.rule].in_any_language]
    counts = Counter(hit.rule for hit in found)
    drawn_out = len(doc.once(_drawn_out)) if doc.once(reads_as_english) else 0
    counts.update({DRAWN_OUT: drawn_out} if drawn_out else {})
    return Tone(tuple(found), counts, said.words, *_halves(counts, said.words))


def with_thread(doc: Doc) -> Tone:
    """The same with what the thread tells: that a name in the text is somebody's who spoke before."""
    alone = doc.once(tone)
    called = doc.once(addressing)
    if not called.opens_by_name or NAMED in alone.counts:
        return alone
    somebody = Hit(THREAD, called.of_the_thread[0], called.of_the_thread[0] + 1)
    counts = {**alone.counts, THREAD: 1}
    return Tone((*alone.found, somebody), counts, alone.words, *_halves(counts, alone.words))


def grounds(doc: Doc) -> list[Span]:
    """What turns the text to somebody or makes its voice personal: of each rule so many places that they can be read."""
    shown: dict[str, int] = {}
    found, rules = doc.once(pieces), _rules()
    places: set[tuple[int, int, str, float]] = set()
    for hit in doc.once(with_thread).found:
        side, weight = rules[hit.rule]
        shown[hit.rule] = shown.get(hit.rule, 0) + 1
        if side != FORMULA and shown[hit.rule] <= MOST_PLACES:
            first, last = _shown(found, hit)
            places.add((*whole_words(doc.text, *found.span(first, last)), hit.rule, weight))
    if doc.once(reads_as_english):
        places.update((*whole_words(doc.text, *place), DRAWN_OUT, WEIGHTS[DRAWN_OUT]) for place in doc.once(_drawn_out)[:MOST_PLACES])
    return [Span(*place) for place in sorted(places)]


def signals(doc: Doc) -> dict[str, float]:
    """What a model weighs, each from 0 to about 1, but for the lengths."""
    found = doc.once(tone)
    sides = _sides(found)
    pairs = [(name, sides[first] * sides[second]) for name, first, second in PAIRS if sides[first] and sides[second]]
    halves = {"turned": found.turned, "voiced": found.voiced, "turned and voiced": found.turned * found.voiced, "the weaker half": min(found.turned, found.voiced)}
    said = {f"says {rule}": 1.0 for rule, number in found.counts.items() if number}
    return {**said, **sides, **dict(pairs), **halves, **_lengths(doc, found), **doc.once(register), **_around(doc)}


def _ready() -> tuple[Mapping[str, Marker], Phrases]:
    return _read()


@cache
def _read() -> tuple[Mapping[str, Marker], Phrases]:
    content = _content()
    known = {
        entry["rule"]: Marker(entry["rule"], entry["group"], float(entry["weight"]), entry.get("in_any_language", False)) for entry in content["marker"]
    }
    return known, phrases({entry["rule"]: entry["phrases"] for entry in content["marker"]}, content["lists"])


def _content() -> dict[str, Any]:    # Any: what TOML holds
    return tomllib.loads(files("pipeline.taggers").joinpath("data/conversational.toml").read_text(encoding="utf-8"))


def _shown(found: Pieces, hit: Hit) -> tuple[int, int]:
    """Which pieces a reader should see: of a question its sentence, of another mark the word before."""
    sign = found.said[hit.first] if hit.last == hit.first + 1 else ""
    if sign == QUESTION:
        return _sentence_start(found, hit.first), hit.last
    if sign in (EXCLAMATION, TRAILING) and hit.first and found.said[hit.first - 1][0].isalnum():
        return hit.first - 1, hit.last
    if sign == "@" and hit.last < len(found.said):
        return hit.first, hit.last + 1
    return hit.first, hit.last


def _sentence_start(found: Pieces, place: int) -> int:
    ends = (QUESTION, EXCLAMATION, TRAILING, LINE, EMOTICON, ".")
    first = place
    while first and place - first < BACK and found.said[first - 1] not in ends:
        first -= 1
    while first < place and not found.said[first][0].isalnum():
        first += 1
    return first


def _without_phrases(doc: Doc) -> Iterator[tuple[str, int]]:
    """Rules that are no phrases, and the piece where each is found."""
    called = doc.once(addressing)
    yield from ((NAMED, place) for place in (*called.called, *called.greeted))
    yield from ((SIGNED, place) for place in (called.closing, called.signed) if place is not None)
    found = doc.once(pieces)
    text, matches = doc.once(prose), found.matches
    small = {place for place in found.opens if text[matches[place].start()].islower()}
    small.update(place for place, piece in enumerate(found.said) if piece == "i" and text[matches[place].start()] == "i")
    yield from ((SMALL, place) for place in sorted(small))


def _drawn_out(doc: Doc) -> list[tuple[int, int]]:
    text = doc.once(prose)
    patterns = [_SHOUT]
    if any(letters in text for letters in _LONG):
        patterns.append(_LONG_LETTERS)
    if "!!" in text or "??" in text or "!?" in text or "?!" in text:
        patterns.append(_ROW)
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _halves(counts: Mapping[str, float], words: int) -> tuple[float, float]:
    """How far a text is turned to somebody, and how far it has a personal voice; formulas damp both."""
    thinning = max(1.0, words / LONG) ** THINNED
    sums = dict.fromkeys((*TURNED, *VOICED, FORMULA), 0.0)
    for rule, number in counts.items():
        group, weight = _rules()[rule]
        sums[group] += weight * (number if group == FORMULA else min(number, thinning))
    damping = 1 / (1 + sums[FORMULA] / max(1.0, words / LONG))
    turned, voiced = sum(sums[group] for group in TURNED), sum(sums[group] for group in VOICED)
    return _full(turned / thinning * damping / FULL_TURN), _full(voiced / thinning * damping / FULL_VOICE)


def side_of(rule: str) -> str:
    """The sub-score that a rule belongs to, or `formula`."""
    return _rules()[rule][0]


@cache
def _rules() -> Mapping[str, tuple[str, float]]:
    return {rule: (marker.group, marker.weight) for rule, marker in markers().items()} | {rule: (GROUPS[rule], weight) for rule, weight in WEIGHTS.items()}


def _full(weight: float) -> float:
    return 1 - math.exp(-weight)


def _sides(found: Tone) -> dict[str, float]:
    thinning = max(1.0, found.words / LONG) ** THINNED
    sides = {
        side: _full(sum(share * found.counts.get(rule, 0) for rule, share in rules.items()) / thinning / scale) for side, (scale, rules) in SIDES.items()
    }
    return sides | {LENGTH: min(1.0, found.words / 150)}


def _lengths(doc: Doc, found: Tone) -> dict[str, float]:
    sentences = max(1, len(doc.once(pieces).opens))
    addresses = doc.text.count("://")
    return {
        "words": math.log1p(found.words) / 3, "under five words": float(found.words < 5), "under twelve words": float(found.words < 12),
        "words a sentence": math.log1p(found.words / sentences) / 3, "links": float(bool(doc.links)), "addresses": min(2, addresses) / 2,
        "quotes": float(bool(doc.once(quotations))), "drawn out": math.log1p(found.counts.get(DRAWN_OUT, 0)), "small letters": math.log1p(found.counts.get(SMALL, 0)),
        "names": min(3, found.counts.get(NAMED, 0)) / 1,
    }


def _around(doc: Doc) -> dict[str, float]:
    """Of a comment: who wrote it and where, whom of the thread it names, and what it takes up."""
    if doc.kind != "comment":
        return {}
    called = doc.once(addressing)
    told = {
        "begins with a name of the thread": called.opens_by_name, "names somebody of the thread": len(called.of_the_thread) > called.opens_by_name,
        "by the post's author": doc.by_post_author is True, "first": doc.position == 1, "ping": doc.is_ping,
    }
    shared = {"words of the post": len(doc.once(taken_up) or ()), "words of the comment before": _taken_from_before(doc)}
    return {
        **{f"{AROUND}{name}": float(is_so) for name, is_so in told.items() if is_so},
        **{f"{AROUND}{name}": math.log1p(number) / 2 for name, number in shared.items() if number},
        f"{AROUND}position": math.log1p(max(doc.position or 1, 1)) / 3,
    }


def _taken_from_before(doc: Doc) -> int:
    before = doc.context.previous_text
    if not before:
        return 0
    own = {said for said in doc.once(pieces).said if len(said) > 4}
    return len(own.intersection(re.findall(r"[a-z]{5,}", before[:5000].lower())))

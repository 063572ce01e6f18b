"""Markers as data: patterns with weight, group and source in the files of data/, compiled once, found outside quotations."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, NamedTuple

from pipeline.taggers._openings import LENGTH, openings, sign_of
from pipeline.text import Doc, lower_prose, own_words, prose, reads_as_english
from schema.items import Span

# A space of a pattern, required or optional, not one in a set of characters.
_SPACE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[ ][?]?")
_ANY_SPACE = {" ": "[ \u00a0\n]{1,3}", " ?": "[ \u00a0\n]{0,3}"}

_CAPITAL = re.compile(r"\(\?-i:|(?<!\\)[A-Z]")
_ENDED = " \t\n\u00a0.!?)"
_WORD = re.compile(r"\w+")
_LENGTHS = range(1, LENGTH + 1)
_MANY_SPACES = re.compile(r" {2,3}")
_REMEMBERED = 50_000    # openings of words, with the patterns that begin so

LONGEST_WORD = 40   # characters that a place is widened by
MOST = 40   # matches of one marker that are looked at; more say nothing new


@dataclass(frozen=True, slots=True)
class Marker:
    """One kind of wording that speaks for or, with a negative weight, against a tag."""

    rule: str
    group: str
    weight: float
    patterns: tuple[str, ...]
    subtype: str = ""
    once: bool = False
    in_any_language: bool = False   # punctuation and signs; the words of the others are English


class _Pattern(NamedTuple):
    """A pattern of a marker, compiled."""

    rule: str
    regex: re.Pattern[str]
    is_lower: bool          # for the text in lower case, which takes half the time of ignoring case
    sign: str = ""          # without which in the text nothing matches


class _Begun(dict[str, tuple[_Pattern, ...]]):
    """The patterns whose matches can begin with some letters, noted when the letters are first met."""

    def __init__(self, at_words: Mapping[str, tuple[_Pattern, ...]]) -> None:
        super().__init__()
        self.at_words = at_words

    def __missing__(self, opening: str) -> tuple[_Pattern, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[opening] = tuple(dict.fromkeys(pattern for length in _LENGTHS for pattern in self.at_words.get(opening[:length], ())))
        return self[opening]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All patterns of a tagger, made ready for one pass over the words of a text."""

    markers: Mapping[str, Marker]                       # by rule
    at_words: Mapping[str, tuple[_Pattern, ...]]        # by the letters that a match begins with, at a word's edge
    anywhere: tuple[_Pattern, ...]                      # they may begin with anything
    with_addresses: tuple[_Pattern, ...]                # they look for printed addresses, too
    begun: _Begun                                       # those of `at_words` that may match what begins so


@dataclass(frozen=True, slots=True)
class Evidence:
    """A marker that fired, or a named signal of the context (then without a place in the text)."""

    rule: str
    weight: float
    start: int | None = None
    end: int | None = None
    group: str = ""
    subtype: str = ""
    is_context: bool = False        # it would not be known from the text alone


def found(doc: Doc, tagger: str) -> list[Evidence]:
    """All markers of that tagger in the writer's own words, in the order of the text."""
    lexicon = _lexicon(tagger)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for rule, place in _places(doc, lexicon):
        places[rule].append(place)
    hits = [hit for rule, at in places.items() for hit in _hits(lexicon.markers[rule], at, doc)]
    return sorted(hits, key=lambda hit: (hit.start or 0, hit.rule))


def found_in_any_language(doc: Doc, tagger: str) -> list[Evidence]:
    """All of them in an English text; in others those that are no words but signs, addresses and numbers."""
    hits = found(doc, tagger)
    if doc.once(reads_as_english):
        return hits
    general = {marker.rule for marker in markers(tagger) if marker.in_any_language}
    return [hit for hit in hits if hit.rule in general]


def spans(evidence: Iterable[Evidence]) -> tuple[Span, ...]:
    """The places of the evidence, each once, in the order of the text."""
    places = {(hit.start, hit.end, hit.rule, hit.weight) for hit in evidence if hit.start is not None and hit.end is not None}
    return tuple([Span(*place) for place in sorted(places)])


@cache
def markers(tagger: str) -> tuple[Marker, ...]:
    """The markers in data/<tagger>.toml. `<name>` in a pattern stands for the list of that name under [lists]."""
    content = _content(tagger)
    lists = {name: f"(?:{'|'.join(words)})" for name, words in content.get("lists", {}).items()}
    return tuple(
        Marker(
            rule=entry["rule"], group=entry.get("group", ""), weight=float(entry["weight"]), subtype=entry.get("subtype", ""),
            once=entry.get("once", False), in_any_language=entry.get("in_any_language", False),
            patterns=tuple(_filled(pattern, lists) for pattern in entry["patterns"]),
        )
        for entry in content["marker"]
    )


def meanings(tagger: str) -> dict[str, str]:
    """What each rule of that tagger means, in one sentence: patterns first, then what the tagger itself looks for."""
    content = _content(tagger)
    found_by_it: dict[str, str] = content["found_by_the_tagger"]
    return {entry["rule"]: entry["meaning"] for entry in content["marker"]} | found_by_it


def _content(tagger: str) -> dict[str, Any]:    # Any: what TOML holds
    return tomllib.loads(files("pipeline.taggers").joinpath(f"data/{tagger}.toml").read_text(encoding="utf-8"))


def _filled(pattern: str, lists: dict[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", words)
    return pattern


@cache
def _lexicon(tagger: str) -> _Lexicon:
    at_words: dict[str, list[_Pattern]] = defaultdict(list)
    anywhere, with_addresses = [], []
    for marker in markers(tagger):
        for pattern in marker.patterns:
            compiled = _compiled(marker.rule, pattern)
            starts = openings(pattern)
            if "://" in pattern:
                with_addresses.append(compiled)
            elif starts is None:
                anywhere.append(compiled)
            else:
                for start in starts:
                    at_words[start].append(compiled)
    ready = {start: tuple(compiled) for start, compiled in at_words.items()}
    return _Lexicon({marker.rule: marker for marker in markers(tagger)}, ready, tuple(anywhere), tuple(with_addresses), _Begun(ready))


def _compiled(rule: str, pattern: str) -> _Pattern:
    spaced = _SPACE.sub(lambda match: _ANY_SPACE.get(match[0], match[0]), pattern)
    is_lower = not _CAPITAL.search(pattern)
    return _Pattern(rule, re.compile(spaced, re.M if is_lower else re.I | re.M), is_lower, sign_of(pattern))


def _places(doc: Doc, lexicon: _Lexicon) -> Iterator[tuple[str, tuple[int, int]]]:
    """Rules and where one of their patterns matches; several may at one place, and may overlap."""
    text, in_lower = doc.once(prose), doc.once(lower_prose)
    for pattern in lexicon.anywhere:
        yield from _anywhere(pattern, in_lower if pattern.is_lower else text)
    for pattern in lexicon.with_addresses:
        yield from _anywhere(pattern, doc.once(own_words))
    begun = lexicon.begun
    for start, opening in doc.once(_openings):
        for rule, regex, is_lower, _ in begun[opening]:
            if match := regex.match(in_lower if is_lower else text, start):
                yield rule, match.span()


def _anywhere(pattern: _Pattern, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    if pattern.sign in text:
        for match in islice(pattern.regex.finditer(text), MOST):
            yield pattern.rule, match.span()


def _openings(doc: Doc) -> list[tuple[int, str]]:
    """Where each word begins, and the letters there, white space as one space."""
    spaced = doc.once(lower_prose).replace("\u00a0", " ").replace("\n", " ")
    starts = [match.start() for match in _WORD.finditer(spaced)]
    if "  " not in spaced:
        return [(start, spaced[start:start + LENGTH]) for start in starts]
    return [(start, _one_spaced(spaced, start) if "  " in spaced[start:start + LENGTH] else spaced[start:start + LENGTH]) for start in starts]


def _one_spaced(text: str, start: int) -> str:
    return _MANY_SPACES.sub(" ", text[start:start + 3 * LENGTH])[:LENGTH]


def _hits(marker: Marker, places: Iterable[tuple[int, int]], doc: Doc) -> Iterator[Evidence]:
    """The matches in the order of the text, of those that overlap the first and longest."""
    text = doc.once(own_words)
    behind = number = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start < behind or number == (1 if marker.once else MOST):
            continue
        behind, number = end, number + 1
        start, end = _trimmed(text, start, end)
        if end > start:
            start, end = whole_words(doc.text, start, end)
            yield Evidence(marker.rule, marker.weight, start, end, marker.group, marker.subtype)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at either end, which may be a blanked quotation, and without the end of the sentence before."""
    piece = text[start:end].rstrip()
    from_word = piece.lstrip(_ENDED)
    kept = from_word if any(letter.isalnum() for letter in from_word[:3]) else piece.lstrip()
    return start + len(piece) - len(kept), start + len(piece)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The place widened to where its first and last words begin and end: readers see "working!", not "g!"."""
    for _ in range(LONGEST_WORD):
        if not (start and text[start - 1].isalnum() and text[start].isalnum()):
            break
        start -= 1
    for _ in range(LONGEST_WORD):
        if not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum()):
            break
        end += 1
    return start, end

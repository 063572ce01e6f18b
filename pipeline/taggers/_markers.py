"""Markers as data: patterns with weight, group and source in the files of data/, compiled once, found outside quotations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import Doc, lower, lower_prose, own_words, prose, reads_as_english
from schema.items import Span

# A space of a pattern, required or optional, not one in a set of characters.
_SPACE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[ ][?]?")
_ANY_SPACE = {" ": "[ \u00a0\n]{1,3}", " ?": "[ \u00a0\n]{0,3}"}

_CAPITAL = re.compile(r"\(\?-i:|(?<!\\)[A-Z]")
_ENDED = " \t\n\u00a0.!?)"
_EDGE = r"\b"

LONGEST_WORD = 40   # characters that a place is widened by
MOST = 40   # matches of one marker that are looked at; more say nothing new


@dataclass(frozen=True, slots=True)
class Marker:
    """One kind of wording that speaks for or, with a negative weight, against a tag."""

    rule: str
    group: str
    weight: float
    pattern: re.Pattern[str]
    subtype: str = ""
    once: bool = False
    in_any_language: bool = False   # punctuation and signs; the words of the others are English
    is_lower: bool = False          # looked for in the text in lower case, which takes half the time of ignoring case
    keeps_addresses: bool = False   # it looks for printed addresses, too


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

    @property
    def span(self) -> Span | None:
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end, self.rule, self.weight)


def found(doc: Doc, tagger: str) -> list[Evidence]:
    """All markers of that tagger in the writer's own words, in the order of the text."""
    hits = [hit for marker in markers(tagger) for hit in _hits(marker, _text_for(marker, doc), doc.text)]
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
    return tuple(sorted({hit.span for hit in evidence if hit.span}, key=lambda span: (span.start, span.end, span.rule)))


@cache
def markers(tagger: str) -> tuple[Marker, ...]:
    """The markers in data/<tagger>.toml. `<name>` in a pattern stands for the list of that name under [lists]."""
    content = _content(tagger)
    lists = {name: f"(?:{'|'.join(words)})" for name, words in content.get("lists", {}).items()}
    return tuple(
        Marker(
            rule=entry["rule"], group=entry.get("group", ""), weight=float(entry["weight"]), subtype=entry.get("subtype", ""),
            once=entry.get("once", False), in_any_language=entry.get("in_any_language", False), **_compiled(entry["patterns"], lists),
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


def _compiled(patterns: list[str], lists: dict[str, str]) -> dict[str, Any]:  # Any: fields of Marker
    joined = _joined(patterns)
    for name, words in lists.items():
        joined = joined.replace(f"<{name}>", words)
    spaced = _SPACE.sub(lambda match: _ANY_SPACE.get(match[0], match[0]), joined)
    is_lower = not _CAPITAL.search(spaced)
    return {
        "pattern": re.compile(spaced, re.M if is_lower else re.I | re.M),
        "is_lower": is_lower, "keeps_addresses": "://" in spaced,
    }


def _joined(patterns: list[str]) -> str:
    """As one pattern; those that begin at a word's edge share the test for it, so that most places are left at once."""
    at_words = [pattern.removeprefix(_EDGE) for pattern in patterns if pattern.startswith(_EDGE)]
    others = [f"(?:{pattern})" for pattern in patterns if not pattern.startswith(_EDGE)]
    shared = "|".join(f"(?:{pattern})" for pattern in at_words)
    return "|".join([*([f"{_EDGE}(?:{shared})"] if at_words else []), *others])


def _text_for(marker: Marker, doc: Doc) -> str:
    if marker.keeps_addresses:
        return doc.once(_lower_own_words if marker.is_lower else own_words)
    return doc.once(lower_prose if marker.is_lower else prose)


def _lower_own_words(doc: Doc) -> str:
    return lower(doc.once(own_words))


def _hits(marker: Marker, text: str, whole: str) -> Iterator[Evidence]:
    for number, match in enumerate(marker.pattern.finditer(text)):
        if number == (1 if marker.once else MOST):
            return
        start, end = _trimmed(text, *match.span())
        if end > start:
            start, end = whole_words(whole, start, end)
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

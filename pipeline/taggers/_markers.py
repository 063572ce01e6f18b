"""Markers as data: patterns with weight, group and source in the files of data/, compiled once, found outside quotations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.text import Doc, own_words, prose
from schema.items import Span

# A space of a pattern, required or optional, not one in a set of characters.
_SPACE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[ ][?]?")
_ANY_SPACE = {" ": "[ \u00a0\n]{1,3}", " ?": "[ \u00a0\n]{0,3}"}

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
    text, bare = doc.once(own_words), doc.once(prose)
    hits = [hit for marker in markers(tagger) for hit in _hits(marker, text if "://" in marker.pattern.pattern else bare)]
    return sorted(hits, key=lambda hit: (hit.start or 0, hit.rule))


def spans(evidence: Iterable[Evidence]) -> tuple[Span, ...]:
    """The places of the evidence, each once, in the order of the text."""
    return tuple(sorted({hit.span for hit in evidence if hit.span}, key=lambda span: (span.start, span.end, span.rule)))


@cache
def markers(tagger: str) -> tuple[Marker, ...]:
    """The markers in data/<tagger>.toml. `<name>` in a pattern stands for the list of that name under [lists]."""
    content = tomllib.loads(files("pipeline.taggers").joinpath(f"data/{tagger}.toml").read_text(encoding="utf-8"))
    lists = {name: f"(?:{'|'.join(words)})" for name, words in content.get("lists", {}).items()}
    return tuple(
        Marker(
            rule=entry["rule"], group=entry.get("group", ""), weight=float(entry["weight"]), subtype=entry.get("subtype", ""),
            pattern=_compiled(entry["patterns"], lists), once=entry.get("once", False),
        )
        for entry in content["marker"]
    )


def _compiled(patterns: list[str], lists: dict[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, words in lists.items():
        joined = joined.replace(f"<{name}>", words)
    return re.compile(_SPACE.sub(lambda match: _ANY_SPACE.get(match[0], match[0]), joined), re.I | re.M)


def _hits(marker: Marker, text: str) -> Iterator[Evidence]:
    for number, match in enumerate(marker.pattern.finditer(text)):
        if number == (1 if marker.once else MOST):
            return
        start, end = _trimmed(text, *match.span())
        if end > start:
            yield Evidence(marker.rule, marker.weight, start, end, marker.group, marker.subtype)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at either end, which may be a blanked quotation."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

"""Text as it grows: gaps are written when the next word comes, so none is left over; stretches know where they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import is_normalized, normalize

from schema.items import Mark, MarkKind, TextLink

NONE, SPACE, LINE, PARAGRAPH = range(4)
_GAPS = ("", " ", "\n", "\n\n")
_EMPTY_LINES = re.compile(r"(?:[^\S\n]*\n)+")
_ASCII = re.compile(r"[\x00-\x7f]")


@dataclass(slots=True)
class Stretch:
    """A stretch of the text to be: it starts with the first word written after its opening."""

    kind: MarkKind | None = None
    url: str = ""
    prefix: str = ""                # the bullet or number of a list item
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class Writer:
    """Takes words, breaks and stretches in the order of the source."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _gap: int = NONE
    _held: str = ""                 # white space inside preformatted text, written if more text follows
    _line_is_empty: bool = True
    _stretches: list[Stretch] = field(default_factory=list)
    _waiting: list[Stretch] = field(default_factory=list)

    def write(self, words: str) -> None:
        """Flowing text: white space of any kind is one space."""
        body = " ".join(words.split())
        if not body:
            self._gap = self._gap or (SPACE if words else NONE)
            return
        if words[0].isspace():
            self._gap = self._gap or SPACE
        self._put(body)
        self._gap = SPACE if words[-1].isspace() else NONE

    def write_preformatted(self, words: str) -> None:
        """Text whose white space means something; empty lines around it do not."""
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        if not self._held and (self._gap >= LINE or not self._length):
            words = words[_end_of_empty_lines(words):]
        body = words.rstrip()
        if body:
            self._put(body)
        self._held += words[len(body):]

    def break_line(self) -> None:
        """A line break as written: the second in a row makes a paragraph, as old Blogger posts do."""
        self._break(PARAGRAPH if self._line_is_empty else LINE)

    def end_line(self) -> None:
        """A block begins or ends here."""
        self._break(LINE)

    def end_paragraph(self) -> None:
        """A block with space around it begins or ends here."""
        self._break(PARAGRAPH)

    def open(self, stretch: Stretch) -> Stretch:
        """What is written from here belongs to the stretch."""
        self._stretches.append(stretch)
        self._waiting.append(stretch)
        return stretch

    def close(self, stretch: Stretch) -> None:
        """The stretch that was opened last and is not yet closed ends here."""
        if stretch.start < 0:
            self._waiting.pop()
            stretch.start = self._length
        stretch.end = self._length

    def finish(self) -> tuple[str, tuple[Mark, ...], tuple[TextLink, ...]]:
        """The text, its marks and its links. A link around an image has an empty anchor."""
        text = "".join(self._pieces)
        if not is_normalized("NFC", text):
            text = _compose(text, self._stretches)
        marks = [Mark(s.start, s.end, s.kind) for s in self._stretches if s.kind and s.start < s.end]
        links = [TextLink(s.url, text[s.start:s.end], s.start, s.end) for s in self._stretches if s.url]
        return text, tuple(dict.fromkeys(marks)), tuple(links)

    def _break(self, gap: int) -> None:
        self._gap = max(self._gap, gap)
        self._held = ""
        self._line_is_empty = True

    def _put(self, body: str) -> None:
        if self._length:
            self._append(_GAPS[self._gap])
        self._append(self._held)
        for stretch in self._waiting:
            stretch.start = self._length
            self._append(stretch.prefix)
        self._waiting.clear()
        self._append(body)
        self._gap, self._held, self._line_is_empty = NONE, "", False

    def _append(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)


def _end_of_empty_lines(words: str) -> int:
    found = _EMPTY_LINES.match(words)
    return found.end() if found else 0


def _compose(text: str, stretches: list[Stretch]) -> str:
    """NFC over the whole text (an accent may stand in an element of its own), and the stretches moved along.

    Nothing composes with an ASCII character to its left, so the text is taken in runs that begin with one.
    """
    starts = [0, *(found.start() for found in _ASCII.finditer(text) if found.start())]
    runs = [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    places = _moved(runs, sorted({place for s in stretches for place in (s.start, s.end)}))
    for stretch in stretches:
        stretch.start, stretch.end = places[stretch.start], places[stretch.end]
    return normalize("NFC", text)


def _moved(runs: list[tuple[int, str]], places: list[int]) -> dict[int, int]:
    """Where the places of a text are once each of its runs is composed."""
    moved: dict[int, int] = {}
    waiting = iter(places)
    place = next(waiting, None)
    length = 0
    for start, run in runs:
        while place is not None and place <= start + len(run):
            moved[place] = length + len(normalize("NFC", run[:place - start]))
            place = next(waiting, None)
        length += len(normalize("NFC", run))
    return moved

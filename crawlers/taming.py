"""Pages that were made to harm, or broke badly: tags with thousands of attributes, and elements thousands deep.

libxml2 compares each attribute with all before it (2.14), so that one tag of 16 MB takes hours; and it reads nothing behind a
depth of 2,048. Browsers flatten, too: Chrome at 512.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

LARGE = 256 * 1024          # bytes; smaller pages cost seconds at worst
MOST_ATTRIBUTES = 5000
MOST_TAGS = 300_000         # a thread of 3,000 comments in a rich theme has half as many
SOFT, HARD = 500, 1500      # depths: beyond the first, elements without a name of their own are left out; beyond the second, all
_LONG_TAG = 16 * 1024
_START = re.compile(rb"<(?:!--|([a-zA-Z][^\s/>]{0,40}))")
_IN_TAG = re.compile(rb"=\s*(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))|>")
_PIECE = _LONG_TAG // 2     # a long tag fills several
_VALUE = rb"\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"']))"
_END = re.compile(rb"(?:[^>=]++|=" + _VALUE + rb")*+>")
_END_BEHIND_EQUALS = re.compile(_VALUE + _END.pattern)
_RAW = frozenset((b"script", b"style", b"textarea", b"title", b"xmp"))
_ATTRIBUTE = re.compile(rb"[\s/][^\s/]|=\s*[\"']")
_NAME = re.compile(rb"</?[a-zA-Z][^\s/>]{0,40}")
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})([^<>]*)>")
_NAMED = re.compile(rb"\b(?:id|class|href|rel)\s*=", re.I)
_VOID = frozenset((b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr"))


def is_overlong(text: bytes) -> bool:
    """Whether there are more tags than are read: each takes a quarter of a kilobyte, and 16 MB may hold five million."""
    return len(text) > 2 * MOST_TAGS and text.count(b"<") > MOST_TAGS


def shortened(text: bytes) -> bytes:
    """The page up to the last tag that is read."""
    if not is_overlong(text):
        return text
    return text[:next(islice(re.finditer(b"<", text), MOST_TAGS, None)).start()]


def without_overgrown_tags(text: bytes) -> bytes:
    """The page; a tag with more attributes than anybody needs has lost them."""
    if (len(text) < LARGE and not _may_have_long_tag(text)) or not _may_have_overgrown_tag(text):
        return text
    overgrown = [(start, end) for start, end in _tags(text) if end - start > _LONG_TAG and len(_ATTRIBUTE.findall(text, start, end)) > MOST_ATTRIBUTES]
    parts, last = [], 0
    for start, end in overgrown:
        name = _NAME.match(text, start)
        parts += [text[last:start], (name[0] if name else b"<") + b">"]
        last = end
    return b"".join([*parts, text[last:]]) if overgrown else text


def _may_have_long_tag(text: bytes) -> bool:
    """Whether there is a long stretch without the end of a tag; looked for in strides, since every page is asked."""
    start = 0
    while start + _LONG_TAG <= len(text):
        end = text.rfind(b">", start, start + _LONG_TAG)
        if end < 0:
            return True
        start = end + 1
    return False


def _may_have_overgrown_tag(text: bytes) -> bool:
    """Whether pieces in a row, in which perhaps no tag ends, hold too many attributes: to follow each tag takes half as long as the parsing."""
    run = 0
    for start in range(0, len(text), _PIECE):
        run = 0 if _has_end(text, start, start + _PIECE) else run + _attributes_at_most(text[start:start + _PIECE])
        if run > MOST_ATTRIBUTES:
            return True
    return False


def _has_end(text: bytes, start: int, end: int) -> bool:
    """Whether a tag of which the piece may be the middle ends in it: if it begins between attributes, behind `=`, in quotes (or has no more of them)."""
    if text.find(b">", start, end) < 0 or not _END.match(text, start, end) or not _END_BEHIND_EQUALS.match(text, start, end):
        return False
    closed = (text.find(quote, start, end) for quote in (b'"', b"'"))
    return all(at < 0 or _END.match(text, at + 1, end) for at in closed)


def _tags(text: bytes) -> Iterator[tuple[int, int]]:
    """Where tags begin and end, as browsers see it: quotes count behind `=` only, scripts and comments hold none."""
    at = 0
    while found := _START.search(text, at):
        if not found[1]:
            at = _behind(text, b"-->", found.end())
            continue
        at = next((mark.end() for mark in _IN_TAG.finditer(text, found.end()) if mark[0] == b">"), len(text))
        yield found.start(), at
        if found[1].lower() in _RAW:
            at = _behind(text, b"</" + found[1], at)


def _behind(text: bytes, end: bytes, at: int) -> int:
    place = text.find(end, at)
    return len(text) if place < 0 else place + len(end)


def _attributes_at_most(piece: bytes) -> int:
    """Each begins behind white space, a slash, or a value in quotes and so behind `=`."""
    return len(piece) - len(piece.translate(None, b" \t\n\r\f/="))


def flattened(text: bytes) -> bytes:
    """The page with a depth that can be read: what stands inside stays, only the elements around it are gone."""
    parts, last, line = [], 0, _Line()
    for tag in _TAG.finditer(text):
        parts += [text[last:tag.start()], tag[0] if line.keeps(tag) else b" "]
        last = tag.end()
    return b"".join([*parts, text[last:]])


class _Line:
    """The elements that are open, and how many of them are kept."""

    def __init__(self) -> None:
        self._open: list[tuple[bytes, bool]] = []
        self._depth = 0

    def keeps(self, tag: re.Match[bytes]) -> bool:
        name = tag[2].lower()
        if tag[1]:
            return self._closes(name)
        if name in _VOID or tag[3].endswith(b"/"):
            return True
        is_kept = self._depth < SOFT or (self._depth < HARD and bool(_NAMED.search(tag[3])))
        self._open.append((name, is_kept))
        self._depth += is_kept
        return is_kept

    def _closes(self, name: bytes) -> bool:
        """A tag that closes something else than what was opened last is left to the parser."""
        if not self._open or self._open[-1][0] != name:
            return True
        _name, was_kept = self._open.pop()
        self._depth -= was_kept
        return was_kept

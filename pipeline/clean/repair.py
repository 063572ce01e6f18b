"""Repairs broken encodings and nothing else: quotes stay curly, wide letters wide, ligatures tied."""

from __future__ import annotations

import re
from unicodedata import normalize

from ftfy import TextFixerConfig, fix_encoding
from ftfy.fixes import fix_surrogates

_ONLY_ENCODING = TextFixerConfig(
    unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
    uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Neither databases nor XML take them, and no reader sees them; tab, line feed, form feed and return are white space.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def repair(words: str) -> str:
    """The words as they were meant: mojibake undone, NFC, without NUL, control characters and lone surrogates."""
    words = storable(words)
    if words.isascii():
        return words
    return normalize("NFC", storable(fix_encoding(words, _ONLY_ENCODING)))


def storable(words: str) -> str:
    """The words without what no database takes; two surrogates that make one character are put together."""
    if not words.isascii() and _SURROGATE.search(words):
        words = _SURROGATE.sub("", fix_surrogates(words))
    return _CONTROL.sub("", words)


def one_line(words: str) -> str:
    """Repaired, with white space of any kind collapsed: for names, titles and printed dates."""
    return " ".join(repair(words).split())

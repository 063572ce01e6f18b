"""Repairs broken encodings and nothing else: quotes stay curly, wide letters wide, ligatures tied."""

from __future__ import annotations

import re
from unicodedata import normalize

from ftfy import TextFixerConfig, fix_encoding

_ONLY_ENCODING = TextFixerConfig(
    unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
    uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None,
)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
# PostgreSQL takes no NUL, XML none of them, and no reader sees them; tab, line feed, form feed and return are white space.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Syriac, Thaana and N'Ko in UTF-8 look like two accented Latin letters: what "repairs" to them was Latin all along.
_UNLIKELY = re.compile("[\u0700-\u07ff]")


def repair(words: str) -> str:
    """The words as they were meant: mojibake undone, NFC, without NUL, control characters and lone surrogates."""
    words = without_controls(words)
    if words.isascii():
        return words
    repaired = without_controls(fix_encoding(words, _ONLY_ENCODING))
    return normalize("NFC", words if _UNLIKELY.search(repaired) and not _UNLIKELY.search(words) else repaired)


def without_controls(words: str) -> str:
    """The words without what no database takes; two surrogates that make one character are put together."""
    if not words.isascii():
        words = _SURROGATES.sub(_put_together, words)
    return _CONTROL.sub("", words)


def one_line(words: str) -> str:
    """Repaired, with white space of any kind collapsed: for names, titles and printed dates."""
    return " ".join(repair(words).split())


def _put_together(surrogates: re.Match[str]) -> str:
    return surrogates[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") if len(surrogates[0]) == 2 else ""

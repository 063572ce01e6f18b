"""TextBlob's polarity and subjectivity. Stored beside the tags; no verdict rests on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.features._textblob import english, readable
from pipeline.features._tokens import tokens
from pipeline.text import Doc

version = 1     # raise it when the same text could get another value

READ = 20_000   # characters; TextBlob's tokenizer is slow on more, and a mean over 3,000 words is settled
DIGITS = 4      # TextBlob means over words; more digits say nothing
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sentiment:
    """-1 to 1 and 0 to 1; both None for a text that TextBlob's English lexicon cannot read."""

    polarity: float | None = None
    subjectivity: float | None = None


def sentiment(doc: Doc) -> Sentiment:
    """What TextBlob makes of the beginning of the text."""
    text = readable(doc.text[:READ])
    if not _is_readable(text):
        return Sentiment()
    found = english().sentiment(tokens(text))
    if not found.assessments and doc.language not in ("", "en"):
        return Sentiment()
    return Sentiment(*(round(float(value), DIGITS) for value in found))


def _is_readable(text: str) -> bool:
    """At least half of the letters are the ones English is written with."""
    if text.isascii():
        return bool(_LATIN.search(text))
    letters = len(_LETTER.findall(text))
    return letters > 0 and len(_LATIN.findall(text)) * 2 >= letters

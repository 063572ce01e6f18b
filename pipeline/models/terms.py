"""The n-grams of an item that a model may know: of words, and of letters within a word, each with its places in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.text import Doc, lower_prose, reads_as_english

LONGEST_WORD = 30       # characters that letters are taken from; longer "words" are noise
SHORTEST, LONGEST = 3, 5    # letters in a row
MOST = 4_000            # words that are read; the recurring ones have recurred by then

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word in lower case, and where it stands."""

    said: str
    start: int
    end: int


def tokens(doc: Doc) -> tuple[Word, ...]:
    """The writer's own words, without addresses and quotations; none in a language that no model was taught."""
    found: list[Word] = []
    if not doc.once(reads_as_english):
        return ()
    for match in _WORD.finditer(doc.once(lower_prose)):
        found.append(Word(match[0].lower().replace("’", "'"), *match.span()))
        if len(found) == MOST:
            break
    return tuple(found)


def words(doc: Doc) -> list[str]:
    """The same words without their places, which takes a fifth of the time."""
    text = doc.once(lower_prose)
    found = _WORD.findall(text if text.isascii() else text.replace("’", "'"))[:MOST]
    return found if text.isascii() else [word.lower() for word in found]


def in_words(doc: Doc) -> list[str]:
    """Every word, and every two that follow one another, as often as they stand there."""
    said = doc.once(words)
    return said + [f"{first} {second}" for first, second in pairwise(said)]


def counted_words(doc: Doc) -> Counter[str]:
    """How often each of them stands there; several models ask."""
    return Counter(in_words(doc))


def counted_letters(doc: Doc) -> Counter[str]:
    """How often each row of letters does."""
    return Counter(in_letters(doc))


def in_letters(doc: Doc) -> Iterator[str]:
    """Three to five letters in a row within a word, whose edges count as letters."""
    for word in doc.once(tokens):
        yield from letters_of(word.said)


@lru_cache(maxsize=20_000)
def letters_of(word: str) -> tuple[str, ...]:
    """The rows of letters of one word."""
    edged = f" {word[:LONGEST_WORD]} "
    return tuple(edged[start:start + size] for size in range(SHORTEST, LONGEST + 1) for start in range(len(edged) - size + 1))


def places(doc: Doc, term: str) -> list[tuple[int, int]]:
    """Where a word or two words in a row stand."""
    said = doc.once(tokens)
    first, _, second = term.partition(" ")
    if not second:
        return [(word.start, word.end) for word in said if word.said == first]
    return [(one.start, two.end) for one, two in pairwise(said) if one.said == first and two.said == second]

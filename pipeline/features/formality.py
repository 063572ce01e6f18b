"""Heylighen and Dewaele's F-score (2002): from 0, deictic talk, to 100, formal prose, by parts of speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.features._textblob import english
from pipeline.features.pieces import pieces
from pipeline.text import Doc, prose

FEWEST_WORDS = 30   # below, one noun more or less moves the score by more than registers differ
READ = 900          # characters; a hundred and fifty words settle the shares, and tagging takes longer than all other features
# The lexicon does not know "don't"; written out it is tagged as what it is.
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would", "'s": "is"}
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not")}
_WITH_IS = frozenset(("it", "that", "there", "he", "she", "what", "who", "here"))     # behind others 's is a genitive
_TOKEN = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?\n]")
_ENDS = frozenset(".!?\n")
_FORMAL = ("NN", "JJ", "IN", "DT")
_DEICTIC = ("PR", "WP", "VB", "MD", "RB", "WR", "UH")


def f_score(doc: Doc) -> float | None:
    """(nouns + adjectives + prepositions + articles - pronouns - verbs - adverbs - interjections + 100) / 2, in per cent."""
    if doc.once(pieces).words < FEWEST_WORDS:
        return None
    tags = Counter([_kind(word, opens=place == 0) for sentence in _sentences(doc.once(prose)[:READ]) for place, word in enumerate(sentence)])
    total = sum(count for kind, count in tags.items() if kind.isalpha())
    if not total:
        return None
    difference = sum(tags[kind] for kind in _FORMAL) - sum(tags[kind] for kind in _DEICTIC)
    return round((100 * difference / total + 100) / 2, 1)


@lru_cache(maxsize=50_000)
def _kind(word: str, *, opens: bool) -> str:
    """The part of speech of a word, at the beginning of a sentence or within it; without rules of context TextBlob asks no more than that."""
    tagged = english().parser.find_tags([word] if opens else ["", word])
    kind: str = tagged[-1][1]
    return kind[:2]


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence. TextBlob's own tokenizer takes twice as long as its tagging, and quadratic time on rows of marks."""
    sentence: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _ENDS:
            if sentence:
                yield sentence
            sentence = []
        elif "'" in token or "’" in token:
            sentence.extend(_written_out(token.replace("’", "'")))
        else:
            sentence.append(token)
    if sentence:
        yield sentence


def _written_out(word: str) -> tuple[str, ...]:
    small = word.lower()
    if small in _IRREGULAR:
        return _IRREGULAR[small]
    start, mark = (word[:-3], "n't") if small.endswith("n't") else (word.partition("'")[0], "'" + small.partition("'")[2])
    if mark not in _ENDINGS or (mark == "'s" and start.lower() not in _WITH_IS):
        return (word,)
    return start, _ENDINGS[mark]

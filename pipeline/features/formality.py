"""Heylighen and Dewaele's F-score (2002): from 0, deictic talk, to 100, formal prose, by parts of speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.features._textblob import english
from pipeline.text import Doc, prose, words

FEWEST_WORDS = 30   # below, one noun more or less moves the score by more than registers differ
READ = 1_200        # characters; two hundred words settle the shares, and tagging takes longer than all other features
# The lexicon does not know "don't"; written out it is tagged as what it is.
_SHORT_FORMS = tuple((re.compile(pattern, re.I), full) for pattern, full in (
    (r"\bwon['’]t\b", "will not"), (r"\bcan['’]t\b", "can not"), (r"n['’]t\b", " not"), (r"['’]re\b", " are"), (r"['’]ve\b", " have"),
    (r"['’]ll\b", " will"), (r"['’]m\b", " am"), (r"['’]d\b", " would"), (r"\b(it|that|there|he|she|what|who|here)['’]s\b", r"\1 is"),
))
_TOKEN = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?\n]")
_ENDS = frozenset(".!?\n")
_FORMAL = ("NN", "JJ", "IN", "DT")
_DEICTIC = ("PR", "WP", "VB", "MD", "RB", "WR", "UH")


def f_score(doc: Doc) -> float | None:
    """(nouns + adjectives + prepositions + articles - pronouns - verbs - adverbs - interjections + 100) / 2, in per cent."""
    if len(doc.once(words)) < FEWEST_WORDS:
        return None
    text = doc.once(prose)[:READ]
    if "'" in text or "’" in text:
        for pattern, full in _SHORT_FORMS:
            text = pattern.sub(full, text)
    tags = Counter(kind[:2] for sentence in _sentences(text) for _, kind in english().parser.find_tags(sentence))
    total = sum(count for kind, count in tags.items() if kind.isalpha())
    if not total:
        return None
    difference = sum(tags[kind] for kind in _FORMAL) - sum(tags[kind] for kind in _DEICTIC)
    return round((100 * difference / total + 100) / 2, 1)


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence. TextBlob's own tokenizer takes twice as long as its tagging, and quadratic time on rows of marks."""
    sentence: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _ENDS:
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append(token)
    if sentence:
        yield sentence

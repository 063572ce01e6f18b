"""Heylighen and Dewaele's F-score (2002): from 0, deictic talk, to 100, formal prose, by parts of speech."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.features._textblob import english, readable
from pipeline.text import Doc, prose, words

FEWEST_WORDS = 30   # below, one noun more or less moves the score by more than registers differ
READ = 6_000        # characters; a thousand words settle the shares
# TextBlob's tokenizer cuts "don't" into three nouns; written out it is tagged as what it is.
_SHORT_FORMS = tuple((re.compile(pattern, re.I), full) for pattern, full in (
    (r"\bwon['’]t\b", "will not"), (r"\bcan['’]t\b", "can not"), (r"n['’]t\b", " not"), (r"['’]re\b", " are"), (r"['’]ve\b", " have"),
    (r"['’]ll\b", " will"), (r"['’]m\b", " am"), (r"['’]d\b", " would"), (r"\b(it|that|there|he|she|what|who|here)['’]s\b", r"\1 is"),
))
_FORMAL = ("NN", "JJ", "IN", "DT")
_DEICTIC = ("PR", "WP", "VB", "MD", "RB", "WR", "UH")


def f_score(doc: Doc) -> float | None:
    """(nouns + adjectives + prepositions + articles - pronouns - verbs - adverbs - interjections + 100) / 2, in per cent."""
    if len(doc.once(words)) < FEWEST_WORDS:
        return None
    text = readable(doc.once(prose)[:READ])
    for pattern, full in _SHORT_FORMS:
        text = pattern.sub(full, text)
    tags = Counter(kind[:2] for _, kind in english().tag(text))
    total = sum(count for kind, count in tags.items() if kind.isalpha())
    if not total:
        return None
    difference = sum(tags[kind] for kind in _FORMAL) - sum(tags[kind] for kind in _DEICTIC)
    return round((100 * difference / total + 100) / 2, 1)

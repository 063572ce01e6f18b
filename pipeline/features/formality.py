"""Heylighen and Dewaele's F-score (2002): from 0, deictic talk, to 100, formal prose, by parts of speech."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.text import Doc, prose, words

FEWEST_WORDS = 30   # below, one noun more or less moves the score by more than registers differ
READ = 6_000        # characters; a thousand words settle the shares
_RUN = re.compile(r"([^\w\s]{3})[^\w\s]+")
_FORMAL = ("NN", "JJ", "IN", "DT")
_DEICTIC = ("PR", "WP", "VB", "MD", "RB", "WR", "UH")


def f_score(doc: Doc) -> float | None:
    """(nouns + adjectives + prepositions + articles - pronouns - verbs - adverbs - interjections + 100) / 2, in per cent."""
    if len(doc.once(words)) < FEWEST_WORDS:
        return None
    from textblob.en import tag  # slow to import; needs no corpora

    tags = Counter(kind[:2] for _, kind in tag(_RUN.sub(r"\1", doc.once(prose)[:READ])))
    total = sum(count for kind, count in tags.items() if kind.isalpha())
    if not total:
        return None
    difference = sum(tags[kind] for kind in _FORMAL) - sum(tags[kind] for kind in _DEICTIC)
    return round((100 * difference / total + 100) / 2, 1)

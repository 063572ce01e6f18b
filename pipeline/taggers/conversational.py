"""How far a text is done, in its form, as one turn of an exchange between persons: personal, informal, inviting.

Two things are weighed, being turned to somebody and a personal voice. By the markers alone the score is a rank; a model that
learned from labelled posts and comments makes of it the level to expect.
"""

from __future__ import annotations

from pipeline.features.formality import f_score
from pipeline.models.cuts import level_at
from pipeline.models.linear import Model, Opinion
from pipeline.models.recipe import Recipe
from pipeline.models.storage import model_for
from pipeline.taggers._conversational_tone import (
    THREAD,
    TURNED,
    VOICED,
    WEIGHTS,
    grounds,
    side_of,
    signals,
    tone,
    with_thread,
)
from pipeline.text import Doc, around, reads_as_english
from schema.items import Finding

version = 3
recipe = Recipe(kind="ordinal", highest=3, freedom=0.02, words=10.0, factors=("turned", "voiced"), n_grams_of=("comment",))

# Where the levels of the markers' score begin: as many labelled comments of 31 blogs (and of the 88 posts) reach each as readers put there.
CUTS = {"comment": (0.22, 0.38, 0.67), "post": (0.35, 0.69, 0.82)}
JUST_BELOW = 0.0001     # what a score stays below level 1 by where nothing can be shown for it
FEWEST_WORDS = 25       # a rate per word of a shorter text would make a "Thanks!" the most conversational thing there is


def tag(doc: Doc) -> Finding:
    """The tone of a post or comment, with rates per 100 words for its four sides.

    Score None: the text is not in English, and no sign in it (a question, @name, an emoticon, an exclamation) decides.
    """
    return judge(doc, model_for("conversational"))


def judge(doc: Doc, model: Model | None) -> Finding:
    """The same by this model; None: by the markers alone."""
    is_english = doc.once(reads_as_english)
    known = model if model and is_english and model.knows(doc) else None      # what a model knows are English words
    cuts = (known.cuts if known else CUTS)[doc.kind]
    shown = grounds(doc)
    opinion = known.judge(doc, signals(doc)) if known else _by_markers(doc)
    score = opinion.score if shown else min(opinion.score, cuts[0] - JUST_BELOW)
    level, context = level_at(score, cuts), around(doc)
    if not level and not is_english:                            # its words may well be warm
        return Finding(None, context=context)
    context["signals"] = {THREAD: WEIGHTS[THREAD]} if THREAD in doc.once(with_thread).counts else {}
    if known:
        context["model"] = known.identity
    return Finding(
        score=round(score, 4), level=level, spans=tuple(shown) if level else (), text_score=round(opinion.text_score, 4),
        subscores=_subscores(doc), context=context,
    )


def _by_markers(doc: Doc) -> Opinion:
    return Opinion(doc.once(with_thread).score, doc.once(tone).score)


def _subscores(doc: Doc) -> dict[str, float | None]:
    """Markers of each side per 100 words, and the F-score."""
    found = doc.once(tone)
    hundreds = max(FEWEST_WORDS, found.words) / 100
    counts = dict.fromkeys((*TURNED, *VOICED), 0.0)
    for rule, number in found.counts.items():
        if side_of(rule) in counts:
            counts[side_of(rule)] += number
    return {**{side: round(count / hundreds, 2) for side, count in counts.items()}, "f_score": doc.once(f_score) if doc.once(reads_as_english) else None}

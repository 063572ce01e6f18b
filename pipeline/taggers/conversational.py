"""How far a text is done, in its form, as one turn of an exchange between persons: personal, informal, inviting.

Two things are weighed, being turned to somebody and a personal voice; the score is a rank, the levels ask for either or both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.features import commerce
from pipeline.features.formality import f_score
from pipeline.features.names import name_in_the_opening
from pipeline.taggers._markers import Evidence, found_in_any_language, spans
from pipeline.text import Doc, around, reads_as_english, words
from schema.items import Finding

version = 1

# Chosen by hand on labelled comments of 31 blogs and 88 posts, the very ones that the markers were written by. More is asked
# of a post, which addresses its readers by habit.
CUTS = {"comment": (0.18, 0.33, 0.70), "post": (0.22, 0.42, 0.85)}
FEWEST_WORDS = 25       # a rate per word of a shorter text would make a "Thanks!" the most conversational thing there is
TURNED = ("address", "interaction")
VOICED = ("involvement", "informality")
# The weights at which two thirds of the way are gone; by rank correlation with the same labels, among values a third apart.
FULL_TURN = 1.6         # address and interaction: a name, or thanks
FULL_VOICE = 2.4        # involvement and informality: I, a contraction and a feeling
LONG = 60               # words; from here on what counts is how dense the markers are, not how many
CATALOGUE = 0.4         # what one ware takes away in a short text
MANY = 2                # of one rule; the tenth "I" says no more than the second


@dataclass(frozen=True, slots=True)
class Tone:
    """The two halves of the judgement, each from 0 to 1, and what they rest on."""

    turned: float
    voiced: float
    grounds: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """Their mean: half of the scale for either, the other half for both together."""
        return (self.turned + self.voiced) / 2


def tag(doc: Doc) -> Finding:
    """The tone of a post or comment, with rates per 100 words for its four sides.

    Score None: the text is not in English, and no sign in it (a question, @name, an emoticon, an exclamation) decides.
    """
    evidence = found_in_any_language(doc, "conversational")
    text_tone = _tone(doc, evidence)
    tone = _tone(doc, [*evidence, *_names_somebody(doc)])
    level = sum(tone.score >= cut for cut in CUTS[doc.kind])
    if not level and not doc.once(reads_as_english):    # its words may well be warm
        return Finding(None, context=around(doc))
    return Finding(
        score=round(tone.score, 4), level=level, spans=spans(tone.grounds) if level else (),
        text_score=round(text_tone.score, 4), subscores=_subscores(doc, evidence),
        context=around(doc) | {"signals": {item.rule: item.weight for item in tone.grounds if item.is_context}},
    )


def _tone(doc: Doc, evidence: Iterable[Evidence]) -> Tone:
    grounds = tuple(item for item in evidence if item.group in (*TURNED, *VOICED))
    formula = sum(item.weight for item in evidence if item.group == "formula") + _catalogue(doc)
    thinning = max(1.0, len(doc.once(words)) / LONG) ** 0.75
    damping = 1 / (1 + formula)
    return Tone(
        turned=_saturated(_weight(grounds, TURNED, thinning) * damping / FULL_TURN),
        voiced=_saturated(_weight(grounds, VOICED, thinning) * damping / FULL_VOICE),
        grounds=grounds,
    )


def _catalogue(doc: Doc) -> float:
    """How much of a list of wares the text is: no turn of an exchange, whatever I and you stand in it."""
    cried = min(MANY, len(doc.once(commerce.wares))) + min(MANY, len(doc.once(commerce.selling)))
    return CATALOGUE * cried / max(1.0, len(doc.once(words)) / LONG)


def _weight(evidence: Iterable[Evidence], groups: tuple[str, ...], thinning: float) -> float:
    """The weights of these groups, of each rule only so many, as dense as the text is long."""
    most = MANY * thinning
    counted: dict[str, float] = {}
    limits: dict[str, float] = {}
    for item in evidence:
        if item.group in groups:
            counted[item.rule] = counted.get(item.rule, 0.0) + item.weight
            limits[item.rule] = item.weight * most
    return sum(min(weight, limits[rule]) for rule, weight in counted.items()) / thinning


def _saturated(weight: float) -> float:
    return 1 - math.exp(-weight)


def _names_somebody(doc: Doc) -> Iterator[Evidence]:
    """A name of the thread in the first words, where the wording alone did not show that it is one."""
    if place := doc.once(name_in_the_opening):
        yield Evidence("name_of_the_thread", 1.2, *place, group="address", is_context=True)


def _subscores(doc: Doc, evidence: Iterable[Evidence]) -> dict[str, float | None]:
    """Markers of each side per 100 words, and the F-score."""
    hundreds = max(FEWEST_WORDS, len(doc.once(words))) / 100
    counts = dict.fromkeys((*TURNED, *VOICED), 0)
    for item in evidence:
        if item.group in counts:
            counts[item.group] += 1
    return {**{group: round(count / hundreds, 2) for group, count in counts.items()}, "f_score": doc.once(f_score) if doc.once(reads_as_english) else None}

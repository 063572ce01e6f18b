"""Whether a comment takes part in its thread or was placed there for others: search engines, random readers.

Markers and signals are log-odds set by hand; a small model, where there is one, weighs their sums against the words and makes
of them a probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.features.links import host_of, is_own_host, pointers
from pipeline.features.names import name_kind
from pipeline.models.evidence import grounds
from pipeline.models.linear import AROUND, Model, Opinion
from pipeline.models.recipe import Recipe
from pipeline.models.storage import model_for
from pipeline.taggers._markers import Evidence, spans
from pipeline.taggers._spam_evidence import KEYWORD_AS_NOUN, evidence, log_odds
from pipeline.text import Doc, around, word_count
from schema.items import Finding

version = 2
kinds = ("comment",)
uses_corpus = True      # judged again when the corpus says more of its address or text
recipe = Recipe(kind="logistic", highest=2, positive=2, left_out=frozenset((1,)), tied=True, freedom=0.3, words=2.0)

FEWEST_WORDS = 5    # below, text alone tells nothing, as labelled comments of 31 blogs show
# Before any evidence one comment in thirteen is spam: a guess for moderated blogs, whose rates differ widely.
BIAS = -2.5
# The score is a probability. Where a probability is right, the verdict that has the best F1 begins at half of that F1 (Lipton et al. 2014).
BORDERLINE = 0.2
SPAM = 0.4
ENOUGH_BESIDE = 1.5
TELLING = 1.0       # what a rule weighs that tells something by itself
UNIT = 4.0          # log-odds that make a signal of 1 for the model
LEAST, MOST = -4.0, 8.0     # log-odds beyond which there is nothing more to say


def tag(doc: Doc) -> Finding:
    """How surely this comment is spam. Score None: too short to tell."""
    return judge(doc, model_for("spam"))


def judge(doc: Doc, model: Model | None) -> Finding:
    """The same by this model; None: by the markers alone."""
    context = around(doc)
    if word_count(doc) < FEWEST_WORDS and not doc.once(pointers) and not _is_keyword_signature(doc):
        return Finding(None, context=context)
    found = doc.once(evidence)
    opinion = model.judge(doc, signals(doc)) if model else _by_markers(found)
    score = _bounded(opinion.score, found)
    level = 2 if score >= SPAM else 1 if score >= BORDERLINE else 0
    model_spans, model_signals = grounds(doc, opinion) if level and model else ((), {})
    shown = {item.rule: item.weight for item in found if item.is_context}
    context["signals"] = shown if found or model_spans else model_signals      # where markers speak, they are there to be seen
    if model:
        context["model"] = model.identity
    return Finding(
        score=round(score, 4), level=level, spans=(*spans(found), *model_spans), text_score=round(opinion.text_score, 4),
        subtype=_subtype(found) if level else None, context=context,
    )


def signals(doc: Doc) -> Mapping[str, float]:
    """What the model weighs beside the words: the sums of the markers."""
    found = doc.once(evidence)
    text = _within(log_odds(item for item in found if not item.is_context))
    return {"markers": text / UNIT, f"{AROUND}markers": (_within(log_odds(found)) - text) / UNIT}


def _within(total: float) -> float:
    return max(LEAST, min(MOST, total))


def _by_markers(found: Iterable[Evidence]) -> Opinion:
    found = list(found)
    return Opinion(_logistic(log_odds(found)), _logistic(log_odds(item for item in found if not item.is_context)))


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-(BIAS + total)))


def _bounded(score: float, found: Iterable[Evidence]) -> float:
    """A keyword in a noun's place is borderline by itself; it takes a name, a link or a ware beside it to make spam."""
    others = sum(item.weight for item in found if item.weight >= TELLING and item.rule != KEYWORD_AS_NOUN)
    is_noun = any(item.rule == KEYWORD_AS_NOUN for item in found)
    return max(BORDERLINE, min(score, SPAM - 0.01)) if is_noun and others < ENOUGH_BESIDE else score


def _subtype(found: Iterable[Evidence]) -> str:
    """The subtype that most of the evidence speaks for."""
    votes: Counter[str] = Counter()
    for item in found:
        if item.subtype and item.weight > 0:
            votes[item.subtype] += round(item.weight * 100)
    return votes.most_common(1)[0][0] if votes else "link_drop"


def _is_keyword_signature(doc: Doc) -> bool:
    return doc.once(name_kind) in ("keyword", "firm") and is_own_host(host_of(doc.author_url))

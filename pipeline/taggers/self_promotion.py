"""Whether the writer uses the text to draw attention, credit or custom to something of their own.

Rules of the codebook give a level; a small model, where there is one, weighs that level, the rules behind it and the words, and
makes a probability of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.models.evidence import grounds
from pipeline.models.linear import AROUND, Model, Opinion
from pipeline.models.recipe import Recipe
from pipeline.models.storage import model_for
from pipeline.taggers._markers import Evidence, spans
from pipeline.taggers._self_promotion_evidence import evidence
from pipeline.taggers._self_promotion_verdict import Case, verdict
from pipeline.text import Doc, around, reads_as_english
from schema.items import Finding

version = 2
recipe = Recipe(kind="logistic", highest=3, positive=2, tied=True, freedom=0.15, words=3.0)

# The score is the probability that the level is 2 or 3: from a half on it more likely is than not.
POSITIVE = 0.5
BORDERLINE = 0.25
# Without a model each level owns a quarter of the scale: a score tells the level, and within it how much spoke for it.
BAND = 0.25
FULL = 4.0      # evidence that fills a band: about four markers

Verdict = tuple[int, list[Evidence]]


def tag(doc: Doc) -> Finding:
    """How likely it is that this post or comment promotes something of its writer's own.

    Score None: the text is not in English, and neither links nor names nor addresses show anything.
    """
    return judge(doc, model_for("self_promotion"))


def judge(doc: Doc, model: Model | None) -> Finding:
    """The same by this model; None: by the rules alone."""
    ruled, found = doc.once(_ruled)
    if not ruled and not doc.once(reads_as_english):    # its words may well offer something
        return Finding(None, context=around(doc))
    opinion = model.judge(doc, signals(doc)) if model else Opinion(_banded(ruled, found), _banded(*doc.once(_ruled_by_text)))
    level = _level(opinion.score, ruled) if model else ruled
    model_spans, model_signals = grounds(doc, opinion) if model and level > ruled else ((), {})
    context = around(doc) | {"signals": {item.rule: item.weight for item in found if item.is_context}}
    if model:
        context["model"] = model.identity
    if level and not (spans(found) or model_spans or context["signals"]):
        context["signals"] = model_signals
    return Finding(
        score=round(opinion.score, 4), level=level, spans=(*spans(found), *model_spans), text_score=round(opinion.text_score, 4), context=context,
    )


def signals(doc: Doc) -> Mapping[str, float]:
    """What the model weighs beside the words: the level that follows from the rules, and which rules spoke."""
    text, whole = _signals_of(doc.once(_ruled_by_text)), _signals_of(doc.once(_ruled))
    heard = {"is a post": float(doc.kind == "post")} | text
    heard |= {f"{AROUND}{name}": value - text.get(name, 0.0) for name, value in whole.items() if value != text.get(name, 0.0)}
    heard |= {f"{AROUND}{name}": -value for name, value in text.items() if name not in whole}
    heard |= {f"{AROUND if item.is_context else ''}rule {item.rule}": 1.0 for item in doc.once(evidence)}
    return heard


def _signals_of(found: Verdict) -> dict[str, float]:
    level, behind = found
    by_name: dict[str, float] = defaultdict(float)
    by_name["verdict"], by_name["offer"], by_name["borderline"] = float(level >= 2), float(level >= 3), float(level == 1)
    by_name["strength"] = _strength(behind) if level else 0.0
    return {name: value for name, value in by_name.items() if value}


def _ruled(doc: Doc) -> Verdict:
    return verdict(doc, Case(doc.once(evidence)))


def _ruled_by_text(doc: Doc) -> Verdict:
    return verdict(doc, Case(tuple(item for item in doc.once(evidence) if not item.is_context)))


def _level(score: float, ruled: int) -> int:
    """Two and three differ by an offer, which is for the rules to say."""
    if score >= POSITIVE:
        return max(2, ruled)
    return 1 if ruled or score >= BORDERLINE else 0


def _banded(level: int, found: Iterable[Evidence]) -> float:
    return BAND * level + (BAND - 0.01) * _strength(found)


def _strength(found: Iterable[Evidence]) -> float:
    return min(1.0, sum(item.weight for item in found) / FULL)

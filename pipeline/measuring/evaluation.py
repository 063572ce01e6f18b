"""A tagger beside labels: its figures, the same in parts of the material, and where it is furthest off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.labelled.items import Labelled
from pipeline.measuring.figures import Figures, Sample, figures, macro, sample, verdicts, with_intervals
from pipeline.measuring.intervals import Interval
from pipeline.measuring.scales import Scale, with_level_1
from pipeline.measuring.scores import auc
from pipeline.measuring.verdicts import Counts
from schema.items import Finding

SIDES = ("left_out", "negative", "positive")


@dataclass(frozen=True, slots=True)
class Judged:
    """An item, the level that readers gave it, and what was found."""

    item: Labelled
    gold: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of some of the items."""

    n: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Subtype:
    """How much of one kind of spam is found: which part of it has the verdict, and its AUC against what is no spam."""

    n: int
    recall: float | None
    auc: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that can be said of a tagger beside these labels."""

    tagger: str
    n: int                                          # items with a label that the tagger judges
    blogs: int
    n_null: int                                     # of these, not judged: they count as score 0 and level 0
    n_left_out: int                                 # neither yes nor no: left out of all figures but the ordinal ones
    n_unlabelled: int                               # items of the file that it judges and nobody labelled
    figures: Figures
    intervals: Mapping[str, Interval | None]
    macro_by_blog: Figures
    verdicts: Counts
    confusion: Mapping[str, Mapping[str, int]]      # gold level -> found level or "null" -> items
    level_1: Mapping[str, Part]                     # with level 1 left out, as a no, as a yes
    by_kind: Mapping[str, Part]
    by_subtype: Mapping[str, Subtype]
    not_spam: Part | None                           # of the items that are labelled as no spam
    spam_label_alone: Part | None                   # what nothing but the gold spam label would reach
    disagreements: tuple[Judged, ...]               # the furthest off first


@dataclass(frozen=True, slots=True)
class Options:
    """How much is worked out."""

    resamples: int | None = None    # for the intervals; None: as many as are worth their time
    disagreements: int = 10


def evaluate(tag: str, scale: Scale, items: Sequence[Labelled], found: Sequence[Finding], options: Options = Options()) -> Evaluation:
    """Compare what was found about these items with their labels for this tag."""
    judged = [Judged(item, item.labels[tag], finding) for item, finding in zip(items, found, strict=True) if tag in item.labels]
    labelled = _sample(tag, judged)
    return Evaluation(
        tagger=tag, n=len(judged), blogs=len({one.item.blog for one in judged}), n_null=sum(one.finding.score is None for one in judged),
        n_left_out=int(np.isin(labelled.gold, scale.left_out).sum()), n_unlabelled=len(items) - len(judged),
        figures=figures(labelled, scale), intervals=with_intervals(labelled, scale, options.resamples), macro_by_blog=macro(labelled, scale),
        verdicts=verdicts(labelled, scale), confusion=_confusion(judged),
        level_1={side: Part(len(judged), figures(labelled, with_level_1(scale, side))) for side in SIDES if scale.with_borderline},
        by_kind={kind: _part(tag, scale, [one for one in judged if one.item.kind == kind]) for kind in sorted({one.item.kind for one in judged})},
        by_subtype=_by_subtype(tag, scale, judged) if tag == "spam" else {},
        not_spam=_not_spam(tag, scale, judged), spam_label_alone=_spam_label_alone(tag, scale, judged),
        disagreements=tuple(sorted(filter(_disagrees, judged), key=lambda one: _distance(one, scale), reverse=True)[:options.disagreements]),
    )


def _sample(tag: str, judged: Sequence[Judged]) -> Sample:
    return sample(tag, [one.item for one in judged], [one.finding for one in judged])


def _part(tag: str, scale: Scale, judged: Sequence[Judged]) -> Part:
    return Part(len(judged), figures(_sample(tag, judged), scale))


def _confusion(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for one in judged:
        level = "null" if one.finding.level is None else str(one.finding.level)
        found.setdefault(str(one.gold), Counter())[level] += 1
    return {gold: dict(sorted(found[gold].items())) for gold in sorted(found)}


def _by_subtype(tag: str, scale: Scale, judged: Sequence[Judged]) -> dict[str, Subtype]:
    negative = [one for one in judged if one.gold < scale.positive and one.gold not in scale.left_out]
    subtypes = sorted({one.item.subtype for one in judged if one.item.subtype and one.gold >= scale.positive})
    return {name: _subtype(tag, scale, [one for one in judged if one.item.subtype == name and one.gold >= scale.positive], negative) for name in subtypes}


def _subtype(tag: str, scale: Scale, positive: Sequence[Judged], negative: Sequence[Judged]) -> Subtype:
    both = _sample(tag, [*positive, *negative])
    return Subtype(len(positive), verdicts(_sample(tag, positive), scale).recall, auc(both.gold >= scale.positive, both.scores))


def _not_spam(tag: str, scale: Scale, judged: Sequence[Judged]) -> Part | None:
    if tag == "spam" or not any("spam" in one.item.labels for one in judged):
        return None
    return _part(tag, scale, [one for one in judged if one.item.labels.get("spam") in (0, 1)])


def _spam_label_alone(tag: str, scale: Scale, judged: Sequence[Judged]) -> Part | None:
    """Spam is mostly promotion and never a talk: what knowing that would give to somebody who reads no word."""
    chosen = [one for one in judged if "spam" in one.item.labels]
    if tag not in ("self_promotion", "conversational") or not chosen:
        return None
    is_yes = [(one.item.labels["spam"] == 2) == (tag == "self_promotion") for one in chosen]
    guessed = [Finding(float(yes), scale.positive if yes else 0) for yes in is_yes]
    return Part(len(chosen), figures(sample(tag, [one.item for one in chosen], guessed), scale))


def _disagrees(one: Judged) -> bool:
    return (one.finding.level or 0) != one.gold


def _distance(one: Judged, scale: Scale) -> tuple[bool, float]:
    """Wrong verdicts first; then by how far the score is from what it should have been."""
    level, score = one.finding.level or 0, one.finding.score or 0.0
    promised = one.gold / scale.highest if scale.is_expected_level or one.gold in scale.left_out else float(one.gold >= scale.positive)
    is_wrong = one.gold not in scale.left_out and (level >= scale.positive) != (one.gold >= scale.positive)
    return is_wrong, abs(score - promised)

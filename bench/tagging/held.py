"""The taggers on blogs never seen: one that can be trained is trained anew for every fold, another judges as it is."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.tagging.material import Material, largest_spam_blogs, material, of_tag
from pipeline.labelled.folds import Folds
from pipeline.labelled.items import Labelled
from pipeline.measuring.figures import Figures, Sample, figures, macro, sample
from pipeline.measuring.scales import scale_of
from pipeline.registry import module
from pipeline.training import held_out, trainable
from schema.items import Finding

TAGS = ("spam", "self_promotion", "conversational")


@dataclass(frozen=True, slots=True)
class Held:
    """All items of a tag and what was found about each without having seen its blog."""

    tag: str
    items: Sequence[Labelled]
    found: Sequence[Finding]

    def part(self, kind: str = "", is_spam: bool | None = None, without: frozenset[str] | set[str] = frozenset()) -> Sample:
        """Of one kind, of the spam or the rest, without some blogs."""
        chosen = [
            (item, finding) for item, finding in zip(self.items, self.found, strict=True)
            if kind in ("", item.doc.kind) and item.blog not in without and (is_spam is None or (item.labels.get("spam") == 2) == is_spam)
        ]
        return sample(self.tag, [item for item, _ in chosen], [finding for _, finding in chosen])


def judged(tag: str, material: Material, folds: Folds | None = None) -> Held:
    """The tagger's findings on these folds, by default the kept ones."""
    items = of_tag(tag, material.items)
    return Held(tag, items, findings(tag, items, folds or material.folds, material.beside))


def findings(tag: str, items: Sequence[Labelled], folds: Folds, beside: Sequence[Labelled]) -> list[Finding]:
    """What the tagger says of each item without having learned from its fold; from the items beside every fold learns."""
    if tag in trainable():
        return held_out(tag, items, folds, beside)
    tagger = module("pipeline.taggers", tag)
    return [tagger.tag(item.doc) for item in items]


def each_blog(material: Material) -> Folds:
    """Folds of a single blog."""
    return tuple(frozenset({blog}) for blog in sorted({item.blog for item in material.items}))


def parts(found: Held) -> dict[str, Sample]:
    """The samples that each tag is looked at in."""
    largest = largest_spam_blogs(found.items)
    every = {
        "comments": found.part("comment"),
        "comments without the two blogs with most spam": found.part("comment", without=largest),
        "comments that are no spam": found.part("comment", is_spam=False), "posts": found.part("post"),
    }
    return {name: one for name, one in every.items() if len(one.gold) and (found.tag != "spam" or "no spam" not in name)}


def floors(folder: Path) -> dict[str, float]:
    """The figures that may not fall, by name, one tag beside the other. A calibration is 1 less the calibration error, so that more is better."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        return {name: value for found in processes.map(partial(_floors_of, folder), reversed(TAGS)) for name, value in found.items()}


def _floors_of(folder: Path, tag: str) -> dict[str, float]:
    samples = parts(judged(tag, material(folder)))
    places = {"comments": "comments", "comments that are no spam": "not_spam", "posts": "posts"}
    return {
        f"tags.{places[name]}.{tag}.{measure}": value
        for name, one in samples.items() if name in places for measure, value in _measures(tag, figures(one, scale_of(tag))).items()
    }


def _measures(tag: str, one: Figures) -> dict[str, float]:
    names = {"spam": ("auc", "average_precision", "f1", "calibration"), "self_promotion": ("auc", "f1"), "conversational": ("spearman", "kappa", "within_one")}
    error = one["calibration_error"]
    every = {**one, "kappa": one["quadratic_kappa"], "calibration": None if error is None else 1 - error}
    return {name: every[name] or 0.0 for name in names[tag]}


def mean_of_blogs(found: Held, kind: str) -> Figures:
    """Every blog counts the same, where the figure is defined on it."""
    return macro(found.part(kind), scale_of(found.tag))

"""The measurement as Markdown: a table of parts for each tag, and one of variants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.tagging.held import TAGS, Held, each_blog, judged, mean_of_blogs, parts
from bench.tagging.material import Material
from bench.tagging.variants import held, variants
from pipeline.measuring.evaluation import evaluate
from pipeline.measuring.figures import Figures, Sample, figures, with_intervals
from pipeline.measuring.judging import findings
from pipeline.measuring.levels import quadratic_kappa, spearman
from pipeline.measuring.scales import scale_of
from pipeline.registry import module

YES_NO = ("auc", "average_precision", "precision", "recall", "f1", "calibration_error")
ORDINAL = ("spearman", "quadratic_kappa", "within_one", "calibration_error")
COLUMNS = {"spam": YES_NO, "self_promotion": YES_NO, "conversational": ORDINAL}
TITLES = {
    "auc": "AUC", "average_precision": "average precision", "f1": "F1", "spearman": "Spearman", "quadratic_kappa": "quadratic kappa",
    "within_one": "within one level", "calibration_error": "calibration error",
}


def of_tag(tag: str, material: Material) -> Iterator[str]:
    """The figures of a tagger in all parts, with intervals, then blog by blog, then what the spam label alone gives."""
    names = COLUMNS[tag]
    found = judged(tag, material)
    yield from _head("part", "items", "blogs", *(TITLES.get(name, name) for name in names))
    for title, part in parts(found).items():
        yield _row(title, *_size(part), *(_with_interval(name, part, tag) for name in names))
    alone = judged(tag, material, each_blog(material))
    kinds = ("comment",) if tag == "spam" else ("comment", "post")
    for kind in kinds:
        one = alone.part(kind)
        yield _row(f"{kind}s, one blog left out at a time", *_size(one), *(shortly(figures(one, scale_of(tag))[name]) for name in names))
        yield _row("&nbsp;&nbsp;mean of blogs", *_size(one), *(shortly(mean_of_blogs(alone, kind)[name]) for name in names))
    yield from _spam_label_alone(found, names)


def of_variants(material: Material) -> Iterator[str]:
    """What each part adds, and what plain models reach."""
    yield from _head("variant", "spam: AUC", "AP", "F1", "promotion: AUC", "F1", "without spam: F1", "posts: F1", "tone: Spearman", "kappa")
    for variant in variants(material):
        found = held(variant, material)
        yield _row(variant.name, *(shortly(value) for value in _of_variant(found)))


def of_seeds(material: Material) -> Iterator[str]:
    """How far the shipped taggers are from the labels of the five example threads."""
    yield from _head("tag", "items", "level as labelled", "within one level", "yes or no as labelled")
    for tag in TAGS:
        items = [item for item in material.seeds if tag in item.labels]
        pairs = [(item.labels[tag], finding.level or 0) for item, finding in zip(items, findings(tag, module("pipeline.taggers", tag), items), strict=True)]
        yes = scale_of(tag).positive
        counts = (sum(gold == level for gold, level in pairs), sum(abs(gold - level) <= 1 for gold, level in pairs), sum((gold >= yes) == (level >= yes) for gold, level in pairs))
        yield _row(_named(tag), str(len(pairs)), *map(str, counts))


def of_readings(material: Material) -> Iterator[str]:
    """The tone between chance and what two readings of the same kind agree to."""
    first, second = zip(*material.readings, strict=True)
    found = figures(judged("conversational", material).part("comment"), scale_of("conversational"))
    reached = (found["spearman"] or 0.0, found["quadratic_kappa"] or 0.0)
    possible = (spearman(first, second) or 1.0, quadratic_kappa(first, second) or 1.0)
    yield from _head("comments", "Spearman", "quadratic kappa")
    yield _row("chance", "0", "0")
    yield _row("the tagger, against the adjudicated labels", *map(shortly, reached))
    yield _row("one reading against the other", *map(shortly, possible))
    yield _row("how far the tagger gets from the one to the other", *(f"{100 * one / whole:.0f} %" for one, whole in zip(reached, possible, strict=True)))


def shortly(value: float | None) -> str:
    """A figure for a table."""
    return "–" if value is None else f"{value:.3f}"


def _named(tag: str) -> str:
    return tag.replace("_", "-")


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield "|" + "---|" + "---:|" * (len(titles) - 1)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _size(part: Sample) -> tuple[str, str]:
    return str(len(part.gold)), str(len(set(part.blogs.tolist())))


def _with_interval(name: str, part: Sample, tag: str) -> str:
    value, interval = figures(part, scale_of(tag))[name], with_intervals(part, scale_of(tag)).get(name)
    return shortly(value) + (f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval and value is not None else "")


def _spam_label_alone(found: Held, names: Sequence[str]) -> Iterator[str]:
    alone = evaluate(found.tag, scale_of(found.tag), found.items, found.found).spam_label_alone
    if alone:
        cells = (shortly(alone.figures[name]) if name != "calibration_error" else "–" for name in names)
        yield _row("*nothing but the gold spam label*, comments", str(alone.n), "", *cells)


def _of_variant(found: Mapping[str, Held]) -> Iterable[float | None]:
    spam, promotion, tone = (found.get(tag) for tag in TAGS)
    comments, no_spam, posts = ({"kind": "comment"}, {"kind": "comment", "is_spam": False}, {"kind": "post"})
    yield from _some(spam, comments, "auc", "average_precision", "f1")
    yield from _some(promotion, comments, "auc", "f1")
    yield from _some(promotion, no_spam, "f1")
    yield from _some(promotion, posts, "f1")
    yield from _some(tone, comments, "spearman", "quadratic_kappa")


def _some(found: Held | None, part: Mapping[str, object], *names: str) -> Iterator[float | None]:
    known: Figures = figures(found.part(**part), scale_of(found.tag)) if found else {}      # type: ignore[arg-type]    # as `part` takes them
    return (known.get(name) for name in names)

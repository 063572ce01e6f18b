"""How well the taggers agree with labelled comments and posts: `python bench/tags.py FOLDER` prints a table.

FOLDER holds `comments.jsonl` and `posts.jsonl`, one labelled item a line: text, author_name, author_url, links (href, anchor),
post_title, post_excerpt, prev_comment, and the labels spam, self_promotion and conversational.

Read the figures as agreement with material that was in sight: the markers and their weights were written while looking at
these very labels. Only blogs that nobody looked at can tell how well the taggers judge.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.registry import module
from pipeline.text import Context, Doc
from schema.items import TextLink

NOTE = (
    "The markers were written while looking at these labels, so all figures flatter the taggers; those with one blog left out\n"
    "take only the choice of the cuts off. The score of spam is a rank more than a probability: a fifth of these comments is spam."
)
TAGGERS = ("spam", "self_promotion", "conversational")


def main() -> None:
    """Print one line for each tagger and kind of item."""
    if len(sys.argv) != 2:
        raise SystemExit("Say where the labelled items are: python bench/tags.py FOLDER")
    folder = Path(sys.argv[1])
    print(f"{'figure':44} value")
    for name, value in (measure(folder) | held_out(folder)).items():
        print(f"{name:44} {value:.3f}")
    print(NOTE)


def measure(folder: Path) -> dict[str, float]:
    """AUC and F1 of spam and self-promotion, Spearman and quadratic kappa of the tone."""
    figures: dict[str, float] = {}
    for kind in ("comments", "posts"):
        items = list(read(folder / f"{kind}.jsonl"))
        for tagger in TAGGERS:
            if kind == "comments" or tagger != "spam":
                figures |= {f"tags.{kind}.{tagger}.{name}": value for name, value in _figures(items, tagger).items()}
    return figures


def held_out(folder: Path) -> dict[str, float]:
    """The same where a cut decides, each blog judged with cuts that were chosen on the other blogs alone.

    Levels of self-promotion follow from rules, without a cut. The markers remain as they are, and they have seen all blogs.
    """
    figures: dict[str, float] = {}
    for kind, tagger in (("comments", "spam"), ("comments", "conversational"), ("posts", "conversational")):
        items = list(read(folder / f"{kind}.jsonl"))
        judge = module("pipeline.taggers", tagger).tag
        scored = [(item["blog"], judge(doc).score or 0.0, 2 * int(item[tagger] >= 2) if tagger == "spam" else int(item[tagger])) for item, doc in items]
        levels = [level for blog in sorted({blog for blog, _, _ in scored}) for level in _blind(scored, blog, (0, 2) if tagger == "spam" else (0, 1, 2, 3))]
        gold = [level for blog in sorted({blog for blog, _, _ in scored}) for other, _, level in scored if other == blog]
        if tagger == "spam":
            figures[f"one blog left out: {kind}.{tagger}.f1"] = f1([level == 2 for level in gold], [level == 2 for level in levels])
        else:
            figures[f"one blog left out: {kind}.{tagger}.kappa"] = quadratic_kappa(gold, levels)
            figures[f"one blog left out: {kind}.{tagger}.within_one"] = _within_one(gold, levels)
    return figures


def _blind(scored: Sequence[tuple[str, float, int]], blog: str, known: Sequence[int]) -> list[int]:
    """Levels for one blog's items by the cuts that fit all others best."""
    cuts = best_cuts([(score, level) for other, score, level in scored if other != blog], known)
    return [known[sum(score >= cut for cut in cuts)] for other, score, _ in scored if other == blog]


def best_cuts(pairs: Sequence[tuple[float, int]], known: Sequence[int]) -> list[float]:
    """Where to part the scores into these levels with the least squared error."""
    ordered = sorted(pairs)
    best: list[tuple[float, list[float]]] = [(0.0, [0.0] * number) for number in range(len(known))]
    for number, (score, level) in enumerate(ordered):
        is_new = number == 0 or score > ordered[number - 1][0]
        for place in range(len(known)):
            if place and is_new and best[place - 1][0] < best[place][0]:    # this level begins here
                best[place] = best[place - 1][0], [*best[place - 1][1], score]
        best = [(error + (level - known[place]) ** 2, cuts) for place, (error, cuts) in enumerate(best)]
    return min(best)[1] + [float("inf")] * (len(known) - 1 - len(min(best)[1]))


def read(file: Path) -> Iterator[tuple[dict[str, Any], Doc]]:  # Any: a line of JSON
    """The labelled items of a file, each as the taggers see it."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield item, as_doc(item)


def as_doc(item: dict[str, Any]) -> Doc:  # Any: a line of JSON
    """A Doc with as much context as the line gives."""
    if item["kind"] == "post":
        return Doc("post", item["text"], title=item["title"] or "", author=item["author"] or None, by_post_author=True, links=(), context=Context(host=_host(item["blog"])))
    previous = item.get("prev_comment") or {}
    around = Context(
        post_text=item.get("post_excerpt"), post_title=item.get("post_title"), host=_host(item["blog"]), previous_text=previous.get("text"),
        earlier_authors=(previous["author"],) if previous.get("author") else None,
    )
    return Doc(
        "comment", item["text"], links=tuple(_links(item)), author=item["author_name"] or None, author_url=item["author_url"] or None,
        by_post_author=item["by_post_author"], position=item["position"], is_ping=item["kind"] != "comment", context=around,
    )


def _host(blog: str) -> str:
    """The labelled sets call a TypePad blog `typepad:name`."""
    kind, colon, name = blog.partition(":")
    return f"{name.lower()}.typepad.com" if colon and kind == "typepad" else blog


def _links(item: dict[str, Any]) -> Iterator[TextLink]:  # Any: a line of JSON
    end = 0
    for link in item["links"]:
        start = item["text"].find(link["anchor"] or "", end)
        if link["anchor"] and start >= 0:
            end = start + len(link["anchor"])
            yield TextLink(link["href"], link["anchor"], start, end)


def _figures(items: Sequence[tuple[dict[str, Any], Doc]], tagger: str) -> dict[str, float]:  # Any: a line of JSON
    judge = module("pipeline.taggers", tagger).tag
    findings = [judge(doc) for _, doc in items]
    gold = [item[tagger] for item, _ in items]
    scores = [finding.score or 0.0 for finding in findings]
    levels = [finding.level or 0 for finding in findings]
    if tagger == "conversational":
        return {
            "spearman": spearman(gold, scores), "kappa": quadratic_kappa(gold, levels),
            "within_one": _within_one(gold, levels),
        }
    truth = [level >= 2 for level in gold]
    return {"auc": auc(truth, scores), "f1": f1(truth, [level >= 2 for level in levels])}


def _within_one(gold: Sequence[int], levels: Sequence[int]) -> float:
    return sum(abs(a - b) <= 1 for a, b in zip(gold, levels, strict=True)) / len(gold)


def auc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that a positive item has the higher score, ties counting half."""
    ranks = ranked(scores)
    positive = sum(truth)
    negative = len(truth) - positive
    above = sum(rank for rank, is_positive in zip(ranks, truth, strict=True) if is_positive) - positive * (positive + 1) / 2
    return above / (positive * negative) if positive and negative else float("nan")


def f1(truth: Sequence[bool], verdicts: Sequence[bool]) -> float:
    """The harmonic mean of precision and recall."""
    hits = sum(a and b for a, b in zip(truth, verdicts, strict=True))
    return 2 * hits / (sum(truth) + sum(verdicts)) if hits else 0.0


def spearman(gold: Sequence[float], scores: Sequence[float]) -> float:
    """Pearson's correlation of the ranks."""
    first, second = ranked(gold), ranked(scores)
    mean = (len(first) + 1) / 2
    product: Callable[[Sequence[float], Sequence[float]], float] = lambda a, b: sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))  # noqa: E731
    spread = (product(first, first) * product(second, second)) ** 0.5
    return product(first, second) / spread if spread else 0.0


def quadratic_kappa(gold: Sequence[int], levels: Sequence[int]) -> float:
    """Cohen's kappa with quadratic weights."""
    observed = sum((a - b) ** 2 for a, b in zip(gold, levels, strict=True)) / len(gold)
    given, found = Counter(gold), Counter(levels)
    expected = sum((a - b) ** 2 * given[a] * found[b] for a in given for b in found) / len(gold) ** 2
    return 1 - observed / expected if expected else 1.0


def ranked(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties sharing their mean rank."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start:end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    return ranks


if __name__ == "__main__":
    main()

"""How far inferred reply edges can be trusted: the nesting of nested threads is hidden, inferred, and compared.

    python bench/replies.py [../shared]     floor: at confidence >= .8 a precision of .85

Threads: the nested ones of the pages read by hand, of the Blogger look-alike and of the plan behind the real WordPress. The
names that the made-up threads address are partly drawn at random, which no reader could tell apart: their recall is low by make.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from crawlers.reading import read
from pipeline.clean import clean
from pipeline.clean.text import text_of
from pipeline.edges import STORED_FROM
from pipeline.replies import Turn, infer
from schema.items import Comment, Page

SURE = 0.8
FLOOR = 0.85


@dataclass(frozen=True, slots=True)
class Hidden:
    """A nested thread whose nesting we pretend not to know; `parents` by the key of the answer."""

    origin: str
    turns: tuple[Turn, ...]
    parents: Mapping[str, str | None]
    post_text: str = ""
    post_author: str = ""


def threads(shared: Path) -> Iterator[Hidden]:
    """All nested threads there are."""
    candidates = (*_of_pages(shared), *_of_look_alike(shared), *_of_wordpress(shared))
    return (thread for thread in candidates if any(thread.parents.values()))


def _of_pages(shared: Path) -> Iterator[Hidden]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for line in (shared / "pages/gold.jsonl").read_text(encoding="utf-8").splitlines():
        name = json.loads(line)["file"]
        page = Page(f"file:{name}", (shared / "pages" / name).read_bytes(), now)
        for found in read(page).threads:
            if thread := clean(found, page).thread:
                comments = [one for one in thread.comments if one.kind == "comment"]
                turns = tuple(_turn(one) for one in comments)
                yield Hidden("pages", turns, {one.key: one.reply_to for one in comments}, thread.post.text, thread.post.author)


def _turn(comment: Comment) -> Turn:
    quotes = tuple(comment.text[mark.start:mark.end] for mark in comment.marks if mark.kind == "quote")
    return Turn(comment.key, comment.author, comment.text, bool(comment.by_post_author), quotes)


def _of_look_alike(shared: Path) -> Iterator[Hidden]:
    for post in _module(shared / "servers/blogger_sim.py").build():
        comments = [one for one in sorted(post["comments"], key=lambda one: one["date"]) if not one["removed"]]
        turns = tuple(Turn(one["id"], one["author"], text_of(one["html"])[0], one["own"]) for one in comments)
        yield Hidden("Blogger look-alike", turns, {one["id"]: one["parent"] for one in comments}, text_of(post["body"])[0], post["author"][0])


def _of_wordpress(shared: Path) -> Iterator[Hidden]:
    posts = _module(shared / "servers/wordpress/plan.py").build()
    names = {user["login"]: user["name"] for user in posts["users"]}
    for post in posts["posts"]:
        comments = [one for one in post["comments"] if one["type"] == "comment" and one["approved"] == "1"]
        if post["status"] == "publish" and not post["password"]:
            turns = tuple(_planned(one, post["author"], names) for one in comments)
            yield Hidden("WordPress", turns, {one["key"]: one["parent"] for one in comments}, "\n\n".join(post["paras"]), names[post["author"]])


def _planned(one: Mapping[str, str], post_author: str, names: Mapping[str, str]) -> Turn:
    author = names.get(one["user"], one["author"])
    return Turn(one["key"], author, text_of(one["content"].replace("\n", "<br>"))[0], one["user"] == post_author)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(hidden: Iterable[Hidden]) -> dict[tuple[str, str], Counter[str]]:
    """Counts by (origin, who answers): edges in truth, edges inferred and right ones, and both at confidence >= .8."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for thread in hidden:
        edges = infer(thread.turns, post_text=thread.post_text, post_author=thread.post_author)
        for turn in thread.turns:
            count = counts.setdefault((thread.origin, "post author" if turn.by_post_author else "others"), Counter())
            count["truth"] += thread.parents[turn.key] is not None
            if (edge := edges.get(turn.key)) and edge.confidence >= STORED_FROM:
                right = edge.reply_to == thread.parents[turn.key]
                count.update(inferred=1, right=right, sure=edge.confidence >= SURE, sure_right=right and edge.confidence >= SURE)
    return counts


def precision_when_sure(counts: Mapping[tuple[str, str], Counter[str]]) -> float:
    """Of the edges with confidence >= .8, the share that is right."""
    total = sum(counts.values(), Counter())
    return total["sure_right"] / total["sure"] if total["sure"] else 0.0


def main() -> int:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not shared.is_dir():
        print(f"{shared} is not there: nothing to measure.")
        return 0
    counts = measure(threads(shared))
    print(f"{'threads':20} {'who answers':12} {'edges':>6} {'inferred':>9} {'precision':>10} {'recall':>7} {'at >= .8':>12}")
    for (origin, who), count in sorted(counts.items()):
        precision = count["right"] / count["inferred"] if count["inferred"] else float("nan")
        recall = count["right"] / count["truth"] if count["truth"] else float("nan")
        print(f"{origin:20} {who:12} {count['truth']:6} {count['inferred']:9} {precision:10.2f} {recall:7.2f} {count['sure_right']:6} of {count['sure']}")
    print(f"precision at confidence >= {SURE}: {precision_when_sure(counts):.3f} (floor {FLOOR})")
    return 0 if precision_when_sure(counts) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())

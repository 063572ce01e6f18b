"""How fast items are tagged, against bare TextBlob sentiment of the same texts in the same run, and on texts made to be slow.

    python bench/tagging_speed.py FOLDER    FOLDER holds labelled items; floors: 0.12 of TextBlob with models and duplicates, 0.25 with markers only

Each side runs warm in a process of its own and counts processor time. Texts made to be slow grow from 1,000 to 1,000,000 characters: no step of
twice the length may take more than 2.5 times as long, and none longer than a second.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.text import Doc

FOLDER = Path(__file__).parents[2] / "shared" / "labels"
ROUNDS = 5
WITH_MODELS, MARKERS_ONLY = 0.12, 0.25
LONGEST = 1.0               # seconds for one item
GROWTH = 2.5                # for twice the text
NOISE = 0.02                # seconds, below which growth says nothing
SLOW = {
    "points": ".", "exclamations": "!", "brackets": "((", "closing": "))", "quotes": "\"", "apostrophes": "'", "ha": "ha", "ha ha": "ha ", "URLs": "http://a.example/b ",
    "bare hosts": "a.example ", "at signs": "a@b ", "dashes": "-", "spaces": " ", "newlines": "\n", "quoted lines": "> a\n", "words": "buy now ", "capitals": "BUY NOW ", "one word": "a", "digits": "1 ",
    "thanks": "thanks ", "names": "Anna, ", "emoji": "\U0001f600 ", "accents": "e\u0301 ", "questions": "you? ", "smileys": ":-) ", "mixed": "(\"http://a.example/!?' ",
}


def main() -> int:
    """Print two tables; 1 when a floor is not reached."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    texts = in_a_process({}, load, folder) if folder.is_dir() else []
    are_good = [speed(texts)] if texts else []
    if not texts:
        print(f"No labelled items at {folder}: name their folder.")
    return 0 if all([*are_good, growth()]) else 1


def load(folder: Path) -> list[str]:
    """The texts of the labelled items."""
    from pipeline.labelled.lines import lines

    return [line.text for file in sorted(folder.glob("*.jsonl")) if not file.name.startswith("seeds") for line in lines(file)]


def speed(texts: Sequence[str]) -> bool:
    """Items per second of each side, and whether ours reach their floors."""
    bare = in_a_process({}, seconds, textblob, texts)
    sides: tuple[tuple[str, dict[str, str], Callable[[Sequence[str]], None], float], ...] = (
        ("models and duplicates", {}, with_duplicates, WITH_MODELS), ("markers only", {"HUBBUB_MODELS": "none"}, markers, MARKERS_ONLY),
    )
    print(f"{'side':24} {'items/s':>9} {'of TextBlob':>12} {'floor':>6}")
    print(f"{'TextBlob sentiment':24} {len(texts) / bare:9.0f} {1:12.2f}")
    are_good = True
    for name, environment, side, floor in sides:
        taken = in_a_process(environment, seconds, side, texts)
        print(f"{name:24} {len(texts) / taken:9.0f} {bare / taken:12.3f} {floor:6.2f}", flush=True)
        are_good = are_good and bare / taken >= floor
    return are_good


def textblob(texts: Sequence[str]) -> None:
    """The peer."""
    from textblob import TextBlob

    for text in texts:
        TextBlob(text).sentiment  # noqa: B018  a property that does the work


def markers(texts: Sequence[str]) -> None:
    """All taggers and the sentiment that is stored, as `hubbub tag` has it."""
    for text in texts:
        judge_all(Doc("comment", text, language="en", position=2))


def with_duplicates(texts: Sequence[str]) -> None:
    """The same, with fingerprints and groups of near-duplicates, and what the corpus says."""
    from pipeline.corpus import Index, Trace
    from pipeline.duplicates import groups
    from pipeline.fingerprints import fingerprint

    keys = [f"{number:07}" for number in range(len(texts))]
    grouped = groups(keys, map(fingerprint, texts))
    traces = [Trace(key, "blog.example", group=grouped.get(key, "")) for key in keys]
    index = Index(traces)
    for text, trace in zip(texts, traces, strict=True):
        doc = Doc("comment", text, language="en", position=2)
        judge_all(replace(doc, context=replace(doc.context, corpus=index.says(trace))))


def judge_all(doc: Doc) -> None:
    """What every tagger says."""
    from pipeline.features import sentiment
    from pipeline.judges import judged, kinds

    for name, judge in everyone().items():
        if doc.kind in kinds(judge):
            judged(name, judge, doc)
    doc.once(sentiment.sentiment)


@cache
def everyone() -> dict[str, ModuleType]:
    """All taggers."""
    from pipeline.judges import judges

    return judges()


def seconds(side: Callable[[Sequence[str]], None], texts: Sequence[str]) -> float:
    """The median processor time for all texts, after a round to warm up."""
    taken = []
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        side(texts)
        taken.append(time.process_time() - started)
    return statistics.median(taken[1:])


def growth() -> bool:
    """Times for texts that were made to be slow; whether they stay within their bounds."""
    found = in_a_process({}, grow)
    print(f"\n{'made of':16} {'worst growth':>12} {'longest s':>10}")
    for name, (worst, longest) in found.items():
        print(f"{name:16} {worst:12.2f} {longest:10.3f}")
    return all(worst <= GROWTH and longest <= LONGEST for worst, longest in found.values())


def grow() -> dict[str, tuple[float, float]]:
    """For each kind of text the worst growth at twice the length, and the longest time."""
    judge_all(Doc("comment", "Warm up, please: what do you think?", language="en"))
    lengths = [1000 * 2 ** step for step in range(11)]
    found = {}
    for name, piece in SLOW.items():
        taken = [min(once((piece * (length // len(piece) + 1))[:length]) for _ in range(3)) for length in lengths]
        steps = [after / before for before, after in pairwise(taken) if after > NOISE]
        found[name] = max(steps, default=1.0), max(taken)
    return found


def once(text: str) -> float:
    """Processor time for one item."""
    started = time.process_time()
    judge_all(Doc("comment", text, language="en", position=2))
    return time.process_time() - started


def in_a_process(environment: dict[str, str], work: Callable[..., Any], *given: object) -> Any:  # Any: what the work gives
    """In a fresh process, so that no side profits from what another has loaded."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=surround, initargs=(environment,)) as pool:
        return pool.submit(work, *given).result()


def surround(environment: dict[str, str]) -> None:
    """Set what the process is to find in its environment."""
    os.environ.update(environment)


if __name__ == "__main__":
    sys.exit(main())

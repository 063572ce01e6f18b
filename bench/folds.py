"""Deals out the blogs of labelled items to ten folds: `python -m bench.folds FOLDER` writes bench/folds.json, once.

Figures are comparable as long as the folds stay; so they are kept, and written anew only for other labels.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.labelled import folds
from pipeline.labelled.files import read

FILE = Path(__file__).parent / "folds.json"


def main() -> None:
    """Write the folds and say how even they are."""
    if len(sys.argv) != 2:
        print(f"The folds in {FILE.name} stay; to deal out other labels, name their folder: python -m bench.folds FOLDER")
        return
    items = read(Path(sys.argv[1]) / "posts.jsonl", Path(sys.argv[1]) / "comments.jsonl")
    dealt = folds.balanced(items)
    folds.save(dealt, FILE)
    for number, (_, judged) in enumerate(folds.parted(items, dealt), 1):
        spam = sum(items[place].labels.get("spam") == 2 for place in judged)
        print(f"fold {number:2}: {len(judged):4} items, {spam:3} of them spam")


if __name__ == "__main__":
    main()

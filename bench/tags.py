"""How well the taggers judge blogs they have not seen, beside plain models: one command for all figures in docs/measured.md.

    python -m bench.tags [FOLDER] [--write]      FOLDER holds comments.jsonl, posts.jsonl and what else is measured on

Ten fixed folds by blog (bench/folds.json), predictions pooled; a tagger with a model is trained anew for each fold. Markers are not: they were
written while looking at these labels, so the figures flatter them. `--write` puts the tables into docs/measured.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from bench.tagging import tables
from bench.tagging.held import TAGS, judged
from bench.tagging.material import material

FOLDER = Path(__file__).parents[2] / "shared" / "labels"
PAGE = Path(__file__).parents[1] / "docs" / "measured.md"


def main(arguments: list[str]) -> int:
    """Print the tables, and keep them if that was asked for."""
    folder = next((Path(one) for one in arguments if not one.startswith("-")), FOLDER)
    if not (folder / "comments.jsonl").is_file():
        print(f"No labelled items at {folder}: name their folder.")
        return 0
    known = material(folder)
    made = {tag: _shown(tag, tables.of_tag(tag, known)) for tag in TAGS}
    made["readings"] = _shown("tone between chance and two readings", tables.of_readings(known, judged("conversational", known)))
    made["seeds"] = _shown("example threads", tables.of_seeds(known))
    made["variants"] = _shown("variants", tables.of_variants(known))
    if "--write" in arguments:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


def written(page: str, made: dict[str, str]) -> str:
    """The page with these tables between the marks of their names."""
    for name, table in made.items():
        before, mark, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        assert mark and end, f"the page has no place for {name}"
        page = f"{before}{mark}\n{table}\n\n{end}{after}"
    return page


def _shown(title: str, lines: Iterable[str]) -> str:
    print(f"\n{title}\n", flush=True)
    kept = []
    for line in lines:
        print(line, flush=True)
        kept.append(line)
    return "\n".join(kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

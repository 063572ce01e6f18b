"""How well the taggers judge blogs they have not seen, beside plain models: one command for all figures in docs/measured.md.

    python -m bench.tags [FOLDER] [--only TABLE]... [--write]

Ten fixed folds by blog (bench/folds.json), predictions pooled; a tagger with a model is trained anew for each fold. Markers are not: they were
written while looking at these labels, so the figures flatter them. `--write` puts the tables into docs/measured.md.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from bench.tagging import tables
from bench.tagging.held import TAGS
from bench.tagging.material import Material, material

FOLDER = Path(__file__).parents[2] / "shared" / "labels"
PAGE = Path(__file__).parents[1] / "docs" / "measured.md"
TABLES: dict[str, Callable[[Material], Iterable[str]]] = {
    **{tag: partial(tables.of_tag, tag) for tag in TAGS},
    "readings": tables.of_readings, "seeds": tables.of_seeds, "variants": tables.of_variants,
}


def main(arguments: Sequence[str]) -> int:
    """Print the tables, and keep them if that was asked for."""
    asked = parser().parse_args(arguments)
    if not (asked.folder / "comments.jsonl").is_file():
        print(f"No labelled items at {asked.folder}: name their folder.")
        return 0
    known = material(asked.folder)
    made = {name: _shown(name, TABLES[name](known)) for name in asked.only or TABLES}
    if asked.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


def parser() -> ArgumentParser:
    """What may be said on the command line."""
    found = ArgumentParser(prog="python -m bench.tags", description="How well the taggers judge blogs they have not seen.")
    found.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="holds comments.jsonl, posts.jsonl and what else is measured on")
    found.add_argument("--write", action="store_true", help="put the tables into docs/measured.md")
    found.add_argument("--only", action="append", choices=tuple(TABLES), help="only this table; may be given several times")
    return found


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

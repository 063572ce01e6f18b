"""How fast pages are read, against trafilatura and against lxml's bare parse of the same bytes in the same run.

    python bench/extraction.py FOLDER      FOLDER holds saved pages; floors: 7 times trafilatura, 0.3 of the bare parse

Each side runs warm in a process of its own and counts processor time, so that busy neighbors do not matter much.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from schema.items import Page

FOLDER = Path(__file__).parents[2] / "shared" / "pages"
ROUNDS = 5
OF_TRAFILATURA, OF_LXML, GENERIC_OF_TRAFILATURA = 7.0, 0.3, 0.8
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    """Print a table; 1 when a floor is not reached."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        print(f"No saved pages at {folder}: name their folder.")
        return 0
    groups: dict[str, list[Page]] = {}
    for platform, page in in_a_process(sort, list(pages(folder))):
        groups.setdefault("generic" if platform == "generic" else "known platforms", []).append(page)
        groups.setdefault(platform, []).append(page)
    print(f"{'pages read by':18} {'pages':>5} {'hubbub/s':>9} {'trafilatura/s':>13} {'lxml/s':>7} {'x trafilatura':>13} {'of lxml':>8}")
    ratios = {name: rates(name, groups[name]) for name in sorted(groups)}
    return 0 if all(map(is_fast, ratios, ratios.values())) else 1


def pages(folder: Path) -> Iterator[Page]:
    """The saved HTML pages of the folder, those of feeds and the like left out."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "payloads" not in file.parts and file.suffix in (".html", ".htm", ".php", ""):
            yield Page(f"file:{file.name}", file.read_bytes(), FETCHED)


def sort(given: list[Page]) -> list[tuple[str, Page]]:
    """Each page with the platform that reads it; pages that none reads are left out."""
    from crawlers.reading import read

    return [(platform, page) for page in given if (platform := read(page).platform)]


def rates(name: str, given: list[Page]) -> tuple[float, float]:
    """Print pages per second of the three sides; gives ours in parts of trafilatura's and of lxml's."""
    ours, theirs, bare = (len(given) / in_a_process(seconds, side, given) for side in (read_page, extract, parse))
    print(f"{name:18} {len(given):5} {ours:9.1f} {theirs:13.1f} {bare:7.1f} {ours / theirs:13.2f} {ours / bare:8.3f}", flush=True)
    return ours / theirs, ours / bare


def is_fast(name: str, ratios: tuple[float, float]) -> bool:
    """Whether a group reaches its floors; single platforms are only shown."""
    match name:
        case "known platforms":
            return ratios[0] >= OF_TRAFILATURA and ratios[1] >= OF_LXML
        case "generic":
            return ratios[0] >= GENERIC_OF_TRAFILATURA
    return True


def seconds(side: Callable[[Page], object], given: list[Page]) -> float:
    """The median processor time for all pages, after a round to warm up."""
    taken = []
    for number in range(ROUNDS + 1):
        fresh = [replace(page, url=f"{page.url}?{number}") for page in given]
        start = time.process_time()
        for page in fresh:
            side(page)
        taken.append(time.process_time() - start)
    return statistics.median(taken[1:])


def read_page(page: Page) -> object:
    """Our side: the platform is chosen, the page decoded, parsed and read."""
    from crawlers.reading import read

    return read(page)


def extract(page: Page) -> object:
    """Trafilatura's side."""
    import trafilatura

    return trafilatura.bare_extraction(page.body, include_comments=True, with_metadata=True)


def parse(page: Page) -> object:
    """The bare parse, which every reader has to pay for."""
    from lxml import html

    return html.fromstring(page.body)


def in_a_process(function: Callable[..., Any], *arguments: object) -> Any:    # Any: whatever the function gives
    """What the function gives in a fresh process: no side warms the caches of another."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


if __name__ == "__main__":
    sys.exit(main())

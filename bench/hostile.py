"""Crawls the hostile server in its long form, with the settings that everybody has: `python bench/hostile.py`.

Prints a table; exits with 1 when a floor fails. Takes some minutes, most of them waiting for hosts that never answer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.crawlers.hostile import trapping
from tests.crawlers.hostile.crawling import Crawled, by_hubbub
from tests.crawlers.hostile.server import NAMES, SLOW, UNREACHABLE, WORST, Hostile, hostile

MOST_FOR_A_TRAP = 60
MOST_MEGABYTES = 300
MINUTES = 0.25
GRACE = 10.0 + 5.0      # seconds after the deadline, and for Python to start

Row = tuple[str, object, str, bool]     # what, measured, floor, whether it holds


def main() -> int:
    """The number of floors that fail, as an exit code."""
    rows = [*_whole(), *_deadline()]
    for name, measured, floor, holds in rows:
        print(f"{name:<34} {measured!s:>12}   {floor:<16} {'ok' if holds else 'FAILS'}")
    return 0 if all(holds for *_rest, holds in rows) else 1


def _whole() -> Iterator[Row]:
    """One crawl of everything, to its end."""
    with hostile() as world, tempfile.TemporaryDirectory() as folder:
        run = by_hubbub(world, Path(folder), *NAMES)
        missing = run.missing(world, *(name for name in NAMES if name not in UNREACHABLE))
        for line in missing:
            print("missing:", line)
        yield "posts to be had", len(world.posts), "", True
        yield "posts missing or short", len(missing), "0", not missing
        yield "twice, or no post", len(run.duplicates) + len(run.unexpected(world)), "0", not run.duplicates and not run.unexpected(world)
        yield "requests to the forbidden address", world.forbidden.connections, "0", world.forbidden.connections == 0
        yield from _traps(world)
        yield "peak memory, MB", round(run.megabytes), f"< {MOST_MEGABYTES}", run.megabytes < MOST_MEGABYTES
        yield "exit code", run.code, "3", run.code == 3
        yield "seconds", round(run.seconds), "", True
        yield "requests", sum(len(site.asked) for site in world.sites.values()), "", True
        yield "reader failed", run.reasons.get("reader failed", 0), "0", "reader failed" not in run.reasons


def _traps(world: Hostile) -> Iterator[Row]:
    for trap in trapping.ENTRIES:
        cost = world.cost(trap)
        yield f"trap: {trap}", cost, f"1 to {MOST_FOR_A_TRAP}", 0 < cost <= MOST_FOR_A_TRAP


def _deadline() -> Iterator[Row]:
    """Hosts that hang and never end, and a limit."""
    with hostile(scale=0.01) as world, tempfile.TemporaryDirectory() as folder:
        run: Crawled = by_hubbub(world, Path(folder), SLOW, WORST, options=("--max-minutes", str(MINUTES)))
        late = run.seconds - MINUTES * 60
        yield "seconds after the deadline", round(late, 1), f"< {GRACE:g}", late < GRACE
        yield "exit code at the deadline", run.code, "4", run.code == 4


if __name__ == "__main__":
    sys.exit(main())

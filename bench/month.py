"""A month of hourly cron over blogs that live: what it costs them, what it costs us, and whether anything is missed.

    python -m bench.month [DAYS [HOURS_BETWEEN_RUNS]]

Four blogs (with entity tags, with dates only, without validators, with bytes that change at each visit) get new posts, comments,
edits, removals and returns; an hour without robots.txt and a day on which all posts are gone are among it. The clock is simulated:
each run is a process that believes it to be that hour. See tests/crawlers/living.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.crawlers.living.cron import Run, mistakes, rows, run, share_not_modified
from tests.crawlers.living.server import Living, Manner
from tests.crawlers.living.world import HOUR, START, make

MANNERS: tuple[Manner, ...] = ("etag", "modified", "plain", "restless")


def main(days: float = 30, between: float = 1) -> None:
    hours = [number * between for number in range(int(days * 24 / between))]
    blogs = [Living(make(seed, days), manner) for seed, manner in enumerate(MANNERS)]
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        runs = list(run(Path(folder), blogs, hours))
        print(f"{len(runs)} runs over {days:g} days in {time.monotonic() - began:.0f} s; {sum(one.code != 0 for one in runs)} of them not with exit code 0")
        _costs(runs)
        _politeness(blogs, between)
        _findings(Path(folder), blogs, hours[-1])


def _costs(runs: Sequence[Run]) -> None:
    day = max(1, len(runs) // 30)
    for name, some in (("second to last tenth", runs[1:len(runs) // 10 + 2]), ("last tenth", runs[-day * 3:])):
        print(f"  {name}: peak memory {max(one.megabytes for one in some)} MB, open files {max(one.files for one in some)}")


def _politeness(blogs: Sequence[Living], between: float) -> None:
    since = START + between * HOUR
    same, unchanged = share_not_modified(blogs, since)
    print(f"  unchanged pages asked for from the second run on, of blogs with validators: {unchanged}, answered with 304: {same} ({same / unchanged:.1%})")
    for blog in blogs:
        later = [one for one in blog.asked if one.at >= since]
        print(f"  {blog.manner}: {len(later)} requests, of them robots.txt {sum(one.path == '/robots.txt' for one in later)}, 304 {sum(one.status == 304 for one in later)}")


def _findings(folder: Path, blogs: Sequence[Living], last: float) -> None:
    for blog in blogs:
        wrong, looked_for = mistakes(folder, blog, START + last * HOUR)
        told = [one for thread in blog.world.threads for one in (thread.post, *thread.comments)]
        print(f"  {blog.manner}: {len(told)} posts and comments, {looked_for} events that must be recorded by now, {len(wrong)} mistakes")
        for words in wrong:
            print(f"    {words}")
    print(f"  removed: {dict(rows(folder, 'SELECT removed_how, count(*) FROM comment WHERE removed_how IS NOT NULL GROUP BY 1'))}, "
          f"revisions: {rows(folder, 'SELECT count(*) FROM revision')[0][0]}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:3]))

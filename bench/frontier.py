"""How much memory a frontier of 100,000 addresses takes, and how long it takes to take them in and to give them out again.

    python -m bench.frontier        floor: 60 MB
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from crawlers.frontier import Frontier, Limits
from crawlers.session import Session
from crawlers.targets import Target
from crawlers.visits import Visited
from schema.items import Link

ADDRESSES, PAGE = 100_000, 500
FLOOR = 60
BLOG = "blog.example/"


def memory() -> float:
    """Megabytes of this process."""
    words = Path("/proc/self/status").read_text(encoding="ascii")
    return int(words.partition("VmRSS:")[2].split()[0]) / 1024


def opened(session: Session) -> Frontier:
    frontier = Frontier(Limits())
    session.begin(BLOG)
    frontier.open(0, Limits(), BLOG, session)
    return frontier


def fill(session: Session, frontier: Frontier) -> None:
    """Two hundred sitemaps, or the like, that name 500 posts each."""
    for start in range(0, ADDRESSES, PAGE):
        for number in range(start, start + PAGE):
            frontier.add(Link(f"http://blog.example/2009/10/a-post-about-number-{number}.html", "post", "sitemap"), 0)
        session.visited(Visited(Target(1, 0, "", "sitemap", 0), BLOG, found=frontier.news(0)))


def drain(session: Session, frontier: Frontier) -> int:
    given = 0
    while batch := list(frontier.next()):
        for target in batch:
            session.visited(Visited(target, BLOG))
            frontier.done(target)
        given += len(batch)
    return given


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/hubbub.db"
        session = Session(url, "crawl", {})
        before, started = memory(), time.perf_counter()
        frontier = opened(session)
        fill(session, frontier)
        filled = memory() - before
        print(f"{ADDRESSES:,} addresses taken in {time.perf_counter() - started:.1f} s, {filled:.0f} MB")
        session.close("interrupted")
        session, started = Session(url, "crawl", {}), time.perf_counter()
        frontier = opened(session)
        print(f"taken up by the next run in {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        given = drain(session, frontier)
        grown = memory() - before
        print(f"{given:,} given out and done in {time.perf_counter() - started:.1f} s, {grown:.0f} MB in all")
        session.close("done")
    return 0 if given == ADDRESSES and grown < FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())

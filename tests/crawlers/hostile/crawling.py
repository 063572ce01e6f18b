"""One crawl of the hostile server in a process of its own: how long it took, how much room it needed, and what it stored."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.crawlers.hostile import trapping
from tests.crawlers.hostile.server import TRAPS, Hostile

ROOT = Path(__file__).parents[3]
# A process takes over the peak of the one that starts it, and ours holds bombs: a small one stands between.
_MEASURE = """
import json, resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.run(sys.argv[1:]).returncode
print("MEASURED " + json.dumps([code, time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""
_DUPLICATES = """
SELECT 'post', title, COUNT(*) FROM post GROUP BY title, text HAVING COUNT(*) > 1 AND length(text) > 50
UNION ALL SELECT 'comment', post_key || ref, COUNT(*) FROM comment GROUP BY post_key, ref HAVING COUNT(*) > 1
UNION ALL SELECT 'comment', post_key || text, COUNT(*) FROM comment GROUP BY post_key, text HAVING COUNT(*) > 1
"""


@dataclass(frozen=True)
class Crawled:
    """What became of a crawl."""

    code: int
    seconds: float
    megabytes: float        # the most that the process needed
    out: str
    err: str
    posts: dict[str, int]   # address -> comments that were stored
    reasons: dict[str, int]
    waiting: list[str]      # addresses left for the next run
    duplicates: list[tuple[str, str, int]] = field(default_factory=list)

    def missing(self, world: Hostile, *names: str) -> list[str]:
        """Posts that are to be had on those hosts and were not, or lack comments."""
        wanted = {url: count for url, count in world.posts.items() if any(url.startswith(world.sites[name].url + "/") for name in names)}
        return [f"{url}: {self.posts.get(url)} of {count}" for url, count in wanted.items() if self.posts.get(url) != count]

    def unexpected(self, world: Hostile) -> list[str]:
        """Posts that are none, or are there twice."""
        found = Counter(url.removeprefix(world.sites[TRAPS].url).split("/")[1] for url in self.posts if url.startswith(world.sites[TRAPS].url) and url not in world.posts)
        behind = {f"{place}: {count}" for place, count in found.items() if trapping.POSTS.get(f"/{place}") != count}
        others = {url for url in self.posts if url not in world.posts and not url.startswith(world.sites[TRAPS].url)}
        return sorted(behind | others)


def crawl(folder: Path, command: list[str]) -> Crawled:
    """Run this command, which is to crawl into hubbub.db of the folder."""
    run = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command], cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=1800, check=False,
    )
    assert "MEASURED" in run.stdout, run.stderr[-3000:]
    out, _, measured = run.stdout.rpartition("MEASURED ")
    code, seconds, megabytes = json.loads(measured)
    with closing(sqlite3.connect(folder / "hubbub.db")) as rows:
        posts = dict(rows.execute("SELECT url, (SELECT COUNT(*) FROM comment WHERE post_key = post.key) FROM post").fetchall())
        reasons = dict(rows.execute("SELECT reason, SUM(count) FROM skipped GROUP BY reason").fetchall())
        waiting = [url for (url,) in rows.execute("SELECT url FROM address WHERE state = 'waiting' ORDER BY url")]
        return Crawled(code, seconds, megabytes, out, run.stderr, posts, reasons, waiting, rows.execute(_DUPLICATES).fetchall())


def by_scrapy(world: Hostile, folder: Path, *names: str, delay: float | None = None, max_pages: int | None = None, **settings: object) -> Crawled:
    """`scrapy crawl blogs` of those hosts, with settings of one's own."""
    arguments = {
        "url": ",".join(f"{world.sites[name].url}/" for name in names), "allow_private": ",".join(world.opened),
        "database": f"sqlite:///{folder}/hubbub.db", **({"delay": delay} if delay is not None else {}), **({"max_pages": max_pages} if max_pages else {}),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "blogs"]
    command += [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
    command += [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    return crawl(folder, command)


def by_hubbub(world: Hostile, folder: Path, *names: str, options: tuple[str, ...] = ()) -> Crawled:
    """`hubbub crawl` of those hosts, as anybody would."""
    command = [sys.executable, "-m", "hubbub", "--database", f"sqlite:///{folder}/hubbub.db", "crawl", *(f"{world.sites[name].url}/" for name in names)]
    command += [word for place in world.opened for word in ("--allow-private", place)]
    return crawl(folder, [*command, "--no-tag", *options])

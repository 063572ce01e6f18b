"""How fast 10,000 comments are stored, against bare sqlite3.executemany into the same tables in the same run.

    python bench/store.py            needs hubbub installed; floor: 0.4 of the bare rate
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import runs
from pipeline.store import store
from schema.database import open_database
from schema.items import Comment, Post, TextLink, Thread
from schema.keys import comment_key, post_key

POSTS, COMMENTS = 500, 20
FLOOR = 0.4
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "Nobody subscribes to be sold to, and yet we all keep selling – that is the café's whole trouble. " * 4


def threads() -> list[Thread]:
    """500 posts with 20 comments each; every fifth comment has a link."""
    return [_thread(number) for number in range(POSTS)]


def _thread(number: int) -> Thread:
    url = f"http://bench.example/{number}"
    key = post_key(url)
    post = Post(url=url, platform="bench", rule="bench", key=key, source="bench.example", title=f"Post {number}",
                author="Ada", html=f"<p>{WORDS * 4}</p>", text=WORDS * 4, published=NOW, fetched_at=NOW,
                comments_reported=COMMENTS)
    return Thread(post, tuple(_comment(key, number, place) for place in range(1, COMMENTS + 1)))


def _comment(key: str, number: int, place: int) -> Comment:
    link = TextLink("http://shop.example/", "Nobody", 0, 6)
    return Comment(ref=str(place), platform="bench", rule="bench", key=comment_key(key, str(place)), post_key=key,
                   source="bench.example", place=place, depth=0, author=f"Reader {place}", html=f"<p>{WORDS}</p>",
                   text=WORDS, published=NOW - timedelta(minutes=number * place), fetched_at=NOW,
                   links=(link,) if place % 5 == 0 else ())


def ours(folder: Path, given: list[Thread]) -> float:
    """Seconds to store the threads through the Writer."""
    engine = open_database(f"sqlite:///{folder}/ours.db", create=True)
    run = runs.start(engine, "bench", {})
    started = time.perf_counter()
    store(engine, run, given)
    return time.perf_counter() - started


def bare(folder: Path) -> float:
    """Seconds for bare sqlite3 to insert the very rows that the Writer stored, into empty tables of the same make."""
    open_database(f"sqlite:///{folder}/bare.db", create=True).dispose()
    rows = {}
    with sqlite3.connect(folder / "ours.db") as source:
        for table in ("post", "comment", "links"):
            rows[table] = source.execute(f"SELECT * FROM {table}").fetchall()
    target = sqlite3.connect(folder / "bare.db")
    target.execute("PRAGMA synchronous = NORMAL")
    started = time.perf_counter()
    for table, values in rows.items():
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
    target.commit()
    seconds = time.perf_counter() - started
    target.close()
    return seconds


def main() -> int:
    """Five pairs in turn; the median ratio counts."""
    given, ratios = threads(), []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as name:
            mine, peer = ours(Path(name), given), bare(Path(name))
        ratios.append(peer / mine)
        print(f"hubbub {POSTS * COMMENTS / mine:8,.0f} comments/s   sqlite3 {POSTS * COMMENTS / peer:8,.0f}   ratio {peer / mine:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} (floor {FLOOR})")
    return 0 if statistics.median(ratios) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())

"""Simulated cron: hubbub crawls living blogs hour after hour, each run in a process of its own, and what it holds is compared with what was."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.crawlers.living.server import Living, served
from tests.crawlers.living.world import HOUR, START, Told, World, Written

_HELD = "SELECT post.url, comment.ref, comment.text, comment.removed_how, comment.first_seen FROM comment JOIN post ON post.key = post_key"
_EARLIER = """SELECT coalesce(post.url, comment.url), revision.text FROM revision
    LEFT JOIN post ON post.key = item_key LEFT JOIN comment ON comment.key = item_key"""
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Run:
    """One run of the crawl."""

    at: datetime
    code: int
    errors: str
    megabytes: int
    files: int


@dataclass(frozen=True)
class Held:
    """What the database says of a post or comment."""

    text: str
    how: str | None         # it was removed
    first_seen: str


def run(folder: Path, blogs: Sequence[Living], hours: Sequence[float], *options: str) -> Iterator[Run]:
    """Crawl all blogs at each of these hours after the start. Closing the iterator ends the servers."""
    with ExitStack() as stack:
        for blog in blogs:
            stack.enter_context(served(blog))
        hubbub = stack.enter_context(_as_of(folder))
        for hour in hours:
            at = START + hour * HOUR
            for blog in blogs:
                blog.now = at
            yield _run(hubbub, blogs, at, options)


def _as_of(folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    command = [sys.executable, "-m", "tests.crawlers.living.as_of"]
    return subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _run(hubbub: subprocess.Popen[str], blogs: Sequence[Living], at: datetime, options: Sequence[str]) -> Run:
    opened = [word for blog in blogs for word in ("--allow-private", blog.url.removeprefix("http://"))]
    words = ["crawl", *(f"{blog.url}/" for blog in blogs), *opened, "--no-tag", *options]
    assert hubbub.stdin and hubbub.stdout
    hubbub.stdin.write(json.dumps({"at": at.isoformat(), "words": words}) + "\n")
    hubbub.stdin.flush()
    told = json.loads(hubbub.stdout.readline())
    return Run(at, told["code"], told["errors"], told["megabytes"], told["files"])


def share_not_modified(blogs: Sequence[Living], since: datetime) -> tuple[int, int]:
    """Of the requests since then for what had not changed: how many were answered with a 304, and all of them."""
    unchanged = [one for blog in blogs for one in blog.asked if one.at >= since and one.is_unchanged and blog.manner in ("etag", "modified")]
    return sum(one.status == 304 for one in unchanged), len(unchanged)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:     # Any: whatever SQLite holds
    with closing(sqlite3.connect(folder / "hubbub.db")) as connection:
        return connection.execute(sql).fetchall()


def mistakes(folder: Path, blog: Living, end: datetime) -> tuple[list[str], int]:
    """What the database should hold of the blog by then and does not, or holds and should not; and how many events were looked for."""
    held = {(url, ref): Held(*row) for url, ref, *row in rows(folder, _HELD)}
    posts = {url: Held(text, None, seen) for url, text, seen in rows(folder, "SELECT url, text, first_seen FROM post")}
    earlier = set(rows(folder, _EARLIER))
    found, looked_for = [], 0
    for told in blog.world.threads:
        address = f"{blog.url}{told.path}"
        for one in (told.post, *told.comments):
            is_post = one is told.post
            now = posts.get(address) if is_post else held.get((address, f"comment-{one.number}"), held.get((address, str(one.number))))
            own = address if is_post else f"{address}#comment-{one.number}"
            for words in _wrong(blog.world, told, one, now, {text for url, text in earlier if url == own}, end):
                found.append(f"{blog.manner} {own}: {words}")
            looked_for += sum(blog.world.is_due(told, moment, end) for moment in one.moments())
    return found, looked_for


def _wrong(world: World, told: Told, one: Written, held: Held | None, earlier: set[str], end: datetime) -> Iterator[str]:
    if held is None:
        if world.is_due(told, one.at, end) and not one.removed_at:
            yield "is missing"
        return
    if one.edited_at and world.is_due(told, one.edited_at, end):
        was_seen_before = datetime.fromisoformat(held.first_seen) < one.edited_at
        if held.text != one.edited or (was_seen_before and one.text not in earlier):
            yield "the edit is not recorded"
    elif one.edited_at is None and (held.text != one.text or earlier):
        yield "is said to be edited"
    if one.removed_at and world.is_due(told, one.back_at or one.removed_at, end) and held.how != (None if one.back_at else "vanished"):
        yield f"is removed_how {held.how!r}"
    if one.removed_at is None and held.how:
        yield f"is said to be {held.how}"

"""Runs hubbub again and again in forked processes that can be told to die: `kill -9` at a named point, or from outside.

    python -m tests.crawlers.crashes.nursery DATABASE PROXY FOLDER      then a line of JSON for each run on stdin

All is imported once, before the forks: so a run costs a fraction of a second. The blogs are those of the sample.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

import crawlers.spiders.blogs
import pipeline.export
import pipeline.store
import pipeline.tagging
from crawlers import running, summary
from crawlers.sample.content import blogs
from pipeline.clean.language import language_of
from pipeline.lock import Lock
from pipeline.reader import reading
from schema.errors import UserError
from schema.profile import Invocation, Profile

# By name: what is replaced.
POINTS: dict[str, tuple[Any, str]] = {
    "fetch": (crawlers.spiders.blogs.Blogs, "parse"),
    "parse": (crawlers.spiders.blogs, "read"),
    "insert": (pipeline.store, "upsert"),
    "commit": (DefaultDialect, "do_commit"),
    "tag": (pipeline.tagging, "_write"),
    "export rename": (Path, "rename"),
}


def main(url: str, proxy: str, folder: str) -> None:
    """Fork for each line; say how each run ended."""
    language_of("Warm up: what is loaded now need not be loaded by each child.", "")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        order = json.loads(line)
        children = [_forked(url, proxy, Path(folder), order) for _ in range(order.get("pair", 1))]
        if (after := order.get("after")) is not None:
            time.sleep(after)
            for child in children:
                os.kill(child, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


def _forked(url: str, proxy: str, folder: Path, order: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        code = 99
        try:
            code = _run(url, proxy, folder, order)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    return child


def _run(url: str, proxy: str, folder: Path, order: dict[str, Any]) -> int:
    if most := order.get("file_size"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if point := order.get("point"):
        _die_at(point, order["at"], after=order.get("late", False))
    if order.get("unlocked"):
        Lock.take = Lock.release = Lock.belongs_to = lambda *_: None        # type: ignore[assignment, method-assign]
    with (folder / "said").open("a", encoding="utf-8") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    try:
        return _job(url, proxy, folder / "export", order.get("steps", ["crawl", "tag", "export"]))
    except UserError as error:
        sys.stderr.write(f"hubbub: {error}\n")
        return error.exit_code


def _job(url: str, proxy: str, export: Path, steps: list[str]) -> int:
    """The whole job, as cron would do it."""
    if "crawl" in steps:
        options = running.CrawlOptions(
            tuple(f"{blog.url}/" for blog in blogs()), delay=0.0, proxy=proxy, allow_private=(proxy.removeprefix("http://"),), show_progress=False,
        )
        report = running.crawl(Invocation(url, Profile()), options)
        if report.exit_code:
            return report.exit_code
    if "tag" in steps:
        summary.tag_new(url)
    if "export" in steps:
        with reading(url) as connection:
            pipeline.export.export(connection, export, "jsonl")
    return 0


def _die_at(point: str, at: int, *, after: bool) -> None:
    """Die at the `at`th time that we come to this point."""
    where, name = POINTS[point]
    real: Callable[..., Any] = getattr(where, name)
    count = 0

    def mortal(*words: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        if count == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*words, **named)
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(where, name, mortal)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])

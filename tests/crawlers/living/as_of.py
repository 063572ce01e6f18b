"""`python -m tests.crawlers.living.as_of` runs `hubbub` as if it were another moment, once for each line of JSON that it is given:
`{"at": MOMENT, "words": ["crawl", ...]}`. Each run is a process of its own, forked when all modules are there, since loading them
takes longer than the run; its answer is a line with the exit code, what it said, its peak memory and its open files.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine

from pipeline import registry

_MODULES = (
    "hubbub", "crawlers.running", "crawlers.summary", "crawlers.commands.crawl", "crawlers.settings", "crawlers.downloading", "pipeline.edges",
    *(f"crawlers.middlewares.{name}" for name in ("closed", "conditional", "credentials", "guard", "progress", "redirect", "robots", "tdm", "unpacking", "warc")),
    "dateparser", "trafilatura", "alembic.command", "sqlalchemy.dialects.sqlite.pysqlite", "scrapy.extensions.throttle", "scrapy.core.downloader.handlers.http11",
)

def main() -> None:
    _load()
    for line in sys.stdin:
        sys.stdout.write(_run(json.loads(line)) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Everything that a crawl imports, but for Twisted's reactor, which each process must start itself."""
    for name in _MODULES:
        importlib.import_module(name)
    for name in registry.names("crawlers.platforms"):
        registry.module("crawlers.platforms", name)
    assert "twisted.internet.reactor" not in sys.modules


def _run(order: dict[str, Any]) -> str:     # Any: JSON
    ours, theirs = os.pipe()
    if child := os.fork():
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as answer:
            told = answer.read()
        os.waitpid(child, 0)
        return told
    os.close(ours)
    with os.fdopen(theirs, "w", encoding="utf-8") as answer:
        answer.write(json.dumps(_as_of(order["at"], order["words"])))
    os._exit(0)


def _as_of(moment: str, words: list[str]) -> dict[str, object]:
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()
    sys.argv = ["hubbub", *words]
    said, complaints, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaints):
        try:
            import hubbub

            hubbub.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    return {"code": code, "said": said.getvalue(), "errors": complaints.getvalue(), "megabytes": peak, "files": files}


if __name__ == "__main__":
    main()

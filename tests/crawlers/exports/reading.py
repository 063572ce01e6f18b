"""How tests of the export readers look at what a file gives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from crawlers.exported import readings
from pipeline.clean import clean
from schema.items import Comment, Page, Post, Skipped, Thread

SAVED = datetime(2026, 1, 1, tzinfo=UTC)


def page(body: str | bytes, name: str = "export.xml") -> Page:
    return Page(f"file:{name}", body.encode() if isinstance(body, str) else body, SAVED, origin=name)


def found(module: ModuleType, body: str | bytes, name: str = "export.xml") -> tuple[list[Post], list[Comment], list[Skipped]]:
    """What the reader gives, sorted by kind."""
    items = list(module.read(page(body, name)))
    return (
        [one for one in items if isinstance(one, Post)], [one for one in items if isinstance(one, Comment)],
        [one for one in items if isinstance(one, Skipped)],
    )


def cleaned(file: Page) -> list[Thread]:
    """The threads as they would be stored."""
    threads = (clean(thread, reading.page).thread for reading in readings(file) for thread in reading.threads)
    return [thread for thread in threads if thread]


def payload(shared: Path, name: str) -> Page:
    return page((shared / "pages" / "payloads" / name).read_bytes(), name)

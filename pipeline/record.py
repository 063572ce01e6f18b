"""The record of runs, read: a list of them, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline import owners
from pipeline.runs import PROCESS
from schema.tables import run, skipped

COLUMNS = ("run", "command", "started", "finished", "outcome", "posts", "new_posts", "comments", "new_comments", "skipped")
PARTS = ("section", "name", "value")
_COUNTS = ("posts", "new_posts", "comments", "new_comments")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out for one reason: how often, and the first address of it."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Told:
    """One run."""

    run: int
    command: str
    hubbub_version: str
    started: datetime
    finished: datetime | None
    outcome: str
    settings: dict[str, Any]        # Any: as JSON has it
    counts: dict[str, Any]
    skipped: tuple[LeftOut, ...]


def listed(connection: Connection, last: int) -> Iterator[tuple[object, ...]]:
    """A row of COLUMNS for each of the last runs, the newest last."""
    left_out = select(func.coalesce(func.sum(skipped.c.count), 0)).where(skipped.c.run == run.c.id).scalar_subquery()
    newest = connection.execute(select(run, left_out.label("left_out")).order_by(run.c.id.desc()).limit(last)).all()
    for row in reversed(newest):
        yield (row.id, row.command, row.started_at, row.finished_at, outcome(row.outcome, row.counts), *(row.counts.get(name) for name in _COUNTS), int(row.left_out))


def told(connection: Connection, number: int) -> Told | None:
    """All that is known of a run; None if there is none of that number."""
    row = connection.execute(select(run).where(run.c.id == number)).one_or_none()
    if row is None:
        return None
    counts = {name: value for name, value in row.counts.items() if name not in ("skipped", PROCESS)}
    return Told(
        number, row.command, row.hubbub_version, row.started_at, row.finished_at, outcome(row.outcome, row.counts), row.settings, counts, tuple(_left_out(connection, number)),
    )


def parts(one: Told) -> Iterator[tuple[object, ...]]:
    """The same as rows of PARTS."""
    for name in ("run", "command", "hubbub_version", "started", "finished", "outcome"):
        yield ("run", name, getattr(one, name))
    for section, values in (("settings", one.settings), ("counts", one.counts)):
        for name, value in values.items():
            yield (section, name, value)
    for left_out in one.skipped:
        yield ("skipped", left_out.reason, left_out.count)


def outcome(noted: str, counts: Mapping[str, Any]) -> str:       # Any: as JSON has it
    """How a run ended: one whose process is gone is over, whether another has noted that yet or not."""
    is_gone = noted == "running" and owners.is_gone(str(counts.get(PROCESS, "")))
    return "interrupted" if is_gone else noted


def _left_out(connection: Connection, number: int) -> Iterator[LeftOut]:
    c = skipped.c
    count = func.sum(c.count)
    wanted = select(c.reason, count.label("times"), func.min(c.url).label("example")).where(c.run == number)
    for row in connection.execute(wanted.group_by(c.reason).order_by(count.desc(), c.reason)):
        yield LeftOut(row.reason, int(row.times), row.example)

"""The record of what was run: each run is a row with its settings, counts and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from sqlalchemy import Connection, Engine, insert, select, update

from pipeline import owners, turns
from schema.tables import run

Outcome = Literal["running", "done", "failed", "partly", "limited", "interrupted"]

PROCESS = "process"     # whose run it is, among the counts as long as there are no others


def hubbub_version() -> str:
    """The version of the installed distribution; "unknown" in a checkout that was never installed."""
    try:
        return version("hubbub")
    except PackageNotFoundError:
        return "unknown"


def start(engine: Engine, command: str, settings: Mapping[str, object]) -> int:
    """Note that a run begins; its number. Settings must hold no secrets. Runs whose process is gone are noted as interrupted."""
    row = {
        "command": command,
        "hubbub_version": hubbub_version(),
        "started_at": datetime.now(UTC),
        "outcome": "running",
        "settings": dict(settings),
        "counts": {PROCESS: owners.me()},
    }

    def note(connection: Connection) -> int:
        _note_interrupted(connection)
        return int(connection.execute(insert(run).values(row).returning(run.c.id)).scalar_one())

    return turns.write(engine, note)


def _note_interrupted(connection: Connection) -> None:
    open_runs = connection.execute(select(run.c.id, run.c.counts).where(run.c.outcome == "running")).all()
    dead = [row.id for row in open_runs if owners.is_gone(str(row.counts.get(PROCESS, "")))]
    if dead:
        connection.execute(update(run).where(run.c.id.in_(dead)).values(outcome="interrupted"))


def note_so_far(connection: Connection, number: int, counts: Mapping[str, object]) -> None:
    """Note what a run has stored by now: that is what is known of one that gets killed."""
    connection.execute(update(run).where(run.c.id == number, run.c.outcome == "running").values(counts={PROCESS: owners.me(), **counts}))


def finish(engine: Engine, number: int, outcome: Outcome, counts: Mapping[str, object]) -> None:
    """Note how a run ended."""
    ended = update(run).where(run.c.id == number)
    values = {"finished_at": datetime.now(UTC), "outcome": outcome, "counts": dict(counts)}
    turns.write(engine, lambda connection: connection.execute(ended.values(values)))

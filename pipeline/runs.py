"""The record of what was run: each run is a row with its settings, counts and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from sqlalchemy import Engine, insert, update

from schema.tables import run

Outcome = Literal["running", "done", "failed", "partly", "limited", "interrupted"]


def hubbub_version() -> str:
    """The version of the installed distribution; "unknown" in a checkout that was never installed."""
    try:
        return version("hubbub")
    except PackageNotFoundError:
        return "unknown"


def start(engine: Engine, command: str, settings: Mapping[str, object]) -> int:
    """Note that a run begins; its number. Settings must hold no secrets."""
    row = {
        "command": command,
        "hubbub_version": hubbub_version(),
        "started_at": datetime.now(UTC),
        "outcome": "running",
        "settings": dict(settings),
        "counts": {},
    }
    with engine.begin() as connection:
        return int(connection.execute(insert(run).values(row).returning(run.c.id)).scalar_one())


def finish(engine: Engine, number: int, outcome: Outcome, counts: Mapping[str, object]) -> None:
    """Note how a run ended."""
    ended = update(run).where(run.c.id == number)
    with engine.begin() as connection:
        connection.execute(ended.values(finished_at=datetime.now(UTC), outcome=outcome, counts=dict(counts)))

"""A run as `kill -9` leaves it: noted as running, by a process that is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from sqlalchemy import Engine, update

from pipeline import owners, runs
from schema.tables import run


def a_killed_run(engine: Engine, counts: Mapping[str, object]) -> int:
    """The number of such a run, which had counted so far."""
    number = runs.start(engine, "crawl", {})
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    gone = owners.me().replace(f":{os.getpid()}:", f":{process.pid}:")
    with engine.begin() as connection:
        connection.execute(update(run).where(run.c.id == number).values(counts={"process": gone, **counts}))
    return number

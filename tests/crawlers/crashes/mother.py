"""The other end of the nursery: one blog server, one database, run after run, and what came of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from schema.database import open_database
from schema.tables import address, run

ROOT = Path(__file__).parents[3]
KILLED = -9
# What depends on when something was seen, and by which run; everything else must be the same to the byte.
OF_THE_RUN = frozenset(("first_seen", "last_seen", "changed_at", "origin", "tagged_at", "tag_run"))


@dataclass
class Nursery:
    """Runs of hubbub over one database."""

    folder: Path
    url: str
    process: subprocess.Popen[str]

    def run(self, **order: Any) -> int:      # Any: see nursery
        """One run; its exit code."""
        return self.runs(**order)[0]

    def runs(self, **order: Any) -> list[int]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        codes: list[int] = json.loads(self.process.stdout.readline())
        return codes

    @property
    def said(self) -> str:
        """What all the runs have printed."""
        return (self.folder / "said").read_text(encoding="utf-8")

    def outcomes(self) -> list[str]:
        engine = open_database(self.url)
        with engine.connect() as connection:
            found = list(connection.execute(select(run.c.outcome).order_by(run.c.id)).scalars())
        engine.dispose()
        return found

    def left(self) -> int:
        """How many addresses still wait."""
        engine = open_database(self.url)
        with engine.connect() as connection:
            waiting = len(connection.execute(select(address.c.name).where(address.c.state == "waiting")).all())
            assert connection.execute(text("SELECT count(*) FROM lock")).scalar() == 0
        engine.dispose()
        return waiting

    def exported(self) -> dict[str, bytes]:
        """The export, file by file, without what belongs to the run."""
        folder = self.folder / "export"
        return {path.name: b"".join(_plain(line) for line in path.read_bytes().splitlines()) for path in sorted(folder.glob("*.jsonl"))}


def unlike(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """In which columns two exports differ."""
    rows = [{(name, row["key"]): row for name in side for row in map(json.loads, side[name].splitlines())} for side in (one, other)]
    both = rows[0].keys() & rows[1].keys()
    found = {column for key in both for column, value in rows[0][key].items() if rows[1][key][column] != value}
    return found | ({"rows"} if rows[0].keys() != rows[1].keys() else set())


def _plain(line: bytes) -> bytes:
    return json.dumps(_without(json.loads(line)), ensure_ascii=False).encode() + b"\n"


def _without(value: Any) -> Any:     # Any: JSON
    if isinstance(value, dict):
        return {name: _without(one) for name, one in value.items() if name not in OF_THE_RUN}
    return [_without(one) for one in value] if isinstance(value, list) else value


@contextmanager
def nursery(folder: Path, url: str, proxy: str) -> Iterator[Nursery]:
    """A process that forks runs, for as long as the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    command = [sys.executable, "-m", "tests.crawlers.crashes.nursery", url, proxy, str(folder)]
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Nursery(folder, url, process)
        process.stdin.close()

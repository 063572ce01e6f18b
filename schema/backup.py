"""Copies of a whole database: SQLite's by its own online backup, PostgreSQL's by pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from schema.database import shown, sqlite_file
from schema.errors import UserError


def back_up(url: URL, target: Path | None = None) -> Path:
    """The file that now holds a copy of the database; without `target`, one named after the moment."""
    file = sqlite_file(url)
    target = target or backup_name(file or Path(f"{url.database or 'hubbub'}.dump"))
    if target.exists():
        raise UserError(f"{target} is already there; name another file for the backup.")
    if file:
        _back_up_sqlite(file, target)
    elif url.get_backend_name() == "postgresql":
        _dump(url, target)
    else:
        raise UserError("A database in memory has no backup; name a file with --database.")
    return target


def backup_name(file: Path, now: datetime | None = None) -> Path:
    """A name beside the database that says when the backup was made."""
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return file.with_name(f"{file.name}.backup-{stamp}")


def _back_up_sqlite(file: Path, target: Path) -> None:
    """A consistent copy, also while a crawl is writing to the database."""
    if not file.exists():
        raise UserError(f"There is no database at {file} to back up; name another with --database.")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as source:
            _copy(source, target)
    except sqlite3.Error as error:
        raise UserError(f"The backup of {file} to {target} failed: {error}. Check that its folder exists and has room.") from error


def _copy(source: sqlite3.Connection, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error:
        target.unlink(missing_ok=True)      # half a copy is no backup
        raise


def _dump(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise UserError(
            f"{shown(url)} was not backed up: pg_dump was not found. Install PostgreSQL's client programs, "
            "or back it up where the server runs, with `pg_dump --format=custom`."
        )
    ended = subprocess.run(
        [program, "--format=custom", "--no-password", f"--file={target}", f"--dbname={_without_secret(url)}"],
        env=os.environ | {"PGPASSWORD": url.password or os.environ.get("PGPASSWORD", "")},     # not among the arguments: others can read those
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    if ended.returncode:
        target.unlink(missing_ok=True)
        said = (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise UserError(f"{shown(url)} was not backed up: {said}. Use the pg_dump of the server's version, or back it up where the server runs.")


def _without_secret(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string()

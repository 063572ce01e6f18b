"""Alembic, which is loaded only where there is something to migrate: that takes longer than most commands.

A database at the newest revision is recognized by the names of the files in `migrations/versions`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"


def newest() -> str:
    """The number of the newest migration."""
    return max(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))


def behind(revision: str | None) -> int | None:
    """How many migrations lead from that revision to the newest; None where this version of hubbub does not know it."""
    if revision == newest():
        return 0
    from alembic.script import ScriptDirectory
    from alembic.script.revision import RevisionError
    from alembic.util import CommandError

    try:
        return len(list(ScriptDirectory.from_config(_config()).iterate_revisions("head", revision or "base")))
    except (CommandError, RevisionError):
        return None


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the tables to that revision, within the transaction of the connection."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the tables back to that revision, within the transaction of the connection."""
    from alembic import command

    command.downgrade(_config(connection), revision)


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config

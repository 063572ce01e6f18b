"""`hubbub db`: bring a database up to date, check it, back it up."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import URL

from schema import database, soundness
from schema.backup import back_up
from schema.errors import UserError
from schema.profile import Invocation


@click.group()
def db() -> None:
    """Bring the database up to date, check it, back it up.

    \b
    Examples:
      hubbub db check            is everything there, and in order?
      hubbub db backup           a copy beside the database, also during a crawl
      hubbub db upgrade          after a newer hubbub was installed
    """


@db.command()
@click.option("--no-backup", is_flag=True, help="Go on without a backup: there is one already, or the data can be lost.")
@click.pass_obj
def upgrade(invocation: Invocation, no_backup: bool) -> None:
    """Bring the tables and views to what this version of hubbub needs.

    A backup is made first: of SQLite beside the database, of PostgreSQL by pg_dump into the working directory.
    An empty database gets its tables. If anything fails, everything stays as it was.

    \b
    Examples:
      hubbub db upgrade
      hubbub --database postgresql://me@host/corpus db upgrade --no-backup
    """
    url = database.parse_url(invocation.database)
    where, state = database.shown(url), database.look(url)
    match state.condition:
        case "current":
            click.echo(f"{where} is up to date (revision {state.revision}); nothing was done.")
        case "empty":
            database.open_database(invocation.database, create=True).dispose()
            click.echo(f"{where} was empty; it has its tables now.")
        case "older":
            _upgrade(url, where, no_backup)
        case _:
            raise UserError(database.refusal(state, where))


def _upgrade(url: URL, where: str, no_backup: bool) -> None:
    if not no_backup:
        click.echo(f"The backup is {_backed_up(url)}.")
    engine = database.engine_for(url)
    with database.understandable(url):
        database.upgrade(engine)
    engine.dispose()
    click.echo(f"{where} is up to date now (revision {database.look(url).revision}).")


def _backed_up(url: URL) -> Path:
    try:
        return back_up(url)
    except UserError as error:
        raise UserError(f"{error} Nothing was changed; to go on without a backup, repeat with --no-backup.") from error


@db.command()
@click.pass_obj
def check(invocation: Invocation) -> None:
    """Tell how the database stands: its tables, its file, and rows that belong to nothing.

    Ends with 0 when everything is in order, else with 1 and one sentence. Nothing is changed.

    \b
    Examples:
      hubbub db check
      hubbub --database sqlite:///corpus.db db check && hubbub export corpus --format jsonl
    """
    url = database.parse_url(invocation.database)
    where, state = database.shown(url), database.look(url)
    if state.condition != "current":
        raise UserError(database.refusal(state, where))
    with database.looking(url) as connection:
        found = soundness.examine(connection)
    click.echo(f"database   {where}\ntables     up to date (revision {state.revision})")
    for name, value in found.lines():
        click.echo(f"{name:<10} {value}")
    if found.faults():
        raise UserError(f"{where} is damaged: {found.faults()}. Restore a backup, or collect again what is affected.")


@db.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def backup(invocation: Invocation, file: Path | None) -> None:
    """Copy the whole database to FILE, also while a crawl is writing to it; prints where the copy is.

    Without FILE it is named after the moment: of SQLite beside the database, of PostgreSQL (a pg_dump in its custom
    format, for pg_restore) in the working directory. A file that is already there is never replaced.

    \b
    Examples:
      hubbub db backup
      hubbub db backup /media/stick/corpus-for-the-paper.db
    """
    click.echo(back_up(database.parse_url(invocation.database), file))

"""`hubbub runs`: what was run, how it ended, and what was left out for which reason."""

from __future__ import annotations

from dataclasses import asdict

import click

from pipeline import output, values
from schema.errors import UserError
from schema.profile import Invocation


@click.command()
@click.argument("number", type=int, required=False, metavar="[RUN]")
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many runs are listed, the newest last.")
@click.option("--format", "format_name", type=click.Choice(output.FORMATS), help="[default: table on a terminal, else jsonl]")
@click.pass_obj
def runs(invocation: Invocation, number: int | None, last: int, format_name: str | None) -> None:
    """List the last runs, or tell everything about one: its settings, its counts, and what was left out and why.

    The outcome `interrupted` means: by Ctrl-C, or killed; the next run went on from there, or will.

    \b
    Examples:
      hubbub runs
      hubbub runs 12
      hubbub runs 12 --format json
      hubbub runs --last 100 --format csv > runs.csv
    """
    from pipeline.reader import reading
    from pipeline.record import COLUMNS, PARTS, listed, parts, told

    chosen = output.chosen(format_name)
    with reading(invocation.database) as connection:
        if number is None:
            output.write(COLUMNS, listed(connection, last), chosen)
            return
        found = told(connection, number)
    if found is None:
        raise UserError(f"There is no run {number}. `hubbub runs` lists those that there are.")
    if chosen == "json":
        click.echo(values.dumps(values.plain(asdict(found)), indent=2))
    else:
        output.write(PARTS, parts(found), chosen)

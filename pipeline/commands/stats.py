"""`hubbub stats`: what the database holds, and where threads are incomplete."""

from __future__ import annotations

from dataclasses import asdict

import click

from pipeline import output, values
from schema.profile import Invocation


@click.command()
@click.option("--format", "format_name", type=click.Choice(output.FORMATS), help="[default: table on a terminal, else jsonl]")
@click.pass_obj
def stats(invocation: Invocation, format_name: str | None) -> None:
    """Show the size of the corpus, its blogs, tags and gaps, and how the last run ended.

    json gives the whole as one object; jsonl and csv give rows of section, source, measure and value.
    A level of null counts what was not judged; posts, comments and pings are counted apart.

    \b
    Examples:
      hubbub stats
      hubbub stats --format table > corpus.txt
      hubbub stats --format json > corpus.json
      hubbub stats --format csv | grep threads
    """
    from pipeline.overview import MEASURES, measures, overview
    from pipeline.reader import reading

    with reading(invocation.database) as connection:
        found = overview(connection)
    match output.chosen(format_name):
        case "table":
            from pipeline import overview_table

            overview_table.show(found, output.console())
        case "json":
            click.echo(values.dumps(values.plain(asdict(found)), indent=2))
        case other:
            output.write(MEASURES, measures(found), other)

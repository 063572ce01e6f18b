"""`hubbub cron`: what to put into a crontab, so that the corpus keeps itself up to date."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from schema.database import parse_url, sqlite_file
from schema.errors import UsageError
from schema.profile import FILE_NAME, Invocation, find


@click.command()
@click.option("--schedule", default="daily", metavar="WORDS", show_default=True, help="hourly, daily, weekly, monthly, `every N hours|days`, or the five fields of a crontab.")
@click.option("--export", "folder", default="corpus", metavar="FOLDER", show_default=True, help="Where the corpus is exported to.")
@click.option("--format", "format_name", default="jsonl", metavar="FORMAT", show_default=True, help="Of the export.")
@click.option("--systemd", is_flag=True, help="Print a systemd service and timer instead of crontab lines.")
@click.pass_context
def cron(context: click.Context, schedule: str, folder: str, format_name: str, systemd: bool) -> None:
    """Print the crontab lines for this folder: collect what is due, tag it, export the corpus.

    Nothing is installed; read the lines, and add them with `crontab -e`. The schedule here says how often hubbub looks
    whether a source is due; how often each is visited, `hubbub sources` says.

    \b
    Examples:
      hubbub cron
      hubbub cron --schedule hourly
      hubbub cron --schedule "30 4 * * 1-5" --export export --format csv
      (crontab -l; hubbub cron) | crontab -
      hubbub cron --systemd
    """
    from crawlers import crontab
    from pipeline.export import exporter

    here = Path.cwd()
    if "\n" in str(here):
        raise UsageError("The name of this folder has a line break in it, which no crontab can hold. Rename it.")
    exporter(format_name)
    invocation = context.find_object(Invocation)
    assert invocation
    chain = crontab.Chain(here, schedule, _named(context, invocation), folder, format_name, invocation.profile.contact)
    words = crontab.systemd(chain) if systemd else crontab.crontab(chain)
    _warn_of_nothing(here, invocation)
    click.echo(words, nl=False)


def _warn_of_nothing(here: Path, invocation: Invocation) -> None:
    """Lines for the wrong folder would fail each night; whoever calls this too early still gets them."""
    file = sqlite_file(parse_url(invocation.database))
    if file and not file.exists() and not find(here):
        click.echo(
            f"hubbub: there is nothing in {here} yet, neither a {FILE_NAME} nor a database; these lines are for that folder all the same. "
            "Begin with `hubbub init` and `hubbub sources add URL`.", err=True,
        )


def _named(context: click.Context, invocation: Invocation) -> str:
    """The database, where the command line or the environment names it: cron knows neither. Else hubbub.toml is found again."""
    source = context.find_root().get_parameter_source("database")
    return invocation.database if source in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT) else ""

"""`hubbub sources`: which blogs are collected, how often, how far, and why: the sampling frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import output
from schema import keys
from schema.database import look, open_database, parse_url, shown, sqlite_file, understandable
from schema.errors import UsageError, UserError
from schema.profile import Invocation

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawlers.sourcelist import SourceList
    from pipeline.enrolling import Change
    from pipeline.sources import Source


@click.group()
def sources() -> None:
    """Keep the list of blogs that `hubbub crawl --due` visits, each on a schedule of its own.

    The list is research data, too: `hubbub query "SELECT * FROM source"`.

    \b
    Examples:
      hubbub sources add https://blog.example/ --schedule weekly --stratum agencies
      hubbub sources import subscriptions.opml
      hubbub sources list
      hubbub sources list --format csv > frame.csv
      hubbub crawl --due
    """


@sources.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--name", help="What to call it (for one URL).  [default: the address without https://]")
@click.option("--schedule", metavar="WORDS", help="hourly, daily, weekly, monthly, manual, or `every N hours` or `every N days`.  [default: daily]")
@click.option("--max-posts", type=click.IntRange(min=1), metavar="N", help="Of one visit; the next one goes on from there.")
@click.option("--max-pages", type=click.IntRange(min=1), metavar="N", help="Of one visit, feeds and sitemaps included.")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), metavar="M", help="Of one visit.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Wait so long between two requests to it.")
@click.option("--found-how", metavar="WORDS", help="How you came upon it: a list, a search, a link.")
@click.option("--why", metavar="WORDS", help="Why it belongs to your sample.")
@click.option("--stratum", metavar="WORDS", help="The part of the sample that it stands for.")
@click.option("--terms", "terms_url", metavar="URL", help="Where its terms of use are.")
@click.pass_obj
def add(invocation: Invocation, /, urls: tuple[str, ...], **given: Any) -> None:      # Any: click's own types
    """Add blogs (or feeds) to the list, or change what the list says of them.

    Adding one again changes only what is named. One that was removed or given up is visited again.

    \b
    Examples:
      hubbub sources add https://blog.example/ other.example
      hubbub sources add https://blog.example/ --name "The Example" --schedule "every 6 hours"
      hubbub sources add https://blog.example/ --stratum retail --why "named in two of our interviews" \\
        --found-how "blogroll of other.example" --terms https://blog.example/terms
      hubbub sources add https://blog.example/ --max-posts 200 --delay 5
    """
    from pipeline.enrolling import Entry, enroll

    if given["name"] and len(urls) > 1:
        raise UsageError("--name is for one address; call the others on lines of their own.")
    said = {name: value for name, value in given.items() if value is not None}
    entries = [Entry(_crawlable(url), frozenset({*said, "is_active"}), **said) for url in urls]
    with _database(invocation.database) as engine:
        changes = enroll(engine, entries, datetime.now(UTC))
    for change in changes:
        if not change.source:
            raise UsageError(change.detail)
        click.echo(_told(change))


def _told(change: Change) -> str:
    from pipeline.sources_table import moment

    assert change.source
    one = change.source
    after = "visited on demand" if not one.next_visit else f"next visit {moment(one.next_visit)} UTC" if one.last_visit else "due now"
    detail = f" ({change.detail})" if change.detail else ""
    what = {"added": f"Added {one.name}", "updated": f"Updated {one.name}"}.get(change.kind, f"{one.name} is unchanged")
    return f"{what}{detail}: {one.schedule}, {after}."


@sources.command(name="list")
@click.option("--format", "format_name", type=click.Choice(output.FORMATS), help="[default: table on a terminal, else jsonl]")
@click.option("--due", "only_due", is_flag=True, help="Only those that `hubbub crawl --due` would visit now.")
@click.pass_obj
def list_(invocation: Invocation, format_name: str | None, only_due: bool) -> None:
    """Show the sources: schedule, next visit, failures, and why one is empty.

    json, jsonl and csv give every column of the table `source`; `hubbub sources import` reads the csv back.

    \b
    Examples:
      hubbub sources list --format table
      hubbub sources list --due
      hubbub sources list --format csv > frame.csv
    """
    from pipeline import sources as frame
    from pipeline import sources_table
    from pipeline.reader import reading

    now = datetime.now(UTC)
    _check_is_there(invocation.database)
    with reading(invocation.database) as connection:
        found = frame.due(connection, now) if only_due else frame.load(connection)
    if output.chosen(format_name) == "table":
        _show(found, now, only_due)
    else:
        output.write(frame.COLUMNS, sources_table.for_programs(found), output.chosen(format_name))


def _show(found: Sequence[Source], now: datetime, only_due: bool) -> None:
    from pipeline import sources_table

    if found:
        output.write(sources_table.FOR_EYES, sources_table.for_eyes(found, now), "table")
    else:
        click.echo("Nothing is due." if only_due else "There are no sources yet. `hubbub sources add URL` adds one, `hubbub sources import FILE` a list.")


@sources.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
def remove(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Visit these sources no more. What was collected stays, and so does what the list says of them.

    \b
    Examples:
      hubbub sources remove blog.example
      hubbub sources add https://blog.example/      takes it in again
    """
    from pipeline import enrolling
    from pipeline import sources as frame

    _check_is_there(invocation.database)
    with _database(invocation.database, create=False) as engine, engine.begin() as connection:
        before = frame.named(connection, names)
        enrolling.remove(connection, names)
    for one in before:
        if one.inactive_why == enrolling.REMOVED:
            click.echo(f"{one.name} was removed before: it is not visited; what was collected stays.")
        else:
            click.echo(f"Removed {one.name}: it is no longer visited; what was collected stays.")


@sources.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would be added and changed, and change nothing.")
@click.option("--feeds", is_flag=True, help="Of OPML, take the feeds themselves instead of the blogs they belong to.")
@click.pass_obj
def import_(invocation: Invocation, files: tuple[Path, ...], dry_run: bool, feeds: bool) -> None:
    """Take in lists of blogs: TOML, CSV (also of `sources list --format csv`), or OPML of any feed reader.

    Reading a list again changes only what it says otherwise than before. The page docs/sources.md shows each format.

    \b
    Examples:
      hubbub sources import subscriptions.opml --dry-run
      hubbub sources import subscriptions.opml
      hubbub sources import frame.csv more.toml

    \b
    Exit codes: 0 done, 1 error, 2 wrong usage, 3 a file was damaged or some of its entries refused (the others are taken).
    """
    from crawlers import sourcelist

    lists = [(file, sourcelist.read(file, _crawlable, feeds=feeds)) for file in files]
    failed = False
    for file, found in lists:
        changes = _enrolled(invocation, found, dry_run)
        failed |= _report(file, found, changes, dry_run)
    click.get_current_context().exit(3 if failed else 0)


def _enrolled(invocation: Invocation, found: SourceList, dry_run: bool) -> list[Change]:
    from pipeline.enrolling import enroll

    if not (entries := [one.entry for one in found.listed if one.entry]):
        return []
    is_new = dry_run and look(parse_url(invocation.database)).condition == "empty"      # a rehearsal makes no database, either
    with _database("sqlite://" if is_new else invocation.database) as engine:
        return enroll(engine, entries, datetime.now(UTC), is_rehearsal=dry_run)


def _report(file: Path, found: SourceList, changes: list[Change], dry_run: bool) -> bool:
    """Tell what became of a list; whether something in it was wrong."""
    answers = iter(changes)
    refused = 0
    for one in found.listed:
        change = next(answers) if one.entry else None
        if change is None or not change.source:
            refused += 1
            click.echo(f"{file}:{one.line}: refused: {change.detail if change else one.reason}", err=True)
        elif change.kind == "updated":
            click.echo(f"{change.source.name}: {change.detail}")
    for words in (*found.notes, *([found.damage] if found.damage else [])):
        click.echo(f"hubbub: {words}", err=True)
    counts = ", ".join(f"{sum(change.kind == kind for change in changes):,} {kind}" for kind in ("added", "updated", "unchanged"))
    click.echo(f"{file}: {counts}, {refused:,} refused{'; nothing was changed (--dry-run)' if dry_run else ''}.")
    return bool(refused or found.damage)


def _crawlable(url: str) -> str:
    """The address as a crawl takes it; UsageError for what it does not take."""
    from crawlers.addresses import with_scheme

    if keys.without_login(url) != url:
        return url      # refused where all entries are judged, in a sentence that does not repeat it
    if any(character.isspace() for character in url):
        raise UsageError(f"{url!r} has white space in it, as no address has.")
    return with_scheme(url).replace(",", "%2C")     # a comma separates addresses on the way to the spider


def _check_is_there(url: str) -> None:
    """Who asks for sources begins with sources, not with a crawl."""
    parsed = parse_url(url)
    if look(parsed).condition == "empty":
        file = sqlite_file(parsed)
        what = f"There is no database at {shown(parsed)}" if file and not file.exists() else f"The database at {shown(parsed)} is empty"
        raise UserError(f"{what}. Begin with `hubbub sources add URL` or `hubbub crawl URL`, or name another with --database.")


@contextmanager
def _database(url: str, *, create: bool = True) -> Iterator[Engine]:
    engine = open_database(url, create=create)
    try:
        with understandable(parse_url(url)):
            yield engine
    finally:
        engine.dispose()

"""What the person reads at the end of a crawl or a replay: what was stored, what was not and why, and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import click

from crawlers.progress import Line
from crawlers.session import Seen
from pipeline.store import Counts
from schema import database

if TYPE_CHECKING:
    from crawlers.running import CrawlReport


class Report(Protocol):
    """What crawl and replay both tell."""

    @property
    def seen(self) -> Seen: ...

    @property
    def counts(self) -> Counts: ...


def of_crawl(report: CrawlReport, url: str) -> None:
    """The summary of a crawl."""
    complain(report.failures)
    for note in report.notes:
        click.echo(note, err=True)
    stored(report, url)
    if report.outcome == "limited":
        click.echo("Stopped at a limit with work left; run it again without the limit to go on.")
    if report.outcome == "interrupted":
        click.echo("Interrupted; everything stored so far is kept.", err=True)


def stored(report: Report, url: str) -> None:
    """What was stored and left out, where it is, and what to do with it."""
    seen, counts = report.seen, report.counts
    click.echo(f"{_many(seen.posts, 'post')} ({counts.new_posts:,} new), {_many(seen.comments, 'comment')} ({counts.new_comments:,} new).")
    if seen.incomplete:
        click.echo(f"{_many(seen.incomplete, 'thread')} with fewer comments than the blog reports; `hubbub stats` shows which.")
    if counts.skipped:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.skipped.most_common())
        click.echo(f"Skipped: {reasons}.")
    click.echo(f"Database: {database.shown(database.parse_url(url))}")
    if seen.posts:
        click.echo("Next: hubbub stats, hubbub thread URL, hubbub export FOLDER --format jsonl")


def complain(sentences: Sequence[str]) -> None:
    """One sentence each on stderr for what failed."""
    for sentence in sentences:
        click.echo(f"hubbub: {sentence}", err=True)


def tag_new(url: str) -> None:
    """Tag what lacks tags, with a line that shows how far it is."""
    from pipeline.tagging import tag_items

    engine = database.open_database(url)
    with Line(is_quiet=not sys.stderr.isatty()) as line:
        report = tag_items(engine, progress=lambda done, total: line.show(f"tagging {done:,} of {total:,}"))
    engine.dispose()
    if report.tagged:
        click.echo(f"Tagged {_many(report.tagged, 'post and comment', 'posts and comments')}.")


def _many(number: int, thing: str, things: str = "") -> str:
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"

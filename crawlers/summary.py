"""What the person reads at the end of a crawl or a replay: what was stored, what was not and why, and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import click

from crawlers.logs import safe
from crawlers.progress import Line
from crawlers.session import Seen
from pipeline.store import Counts
from schema import database

if TYPE_CHECKING:
    from crawlers.deadline import Deadline
    from crawlers.running import CrawlReport
    from crawlers.visiting import Visits


_WHICH = "hubbub query \"SELECT url, comments_reported, comments_stored, completeness_reason FROM posts WHERE completeness IN ('partial', 'none')\""
NOT_YET = "not everything is tagged yet; `hubbub tag` goes on from here."
UNTAGGED = "What is new is not tagged yet."


class Report(Protocol):
    """What crawl and replay both tell."""

    @property
    def seen(self) -> Seen: ...

    @property
    def counts(self) -> Counts: ...


def of_crawl(report: CrawlReport, url: str, *, is_tagged: bool = True, visits: Visits | None = None) -> None:
    """The summary of a crawl; `is_tagged` says whether what is new has been tagged, `visits` what became of the sources, where it was over some."""
    complain(report.failures)
    for note in report.notes:
        click.echo(safe(note), err=True)
    stored(report, url, is_tagged=is_tagged)
    if report.outcome == "limited" and (report.stop or not visits):
        click.echo("Stopped at a limit with work left; run it again to go on from there.")
    if report.outcome == "interrupted":
        click.echo("Interrupted; everything stored so far is kept.", err=True)


def of_sources(visits: Visits) -> None:
    """What a run over sources adds: how many failed, and who is not visited any more."""
    if words := visits.of_own_limits():
        click.echo(words)
    click.echo(f"{visits} `hubbub sources list` shows each.")
    for one in visits.given_up:
        click.echo(f"hubbub: {one.name} is no longer visited, {one.inactive_why}: {one.last_outcome}. `hubbub sources add {one.url}` takes it in again.", err=True)


def stored(report: Report, url: str, *, is_tagged: bool = True) -> None:
    """What was stored and left out, where it is, and what to do with it."""
    seen, counts = report.seen, report.counts
    click.echo(f"{_many(seen.posts, 'post')} ({counts.new_posts:,} new), {_comments(seen, counts)}.")
    if counts.edited or counts.vanished:
        click.echo(f"Since the last look: {_many(counts.edited, 'text')} edited, {_many(counts.vanished, 'comment')} gone.")
    if seen.incomplete:
        click.echo(f"{_many(seen.incomplete, 'thread')} with fewer comments than the blog reports; `{_WHICH}` shows them.")
    if counts.skipped:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.skipped.most_common())
        click.echo(f"Skipped: {reasons}.")
    if seen.posts:
        click.echo(f"Database: {database.shown(database.parse_url(url))}")
        click.echo("Next: hubbub stats, hubbub thread URL, hubbub export FOLDER --format jsonl" if is_tagged else f"{UNTAGGED} Next: hubbub tag")


def complain(sentences: Sequence[str]) -> None:
    """One sentence each on stderr for what failed."""
    for sentence in sentences:
        click.echo(f"hubbub: {safe(sentence)}", err=True)


def tag_new(url: str, deadline: Deadline | None = None, workers: int = 1) -> None:
    """Tag what lacks tags, with a line that shows how far it is; the time of the crawl holds for it, too."""
    from pipeline.tagging import tag_items

    if deadline:
        deadline.words = f"the time is over: {NOT_YET}"
    engine = database.open_database(url)
    looked_at = 0
    with Line(is_quiet=not sys.stderr.isatty()) as line:

        def show(done: int, total: int) -> None:
            nonlocal looked_at
            looked_at = done
            line.show(f"tagging: {done:,} of {total:,} posts and comments looked at")

        try:
            with database.understandable(engine.url):
                report = tag_items(engine, workers=workers, progress=show)
        except KeyboardInterrupt:
            line.say(f"hubbub: {NOT_YET}")
            raise
        finally:
            engine.dispose()
    if report.tagged:
        click.echo(_tagged(report.tagged, looked_at - report.tagged))


def _tagged(number: int, others: int) -> str:
    rest = f"; {others:,} more had tags already, or have no text" if others else ""
    return f"Tagged {_many(number, 'post or comment', 'posts and comments')}{rest}."


def _comments(seen: Seen, counts: Counts) -> str:
    if not seen.pings:
        return f"{_many(seen.comments, 'comment')} ({counts.new_comments:,} new)"
    return f"{_many(seen.comments, 'comment')}, {_many(seen.pings, 'ping')} (together {counts.new_comments:,} new)"


def _many(number: int, thing: str, things: str = "") -> str:
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"

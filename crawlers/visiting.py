"""A crawl over sources: which of them are visited, what became of each, and what that means for the run.

What a visit leaves on its source is pipeline.setbacks' to say; this is the way there and back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from crawlers import weighing
from crawlers.ends import End, Stop
from crawlers.frontier import Limits
from crawlers.starts import Start
from pipeline import holdings, sources
from pipeline.setbacks import Visit, visited
from pipeline.sources import Source
from pipeline.sources_table import moment
from schema.database import look, open_database, parse_url, shown, understandable
from schema.errors import UserError

NO_TIME = "no answer before the run ended"
EMPTY_FEED = "its feed is empty"
SPENT = "stopped at its own limit before a post was read; more is left for the next visit"
_SAID = {
    "temporary": ("failed for the time being", "failed for the time being"), "soft": ("gave nothing", "gave nothing"),
    "hard": ("seems to be gone", "seem to be gone"),
}
NOTHING = "nothing there could be taken as a post"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sources of a run, or why there are none."""

    sources: tuple[Source, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which failures and limits count for the exit code of a run over sources."""

    is_due: bool = False            # --due: only what may pass counts, and only when it is much; the end of the time does not
    fail_above: float = 20.0        # percent of the sources
    is_strict: bool = False

    @property
    def late_code(self) -> int:
        """The exit code of a run that only the end of its time stopped."""
        return 0 if self.is_due and not self.is_strict else 4


@dataclass(frozen=True, slots=True)
class Visits:
    """What became of the sources of a run."""

    all: tuple[Visit, ...]
    given_up: tuple[Source, ...] = ()

    def share_failed(self) -> float:
        """How many percent failed for the time being."""
        return 100 * sum(visit.failure == "temporary" for visit in self.all) / len(self.all) if self.all else 0.0

    def exit_code(self, stop: Stop, terms: Terms) -> int:
        """See docs/cron.md."""
        if stop == "interrupted":
            return 130
        is_lenient = terms.is_due and not terms.is_strict
        if self.share_failed() > terms.fail_above if is_lenient else any(visit.failure for visit in self.all):
            return 3
        if stop == "time":
            return terms.late_code
        return 4 if stop or (not is_lenient and any(visit.is_spent for visit in self.all)) else 0

    def of_own_limits(self) -> str:
        """One sentence where a source was stopped by a limit of its own; "" where none was."""
        if not (number := sum(visit.is_spent for visit in self.all)):
            return ""
        if number == 1:
            return "1 source stopped at its own limit with work left; its next visit goes on from there (`hubbub crawl --source NAME` does so at once)."
        return f"{number:,} sources stopped at their own limits with work left; their next visits go on from there (`hubbub crawl --source NAME` does so at once)."

    def __str__(self) -> str:
        counts = [(sum(visit.failure == weight for visit in self.all), *words) for weight, words in _SAID.items()]
        failed = "".join(f", {number:,} {one if number == 1 else several}" for number, one, several in counts if number)
        return f"{len(self.all):,} source{'' if len(self.all) == 1 else 's'} visited{failed}."


def choose(url: str, names: Sequence[str]) -> Chosen:
    """The sources of those names; without names those that are due. UserError where there are no sources at all."""
    if look(parse_url(url)).condition == "empty":
        raise _no_sources(url)
    engine = open_database(url)
    try:
        with understandable(parse_url(url)), engine.connect() as connection:
            return Chosen(tuple(sources.named(connection, names))) if names else _due(connection, url)
    finally:
        engine.dispose()


def _due(connection: Connection, url: str) -> Chosen:
    now = datetime.now(UTC)
    if found := sources.due(connection, now):
        return Chosen(tuple(found))
    if following := sources.upcoming(connection, now):
        assert following.next_visit
        return Chosen(nothing=f"Nothing is due; the next is {following.name} at {moment(following.next_visit)} UTC.")
    if sources.load(connection):
        return Chosen(nothing="Nothing is due, and nothing will be: no source is active and has a schedule. `hubbub sources list` shows all.")
    raise _no_sources(url)


def _no_sources(url: str) -> UserError:
    return UserError(f"The database at {shown(parse_url(url))} has no sources. Add some with `hubbub sources add URL` or `hubbub sources import FILE`.")


def starts(chosen: Sequence[Source]) -> tuple[Start, ...]:
    """The sources as a crawl takes them, each with limits of its own."""
    return tuple(Start(one.url, one.name, Limits(one.max_posts, one.max_pages, one.max_minutes), one.delay) for one in chosen)


def record(url: str, run: int, started: datetime, ends: Sequence[End], stop: Stop = "") -> Visits:
    """Write down what became of each source in a run that began at `started` and is over; `stop` says what ended it too early."""
    engine = open_database(url)
    try:
        with understandable(parse_url(url)), engine.begin() as connection:
            return _recorded(connection, _Run(run, started, bool(stop), weighing.is_network_gone([end.why for end in ends])), ends)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class _Run:
    number: int
    started: datetime
    is_cut_short: bool
    is_network_gone: bool


def _recorded(connection: Connection, run: _Run, ends: Sequence[End]) -> Visits:
    known = {one.name: one for one in sources.load(connection)}
    visits, given_up = [], []
    for end in ends:
        if not (one := known.get(end.start.name)):
            continue
        visits.append(_visit(connection, end, run))
        after = visited(one, visits[-1], run.number, run.started)
        sources.save(connection, after)
        given_up += [after] if one.is_active and not after.is_active else []
    return Visits(tuple(visits), tuple(given_up))


def _visit(connection: Connection, end: End, run: _Run) -> Visit:
    name, host = end.start.name, end.source
    if run.is_cut_short and not holdings.was_asked(connection, end.address, run.started):
        return Visit(name, NO_TIME, is_reached=False)
    if end.failure and end.why:
        return _failure(end, run)
    held = holdings.of_blog(connection, end.address, run.started)
    has_more = holdings.has_more(connection, end.address)
    is_cut_short = run.is_cut_short and has_more and not end.is_spent
    if end.is_spent and (has_more or not holdings.was_asked(connection, end.address, run.started)):
        return Visit(name, f"{held}; more is left for the next visit" if held.posts else SPENT, host=host, is_spent=True)
    if not held.posts and not is_cut_short:
        return Visit(name, EMPTY_FEED, host=host) if end.is_feed else Visit(name, _nothing(end), "soft", host)
    return Visit(name, f"{held}{'; the run ended before all was read' if is_cut_short else ''}", host=host, is_cut_short=is_cut_short)


def _failure(end: End, run: _Run) -> Visit:
    words = weighing.in_plain_words(end.failure, end.start.url)
    if run.is_network_gone:
        return Visit(end.start.name, f"{words}, nor could anything else be reached", "temporary", end.source)
    return Visit(end.start.name, words, weighing.weight(end.why), end.source)


def _nothing(end: End) -> str:
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in end.skips[:3])
    return f"{NOTHING} ({reasons})" if reasons else NOTHING

"""Reads archives again: the same way from a page to the database as a live crawl, without asking any server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawlers import archive, exported, fetched, tdm
from crawlers.anchoring import Anchoring
from crawlers.failures import NOT_A_PAGE
from crawlers.progress import Line, described
from crawlers.reading import Reading, read
from crawlers.reservations import heeded, noted
from crawlers.session import Seen, Session
from crawlers.tdm import NO_FILE, TdmFile
from pipeline.runs import Outcome
from pipeline.store import Counts
from schema.items import Page, Skipped

NOT_FOUND = (404, 410)


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay stored, and which files were damaged."""

    outcome: Outcome
    seen: Seen
    counts: Counts
    failures: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        return 3 if self.failures else 0


def replay(database_url: str, paths: Sequence[Path], *, show_progress: bool = True, obeys_reservations: bool = False) -> ReplayReport:
    """Read every page in the files and folders, and store what is found. A damaged file does not stop the others."""
    if not archive.files_in(paths):     # then no database is made, either
        return ReplayReport("failed", Seen(0, 0, 0), Counts(), tuple(_holds_nothing(path) for path in paths))
    session = Session(database_url, "replay", {"files": [str(path) for path in paths]})
    replayed = _Replay(session, Line(is_quiet=not show_progress), obeys_reservations)
    try:
        for path in paths:
            replayed.path(path)
    except BaseException as error:
        session.close("interrupted" if isinstance(error, KeyboardInterrupt) else "failed")
        raise
    session.close(replayed.outcome(), failures=replayed.failures)
    return ReplayReport(session.outcome, session.seen, session.counts, tuple(replayed.failures))


class _Replay:
    """How far a replay has come."""

    def __init__(self, session: Session, line: Line, obeys_reservations: bool) -> None:
        self.failures: list[str] = []
        self._session = session
        self._line = line
        self._pages = 0
        self._anchoring = Anchoring()
        self._obeys = obeys_reservations
        self._files: dict[str, TdmFile] = {}        # what sites reserve

    def path(self, path: Path) -> None:
        files = archive.files_in([path])
        if not files:
            self.failures.append(_holds_nothing(path))
        with self._line:
            for file, folder in files:
                self._file(file, folder, is_named=file == path)

    def _file(self, file: Path, folder: Path, *, is_named: bool) -> None:
        try:
            archive.refuse_empty(file, is_named=is_named)
            if archive.kind_of(file) == "export":
                self._export(file, folder)
                return
            for found in archive.pages(file, folder):
                self._one(found)
                self._show(file)
        except archive.Damaged as damage:
            self.failures.append(str(damage))

    def _export(self, file: Path, folder: Path) -> None:
        """Every post of an export counts as a page."""
        page = archive.export_file(file, folder)
        for reading in exported.readings(page):
            self._session.take(reading)
            self._show(file)
        if not exported.is_whole(page):
            raise archive.Damaged(f"{file} is cut off before its end; what came before is stored.")

    def _one(self, found: Page | Skipped) -> None:
        if isinstance(found, Skipped):
            self._session.skip(found)
        elif found.status == archive.NOT_MODIFIED:
            self._session.unchanged(found.url, found.fetched_at)
        elif found.url.endswith(tdm.PATH):
            self._files[found.url.removesuffix(tdm.PATH)] = tdm.parse(found.body) if found.status < 300 else NO_FILE
        elif (reading := read_archived(found)) is not None:
            self._take(reading)
            self._anchoring.seen(reading)
            if more := self._anchoring.again(reading):
                self._take(more)

    def _take(self, reading: Reading) -> None:
        parts = urlsplit(reading.page.url)
        reading = noted(reading, self._files.get(f"{parts.scheme}://{parts.netloc}", NO_FILE))
        self._session.take(heeded(reading) if self._obeys else reading)

    def _show(self, file: Path) -> None:
        self._pages += 1
        session = self._session
        self._line.show(described(session.posts, session.comments, self._pages, self._line.seconds, file.name))

    def outcome(self) -> Outcome:
        if not self.failures:
            return "done"
        return "partly" if self._session.posts else "failed"


def _holds_nothing(path: Path) -> str:
    return f"{path} holds nothing that hubbub reads: no .warc, .warc.gz, .html or .htm file, and no export."


def read_archived(page: Page) -> Reading | None:
    """What an archived page gives; None for what a crawl would fetch but not keep: robots.txt, sitemaps, redirects."""
    if page.url.endswith("/robots.txt") or 300 <= page.status < 400:
        return None
    if why := _why_not(page):
        is_nothing = page.url.endswith(fetched.GUESSES) or (page.about and why == NOT_A_PAGE)     # an API that knows of no comments says []
        return None if is_nothing else Reading(page, "", (), (), (), (Skipped(why, page.url),))
    reading = fetched.kept(read(page))
    return None if reading.platform in fetched.LISTS and not fetched.is_told(reading) else reading


def _why_not(page: Page) -> str:
    if page.status in NOT_FOUND:
        return "not found"
    if not 200 <= page.status < 300:
        return f"status {page.status}"
    return "" if fetched.is_page(page) else NOT_A_PAGE

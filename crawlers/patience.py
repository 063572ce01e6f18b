"""How we bear with hosts: those that ask to be left alone for a while, and those that do not answer. Pure; the clock is passed in.

A short wait (Retry-After, RFC 9110, 10.2.3) is kept within the run. After a longer one, or after too many failures in a row,
the host is closed: what waits there stays for the next run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawlers.failures import ASKED_TO_WAIT, SILENT

BUSY = (429, 503)
UNSTATED = 5.0                  # seconds, where a server says that we ask too often, but not for how long; doubled each time
SHORTEST = 1.0
LONGEST = timedelta(days=7)     # what asks for more is absurd, and would lock us out by mistake
FAILURES = 9                    # attempts in a row without an answer: three addresses, three times each
PAUSE = timedelta(hours=1)      # for which a silent host is left alone: the next nightly run finds it open
_SECONDS = re.compile(r"\d{1,12}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Closed:
    """A host is to be left alone."""

    why: str
    until: datetime

    @property
    def when(self) -> str:
        """The end of it, for a sentence."""
        return f"{self.until:%Y-%m-%d %H:%M} UTC"


def asked_to_wait(status: int, retry_after: str, now: datetime, attempt: int = 0) -> float | None:
    """The seconds that a busy server asks us to wait; None where it asks for nothing."""
    if status not in BUSY:
        return None
    words = retry_after.strip()
    if _SECONDS.match(words):
        return max(SHORTEST, float(words))
    if (moment := _moment(words)) is not None:
        return max(SHORTEST, (moment - now).total_seconds())
    return UNSTATED * 2**attempt if status == 429 or words else None


def _moment(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


class Patience:
    """Keeps for each site how often it failed in a row, and until when nothing may be asked."""

    def __init__(self, clock: Callable[[], datetime], longest_wait: float, failures: int = FAILURES) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._most = failures
        self._failures: dict[str, int] = {}
        self._open_at: dict[str, datetime] = {}
        self._closed: dict[str, Closed] = {}
        self._news: list[tuple[str, Closed]] = []

    def closed(self, site: str) -> Closed | None:
        """Whether, and why, nothing is to be asked there in this run."""
        return self._closed.get(site)

    def wait(self, site: str) -> float:
        """Seconds until the site may be asked again; 0: now."""
        until = self._open_at.get(site)
        return max(0.0, (until - self._clock()).total_seconds()) if until else 0.0

    def answered(self, site: str) -> None:
        """The site gave an answer, whatever it was."""
        self._failures.pop(site, None)

    def failed(self, site: str) -> None:
        """The site could not be reached, or did not answer in time; too often in a row, and it is closed."""
        self._failures[site] = self._failures.get(site, 0) + 1
        if self._failures[site] >= self._most:
            self.close(site, Closed(SILENT, self._clock() + PAUSE))

    def busy(self, site: str, seconds: float) -> bool:
        """The site asks to be left alone; whether that is short enough to wait for within this run."""
        until = self._clock() + min(timedelta(seconds=min(seconds, LONGEST.total_seconds())), LONGEST)
        if seconds > self._longest_wait:
            self.close(site, Closed(ASKED_TO_WAIT, until))
            return False
        self._open_at[site] = max(until, self._open_at.get(site, until))
        return True

    def close(self, site: str, closed: Closed, *, is_known: bool = False) -> None:
        """Ask nothing there any more. `is_known`: an earlier run has written it down."""
        if site not in self._closed and not is_known:
            self._news.append((site, closed))
        self._closed[site] = closed

    def news(self) -> list[tuple[str, Closed]]:
        """What was closed since this was last asked."""
        news, self._news = self._news, []
        return news

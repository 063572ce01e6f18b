"""One live line on stderr: what has been collected, how fast, and where we are. Plain lines where nobody watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.status import Status
from rich.text import Text

from crawlers.logs import safe

EVERY = 30.0    # seconds between plain lines


class Line:
    """A line that says how far things are. On a terminal it is drawn anew; elsewhere it is printed now and then."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._console = Console(stderr=True)
        self._status: Status | None = None
        self._is_quiet = is_quiet
        self._printed = time.monotonic()
        self._started = time.monotonic()

    def __enter__(self) -> Line:
        if self._console.is_terminal and not self._is_quiet:
            self._status = self._console.status("starting")
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._status:
            self._status.stop()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return max(time.monotonic() - self._started, 0.001)

    def show(self, words: str) -> None:
        """Say how far things are."""
        words = safe(words)
        if self._status:
            self._status.update(Text(words))
        elif not self._is_quiet and time.monotonic() - self._printed >= EVERY:
            self._printed = time.monotonic()
            print(f"hubbub: {words}", file=sys.stderr, flush=True)      # noqa: T201  progress belongs on stderr

    def say(self, words: str) -> None:
        """Print a line that stays, above the live one."""
        self._console.print(Text(safe(words)), soft_wrap=True)


def described(posts: int, comments: int, pages: int, seconds: float, where: str) -> str:
    """`12 posts, 340 comments, 25 pages (1.0 pages/s), blog.example`."""
    rate = f"{pages / seconds:.1f} pages/s"
    return f"{posts:,} posts, {comments:,} comments, {pages:,} pages ({rate}){f', {where}' if where else ''}"

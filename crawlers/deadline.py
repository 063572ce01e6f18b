"""The end of a crawl's time, kept whatever hangs: from outside the reactor, and in the last resort without Python's help.

At the limit no more requests are handed out. Then what is in flight is given up, then the process ends, in whatever state
it is: what was stored stays, and the next run goes on from there.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import hubbub

CANCEL_AFTER = 4.0      # seconds behind the limit: what is in flight has had its time
END_AFTER = 7.0         # ... whoever still hangs is ended
NOTING = 1.0            # seconds for a last note in the database
LIMITED = 4             # exit codes of the contract
INTERRUPTED = 130


class Deadline:
    """Counts from the start of the process, and is armed once for all of it. `cancel` is called from another thread; so is `note`, as the last thing before the end."""

    def __init__(self, minutes: float, cancel: Callable[[], None], note: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self.words = "the time is over and something still hangs: ended here. What was stored is kept; the next run goes on from there."
        self.code = LIMITED
        self._at = hubbub.STARTED + minutes * 60
        self._clock = clock
        self._cancel = cancel
        self._note = note
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="deadline", daemon=True)

    @property
    def is_reached(self) -> bool:
        """Whether the time is over."""
        return self._clock() >= self._at

    def arm(self) -> None:
        """From now on the time counts. Called in the main thread."""
        self._thread.start()
        # Where another thread gets no turn (a regular expression keeps the interpreter to itself), a signal does; where the
        # interpreter itself hangs, faulthandler ends the process without it, though with exit code 1.
        signal.signal(signal.SIGALRM, self._alarmed)
        signal.setitimer(signal.ITIMER_REAL, self._left(END_AFTER + 0.5))
        faulthandler.dump_traceback_later(self._left(END_AFTER + 2), exit=True)

    def disarm(self) -> None:
        """The work is done in time."""
        self._is_over.set()
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()

    def _left(self, more: float) -> float:
        return max(self._at + more - self._clock(), 0.01)

    def _watch(self) -> None:
        if not self._is_over.wait(self._left(CANCEL_AFTER)):
            self._cancel()
            if not self._is_over.wait(self._left(END_AFTER)):
                self._end()

    def _alarmed(self, number: int, frame: FrameType | None) -> None:
        self._end()

    def _end(self) -> None:
        if not self._is_over.is_set():
            self._is_over.set()
            end_now(self.code, self.words, self._note)


def end_now(code: int, words: str, note: Callable[[], None] = lambda: None) -> None:
    """End the process at once, after a last note that may take a second and may fail."""
    noting = threading.Thread(target=_quietly, args=(note,), daemon=True)
    noting.start()
    noting.join(NOTING)
    with suppress(OSError, ValueError):
        os.write(sys.stderr.fileno(), f"hubbub: {words}\n".encode())
    os._exit(code)


def _quietly(note: Callable[[], None]) -> None:
    """Nobody would hear of an error in the last second."""
    with suppress(BaseException):
        note()

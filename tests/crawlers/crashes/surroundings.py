"""What goes wrong around hubbub: a database that somebody else holds, and a server that is started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from schema.database import engine_for, parse_url


@contextmanager
def held(url: str, wait: float, seconds: float) -> Iterator[None]:
    """After a wait, somebody holds the database for so long: nobody else can write."""

    def hold() -> None:
        time.sleep(wait)
        engine = engine_for(parse_url(url))
        with engine.begin() as connection:
            words = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE address, post, comment, run, lock IN EXCLUSIVE MODE"
            connection.exec_driver_sql(words)
            time.sleep(seconds)
        engine.dispose()

    thread = threading.Thread(target=hold)
    thread.start()
    yield
    thread.join()


class Restarted:
    """A PostgreSQL server that is shut down and started anew, by whoever runs it."""

    def __init__(self, url: str) -> None:
        self._pid = _postmaster(url)
        self._command = Path(f"/proc/{self._pid}/cmdline").read_bytes().decode().split("\0")[:-1]
        owner = Path(f"/proc/{self._pid}").stat()
        self._account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if owner.st_uid != os.geteuid() else {}
        self._again: subprocess.Popen[bytes] | None = None

    def restart(self, away: float) -> None:
        """End the server as an administrator would (`pg_ctl stop -m fast`), and start it some time later."""
        os.kill(self._pid, signal.SIGINT)
        while Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.05)
        time.sleep(away)
        self._again = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **self._account)   # type: ignore[call-overload]

    def end(self) -> None:
        if self._again:
            self._again.send_signal(signal.SIGQUIT)
            self._again.wait()


def _postmaster(url: str) -> int:
    """The process that has started the one which serves us."""
    engine = engine_for(parse_url(url))
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        parent = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    engine.dispose()
    return parent

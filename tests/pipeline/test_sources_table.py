from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline import sources_table
from pipeline.sources import COLUMNS, Source
from tests.pipeline.framing import NOW, a_source

SHOWN: list[tuple[Source, tuple[str, ...]]] = [
    (a_source(), ("daily", "now", "", "not visited yet")),
    (a_source(next_visit=NOW + timedelta(hours=20)), ("daily", "2026-11-20 22:15", "", "not visited yet")),
    (a_source(schedule="manual", next_visit=None, last_outcome="3 posts"), ("manual", "on demand", "", "3 posts")),
    (a_source(failure="soft", failures=3, last_outcome="no posts"), ("daily", "now", "3 soft", "no posts")),
    (a_source(is_active=False, inactive_why="removed", next_visit=None), ("daily", "never", "", "removed")),
    (a_source(is_active=False, inactive_why="given up", last_outcome="gone (404)", failure="hard", failures=5), ("daily", "never", "5 hard", "given up: gone (404)")),
]


@pytest.mark.parametrize(("one", "cells"), SHOWN)
def test_a_line_says_when_it_is_visited_and_why_it_is_empty(one: Source, cells: tuple[str, ...]) -> None:
    assert list(sources_table.for_eyes([one], NOW)) == [("till.example", *cells)]


def test_programs_get_every_column() -> None:
    [row] = sources_table.for_programs([a_source(max_posts=5)])
    assert dict(zip(COLUMNS, row, strict=True))["max_posts"] == 5

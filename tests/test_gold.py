"""Real pages read by hand, and real pages whose comments were counted: what is read is measured against floors that only rise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.reading import read
from schema.items import Page
from tests.crawlers.platforms import scoring

FLOORS = json.loads((Path(__file__).parent / "gold/floors.json").read_text())
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    """What part of the gold was found, by question."""
    found, counts = scoring.scores(shared), scoring.counts(shared)
    comments = sum(one.found for one in found)
    posts = [all(mark is not False for mark in (one.title, one.author, one.date)) for one in found]
    return {
        "extraction.gold.comments": comments / sum(one.gold for one in found),
        "extraction.gold.comment_authors": sum(one.authors for one in found) / comments,
        "extraction.gold.reply_edges": sum(one.edges_found for one in found) / sum(one.edges for one in found),
        "extraction.gold.comment_dates": sum(one.dates for one in found) / sum(one.dated for one in found),
        "extraction.gold.posts": sum(posts) / len(posts),
        "extraction.gold.post_titles": _part([one.title for one in found]),
        "extraction.gold.post_authors": _part([one.author for one in found]),
        "extraction.gold.post_dates": _part([one.date for one in found]),
        "extraction.gold.post_texts": _part([one.text for one in found]),
        "extraction.manifest.counts": sum(one.is_equal for one in counts) / len(counts),
    }


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if name.startswith(("extraction.gold.", "extraction.manifest."))))
def test_the_floor_is_held(figures: dict[str, float], name: str, shared: Path) -> None:
    assert figures[name] >= FLOORS[name], "\n".join(scoring.table(shared))


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert figures.keys() <= FLOORS.keys()


def test_nothing_is_made_up(shared: Path) -> None:
    found = scoring.scores(shared)
    assert [one.file for one in found if one.leaked or one.extra or one.edges_false] == [], "\n".join(scoring.table(shared))


def test_pages_without_comments_give_none(shared: Path) -> None:
    assert {name: comments for name, comments in _comments_of(shared / "pages/zero_comments") if comments} == {}


def _comments_of(folder: Path) -> Iterator[tuple[str, int]]:
    for file in sorted(folder.glob("*.html")):
        threads = read(Page("file:" + file.name, file.read_bytes(), FETCHED)).threads
        yield file.name, sum(len(thread.comments) for thread in threads)


def _part(marks: list[bool | None]) -> float:
    stated = [mark for mark in marks if mark is not None]
    return sum(stated) / len(stated)

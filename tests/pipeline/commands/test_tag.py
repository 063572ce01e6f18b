"""`hubbub tag` as a person types it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.store import store
from tests.pipeline import rows
from tests.pipeline.commands.asking import ask_hubbub


@pytest.fixture
def url(engine: Engine, database_url: str) -> str:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    return database_url


def test_the_summary_counts_levels_and_the_second_run_has_nothing_to_do(url: str) -> None:
    first = ask_hubbub(url, "tag")
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith("Tagged 11 posts, comments and pings (conversational 11, marketing 11, self-promotion 11, spam 7).")
    assert any(line.split()[:3] == ["2", "spam", "1"] for line in first.stdout.splitlines())
    assert "Not judged: 1 without text" in first.stdout
    assert ask_hubbub(url, "tag").stdout.startswith("Nothing to do")
    assert ask_hubbub(url, "tag", "--all", "--tagger", "spam").stdout.startswith("Tagged 7 posts, comments and pings (spam 7).")


def test_an_unknown_tagger_is_a_usage_error(url: str) -> None:
    refused = ask_hubbub(url, "tag", "--tagger", "rudeness")
    assert refused.exit_code == 2
    assert "conversational, marketing, self_promotion, spam" in refused.stderr

"""`hubbub tag` as a person types it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.store import store
from schema.database import open_database
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


@pytest.mark.parametrize("sent", [(signal.SIGINT,), (signal.SIGTERM,), (signal.SIGINT, signal.SIGINT, signal.SIGINT)])
def test_whoever_ends_it_gets_one_sentence(sent: tuple[int, ...], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hubbub.db"
    engine = open_database(url, create=True)
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    engine.dispose()
    (tmp_path / "slow.py").write_text("import pathlib, time\nversion = 1\ndef tag(doc):\n    pathlib.Path('begun').touch()\n    time.sleep(20)\n")
    command = [sys.executable, "-m", "hubbub", "--database", url, "tag", "--tagger-module", "slow.py", "--tagger", "slow", "--workers", "2"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as process:
        end = time.monotonic() + 30
        while not (tmp_path / "begun").exists() and time.monotonic() < end:
            time.sleep(0.05)
        for one in sent:
            process.send_signal(one)
            time.sleep(0.05)
        out, err = process.communicate(timeout=15)
    assert (process.returncode, out, err) == (130, "", "hubbub: interrupted; everything stored so far is kept.\n")

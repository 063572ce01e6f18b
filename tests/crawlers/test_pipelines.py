from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawlers.serving import Answer, crawl, hubbub, post_page, rows, serving

FAILING_DISK = """
import sqlite3, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

@event.listens_for(Engine, "before_cursor_execute")
def fail(connection, cursor, statement, *rest):
    if statement.startswith("INSERT INTO comment"):
        raise OperationalError(statement, None, sqlite3.OperationalError("disk I/O error"))

from hubbub import main
sys.argv = sys.argv[1:]
main()
"""


def test_a_run_says_how_it_was_called(tmp_path: Path) -> None:
    (tmp_path / "hubbub.toml").write_text('title = "Shelf talk"\ncontact = "ann@uni.example"\n')
    with serving({"/a": Answer(post_page("/a"))}) as site:
        crawl(tmp_path, site, "/a", "--max-posts", "3")
        asked = dict(site.asked[0][1])
    ((command, outcome, settings, counts),) = rows(tmp_path, "SELECT command, outcome, settings, counts FROM run")
    said = json.loads(settings)
    assert (command, outcome, said["urls"], said["max_posts"], said["allow_private"]) == ("crawl", "done", [f"{site.url}/a"], 3, [site.opened])
    assert said["user_agent"] == asked["User-Agent"] == "hubbub/0.1.0 (+ann@uni.example; Shelf talk)"
    assert json.loads(counts)["posts"] == 1


@pytest.mark.parametrize(("options", "delay"), [((), 0.0), (("--delay", "0.25"), 0.25)])
def test_a_run_says_how_long_it_waited_between_requests(tmp_path: Path, options: tuple[str, ...], delay: float) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        crawl(tmp_path, site, "/a", *options)
    ((settings,),) = rows(tmp_path, "SELECT settings FROM run")
    assert json.loads(settings)["delay"] == delay


def test_a_run_that_asks_strangers_notes_the_polite_delay(tmp_path: Path) -> None:
    hubbub(tmp_path, "crawl", "http://nowhere.invalid/", "--no-tag")
    ((settings,),) = rows(tmp_path, "SELECT settings FROM run")
    assert json.loads(settings)["delay"] == 1.0


def test_secrets_in_an_address_are_on_record_nowhere(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        secret = site.url.replace("//", "//ann:secret@")
        run = hubbub(tmp_path, "crawl", f"{secret}/a", f"{secret}/missing", "--allow-private", site.opened, "--no-tag")
    assert run.returncode == 3
    found = [rows(tmp_path, f"SELECT * FROM {table}") for table in ("run", "address", "skipped", "post")]
    assert all(found)
    assert "secret" not in f"{found} {run.stdout} {run.stderr}"


def test_a_database_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        run = hubbub(tmp_path, "--database", "sqlite:////proc/hubbub.db", "crawl", f"{site.url}/a", "--allow-private", site.opened)
    assert (run.returncode, site.asked) == (1, [])
    assert run.stderr.count("\n") == 1
    assert "sqlite:////proc/hubbub.db cannot be used" in run.stderr


def test_a_database_that_fails_on_the_way_ends_the_crawl_with_one_sentence(tmp_path: Path) -> None:
    with serving({f"/{number}": Answer(post_page(f"/{number}", "First!")) for number in range(3)}) as site:
        crawl(tmp_path, site, "/0")
        words = ["hubbub", "crawl", f"{site.url}/1", f"{site.url}/2", "--allow-private", site.opened, "--no-tag"]
        run = subprocess.run([sys.executable, "-c", FAILING_DISK, *words], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1), run.stderr
    assert "disk I/O error" in run.stderr
    assert rows(tmp_path, "SELECT url FROM post") == [(f"{site.url}/0",)]

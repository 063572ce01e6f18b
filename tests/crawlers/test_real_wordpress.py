"""A real WordPress, crawled by the command: every readable comment and ping, once, with its parent, whatever the theme.

Needs Debian's PHP, MariaDB and WordPress (`.ci/run` installs them) and the server of the shared material.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

RUNS = (
    ("twentytwentyone", ()),
    ("twentytwentytwo", ()),
    ("twentytwentythree", ()),
    ("compat-kubrick", ()),
    ("twentytwentytwo", ("--newest",)),
    ("compat-kubrick", ("--no-comment-pages",)),
)


@dataclass(frozen=True, slots=True)
class Site:
    """The server's script, its environment, and what a reader can see there."""

    script: Path
    environment: dict[str, str]
    posts: frozenset[str]                                   # paths
    comments: dict[str, tuple[str, str | None, str]]        # id -> author, parent's id, kind

    def start(self, theme: str, options: tuple[str, ...]) -> str:
        """The address of the blog in that theme."""
        return self._call("start", "--theme", theme, *options).splitlines()[-1]

    def stop(self) -> None:
        self._call("stop")

    def _call(self, *arguments: str) -> str:
        command = [sys.executable, str(self.script), *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True, timeout=300).stdout


@pytest.fixture(scope="module")
def site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not (shutil.which("php") and shutil.which("mariadbd") and Path("/usr/share/wordpress").is_dir()):
        pytest.skip("no WordPress here: Debian's wordpress, its themes, php-cli, php-mysql and mariadb-server are needed")
    folder = tmp_path_factory.mktemp("wordpress")
    environment = {**os.environ, "HUBBUB_WP_RUN": str(folder / "run"), "HUBBUB_WP_TRUTH": str(folder / "truth.jsonl")}
    site = Site(shared / "servers/wordpress/wp_server.py", environment, frozenset(), {})
    try:
        site.start(*RUNS[0])
        yield _with_truth(site, folder / "truth.jsonl")
    finally:
        site.stop()


def _with_truth(site: Site, truth: Path) -> Site:
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    posts = frozenset(row["path"] for row in rows if row["kind"] in ("post", "page") and row["visible"])
    comments = {
        str(row["id"]): (" ".join(row["author"].split()), str(row["parent"]) if row["parent"] else None, row["type"])
        for row in rows if row["kind"] == "comment" and row["visible"]
    }
    return Site(site.script, site.environment, posts, comments)


@pytest.mark.parametrize(("theme", "options"), RUNS)
def test_a_crawl_gives_what_a_reader_sees(site: Site, tmp_path: Path, theme: str, options: tuple[str, ...]) -> None:
    address = site.start(theme, options)
    place = address.removeprefix("http://").rstrip("/")
    command = [sys.executable, "-m", "hubbub", "--database", f"sqlite:///{tmp_path}/wp.db", "crawl", address, "--allow-private", place, "--no-tag"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    with sqlite3.connect(tmp_path / "wp.db") as database:
        posts = database.execute("SELECT url FROM posts").fetchall()
        rows = database.execute(
            "SELECT c.ref, c.author, p.ref, c.kind FROM comment c LEFT JOIN comment p ON p.key = c.reply_to").fetchall()
        skips = dict(database.execute("SELECT reason, SUM(count) FROM skipped GROUP BY reason").fetchall())
    assert len(posts) == len(site.posts) == 37
    assert len(rows) == len(site.comments) == 478, "each once, and none that nobody can see"
    assert {ref: (parent, kind) for ref, _author, parent, kind in rows} == {ref: (parent, kind) for ref, (_, parent, kind) in site.comments.items()}
    assert {ref: _plain(author) for ref, author, *_ in rows} == {ref: _plain(author) for ref, (author, *_) in site.comments.items()}
    assert skips["password protected"] >= 1


def _plain(name: str) -> str:
    """A theme shows tags, emoji and quotes in its own way; "Anonymous" stands for nobody."""
    letters = "".join(character for character in re.sub(r"<[^>]*>", "", name) if character.isalnum())
    return "" if letters == "Anonymous" else letters

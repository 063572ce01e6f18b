"""`hubbub demo` as a person meets it: run from a folder, in processes of its own."""

from __future__ import annotations

import os
import pty
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawlers.commands import demo
from crawlers.sample.content import Comment, blogs
from crawlers.sample.truth import truth
from schema.errors import UserError

PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
DO_NOT_TOUCH = b"the work of three years"
PROFILE = 'title = "Three years"\ndatabase = "sqlite:///hubbub.db"\narchive = "warc"\n'


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`hubbub ...` in that folder."""
    return subprocess.run(
        [sys.executable, "-m", "hubbub", *words],
        cwd=folder, env=os.environ | {"PATH": PATH, "COLUMNS": "80"} | environment, capture_output=True, text=True, timeout=120, check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has been working for three years."""
    place = tmp_path_factory.mktemp("work")
    (place / "hubbub.db").write_bytes(DO_NOT_TOUCH)
    (place / "hubbub.toml").write_text(PROFILE, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def first(folder: Path) -> subprocess.CompletedProcess[str]:
    """The first run; the environment names the database of real work."""
    return run(folder, "demo", HUBBUB_DATABASE="sqlite:///hubbub.db")


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:     # Any: whatever SQLite holds
    with closing(sqlite3.connect(folder / "hubbub-demo" / "hubbub.db")) as connection:
        return connection.execute(sql).fetchall()


def test_it_ends_well_and_says_nothing_on_stderr(first: subprocess.CompletedProcess[str]) -> None:
    assert (first.returncode, first.stderr) == (0, "")


def test_it_writes_into_its_own_folder_only(first: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["hubbub-demo", "hubbub.db", "hubbub.toml"]
    assert (folder / "hubbub.db").read_bytes() == DO_NOT_TOUCH
    assert {path.name for path in (folder / "hubbub-demo").iterdir()} <= {"hubbub.db", "hubbub.db-wal", "hubbub.db-shm", "export"}
    assert {path.name for path in (folder / "hubbub-demo" / "export").iterdir()} == {"jsonl", "csv"}


def test_it_fits_into_eighty_columns_but_for_the_commands(first: subprocess.CompletedProcess[str]) -> None:
    assert [line for line in first.stdout.splitlines() if len(line) > 80 and "hubbub --database" not in line] == []
    assert "\x1b" not in first.stdout


def test_it_shows_a_thread_the_numbers_and_the_places(first: subprocess.CompletedProcess[str]) -> None:
    shown = first.stdout
    for piece in (
        "How I wrote the worst newsletter in the county",
        "Nell Ashworth (post author)",
        "answers Søren B.",
        "plainspoken.example",
        "database  hubbub-demo/hubbub.db",
        "exports   hubbub-demo/export/jsonl, hubbub-demo/export/csv",
        "New: 16 posts, 95 comments and pings.",
    ):
        assert piece in shown
    assert re.search(r"^together +16 +93 ", shown, re.M)


def test_its_next_commands_work_when_pasted(first: subprocess.CompletedProcess[str], folder: Path) -> None:
    commands = [line.strip() for line in first.stdout.splitlines() if line.startswith("  hubbub ")]
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=os.environ | {"PATH": PATH}, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.strip(), command


def test_every_thread_is_stored_exactly_as_written(first: subprocess.CompletedProcess[str], folder: Path) -> None:
    stored = set(rows(folder, """
        SELECT c.url, c.author, c.by_post_author, c.kind, substr(c.published, 1, 19), p.url, c.depth
        FROM comments c LEFT JOIN comments p ON p.key = c.reply_to
    """))
    assert stored == set(_written())
    assert {url for (url,) in rows(folder, "SELECT url FROM posts")} == {thread.post.url for thread in truth()}


def _written() -> Iterator[tuple[object, ...]]:
    for thread in truth():
        by_ref = {comment.ref: comment.url for comment in thread.comments}
        for comment in thread.comments:
            when = f"{comment.published:%Y-%m-%dT%H:%M:%S}" if comment.published and comment.kind == "comment" else None
            parent = by_ref[comment.parent_ref] if comment.parent_ref else None
            yield comment.url, comment.author, int(bool(comment.by_post_author)), comment.kind, when, parent, comment.depth


def test_threads_are_complete_by_the_blogs_own_count(first: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert rows(folder, "SELECT completeness, count(*) FROM posts WHERE platform <> 'generic' GROUP BY 1") == [("complete", 15)]


@pytest.mark.parametrize("tag", ["spam", "self_promotion"])
def test_comments_are_tagged_as_a_reader_would(first: subprocess.CompletedProcess[str], folder: Path, tag: str) -> None:
    """At most one in ten may be judged otherwise than in the sample's files."""
    expected = {comment.id: getattr(comment, tag) >= 2 for comment in _judged_by_a_person()}
    judged = {re.split("#(?:comment-|c)", url)[1]: level >= 2 for url, level in rows(folder, f"SELECT url, {tag}_level FROM comments WHERE {tag}_level >= 0")}
    wrong = sorted(number for number, is_positive in expected.items() if judged.get(number) is not is_positive)
    assert len(wrong) <= len(expected) // 10, wrong


def _judged_by_a_person() -> list[Comment]:
    comments = (comment for blog in blogs() for post in blog.posts for comment in post.comments)
    return [comment for comment in comments if comment.kind == "comment" and not comment.removed]


def test_running_it_again_changes_nothing(first: subprocess.CompletedProcess[str], folder: Path) -> None:
    before = _everything(folder)
    again = run(folder, "demo")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Nothing is new since the last time" in again.stdout
    assert _everything(folder) == before


def _everything(folder: Path) -> list[tuple[Any, ...]]:     # Any: as above
    """All that is stored, but for when it was last seen."""
    return [
        *rows(folder, "SELECT key, url, title, author, author_key, text, published, first_seen, changed_at, comments_stored FROM posts ORDER BY key"),
        *rows(folder, "SELECT key, url, author, author_key, text, published, reply_to, first_seen, changed_at, spam_level FROM comments ORDER BY key"),
        *rows(folder, "SELECT * FROM links ORDER BY item_key, start, url"),
        *rows(folder, "SELECT item_key, tagger, version, score, level FROM tag ORDER BY 1, 2, 3"),
    ]


def test_on_a_terminal_there_is_a_live_line_and_a_database_may_be_named(tmp_path: Path) -> None:
    shown, code = _on_a_terminal(tmp_path, "--database", "sqlite:///elsewhere.db", "demo")
    assert code == 0
    assert re.search(r"\d+ posts, \d+ comments, \d+ pages \(\d+\.\d pages/s\)", shown)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.endswith(("-wal", "-shm"))) == ["elsewhere.db", "hubbub-demo"]
    assert [path.name for path in (tmp_path / "hubbub-demo").iterdir()] == ["export"]


def _on_a_terminal(folder: Path, *words: str) -> tuple[str, int]:
    """What a terminal of 120 columns shows, and the exit code."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"PATH": PATH, "TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen([sys.executable, "-m", "hubbub", *words], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _some(ours), b""))
    os.close(ours)
    return shown.decode("utf-8", "replace"), process.returncode


def _some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:     # how Linux says that the other end has been closed
        return b""


@pytest.mark.parametrize("words", [("demo",), ("--database", "sqlite:///hubbub.db", "demo")], ids=shlex.join)
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "hubbub-demo").write_text("I was here first")
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"hubbub: The demo cannot make its folder {tmp_path / 'hubbub-demo'}: File exists. Run it where you may write.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["hubbub-demo"]


def test_a_folder_without_permission_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)     # root may write anywhere
    with pytest.raises(UserError, match=r"The demo cannot write into /.*/hubbub-demo\. Run it where you may write\."):
        demo._ready(tmp_path / "hubbub-demo")


@pytest.mark.parametrize(("url", "code", "sentence"), [
    ("mysql://localhost/corpus", 2, "hubbub: mysql://localhost/corpus is neither SQLite nor PostgreSQL; write "),
    ("sqlite:///no/such/folder/corpus.db", 1, "hubbub: The database at sqlite:///no/such/folder/corpus.db cannot be used: "),
])
def test_a_database_that_cannot_be_used_is_told_before_anything_is_served(tmp_path: Path, url: str, code: int, sentence: str) -> None:
    done = run(tmp_path, "demo", "--database", url)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

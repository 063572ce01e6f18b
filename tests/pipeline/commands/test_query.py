"""`hubbub query` as a person types it."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.pipeline.commands.asking import ask_hubbub
from tests.pipeline.rows import FLAT, NESTED, key_of


def test_a_pipe_gets_json_lines_with_times_and_truths(corpus_url: str) -> None:
    sql = f"SELECT author, published, by_post_author, subscores, spam FROM comments WHERE key = '{key_of(NESTED, 2)}'"
    result = ask_hubbub(corpus_url, "query", sql)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "author": "Maud", "published": "2009-10-14T10:05:00.000Z", "by_post_author": True, "subscores": None, "spam": 0.5,
    }


def test_each_format_gives_the_same_rows(corpus_url: str) -> None:
    sql = "SELECT key, title FROM posts WHERE title <> '' ORDER BY title"
    lines = ask_hubbub(corpus_url, "query", sql, "--format", "jsonl").stdout
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [row["title"] for row in rows] == ["Listening is a trade", "Nobody came", "Prices"]
    assert json.loads(ask_hubbub(corpus_url, "query", sql, "--format", "json").stdout) == rows
    assert list(csv.DictReader(io.StringIO(ask_hubbub(corpus_url, "query", sql, "--format", "csv").stdout))) == rows
    table = ask_hubbub(corpus_url, "query", sql, "--format", "table").stdout.splitlines()
    assert [line.split(maxsplit=1)[1].rstrip() for line in table[1:]] == [row["title"] for row in rows]


def test_numbers_are_numbers_on_both_engines(corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "query", "SELECT COUNT(*) AS n, SUM(position) AS s, AVG(spam) AS a, MAX(published) AS m FROM comments")
    assert json.loads(result.stdout) == {"n": 8, "s": 24, "a": pytest.approx(0.4966, abs=1e-3), "m": "2009-10-14T14:05:00.000Z"}


def test_a_table_shows_nothing_that_a_terminal_obeys(corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "query", f"SELECT author, text FROM comments WHERE key = '{key_of(FLAT, 2)}'", "--format", "table")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "Cleo" in result.stdout


def test_sql_may_come_from_stdin_and_begin_with_a_remark(corpus_url: str) -> None:
    assert ask_hubbub(corpus_url, "query", "-", stdin="-- how many?\nSELECT COUNT(*) AS n\nFROM posts;\n").stdout == '{"n": 4}\n'
    assert ask_hubbub(corpus_url, "query", "-- how many?\nSELECT COUNT(*) AS n FROM posts").stdout == '{"n": 4}\n'


def test_max_rows_stops_and_says_so(corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "query", "SELECT key FROM comments", "--max-rows", "2")
    assert (len(result.stdout.splitlines()), result.exit_code) == (2, 0)
    assert "There are more rows; --max-rows 2 leaves them out." in result.stderr
    assert ask_hubbub(corpus_url, "query", "SELECT key FROM comments", "--max-rows", "8").stderr == ""


@pytest.mark.parametrize(("words", "code", "sentence"), [
    (("SELECT titel FROM posts",), 1, "The views are `posts` and `comments`"),
    (("DELETE FROM comment",), 1, "hubbub: The database does not accept the SQL"),
    (("  ",), 2, "There is no SQL to run"),
    (("SELECT 1", "--format", "xml"), 2, "'xml'"),
    (("SELECT 1", "--fromat", "json"), 2, "unexpected extra argument"),
    ((), 2, "Missing argument"),
])
def test_what_goes_wrong_is_one_sentence(words: tuple[str, ...], code: int, sentence: str, corpus_url: str) -> None:
    result = ask_hubbub(corpus_url, "query", *words)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert result.stdout == ""


def test_an_absent_database_is_one_sentence(tmp_path: Path) -> None:
    result = ask_hubbub(f"sqlite:///{tmp_path / 'none.db'}", "query", "SELECT 1")
    assert result.exit_code == 1
    assert "There is no database" in result.stderr


def test_help_shows_three_examples_over_the_views(corpus_url: str) -> None:
    words = ask_hubbub(corpus_url, "query", "--help").stdout
    assert words.count('hubbub query "SELECT') == 3
    for sql in words.split('hubbub query "')[1:]:
        assert ask_hubbub(corpus_url, "query", sql.partition('"')[0]).exit_code == 0


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "


def test_a_reader_who_has_seen_enough_ends_the_query_quietly(corpus_url: str) -> None:
    with _asking(corpus_url, "SELECT i FROM n") as command:
        assert command.stdout
        assert command.stderr
        assert command.stdout.readline() == b'{"i": 1}\n'
        command.stdout.close()
        assert command.wait(timeout=20) == 0
        assert command.stderr.read() == b""


def test_ctrl_c_ends_a_query_that_gives_nothing_yet(engine: Engine, database_url: str) -> None:
    with _asking(database_url, "SELECT COUNT(*) FROM n") as command:
        assert command.stderr
        _wait_for(lambda: _is_busy(command.pid, engine))
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=20) == 130
        assert command.stderr.read().count(b"\n") == 1


@contextmanager
def _asking(url: str, sql: str) -> Iterator[subprocess.Popen[bytes]]:
    """`hubbub query` with a question that takes for ever; it ends with the test in any case."""
    words = (sys.executable, "-m", "hubbub", "--database", url, "query", ENDLESS + sql)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        try:
            yield command
        finally:
            command.kill()


def _is_busy(pid: int, engine: Engine) -> bool:
    if engine.dialect.name == "sqlite":
        return any(str(file.readlink()).endswith(".db") for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink())
    others = "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()"
    with engine.connect() as connection:
        return bool(connection.execute(text(others)).scalar())


def _wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until it is so, and a moment longer: from then on the query runs."""
    for _ in range(200):
        if is_so():
            time.sleep(0.5)
            return
        time.sleep(0.05)
    pytest.fail("the query never began")

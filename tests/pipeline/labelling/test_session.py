"""Labelling and settling over the database; keys come as lines, as they do through a pipe."""

from __future__ import annotations

import io
import os
import sys
import threading
import time

import pytest
from sqlalchemy import Engine

from pipeline import runs
from pipeline.labelling.session import Done, adjudicate, label
from pipeline.labelling.stored import GOLD, Given, Plan, keep, labels, new_sample
from pipeline.store import store
from tests.pipeline import rows

KEYS = [rows.key_of(rows.FLAT, 1), rows.key_of(rows.FLAT, 2)]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    new_sample(engine, Plan("flat", 99, condition=f"post_url = '{rows.FLAT}'"))
    return engine


def typed(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))


def given(engine: Engine) -> list[Given]:
    with engine.connect() as connection:
        return labels(connection, KEYS)


def test_a_session_goes_on_where_the_last_one_ended(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "1")
    assert label(database_url, "flat", "ada", ["spam"]).given == 1
    typed(monkeypatch, "?2")
    assert label(database_url, "flat", "ada", ["spam"]).given == 1
    assert sorted(one.level for one in given(filled)) == [1, 2]
    assert "0 no, 1 borderline, 2 spam" in capsys.readouterr().out
    assert label(database_url, "flat", "ada", ["spam"]) == Done(0, 0, 2)


def test_a_level_that_is_changed_counts_once(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "1b02")
    assert label(database_url, "flat", "ada", ["spam"]) == Done(2, 2, 2)
    assert sorted(one.level for one in given(filled)) == [0, 2]


def test_arrow_keys_through_a_pipe_are_no_answer(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\x1b[A\n\x1bOB\n2\n"))
    assert label(database_url, "flat", "ada", ["spam"]).given == 1
    assert "what the levels mean" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of Unix")
def test_arrow_keys_on_a_terminal_are_no_answer(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    keyboard, terminal = os.openpty()
    person = threading.Thread(target=pressed, args=(keyboard, terminal, [(b"\x1b[A",), (b"\x1b", b"[B"), (b"\x1b[1;5C",), (b"2",), (b"q",)]))
    with os.fdopen(terminal, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        person.start()
        assert label(database_url, "flat", "ada", ["spam"]).given == 1
        person.join()
    os.close(keyboard)
    assert "what the levels mean" not in capsys.readouterr().out


def pressed(keyboard: int, terminal: int, keys: list[tuple[bytes, ...]]) -> None:
    """Each key when somebody waits for one; its parts a moment after each other."""
    import termios

    for key in keys:
        while termios.tcgetattr(terminal)[3] & termios.ICANON:
            time.sleep(.001)
        time.sleep(.02)
        for part in key:
            os.write(keyboard, part)
            time.sleep(.01)


def test_a_line_of_several_keys_is_no_answer(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("01?2sb1q\n12\nQ\n"))
    assert label(database_url, "flat", "ada", ["spam"]).given == 0


def test_posts_are_not_asked_for_spam(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    new_sample(filled, Plan("posts", 99, kinds="posts"))
    typed(monkeypatch, "0000")
    assert label(database_url, "posts", "ada", ["spam"]).given == 0
    assert label(database_url, "posts", "ada", ["conversational"]).given == 4


def test_only_what_is_disputed_is_settled(filled: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = KEYS
    keep(filled, [Given(first, "spam", "ada", 0), Given(first, "spam", "bert", 0), Given(second, "spam", "ada", 0), Given(second, "spam", "bert", 2)])
    typed(monkeypatch, "1")
    assert adjudicate(database_url, "flat", "eve", ["spam"]).given == 1
    assert "spam: ada 0, bert 2" in capsys.readouterr().out
    assert [one for one in given(filled) if one.annotator == GOLD] == [Given(second, "spam", GOLD, 1, "eve")]
    assert adjudicate(database_url, "flat", "eve", ["spam"]).given == 0

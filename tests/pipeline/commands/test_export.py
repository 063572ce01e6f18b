"""`hubbub export` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.export import MANIFEST
from tests.pipeline.commands.asking import ask_hubbub


@pytest.mark.parametrize("format_name", ["jsonl", "csv"])
def test_a_corpus_is_written_and_what_was_written_is_said(format_name: str, corpus_url: str, tmp_path: Path) -> None:
    result = ask_hubbub(corpus_url, "export", str(tmp_path / "corpus"), "--format", format_name)
    assert result.exit_code == 0
    assert "4 posts and 8 comments" in result.stdout
    assert {f"posts.{format_name}", f"comments.{format_name}", "COLUMNS.md", MANIFEST} <= {path.name for path in (tmp_path / "corpus").iterdir()}


def test_conditions_choose_what_is_written(corpus_url: str, tmp_path: Path) -> None:
    words = ("export", str(tmp_path / "corpus"), "--format", "jsonl", "--where", "spam_level = 2", "--where-posts", "source = 'alpha.example'")
    assert "3 posts and 1 comments" in ask_hubbub(corpus_url, *words).stdout


@pytest.mark.parametrize(("words", "code", "sentence"), [
    (("--format", "xls"), 2, "known are csv, jsonl"),
    ((), 2, "Missing option '--format'"),
    (("--format", "jsonl", "--where", "spam_levle = 2"), 1, "spam_levle"),
    (("--format", "jsonl", "--where", "1 = 1); DELETE FROM comment; SELECT (1"), 1, "does not accept the SQL"),
])
def test_what_goes_wrong_is_one_sentence_and_leaves_nothing(words: tuple[str, ...], code: int, sentence: str, corpus_url: str, tmp_path: Path) -> None:
    result = ask_hubbub(corpus_url, "export", str(tmp_path / "corpus"), *words)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_replaced_is_said(corpus_url: str, tmp_path: Path) -> None:
    first, second = (ask_hubbub(corpus_url, "export", str(tmp_path / "corpus"), "--format", name).stdout for name in ("jsonl", "csv"))
    assert "This replaced" not in first
    assert second.startswith("This replaced the jsonl export that was in ")


def test_a_folder_of_somebody_else_is_left_alone(corpus_url: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    result = ask_hubbub(corpus_url, "export", str(tmp_path), "--format", "csv")
    assert result.exit_code == 1
    assert "thesis.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_database_gives_an_empty_corpus(database_url: str, tmp_path: Path) -> None:
    assert "0 posts and 0 comments" in ask_hubbub(database_url, "export", str(tmp_path / "corpus"), "--format", "csv").stdout

"""What all formats share: the folder is whole or not there, ours or untouched, and the same on every machine."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from pipeline import export as exporting
from pipeline.export import MANIFEST, export
from pipeline.exporters import jsonl
from pipeline.query import Record, Selection
from pipeline.reader import reading
from schema import views
from schema.database import open_database
from schema.errors import UsageError, UserError
from tests import postgres
from tests.pipeline.rows import fill


@pytest.fixture
def connection(corpus_url: str) -> Iterator[Connection]:
    with reading(corpus_url) as connection:
        yield connection


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_manifest_tells_rows_and_digests(connection: Connection, tmp_path: Path) -> None:
    export(connection, tmp_path / "corpus", "jsonl", Selection(comments="spam_level < 3"))
    manifest = json.loads((tmp_path / "corpus" / MANIFEST).read_text())
    assert manifest["where"] == {"comments": "spam_level < 3", "posts": ""}
    assert (manifest["format"], manifest["schema_version"]) == ("jsonl", exporting.SCHEMA_VERSION)
    assert {name: one.get("rows") for name, one in manifest["files"].items()} == {"COLUMNS.md": None, "comments.jsonl": 3, "posts.jsonl": 1}
    for name, one in manifest["files"].items():
        content = (tmp_path / "corpus" / name).read_bytes()
        assert (one["sha256"], one["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))


def test_twice_is_the_same_to_the_byte_and_replaces_the_folder(connection: Connection, tmp_path: Path) -> None:
    export(connection, tmp_path / "corpus", "jsonl")
    first = _bytes(tmp_path / "corpus")
    export(connection, tmp_path / "corpus", "jsonl")
    assert _bytes(tmp_path / "corpus") == first
    export(connection, tmp_path / "corpus", "csv")
    assert "posts.jsonl" not in _bytes(tmp_path / "corpus")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.parametrize("format_name", ["jsonl", "csv"])
def test_both_engines_give_the_same_bytes(format_name: str, postgresql: postgres.Server, tmp_path: Path) -> None:
    with postgresql.database() as on_server:
        folders = []
        for number, url in enumerate((f"sqlite:///{tmp_path / 'h.db'}", on_server)):
            engine = open_database(url, create=True)
            fill(engine)
            engine.dispose()
            with reading(url) as connection:
                folders.append(export(connection, tmp_path / str(number), format_name).folder)
    assert _bytes(folders[0]) == _bytes(folders[1])


@pytest.mark.parametrize("prepare", [
    lambda folder: (folder.mkdir(), (folder / "thesis.txt").write_text("mine")),
    lambda folder: folder.write_text("a file"),
    lambda folder: (folder.mkdir(), (folder / MANIFEST).write_text("[]"), (folder / "thesis.txt").write_text("mine")),
    lambda folder: (folder.mkdir(), (folder / "sub").mkdir()),
])
def test_what_no_export_wrote_is_refused_and_left(prepare: object, connection: Connection, tmp_path: Path) -> None:
    prepare(tmp_path / "corpus")  # type: ignore[operator]  # a lambda of the table above
    with pytest.raises(UserError, match="name "):
        export(connection, tmp_path / "corpus", "jsonl")
    assert (tmp_path / "corpus").exists()
    assert not list(tmp_path.rglob("posts.jsonl"))


def test_a_stranger_among_our_files_is_never_lost(connection: Connection, tmp_path: Path) -> None:
    export(connection, tmp_path / "corpus", "jsonl")
    (tmp_path / "corpus" / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match=r"notes\.txt"):
        export(connection, tmp_path / "corpus", "jsonl")
    assert (tmp_path / "corpus" / "notes.txt").read_text() == "mine"


def test_an_empty_folder_and_missing_parents_are_welcome(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    export(connection, tmp_path / "empty", "jsonl")
    export(connection, tmp_path / "a" / "b", "jsonl")
    assert (tmp_path / "empty" / MANIFEST).exists()
    assert (tmp_path / "a" / "b" / MANIFEST).exists()


def test_the_working_directory_is_refused(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    for folder in (Path(), tmp_path):
        with pytest.raises(UserError, match="folder of the export's own"):
            export(connection, folder, "jsonl")


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_export_leaves_no_trace_and_the_former_one_as_it_was(
    failure: type[BaseException], connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(connection, tmp_path / "corpus", "jsonl")
    before = _bytes(tmp_path / "corpus")

    def broken(records: Iterable[Record], folder: Path) -> dict[str, int]:
        (folder / "posts.jsonl").write_text(str(next(iter(records))))
        raise failure

    monkeypatch.setattr(jsonl, "write", broken)
    for folder in ("corpus", "new"):
        with pytest.raises(failure):
            export(connection, tmp_path / folder, "jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert _bytes(tmp_path / "corpus") == before


def test_what_a_killed_export_left_is_cleared_up_and_that_of_a_living_one_is_not(connection: Connection, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [tmp_path / f".corpus.{word}-{ended.pid}" for word in ("new", "former")]
    kept = [tmp_path / f".corpus.new-{os.getppid()}", tmp_path / ".corpus.old-1", tmp_path / f".other.new-{ended.pid}"]
    for folder in (*left, *kept):
        folder.mkdir()
    export(connection, tmp_path / "corpus", "jsonl")
    assert sorted(tmp_path.iterdir()) == sorted([*kept, tmp_path / "corpus"])


def test_a_full_disk_is_one_sentence(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(records: Iterable[Record], folder: Path) -> dict[str, int]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jsonl, "write", full)
    with pytest.raises(UserError, match="No space left on device"):
        export(connection, tmp_path / "corpus", "jsonl")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_names_the_known_ones(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'xls'; known are .*csv.*jsonl"):
        export(connection, tmp_path / "corpus", "xls")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_while_rows_pass(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "REPORT_EVERY", 4)
    told: list[tuple[int, int]] = []
    export(connection, tmp_path / "corpus", "jsonl", progress=lambda posts, comments: told.append((posts, comments)))
    assert told == [(1, 3), (2, 6), (4, 8)]


def test_the_page_of_columns_explains_each_column_of_both_views() -> None:
    page = exporting.columns_page("csv")
    for columns in views.VIEWS.values():
        assert [column.name for column in columns if f"| `{column.name}` | {column.meaning.replace('|', chr(92) + '|')} |" not in page] == []

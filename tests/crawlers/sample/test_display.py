from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.sample import display
from pipeline.clean import clean
from pipeline.export import Exported
from pipeline.store import Counts, Writer
from schema.database import open_database
from tests.crawlers.sample.fetching import fetched, read_whole, true_thread

SHOWN = true_thread("/2010/06/social-first-whatever-alphabet-says.html").post.url


@pytest.fixture
def url(database_url: str) -> str:
    """A database that holds one thread."""
    thread = clean(read_whole(SHOWN), fetched(SHOWN)).thread
    assert thread is not None
    engine = open_database(database_url)
    with Writer(engine, 1) as writer:
        writer.add(thread)
    engine.dispose()
    return database_url


def results(url: str, new_posts: int, new_comments: int, folder: Path) -> None:
    counts = Counts(1, 1, new_posts, new_comments)
    display.results(url, SHOWN, counts, [Exported(folder / name, 1, 1, {}) for name in ("jsonl", "csv")], 1.234)


@pytest.mark.parametrize("width", ["80", "120"])
def test_what_is_printed_fits(url: str, width: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.chdir(tmp_path)
    display.opening()
    results(url, 1, 1, tmp_path)
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines() if "--database" not in line and not line.startswith("database")) <= int(width)
    assert "sandali donna" in shown
    assert "exports   jsonl, csv" in shown
    assert "in 1.2 s. New: 1 posts, 1 comments and pings." in " ".join(shown.split())


def test_a_table_without_tags_has_dashes(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(url, 0, 0, tmp_path)
    shown = capsys.readouterr().out
    assert "Nothing is new since the last time" in shown
    assert [line.split() for line in shown.splitlines() if line.startswith("together")] == [["together", "1", "1", "–", "–", "–"]]
    assert f"exports   {tmp_path}/jsonl, {tmp_path}/csv" in shown


def test_a_password_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [str(line) for line in display._next("postgresql://me:secret@localhost/corpus")]
    assert not any("secret" in line for line in lines)
    assert sum("hubbub --database 'postgresql://me:***@localhost/corpus'" in line for line in lines) == 3

from __future__ import annotations

from pathlib import Path

from tests.crawlers.serving import hubbub, post_page, rows


def test_saved_pages_are_read_and_tagged(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.html").write_bytes(post_page("http://blog.example/a", "Four words are too many.", "Three, then."))
    run = hubbub(tmp_path, "replay", "saved")
    assert (run.returncode, run.stderr) == (0, "")
    assert "1 post (1 new), 2 comments (2 new)." in run.stdout
    assert "Tagged 3 posts and comments." in run.stdout
    assert rows(tmp_path, "SELECT count(*) FROM comments WHERE self_promotion IS NOT NULL") == [(2,)]
    assert rows(tmp_path, "SELECT origin FROM post") == [("saved/a.html",)]


def test_a_cut_archive_and_an_unknown_format_are_one_sentence_each_and_the_rest_is_stored(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page("http://blog.example/a"))
    (tmp_path / "cut.warc").write_bytes(b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://blog.exam")
    (tmp_path / "b.docx").write_bytes(b"PK")
    run = hubbub(tmp_path, "replay", "cut.warc", "b.docx", "a.html", "--no-tag")
    assert run.returncode == 3
    first, second = run.stderr.splitlines()
    assert first == "hubbub: cut.warc is cut off in the middle of a record; what came before is stored."
    assert second.startswith("hubbub: b.docx is of a format that hubbub does not read;")
    assert rows(tmp_path, "SELECT url FROM post") == [("http://blog.example/a",)]


def test_an_empty_archive_is_one_sentence_and_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").touch()
    run = hubbub(tmp_path, "replay", "empty.warc.gz")
    assert (run.returncode, run.stderr) == (3, "hubbub: empty.warc.gz is empty.\n")


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert hubbub(tmp_path, "replay", "nowhere.warc").returncode == 2


def test_a_folder_with_nothing_to_read_makes_no_database(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    run = hubbub(tmp_path, "replay", "void")
    assert (run.returncode, run.stderr.count("\n")) == (3, 1)
    assert "hubbub: void holds nothing that hubbub reads" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["void"]

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.crawlers.serving import NO_ROBOTS, Answer, crawl, hubbub, post_page, rows, serving

PACKED = gzip.compress(post_page("/a", "Four words are too many.", "Three, then."))


def records(folder: Path) -> list[tuple[str, str, Any]]:    # Any: warcio has no types
    (file,) = folder.glob("*.warc.gz")
    with file.open("rb") as stream:
        return [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", record.content_stream().read()) for record in ArchiveIterator(stream)]


def test_every_answer_is_kept_as_the_server_sent_it_and_can_be_replayed(tmp_path: Path) -> None:
    answers = {
        NO_ROBOTS: Answer(b"User-agent: *\nDisallow: /x", "text/plain"),
        "/old": Answer(status=301, headers={"Location": "/a"}),
        "/a": Answer(PACKED, headers={"Content-Encoding": "gzip"}),
    }
    with serving(answers) as site:
        run = crawl(tmp_path, site, "/old", "--archive", "warc")
    assert run.returncode == 0, run.stderr
    kept = records(tmp_path / "warc")
    assert [(kind, url.removeprefix(site.url)) for kind, url, _body in kept] == [
        ("warcinfo", ""), ("response", NO_ROBOTS), ("request", NO_ROBOTS), ("response", "/old"), ("request", "/old"), ("response", "/a"), ("request", "/a"),
    ]
    assert kept[5][2] == gzip.decompress(PACKED)

    again = hubbub(tmp_path, "--database", "sqlite:///again.db", "replay", "warc", "--no-tag")
    assert again.returncode == 0, again.stderr
    (tmp_path / "live.db").write_bytes((tmp_path / "hubbub.db").read_bytes())
    live = rows(tmp_path, "SELECT key, text, author, published FROM comment ORDER BY key")
    (tmp_path / "again.db").rename(tmp_path / "hubbub.db")
    assert rows(tmp_path, "SELECT key, text, author, published FROM comment ORDER BY key") == live
    assert len(live) == 2


def test_a_row_names_the_record_of_the_page_that_it_was_read_from_as_a_replay_does(tmp_path: Path) -> None:
    answers = {"/old": Answer(status=301, headers={"Location": "/a"}), "/a": Answer(PACKED, headers={"Content-Encoding": "gzip"})}
    with serving(answers) as site:
        crawl(tmp_path, site, "/old", "--archive", "warc")
    live = [origin for (origin,) in rows(tmp_path, "SELECT origin FROM post UNION ALL SELECT origin FROM comment")]
    (tmp_path / "hubbub.db").unlink()
    hubbub(tmp_path, "replay", "warc", "--no-tag")
    replayed = rows(tmp_path, "SELECT origin FROM post UNION ALL SELECT origin FROM comment")
    assert live == [f"run 1 {origin}" for (origin,) in replayed]
    assert len(live) == 3


def test_the_profile_may_ask_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "hubbub.toml").write_text('archive = "kept"\n')
    with serving({"/a": Answer(post_page("/a"))}) as site:
        crawl(tmp_path, site, "/a")
    assert [url.removeprefix(site.url) for kind, url, _body in records(tmp_path / "kept") if kind == "response"] == [NO_ROBOTS, "/a"]


def test_an_archive_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with serving({}) as site:
        run = crawl(tmp_path, site, "/a", "--archive", "file/warc")
    assert (run.returncode, site.asked) == (1, [])
    assert "archive folder file/warc cannot be written" in run.stderr

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, hubbub, post_page, rows, serving

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


STORED = (
    "SELECT key, title, text, author, published, comments_stored, completeness, NULL FROM post UNION ALL "
    "SELECT key, '', text, author, published, position, kind, removed_how FROM comment ORDER BY 1"
)
EARLIER = "SELECT item_key, number, text FROM revision ORDER BY 1, 2"


def replayed(folder: Path) -> tuple[list[Any], list[Any]]:      # Any: whatever SQLite holds
    """What a replay of the archive gives in a database of its own."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    run = hubbub(elsewhere, "replay", str(folder / "warc"), "--no-tag")
    assert run.returncode in (0, 3), run.stderr
    return rows(elsewhere, STORED), rows(elsewhere, EARLIER)


def kept_in(file: Path) -> list[tuple[str, str, int]]:
    """Type, address and offset of each record."""
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        return [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", records.get_record_offset()) for record in records]


def is_valid(file: Path) -> bool:
    """What `warcio check` finds of the file: digests and lengths."""
    return not Checker(_Check([str(file)])).process_all()


class _Check:
    verbose = False

    def __init__(self, inputs: list[str]) -> None:
        self.inputs = inputs


def test_what_had_not_changed_is_no_page_in_the_archive_and_a_replay_of_all_runs_gives_the_same_rows(tmp_path: Path) -> None:
    answers = [
        Answer(post_page("/a", "One.", "Two."), headers={"ETag": '"1"'}),
        Answer(status=304, headers={"ETag": '"1"'}),
        Answer(post_page("/a", "One, edited."), headers={"ETag": '"2"'}),
        Answer(post_page("/a", "One, edited.", extra="!"), headers={"ETag": '"3"'}),
    ]
    with serving({}) as site:
        for answer in answers:
            site.answers["/a"] = answer
            assert crawl(tmp_path, site, "/a", "--archive", "warc").returncode == 0
    files = sorted((tmp_path / "warc").glob("*.warc.gz"))
    found = [(kind, url) for file in files for kind, url, _offset in kept_in(file)]
    assert [kind for kind, url in found if url.endswith("/a")] == ["response", "request", "revisit", "request", "response", "request", "response", "request"]
    assert all(is_valid(file) for file in files)
    held = rows(tmp_path, STORED), rows(tmp_path, EARLIER)
    assert [row[2] for row in held[1]] == ["One."]
    assert ("Two.", "vanished") in {(row[2], row[7]) for row in held[0]}
    assert replayed(tmp_path) == held


@pytest.mark.parametrize("pages", [3, 9])
def test_the_archive_of_a_crawl_that_was_killed_is_good_up_to_its_last_record(tmp_path: Path, pages: int) -> None:
    with serving(lambda url, _: _many(url)) as site:
        command = [sys.executable, "-m", "hubbub", "crawl", f"{site.url}/", "--allow-private", site.opened, "--no-tag", "--archive", "warc", "--delay", "0.2"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _wait_for_pages(site, pages)
            process.send_signal(signal.SIGKILL)
        (file,) = (tmp_path / "warc").glob("*.warc.gz")
        kept = [str(offset) for kind, _url, offset in kept_in(file) if kind == "response"]
        assert len(kept) >= pages - 1
        stored = {origin.partition("#")[2] for (origin,) in rows(tmp_path, "SELECT origin FROM post")}
        assert stored <= set(kept), "no row outlives its record"
        assert crawl(tmp_path, site, "/", "--archive", "warc").returncode == 0
    held = rows(tmp_path, STORED), rows(tmp_path, EARLIER)
    assert len(held[0]) == 24
    assert replayed(tmp_path) == held


def _many(url: str) -> dict[str, Answer]:
    pages = {f"/p{number}": Answer(post_page(f"{url}/p{number}", f"Remark {number}.")) for number in range(12)}
    links = "".join(f"<url><loc>{url}{path}</loc></url>" for path in pages)
    sitemap = f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{links}</urlset>"
    return {"/": Answer(sitemap.encode(), "application/xml"), **pages}


def _wait_for_pages(site: Site, pages: int) -> None:
    for _ in range(1200):
        if sum(path.startswith("/p") for path in site.paths) >= pages:
            return
        time.sleep(0.05)
    pytest.fail("nothing was asked for a minute")


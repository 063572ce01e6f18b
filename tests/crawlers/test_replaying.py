from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.archive import ArchiveWriter
from crawlers.replaying import read_archived, replay
from schema.items import Page
from tests.crawlers.serving import post_page, rows

URL = "http://blog.example/a"
POST = post_page(URL, "Four words are too many.", "Three, then.")


def page(url: str = URL, body: bytes = POST, status: int = 200, stated: str = "text/html") -> Page:
    return Page(url, body, datetime(2026, 1, 1, tzinfo=UTC), (("content-type", stated),), status)


@pytest.mark.parametrize(("archived", "reasons"), [
    (page(), ()),
    (page(status=404), ("not found",)),
    (page(status=500), ("status 500",)),
    (page(body=b"%PDF-1.4", stated="application/pdf"), ("not a page",)),
])
def test_what_a_crawl_would_count_is_counted(archived: Page, reasons: tuple[str, ...]) -> None:
    reading = read_archived(archived)
    assert reading is not None
    assert tuple(skipped.reason for skipped in reading.skipped) == reasons
    assert len(reading.threads) == (not reasons)


@pytest.mark.parametrize("archived", [
    page("http://blog.example/robots.txt", b"User-agent: *", stated="text/plain"),
    page(status=301),
    page("http://blog.example/sitemap.xml", b"", 404),
    page("http://blog.example/feed/", b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", stated="application/rss+xml"),
])
def test_what_a_crawl_would_not_keep_is_passed_over(archived: Page) -> None:
    assert read_archived(archived) is None


def test_an_api_that_knows_of_no_comments_is_passed_over() -> None:
    answer = replace(page(f"{URL}?rest_route=/wp/v2/comments", b"[]", stated="application/json"), about=URL)
    assert read_archived(answer) is None


def test_the_numbers_in_an_archived_feed_are_kept() -> None:
    feed = b"<rss xmlns:slash='http://purl.org/rss/1.0/modules/slash/'><channel><item><link>http://blog.example/a</link><slash:comments>3</slash:comments></item></channel></rss>"
    reading = read_archived(page("http://blog.example/feed/", feed, stated="application/rss+xml"))
    assert reading is not None
    assert [link.comments_reported for link in reading.links] == [3]


def test_a_front_page_is_no_post_in_an_archive_either() -> None:
    reading = read_archived(page("http://blog.example/", post_page("http://blog.example/")))
    assert reading is not None
    assert reading.threads == ()


def test_a_folder_and_an_archive_of_the_same_page_give_the_same_rows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hubbub.db"
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.html").write_bytes(POST)
    writer = ArchiveWriter(tmp_path / "warc", "hubbub/0")
    writer.write(url=URL, status=200, headers=[("Content-Type", "text/html")], body=POST, request_headers=[])
    writer.close()
    first = replay(url, [tmp_path / "saved"], show_progress=False)
    before = rows(tmp_path, "SELECT key, text FROM comment ORDER BY key")
    second = replay(url, [tmp_path / "warc"], show_progress=False)
    assert (first.counts.new_comments, second.counts.new_comments, second.seen.comments) == (2, 0, 2)
    assert rows(tmp_path, "SELECT key, text FROM comment ORDER BY key") == before


def test_a_damaged_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.1\r\nWARC-Type: resp")
    (tmp_path / "b.html").write_bytes(POST)
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path / "a.warc", tmp_path / "b.html"], show_progress=False)
    assert (report.outcome, report.exit_code, report.seen.posts, len(report.failures)) == ("partly", 3, 1, 1)
    assert rows(tmp_path, "SELECT command, outcome FROM run") == [("replay", "partly")]


@pytest.mark.parametrize("name", ["empty.warc.gz", "empty.warc", "empty.html", "empty.xml"])
def test_an_empty_file_is_damaged(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path / name], show_progress=False)
    assert (report.outcome, report.exit_code, report.failures) == ("failed", 3, (f"{tmp_path / name} is empty.",))


def test_in_a_folder_an_empty_archive_is_told_and_an_empty_page_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.warc", "b.html"):
        (tmp_path / name).touch()
    (tmp_path / "c.html").write_bytes(POST)
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path], show_progress=False)
    assert (report.exit_code, report.seen.posts, report.failures) == (3, 1, (f"{tmp_path / 'a.warc'} is empty.",))


def test_an_archive_of_nothing_that_was_packed_holds_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b""))
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path], show_progress=False)
    assert (report.exit_code, len(report.failures)) == (3, 1)


def test_a_folder_without_anything_to_read_has_failed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path / "empty"], show_progress=False)
    assert (report.outcome, report.exit_code) == ("failed", 3)
    assert "holds nothing that hubbub reads" in report.failures[0]


WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A</title><link>http://blog.example/a</link><wp:status>publish</wp:status>
<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_content>Three, then.</wp:comment_content></wp:comment>
</item><item><title>B</title><link>http://blog.example/b</link><wp:status>draft</wp:status></item></channel></rss>"""


def test_an_export_and_the_page_itself_are_one_post(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hubbub.db"
    (tmp_path / "a.html").write_bytes(POST)
    replay(url, [tmp_path / "a.html"], show_progress=False)
    (ref,) = {row[0] for row in rows(tmp_path, "SELECT ref FROM comment WHERE text = 'Three, then.'")}
    (tmp_path / "blog.xml").write_text(WXR.format(ref))
    report = replay(url, [tmp_path / "blog.xml"], show_progress=False)
    assert (report.outcome, report.counts.new_posts, report.counts.new_comments, report.counts.skipped) == ("done", 0, 0, {"draft": 1})
    assert rows(tmp_path, f"SELECT via, origin FROM comment WHERE ref = '{ref}'") == [("page", f"{tmp_path}/a.html")]


def test_of_an_export_that_is_cut_what_came_before_is_stored(tmp_path: Path) -> None:
    (tmp_path / "blog.xml").write_text(WXR.format(7)[:-30])
    report = replay(f"sqlite:///{tmp_path}/hubbub.db", [tmp_path], show_progress=False)
    assert (report.outcome, report.exit_code, report.seen.posts, report.seen.comments) == ("partly", 3, 1, 1)
    assert report.failures == (f"{tmp_path / 'blog.xml'} is cut off before its end; what came before is stored.",)

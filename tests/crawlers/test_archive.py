from __future__ import annotations

import gzip
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.archive import ArchiveWriter, Damaged, files_in, kind_of, pages, saved_page
from schema.errors import UserError
from schema.items import Page, Skipped

EXPORT = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'
BODY = b"<html><body>" + b"word " * 2000 + b"</body></html>"


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """Three answers: plain, packed, chunked."""
    writer = ArchiveWriter(tmp_path / "warc", "hubbub/0")
    for number, headers, body in (
        (1, [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))], BODY),
        (2, [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], gzip.compress(BODY)),
        (3, [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)),
    ):
        writer.write(url=f"http://blog.example/{number}", status=200, headers=headers, body=body, request_headers=[("Host", "blog.example")], ip="93.184.215.14")
    writer.close()
    (file,) = (tmp_path / "warc").iterdir()
    return file


def read(file: Path) -> tuple[list[Page | Skipped], str]:
    """What a file gives, and what is wrong with it."""
    found: list[Page | Skipped] = []
    try:
        for one in pages(file, file.parent):
            found.append(one)
    except Damaged as damage:
        return found, str(damage)
    return found, ""


def test_answers_come_back_without_chunks_and_packing(warc: Path) -> None:
    found, damage = read(warc)
    assert damage == ""
    assert [(page.url, page.body == BODY, page.status) for page in found if isinstance(page, Page)] == [(f"http://blog.example/{n}", True, 200) for n in (1, 2, 3)]


def test_a_page_knows_its_record_and_when_it_was_fetched(warc: Path) -> None:
    (first, second, _third), _ = read(warc)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    name, _, offset = second.origin.partition("#")
    assert (name, first.fetched_at.date()) == (str(warc), datetime.now(UTC).date())
    with warc.open("rb") as stream:
        stream.seek(int(offset))
        assert b"http://blog.example/2" in gzip.GzipFile(fileobj=stream).read(600)


@pytest.mark.parametrize("packed", [True, False])
def test_the_same_archive_is_read_packed_and_unpacked(warc: Path, tmp_path: Path, packed: bool) -> None:
    plain = gzip.decompress(warc.read_bytes())
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(warc.read_bytes() if packed else plain)
    found, damage = read(file)
    assert (len(found), damage) == (3, "")


@pytest.mark.parametrize(("name", "share", "whole"), [
    ("a.warc", 0.95, 2), ("a.warc", 0.5, 1), ("a.warc", 0.2, 0), ("a.warc.gz", 0.7, 2), ("a.warc.gz", 0.5, 1), ("a.warc.gz", 0.03, 0),
])
def test_of_an_archive_that_is_cut_everything_before_the_cut_is_read(warc: Path, tmp_path: Path, name: str, share: float, whole: int) -> None:
    content = warc.read_bytes() if name.endswith(".gz") else gzip.decompress(warc.read_bytes())
    file = tmp_path / name
    file.write_bytes(content[: int(len(content) * share)])
    found, damage = read(file)
    assert len(found) == whole
    assert "a.warc" in damage
    assert "what came before is stored" in damage


def test_every_cut_of_an_archive_is_noticed(warc: Path, tmp_path: Path) -> None:
    content = warc.read_bytes()
    between = {match.start() for match in re.finditer(b"\x1f\x8b\x08", content)}
    file = tmp_path / "cut.warc.gz"
    for length in range(1, len(content), 29):
        file.write_bytes(content[:length])
        assert bool(read(file)[1]) == (length not in between), f"cut at {length} of {len(content)}"


def test_a_body_that_broke_off_when_it_was_fetched_is_counted_not_read(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "hubbub/0")
    writer.write(url="http://blog.example/", status=200, headers=[("Content-Encoding", "gzip")], body=gzip.compress(BODY)[:60], request_headers=[])
    writer.close()
    (file,) = tmp_path.iterdir()
    assert read(file) == ([Skipped("damaged answer", "http://blog.example/")], "")


@pytest.mark.parametrize("content", [
    pytest.param(b"", id="empty"),
    pytest.param(b"\x00" * 100, id="zeros"),
    pytest.param(b"not an archive at all\n" * 9, id="words"),
    pytest.param(b"WARC/1.1\r\nContent-Length: much\r\n\r\n", id="no length"),
])
def test_what_is_no_archive_is_damaged(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(content)
    found, damage = read(file)
    assert found == []
    assert damage


@pytest.mark.parametrize(("name", "kind"), [("a.warc", "warc"), ("A.WARC.GZ", "warc"), ("a.html", "page"), ("a.htm", "page"), ("a.pdf", ""), ("warc", "")])
def test_a_format_is_told_by_the_name(name: str, kind: str) -> None:
    assert kind_of(Path(name)) == kind


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("blog.xml", EXPORT, "export"), ("BLOG.XML", EXPORT, "export"), ("notes.txt", "AUTHOR: Ann\nTITLE: x\n-----\nBODY:\nx\n", "export"),
    ("notes.txt", "words", ""), ("sitemap.xml", "<urlset/>", ""), ("blog.dat", EXPORT, ""), ("empty.xml", "", ""),
])
def test_an_export_is_told_by_what_it_begins_with(tmp_path: Path, name: str, content: str, kind: str) -> None:
    (tmp_path / name).write_text(content)
    assert kind_of(tmp_path / name) == kind
    assert bool(files_in([tmp_path])) == bool(kind)


def test_an_unknown_format_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("?")
    assert "of a format that hubbub does not read" in read(tmp_path / "a.xyz")[1]


def test_a_folder_gives_its_archives_and_pages_whatever_else_it_holds(tmp_path: Path) -> None:
    for name in ("b.html", "deep/a.htm", "deep/c.warc.gz", "style.css", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [file.name for file, _folder in files_in([tmp_path])] == ["b.html", "a.htm", "c.warc.gz"]


@pytest.mark.parametrize(("markup", "url"), [
    ('<link rel="canonical" href="http://blog.example/a">', "http://blog.example/a"),
    ('<meta property="og:url" content="http://blog.example/b">', "http://blog.example/b"),
    ("", "file:deep/page.html"),
])
def test_a_saved_page_has_the_address_it_names_itself(tmp_path: Path, markup: str, url: str) -> None:
    file = tmp_path / "deep" / "page.html"
    file.parent.mkdir()
    file.write_text(f"<html><head>{markup}</head><body>x</body></html>")
    os.utime(file, (1_250_000_000, 1_250_000_000))
    page = saved_page(file, tmp_path)
    assert (page.url, page.fetched_at, page.status, page.origin) == (url, datetime.fromtimestamp(1_250_000_000, UTC), 200, str(file))


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "hubbub/0", rotate_at=2000)
    for number in range(6):
        writer.write(url=f"http://blog.example/{number}", status=200, headers=[], body=os.urandom(1500), request_headers=[])
    writer.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == 6
    assert sum(len(read(file)[0]) for file in files) == 6


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        ArchiveWriter(tmp_path / "file" / "warc", "hubbub/0")


def test_the_post_that_an_answer_is_about_is_kept(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "hubbub/0")
    for about in ("http://blog.example/a", ""):
        writer.write(url="http://blog.example/api?page=1", status=200, headers=[("Content-Type", "application/json")], body=b"{}", request_headers=[], about=about)
    writer.close()
    pages, _ = read(next(tmp_path.glob("*.warc.gz")))
    assert [page.about for page in pages if isinstance(page, Page)] == ["http://blog.example/a", ""]

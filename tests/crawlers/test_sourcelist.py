from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from crawlers import sourcelist
from schema.errors import UsageError

OUTLINE = '<outline text="Café" xmlUrl="https://cafe.example/feed"/>'


def crawlable(url: str) -> str:
    if "://" in url and not url.startswith("http"):
        raise UsageError(f"{url!r} is no address that can be crawled.")
    return url if "://" in url else f"http://{url}"


def listed(tmp_path: Path, name: str, body: bytes) -> sourcelist.SourceList:
    file = tmp_path / name
    file.write_bytes(body)
    return sourcelist.read(file, crawlable)


def opml(encoding: str, *, is_declared: bool = True) -> bytes:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n' if is_declared else ""
    return f'{declared}<opml version="1.0"><body>{OUTLINE}</body></opml>'.encode(encoding)


SPELLED = [
    ("a.opml", opml("utf-8")), ("a.xml", codecs.BOM_UTF8 + opml("utf-8")), ("a.opml", opml("iso-8859-1")), ("a.opml", opml("cp1252", is_declared=False)),
    ("a.opml", opml("utf-16")), ("subscriptions", opml("utf-8")), ("subscriptions", opml("utf-16")),
    ("a.csv", "name,url\nCafé,https://cafe.example/feed\n".encode("utf-8-sig")), ("a.csv", "name;url\r\nCafé;https://cafe.example/feed\r\n".encode("cp1252")),
    ("a.txt", "name\turl\nCafé\thttps://cafe.example/feed\n".encode()), ("a.csv", "name,url\nCafé,https://cafe.example/feed\n".encode("utf-16")),
    ("a.toml", '[[source]]\nname = "Café"\nurl = "https://cafe.example/feed"\n'.encode()),
]


@pytest.mark.parametrize(("name", "body"), SPELLED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_list_is_read_in_whatever_encoding_it_was_written(tmp_path: Path, name: str, body: bytes) -> None:
    found = listed(tmp_path, name, body)
    assert (found.notes, found.damage) == ([], "")
    [one] = found.listed
    assert one.entry
    assert (one.entry.url, one.entry.name or one.entry.suggested_name, one.entry.found_in) == ("https://cafe.example/feed", "Café", f"list {name}")


def test_what_is_refused_has_its_line_and_its_reason_and_the_others_are_taken(tmp_path: Path) -> None:
    found = listed(tmp_path, "a.csv", b"url,max_posts\na.example,5\nftp://b.example,5\nc.example,many\n,5\n")
    assert [(one.line, one.entry is not None) for one in found.listed] == [(2, True), (3, False), (4, False), (5, False)]
    assert [one.reason.partition(" ")[0] for one in found.listed[1:]] == ["'ftp://b.example'", "max_posts", "There"]


EMPTY = [("a.csv", b""), ("a.opml", b" \n"), ("a.toml", codecs.BOM_UTF8), ("a.txt", "\n".encode("utf-16"))]


@pytest.mark.parametrize(("name", "body"), EMPTY)
def test_an_empty_file_is_told_to_be_empty(tmp_path: Path, name: str, body: bytes) -> None:
    assert listed(tmp_path, name, body).damage == f"{tmp_path / name} is empty."


@pytest.mark.parametrize(("name", "text"), [("a.csv", "url\na.example\n"), ("a.opml", f"<opml><body>{OUTLINE}</body></opml>"), ("a.toml", '[[source]]\nurl = "a.example"\n')])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_does_not_say_so_is_told(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    found = listed(tmp_path, name, text.encode(encoding))
    assert found.damage.startswith(f"{tmp_path / name} is not UTF-8;")
    assert found.listed == []


def test_a_refusal_repeats_no_login(tmp_path: Path) -> None:
    found = listed(tmp_path, "a.csv", b"url\nftp://ann:secret@b.example/\n")
    [one] = found.listed
    assert "secret" not in (one.reason if one.entry is None else "")


def test_a_blog_in_several_folders_is_one_source_each_time_the_list_is_read(tmp_path: Path) -> None:
    found = listed(tmp_path, "a.csv", b"url,stratum\nhttps://a.example/,one\nhttp://www.a.example,two\n")
    assert [one.entry.stratum for one in found.listed if one.entry] == ["one"]
    assert found.notes == [f"{tmp_path / 'a.csv'}:3: the same blog as in line 2; the first counts."]


def test_what_comes_before_a_damage_is_kept(tmp_path: Path) -> None:
    found = listed(tmp_path, "a.opml", b'<opml><body><outline text="A" xmlUrl="https://a.example/feed"/><outline text="B" xmlUrl="https://b.example/"/></body>')
    assert [one.entry.url for one in found.listed if one.entry] == ["https://a.example/feed", "https://b.example/"]
    assert "is damaged XML" in found.damage


def test_a_file_that_cannot_be_read_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cannot be read" in sourcelist.read(tmp_path / "nowhere.csv", crawlable).damage
    monkeypatch.setattr(sourcelist, "LARGEST", 10)
    assert "larger than" in listed(tmp_path, "a.csv", b"url\na.example\n").damage

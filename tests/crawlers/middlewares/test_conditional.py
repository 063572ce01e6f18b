from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.http import Response

from crawlers.middlewares.conditional import LONGEST, conditions, validators
from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, hubbub, post_page, rows, serving

DAY = "Sun, 01 Mar 2026 11:00:00 GMT"


@pytest.mark.parametrize(("etag", "modified", "expected"), [
    ("", "", {}),
    ('"a"', "", {"If-None-Match": '"a"'}),
    ("", DAY, {"If-Modified-Since": DAY}),
    ('W/"a"', DAY, {"If-None-Match": 'W/"a"', "If-Modified-Since": DAY}),
])
def test_both_validators_are_sent_back(etag: str, modified: str, expected: dict[str, str]) -> None:
    assert conditions(etag, modified) == expected


@pytest.mark.parametrize(("headers", "expected"), [
    ({}, ("", "")),
    ({"ETag": ' W/"a" ', "Last-Modified": DAY}, ('W/"a"', DAY)),
    ({"ETag": '"' + "x" * LONGEST + '"'}, ("", "")),
    ({"ETag": b'"a\x00"'}, ("", "")),
    ({"ETag": b'"\xe9"'}, ('"\xe9"', "")),
])
def test_validators_are_kept_as_they_were_sent(headers: dict[str, str | bytes], expected: tuple[str, str]) -> None:
    assert validators(Response("http://blog.example/", headers=headers)) == expected


def conditional(site: Site) -> list[tuple[str, str | None]]:
    """What was asked since the last look, and with which entity tag."""
    found = [(path, headers.get("If-None-Match")) for path, headers in site.asked if path != NO_ROBOTS]
    site.asked.clear()
    return found


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[tuple[Path, Site, Site]]:
    """A post that has moved to another host, crawled once."""
    with serving({"/a": Answer(post_page("/a", "First!"), headers={"ETag": '"there"'})}) as there, \
            serving({"/a": Answer(status=301, headers={"Location": f"{there.url}/a"})}) as here:
        hubbub(tmp_path, "crawl", f"{here.url}/a", "--allow-private", here.opened, "--allow-private", there.opened, "--no-tag")
        yield tmp_path, here, there


def test_what_has_not_changed_costs_a_304_and_is_seen_once_more(tmp_path: Path) -> None:
    page = Answer(post_page("/a", "First!"), headers={"ETag": '"1"'})
    with serving({"/a": page}) as site:
        crawl(tmp_path, site, "/a", "--archive", "warc")
        site.answers["/a"] = Answer(status=304, headers={"ETag": '"1"'})
        before = rows(tmp_path, "SELECT last_seen, changed_at FROM comment")
        run = crawl(tmp_path, site, "/a", "--archive", "warc")
        assert conditional(site) == [("/a", None), ("/a", '"1"')]
        site.answers["/a"] = Answer(post_page("/a", "First!", "Second."), headers={"ETag": '"2"'})
        again = crawl(tmp_path, site, "/a")
    assert (run.returncode, "1 post (0 new), 1 comment (0 new)" in run.stdout, run.stderr) == (0, True, "")
    assert "2 comments (1 new)" in again.stdout
    ((seen, changed),) = rows(tmp_path, "SELECT last_seen, changed_at FROM comment WHERE text = 'First!'")
    assert seen > before[0][0]
    assert changed == before[0][1]
    assert rows(tmp_path, "SELECT etag FROM address WHERE kind = 'start'") == [('"2"',)]


def test_the_same_bytes_are_not_read_again(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a", "First!"))}) as site:
        crawl(tmp_path, site, "/a")
        run = crawl(tmp_path, site, "/a")
    assert "(0 new)" in run.stdout
    assert rows(tmp_path, "SELECT status, etag, content_hash <> '', done_run FROM address") == [(200, "", 1, 2)]


def test_validators_do_not_go_to_another_host(moved: tuple[Path, Site, Site]) -> None:
    folder, here, there = moved
    conditional(there)
    hubbub(folder, "crawl", f"{here.url}/a", "--allow-private", here.opened, "--allow-private", there.opened, "--no-tag")
    assert [etag for _path, etag in conditional(there)] == [None]


def test_a_start_that_led_to_nothing_is_read_once_more_to_say_why(tmp_path: Path) -> None:
    with serving({"/": Answer(b"<!DOCTYPE html><html><body>Opening hours: never.</body></html>", headers={"ETag": '"1"'})}) as site:
        runs = [crawl(tmp_path, site, "/") for _ in range(2)]
    assert [run.returncode for run in runs] == [3, 3]
    assert runs[0].stderr == runs[1].stderr

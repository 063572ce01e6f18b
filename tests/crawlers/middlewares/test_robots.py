from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.http import Response

from crawlers.failures import Refused
from crawlers.middlewares.robots import LARGEST, Rules, rules_from
from tests.crawlers.serving import NO_ROBOTS, Answer, crawl, post_page, rows, serving

RULES = b"User-agent: *\nDisallow: /search\nUser-agent: hubbub\nDisallow: /private\n"


def verdict(rules: Rules, url: str) -> str:
    try:
        rules.check(url, "hubbub")
    except Refused as refused:
        return refused.reason
    return "allowed"


@pytest.mark.parametrize(("status", "body", "path", "expected"), [
    (200, RULES, "/private/a", "disallowed by robots.txt"),
    (200, RULES, "/search", "allowed"),                     # the group for hubbub is the one that counts
    (200, b"", "/a", "allowed"),
    (200, b"\xff\xfe\x00garbage", "/a", "allowed"),
    (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", "disallowed by robots.txt"),
    (404, RULES, "/private/a", "allowed"),
    (403, RULES, "/private/a", "allowed"),
    (500, b"", "/a", "robots unreachable"),
    (503, b"", "/a", "robots unreachable"),
    (429, b"", "/a", "robots unreachable"),
])
def test_rules_are_read_as_rfc_9309_says(status: int, body: bytes, path: str, expected: str) -> None:
    response = Response("http://blog.example/robots.txt", status=status, body=body)
    assert verdict(rules_from(response), f"http://blog.example{path}") == expected


def test_a_robots_txt_without_end_is_read_to_its_limit() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * LARGEST + b"\nDisallow: /b\n"
    rules = rules_from(Response("http://blog.example/robots.txt", body=body))
    assert [verdict(rules, f"http://blog.example{path}") for path in ("/a", "/b")] == ["disallowed by robots.txt", "allowed"]


def test_nothing_is_fetched_where_robots_txt_fails(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(status=503), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, set(site.paths)) == (3, {NO_ROBOTS})
    assert "its robots.txt could not be had (robots.txt answered 503)" in run.stderr
    assert rows(tmp_path, "SELECT reason, count FROM skipped") == [("robots unreachable", 1)]


def test_nothing_is_fetched_that_robots_txt_disallows(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(RULES, "text/plain"), "/private/a": Answer(post_page("/private/a"))}) as site:
        run = crawl(tmp_path, site, "/private/a")
    assert (run.returncode, site.paths) == (3, [NO_ROBOTS])
    assert "its robots.txt disallows it" in run.stderr

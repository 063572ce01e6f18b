from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.http import Response

from crawlers.failures import Refused
from crawlers.middlewares.robots import Rules, joined, rules_from
from crawlers.robots import LARGEST
from tests.crawlers.serving import NO_ROBOTS, Answer, crawl, hubbub, post_page, rows, serving

RULES = b"User-agent: *\nDisallow: /search\nUser-agent: hubbub\nDisallow: /private\n"


def verdict(rules: Rules, url: str) -> str:
    try:
        rules.check(url, 30.0)
    except Refused as refused:
        return refused.reason
    return "allowed"


@pytest.mark.parametrize(("status", "body", "path", "expected"), [
    (200, RULES, "/private/a", "disallowed by robots.txt"),
    (200, RULES, "/search", "allowed"),                     # the group for hubbub is the one that counts
    (200, b"", "/a", "allowed"),
    (200, b"\xff\xfe\x00garbage", "/a", "allowed"),
    (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", "disallowed by robots.txt"),
    (200, b"User-agent: *\nCrawl-delay: 30", "/a", "allowed"),
    (200, b"User-agent: *\nCrawl-delay: 31", "/a", "crawl delay too long"),
    (200, b"User-agent: other\nCrawl-delay: 31\nDisallow: /", "/a", "allowed"),
    (404, RULES, "/private/a", "allowed"),
    (403, RULES, "/private/a", "allowed"),
    (500, b"", "/a", "robots unreachable"),
    (503, b"", "/a", "robots unreachable"),
    (429, b"", "/a", "robots unreachable"),
])
def test_rules_are_read_as_rfc_9309_says(status: int, body: bytes, path: str, expected: str) -> None:
    response = Response("http://blog.example/robots.txt", status=status, body=body)
    assert verdict(rules_from(response, "hubbub"), f"http://blog.example{path}") == expected


def test_a_robots_txt_without_end_is_read_to_its_limit() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * LARGEST + b"\nDisallow: /b\n"
    rules = rules_from(Response("http://blog.example/robots.txt", body=body), "hubbub")
    assert [verdict(rules, f"http://blog.example{path}") for path in ("/a", "/b")] == ["disallowed by robots.txt", "allowed"]


def test_nothing_is_fetched_where_robots_txt_fails(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(status=503), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, set(site.paths)) == (3, {NO_ROBOTS})
    assert "its robots.txt could not be had (robots.txt answered 503)" in run.stderr
    assert rows(tmp_path, "SELECT reason, count FROM skipped") == [("robots unreachable", 1)]


def test_nothing_is_fetched_where_robots_txt_breaks_off(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(b"User-agent: *", "text/plain", claims=1000), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, set(site.paths)) == (3, {NO_ROBOTS})


def test_nothing_is_fetched_where_robots_txt_leads_inside(tmp_path: Path) -> None:
    with serving({"/robots": Answer(RULES)}) as inside, \
            serving({NO_ROBOTS: Answer(status=302, headers={"Location": f"{inside.url}/robots"}), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, site.paths, inside.asked) == (3, [NO_ROBOTS], [])
    assert f"--allow-private {inside.opened}" in run.stderr


def test_nothing_is_fetched_that_robots_txt_disallows(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(RULES, "text/plain"), "/private/a": Answer(post_page("/private/a"))}) as site:
        run = crawl(tmp_path, site, "/private/a")
    assert (run.returncode, site.paths) == (3, [NO_ROBOTS])
    assert "its robots.txt disallows it" in run.stderr


def test_a_site_that_wants_to_be_asked_too_seldom_is_left_alone(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(b"User-agent: *\nCrawl-delay: 3600", "text/plain"), "/a": Answer(post_page("/a"))}) as site:
        run = crawl(tmp_path, site, "/a")
    assert (run.returncode, site.paths) == (3, [NO_ROBOTS])
    assert "its robots.txt asks for 3600 seconds between two requests, longer than hubbub waits" in run.stderr
    assert rows(tmp_path, "SELECT reason, count FROM skipped") == [("crawl delay too long", 1)]


def test_the_delay_that_robots_txt_asks_for_is_kept_on_an_opened_host_too(tmp_path: Path) -> None:
    pages = {path: Answer(post_page(path)) for path in ("/a", "/b", "/c")}
    with serving({NO_ROBOTS: Answer(b"User-agent: *\nCrawl-delay: 0.7", "text/plain"), **pages}) as site:
        run = hubbub(tmp_path, "crawl", *(site.url + path for path in pages), "--allow-private", site.opened, "--no-tag")
    assert (run.returncode, sorted(site.paths)) == (0, sorted([NO_ROBOTS, *pages])), run.stderr
    assert min(later - earlier for earlier, later in pairwise(site.times[1:])) >= 0.68


@pytest.mark.parametrize(("hops", "expected"), [(5, 0), (6, 3)])
def test_robots_txt_is_followed_across_five_redirects(tmp_path: Path, hops: int, expected: int) -> None:
    moved = {f"/hop{n}": Answer(status=301, headers={"Location": f"/hop{n + 1}"}) for n in range(1, hops)}
    with serving({f"/hop{hops}": Answer(RULES, "text/plain"), **moved}) as other, \
            serving({NO_ROBOTS: Answer(status=302, headers={"Location": f"{other.url}/hop1"}), "/a": Answer(post_page("/a"))}) as site:
        run = hubbub(tmp_path, "crawl", f"{site.url}/a", "--allow-private", site.opened, "--allow-private", other.opened, "--no-tag")
    assert run.returncode == expected, run.stderr
    assert other.paths == [f"/hop{n}" for n in range(1, min(hops, 5) + 1)]


def test_rules_that_were_redirected_to_are_obeyed(tmp_path: Path) -> None:
    with serving({"/robots": Answer(RULES, "text/plain")}) as other, \
            serving({NO_ROBOTS: Answer(status=302, headers={"Location": f"{other.url}/robots"}), "/private/a": Answer(post_page("/a"))}) as site:
        run = hubbub(tmp_path, "crawl", f"{site.url}/private/a", "--allow-private", site.opened, "--allow-private", other.opened, "--no-tag")
    assert (run.returncode, site.paths) == (3, [NO_ROBOTS])
    assert "its robots.txt disallows it" in run.stderr


def test_an_address_that_is_none_names_no_sitemap() -> None:
    rules = rules_from(Response("http://blog.example/robots.txt", body=b"Sitemap: http://[/a.xml"), "hubbub")
    assert rules.sitemaps == ("http://[/a.xml",)
    assert joined("http://blog.example/", rules.sitemaps[0]) == ""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.http import Response
from sqlalchemy import Engine

from crawlers.failures import Refused
from crawlers.middlewares.robots import Copies, Rules, joined, rules_from
from crawlers.robots import LARGEST
from pipeline import hosts
from pipeline.hosts import Host
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


def served(robots: Answer) -> dict[str, Answer]:
    return {NO_ROBOTS: robots, "/a": Answer(post_page("/a")), "/private/a": Answer(post_page("/private/a"))}


def hours_ago(folder: Path, hours: int) -> None:
    """Let the copy be that old."""
    with closing(sqlite3.connect(folder / "hubbub.db")) as connection, connection:
        moment = datetime.now(UTC) - timedelta(hours=hours)
        connection.execute("UPDATE host SET robots_at = ?", (moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),))


@pytest.mark.parametrize(("robots", "hours", "is_served"), [
    (Answer(b"User-agent: *", "text/plain", claims=1000), 23, True),
    (Answer(status=503), 25, False),
])
def test_a_copy_of_the_last_day_serves_while_robots_txt_cannot_be_had(tmp_path: Path, robots: Answer, hours: int, is_served: bool) -> None:
    with serving(served(Answer(RULES, "text/plain"))) as site:
        crawl(tmp_path, site, "/private/a")
        hours_ago(tmp_path, hours)
        site.answers[NO_ROBOTS] = robots
        again = hubbub(tmp_path, "crawl", f"{site.url}/a", f"{site.url}/private/a", "--allow-private", site.opened, "--no-tag")
    assert ("/a" in site.paths, "/private/a" in site.paths) == (is_served, False)
    assert (again.returncode, "its robots.txt disallows it" in again.stderr) == (3, is_served)


def test_robots_txt_is_asked_for_conditionally_and_its_copy_is_as_good_as_new(tmp_path: Path) -> None:
    with serving(served(Answer(RULES, "text/plain", headers={"ETag": '"r1"'}))) as site:
        crawl(tmp_path, site, "/a")
        hours_ago(tmp_path, 23)
        site.answers[NO_ROBOTS] = Answer(status=304)
        assert crawl(tmp_path, site, "/private/a").returncode == 3
        site.answers[NO_ROBOTS] = Answer(status=503)
        assert crawl(tmp_path, site, "/private/a").returncode == 3
    asked = [headers.get("If-None-Match") for path, headers in site.asked if path == NO_ROBOTS]
    assert (asked, "/private/a" in site.paths) == ([None, '"r1"', '"r1"', '"r1"', '"r1"'][:len(asked)], False)
    assert rows(tmp_path, "SELECT robots_status, robots_etag, robots_at > '2026' FROM host") == [(200, '"r1"', 1)]


SITE = "http://blog.example"


def answered(status: int = 200, body: bytes = RULES, url: str = f"{SITE}/robots.txt", **headers: str) -> Response:
    return Response(url, status=status, body=body, headers=headers)


def test_the_robots_txt_of_now_takes_the_place_of_the_copy(engine: Engine) -> None:
    copies = Copies(engine)
    copies.keep(copies.of(SITE), answered(ETag='"r1"'))
    copies.keep(copies.of(SITE), answered(body=b"User-agent: *", **{"Last-Modified": "today"}))
    assert copies.of(SITE).robots == b"User-agent: *"
    assert (copies.of(SITE).robots_etag, copies.of(SITE).robots_modified) == ("", "today")


@pytest.mark.parametrize("failed", [answered(503, b""), answered(429, b""), answered(500, RULES)])
def test_a_failure_leaves_the_copy_alone(engine: Engine, failed: Response) -> None:
    copies = Copies(engine)
    copies.keep(copies.of(SITE), answered(ETag='"r1"'))
    before = copies.of(SITE)
    copies.keep(before, failed)
    assert copies.of(SITE) == before


def test_where_there_is_no_robots_txt_nothing_serves_as_a_copy(engine: Engine) -> None:
    copies = Copies(engine)
    copies.keep(copies.of(SITE), answered())
    copies.keep(copies.of(SITE), answered(404, b"nothing here"))
    assert copies.of(SITE).robots is None


def test_an_old_copy_is_not_asked_whether_it_changed(engine: Engine) -> None:
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    hosts.keep_robots(engine, Host(SITE, RULES, 200, yesterday, '"r1"'))
    assert Copies(engine).of(SITE) == Host(SITE)


def test_the_validators_of_another_address_are_not_kept(engine: Engine) -> None:
    Copies(engine).keep(Host(SITE), answered(url="http://other.example/robots.txt", ETag='"r1"'))
    assert (Copies(engine).of(SITE).robots, Copies(engine).of(SITE).robots_etag) == (RULES, "")


def test_without_a_database_there_is_no_copy() -> None:
    Copies(None).keep(Host(SITE), answered())
    assert Copies(None).of(SITE) == Host(SITE)


def test_an_address_that_is_none_names_no_sitemap() -> None:
    rules = rules_from(Response("http://blog.example/robots.txt", body=b"Sitemap: http://[/a.xml"), "hubbub")
    assert rules.sitemaps == ("http://[/a.xml",)
    assert joined("http://blog.example/", rules.sitemaps[0]) == ""

"""Run after run over one blog: each goes on where the one before stopped, and what is done is not asked for again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.lock import Lock
from schema.database import open_database
from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, post_page, rows, serving
from tests.crawlers.spiders.test_blogs import ROOT, a_blog, sitemap


def numbered(url: str, _opened: str) -> dict[str, Answer]:
    """Six posts in a sitemap."""
    return {
        "/": Answer(b'<!DOCTYPE html><html><head><meta name="generator" content="WordPress 3.0"></head><body class="home blog">Welcome</body></html>'),
        NO_ROBOTS: Answer(f"Sitemap: {url}/posts.xml\n".encode(), "text/plain"),
        "/posts.xml": Answer(sitemap(*(f"{url}/{n}/" for n in range(6))), "application/xml"),
        **{f"/{n}/": Answer(post_page(f"{url}/{n}/", f"Comment {n}.")) for n in range(6)},
    }


def asked(site: Site) -> list[str]:
    """Which posts were asked for."""
    return sorted(path for path in site.paths if path.strip("/").isdigit())


@pytest.mark.parametrize("limit", ["--max-posts", "--max-pages"])
def test_after_a_limit_the_next_run_goes_on(tmp_path: Path, limit: str) -> None:
    codes = []
    with serving(numbered) as site:
        for _ in range(12):
            codes.append(crawl(tmp_path, site, "/", limit, "2").returncode)
            if codes[-1] == 0:
                break
    assert codes[-1] == 0
    assert set(codes[:-1]) == {4}
    assert asked(site) == [f"/{n}/" for n in range(6)], "each once"
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(6,)]


def test_one_page_a_run_gets_on_too(tmp_path: Path) -> None:
    with serving(numbered) as site:
        for _ in range(5):
            crawl(tmp_path, site, "/", "--max-pages", "1")
    assert len(asked(site)) >= 1


def test_the_second_run_asks_only_for_what_may_have_changed(tmp_path: Path) -> None:
    with serving(a_blog) as site:
        first = crawl(tmp_path, site, "/")
        before = len(site.paths)
        again = crawl(tmp_path, site, "/")
    assert "2 posts (2 new), 3 comments (3 new)." in first.stdout
    assert "2 posts (0 new), 3 comments (0 new)." in again.stdout
    assert sorted(site.paths[before:]) == ["/", "/posts.xml", NO_ROBOTS]


def test_a_new_post_is_found_and_the_old_ones_are_left(tmp_path: Path) -> None:
    with serving(numbered) as site:
        crawl(tmp_path, site, "/")
        before = len(site.paths)
        site.answers["/posts.xml"] = Answer(sitemap(*(f"{site.url}/{n}/" for n in range(7))), "application/xml")
        site.answers["/6/"] = Answer(post_page(f"{site.url}/6/", "A new one."))
        run = crawl(tmp_path, site, "/")
    assert [path for path in site.paths[before:] if path.strip("/").isdigit()] == ["/6/"], run.stderr
    assert "7 posts (1 new)" in run.stdout


def test_a_second_run_ends_at_once_and_says_who_is_there(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/hubbub.db", create=True)
    with serving(a_blog) as site, Lock(engine):
        run = crawl(tmp_path, site, "/")
        scrapy = [sys.executable, "-m", "scrapy", "crawl", "blogs", "-a", f"url={site.url}/", "-a", f"database=sqlite:///{tmp_path}/hubbub.db"]
        other = subprocess.run(scrapy, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    engine.dispose()
    assert (run.returncode, run.stderr.count("\n"), site.asked) == (75, 1, [])
    assert run.stderr.startswith("hubbub: Another crawl uses this database: process ")
    assert (other.returncode, other.stderr.splitlines()[-1]) == (1, run.stderr.strip())


def test_the_second_interrupt_stops_at_once_and_nothing_stored_is_lost(tmp_path: Path) -> None:
    with serving(lambda url, _: {"/": Answer(sitemap(*(f"{url}/{n}" for n in range(50))), "application/xml"), **{f"/{n}": Answer(post_page(f"{url}/{n}", "First!")) for n in range(50)}}) as site:
        command = [sys.executable, "-m", "hubbub", "crawl", site.url, "--allow-private", site.opened, "--no-tag", "--delay", "5"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            _until(lambda: len(site.asked) > 2)
            process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            sent = time.monotonic()
            _out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert time.monotonic() - sent < 15
    assert "Traceback" not in err
    ((outcome, waiting, locks),) = rows(tmp_path, "SELECT outcome, (SELECT count(*) FROM address WHERE state = 'waiting'), (SELECT count(*) FROM lock) FROM run")
    assert (outcome, locks) == ("interrupted", 0)
    assert waiting >= 45, "they are there for the next run"


def _until(condition: object) -> None:
    assert callable(condition)
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("nothing happened for a minute")

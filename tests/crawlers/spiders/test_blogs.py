from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.spiders.blogs import addresses
from schema.errors import UsageError
from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, hubbub, post_page, rows, serving

FEED = "application/rss+xml"
EMPTY_FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Shelf talk</title></channel></rss>"
PACKED = gzip.compress(post_page("/gzip"))
ROOT = Path(__file__).parents[3]


def sitemap(*urls: str) -> bytes:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>".encode()


def a_blog(url: str, _opened: str) -> dict[str, Answer]:
    """Three posts in a sitemap that only robots.txt names; the second has two comment pages, the third is gone."""
    further = f'<div class="nav"><a href="{url}/two/comment-page-2/#comments">Older comments</a><a href="/two/?replytocom=1#respond">Reply</a></div>'
    second = post_page(f"{url}/two/", "A later one.").replace(b'id="comment-1"', b'id="comment-91"').replace(b'"li-comment-1"', b'"li-comment-91"')
    return {
        NO_ROBOTS: Answer(f"User-agent: *\nDisallow: /closed/\nSitemap: {url}/posts.xml\n".encode(), "text/plain"),
        "/": Answer(b'<!DOCTYPE html><html><head><meta name="generator" content="WordPress 3.0"></head><body class="home blog">Welcome</body></html>'),
        "/posts.xml": Answer(sitemap(f"{url}/one/", f"{url}/two/", f"{url}/three/", f"{url}/closed/", "http://elsewhere.example/post/"), "application/xml"),
        "/one/": Answer(post_page(f"{url}/one/", "First!")),
        "/two/": Answer(post_page(f"{url}/two/", "An early one.", extra=further)),
        "/two/comment-page-2/": Answer(second),
    }


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Site, subprocess.CompletedProcess[str]]]:
    """A blog crawled once: the folder with the database, the site, and what `hubbub` said."""
    folder = tmp_path_factory.mktemp("blog")
    with serving(a_blog) as site:
        yield folder, site, crawl(folder, site, "/")


Crawled = tuple[Path, Site, subprocess.CompletedProcess[str]]


def test_from_a_blogs_address_all_its_posts_are_found(blog: Crawled) -> None:
    folder, site, run = blog
    assert run.returncode == 0, run.stderr
    assert rows(folder, "SELECT url FROM post ORDER BY url") == [(f"{site.url}/one/",), (f"{site.url}/two/",)]


def test_further_comment_pages_are_followed_and_reply_links_are_not(blog: Crawled) -> None:
    folder, site, _run = blog
    assert rows(folder, "SELECT text FROM comment ORDER BY text") == [("A later one.",), ("An early one.",), ("First!",)]
    assert not any("replytocom" in path for path in site.paths)


def test_posts_are_asked_for_before_comment_pages_and_nothing_twice(blog: Crawled) -> None:
    _folder, site, _run = blog
    assert site.paths.index("/two/comment-page-2/") > max(site.paths.index(path) for path in ("/one/", "/two/", "/three/"))
    assert len(site.paths) == len(set(site.paths))


def test_what_was_not_taken_is_counted_by_reason(blog: Crawled) -> None:
    folder, site, run = blog
    assert rows(folder, "SELECT reason, url FROM skipped ORDER BY reason") == [
        ("disallowed by robots.txt", f"{site.url}/closed/"), ("not found", f"{site.url}/three/"),
    ]
    assert "Skipped: " in run.stdout


def test_robots_txt_is_asked_first_and_no_cookie_or_referer_is_sent(blog: Crawled) -> None:
    _folder, site, _run = blog
    assert site.paths[0] == NO_ROBOTS
    assert all({"Cookie", "Referer"}.isdisjoint(headers) for _path, headers in site.asked)
    assert {headers["User-Agent"] for _path, headers in site.asked} == {"hubbub/0.1.0"}


def test_from_a_posts_address_that_post_alone_is_taken(tmp_path: Path) -> None:
    with serving(a_blog) as site:
        run = crawl(tmp_path, site, "/two/")
    assert run.returncode == 0
    assert sorted(site.paths) == [NO_ROBOTS, "/two/", "/two/comment-page-2/"]
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(1,)]


def test_running_it_twice_changes_nothing(tmp_path: Path) -> None:
    with serving(a_blog) as site:
        crawl(tmp_path, site, "/")
        before = rows(tmp_path, "SELECT key, text, changed_at FROM comment ORDER BY key")
        again = crawl(tmp_path, site, "/")
    assert "2 posts (0 new), 3 comments (0 new)." in again.stdout
    assert rows(tmp_path, "SELECT key, text, changed_at FROM comment ORDER BY key") == before


def test_a_limit_with_work_left_ends_with_4(tmp_path: Path) -> None:
    with serving(a_blog) as site:
        run = crawl(tmp_path, site, "/", "--max-posts", "1")
    assert run.returncode == 4
    assert rows(tmp_path, "SELECT (SELECT count(*) FROM post), outcome FROM run") == [(1, "limited")]


BAD: dict[str, Answer] = {
    "/500": Answer(status=500),
    "/403": Answer(status=403),
    "/pdf": Answer(b"%PDF-1.4", "application/pdf"),
    "/empty": Answer(),
    "/gzip": Answer(PACKED[: len(PACKED) // 2], headers={"Content-Encoding": "gzip"}),
    "/short": Answer(post_page("/short"), claims=100_000),
    "/loop": Answer(status=302, headers={"Location": "/loop"}),
    "/huge": Answer(b"<html>", claims=17 * 1024 * 1024),
    "/plain": Answer(b"<!DOCTYPE html><html><body>Opening hours: never.</body></html>"),
    "/feed": Answer(EMPTY_FEED, FEED),
    "/broken-feed": Answer(b"<?xml version='1.0'?><rss", FEED),
    "/good": Answer(post_page("/good", "First!")),
}
SENTENCES = {
    "/500": "the server failed. Try later (status 500).",
    "/403": "the server forbids it (403).",
    "/404": "the server has no such page (404).",
    "/pdf": "what the server sent is no page (application/pdf).",
    "/empty": "what the server sent is no page (it is empty).",
    "/gzip": "the answer is damaged: its gzip compression breaks off.",
    "/short": "the answer is damaged: it broke off before its end.",
    "/loop": "it leads from one address to the next without end.",
    "/huge": "the answer is larger than 16 MiB",
    "/plain": "nothing there could be taken as a post",
    "/broken-feed": "nothing there could be taken as a post (broken feed)",
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Everything bad at once, and one good post among it."""
    folder = tmp_path_factory.mktemp("bad")
    with serving(BAD) as site:
        paths = [*SENTENCES, "/good", "/feed"]
        words = ["crawl", *(site.url + path for path in paths), "http://nowhere.invalid/", "http://127.0.0.1:9/", "--allow-private", site.opened, "--no-tag"]
        yield folder, site, hubbub(folder, *words)


@pytest.mark.parametrize(("path", "words"), SENTENCES.items())
def test_each_bad_address_is_told_in_one_clear_sentence(bad: Crawled, path: str, words: str) -> None:
    _folder, site, run = bad
    (line,) = [line for line in run.stderr.splitlines() if line.startswith(f"hubbub: {site.url}{path} could not be collected: ")]
    assert words in line


@pytest.mark.parametrize("words", [
    "http://nowhere.invalid/ could not be collected: the name of the host is not known.",
    "http://127.0.0.1:9/ could not be collected: it leads to a private address of this machine or network. If you mean it, open it with --allow-private 127.0.0.1:9.",
])
def test_hosts_that_cannot_be_asked_are_told_too(bad: Crawled, words: str) -> None:
    assert words in bad[2].stderr


def test_an_empty_feed_is_no_failure(bad: Crawled) -> None:
    _folder, site, run = bad
    assert f"{site.url}/feed is a feed without posts." in run.stderr.splitlines()


def test_what_could_be_collected_is_there_and_the_exit_code_says_that_something_failed(bad: Crawled) -> None:
    folder, site, run = bad
    assert run.returncode == 3
    assert "Traceback" not in run.stderr
    assert rows(folder, "SELECT url FROM post") == [(f"{site.url}/good",)]
    assert rows(folder, "SELECT outcome FROM run") == [("partly",)]


def test_an_empty_feed_alone_ends_well(tmp_path: Path) -> None:
    with serving({"/feed": Answer(EMPTY_FEED, FEED)}) as site:
        assert crawl(tmp_path, site, "/feed").returncode == 0


def test_the_first_interrupt_finishes_what_is_in_flight(tmp_path: Path) -> None:
    with serving(lambda url, _: {"/": Answer(sitemap(*(f"{url}/{n}" for n in range(50))), "application/xml"), **{f"/{n}": Answer(post_page(f"{url}/{n}", "First!")) for n in range(50)}}) as site:
        command = [sys.executable, "-m", "hubbub", "crawl", site.url, "--allow-private", site.opened, "--no-tag", "--delay", "0.4"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            _wait_for(lambda: len(site.asked) > 5)
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
    assert (process.returncode, err.count("\n")) == (130, 2), err
    assert "what is in flight is finished and stored" in err
    ((outcome, posts),) = rows(tmp_path, "SELECT outcome, (SELECT count(*) FROM post) FROM run")
    assert outcome == "interrupted"
    assert posts == sum(path[1:].isdigit() for path in site.paths)


def _wait_for(condition: object) -> None:
    assert callable(condition)
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("nothing happened for 30 seconds")


@pytest.mark.parametrize(("words", "urls"), [
    ("http://a.example/", ["http://a.example/"]),
    ("a.example", ["http://a.example"]),
    ("http://a.example/,http://b.example/\n  https://c.example/x", ["http://a.example/", "http://b.example/", "https://c.example/x"]),
])
def test_addresses_are_given_one_or_several(words: str, urls: list[str]) -> None:
    assert addresses(words) == urls


@pytest.mark.parametrize("word", ["ftp://a.example/", "file:///etc/passwd", "http://", "http://[::1", "javascript://x", "http://a.example:99999/", "not-a-url"])
def test_what_cannot_be_crawled_is_wrong_usage(word: str) -> None:
    with pytest.raises(UsageError, match="no address that can be crawled"):
        addresses(word)


def test_those_who_know_scrapy_can_use_it_from_a_checkout(tmp_path: Path) -> None:
    with serving(a_blog) as site:
        scrapy = [sys.executable, "-m", "scrapy", "crawl", "blogs", "-a", f"url={site.url}/"]
        refused = subprocess.run([*scrapy, "-a", f"database=sqlite:///{tmp_path}/no.db"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (refused.returncode, site.asked) == (0, [])
        assert f"[blogs] ERROR: {site.url}/ could not be collected: it leads to a private address" in refused.stderr
        opened = [*scrapy, "-a", f"allow_private={site.opened}", "-a", f"database=sqlite:///{tmp_path}/hubbub.db"]
        run = subprocess.run(opened, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert f"[blogs] INFO: Not tagged yet: run `hubbub --database sqlite:///{tmp_path}/hubbub.db tag`." in run.stderr
    assert "WARNING" not in run.stderr
    assert rows(tmp_path, "SELECT count(*) FROM post") == [(2,)]


@pytest.mark.parametrize("address", [(), ("-a", "url=ftp://a.example/")])
def test_scrapys_own_command_says_what_is_wrong_with_the_address(tmp_path: Path, address: tuple[str, ...]) -> None:
    words = [sys.executable, "-m", "scrapy", "crawl", "blogs", *address, "-a", f"database=sqlite:///{tmp_path}/no.db"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("hubbub: ")
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(params=["threaded", "classic", "dd"])
def blogger(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:    # Any: JSON
    """The Blogger look-alike in one of its templates, and the truth about it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    truth = tmp_path / "truth.jsonl"
    command = [sys.executable, str(shared / "servers" / "blogger_sim.py"), "serve", "--template", request.param, "--port", str(port), "--comments-per-page", "50"]
    with subprocess.Popen(command, env=os.environ | {"HUBBUB_BLOGGER_TRUTH": str(truth)}) as process:
        _wait_for(lambda: _answers(port))
        yield f"127.0.0.1:{port}", [json.loads(line) for line in truth.read_text().splitlines()]
        process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def test_every_post_and_comment_of_a_blogger_blog_is_collected_once(blogger: tuple[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    place, truth = blogger
    run = hubbub(tmp_path, "crawl", f"http://{place}/", "--allow-private", place, "--no-tag")
    assert run.returncode == 0, run.stderr
    posts = {f"http://{place}{line['path']}" for line in truth if line["kind"] == "post"}
    comments = {line["id"] for line in truth if line["kind"] == "comment"}
    assert {url for (url,) in rows(tmp_path, "SELECT url FROM post")} == posts
    assert sorted(ref for (ref,) in rows(tmp_path, "SELECT ref FROM comment")) == sorted(comments)
    assert not any(completeness == "partial" for (completeness,) in rows(tmp_path, "SELECT completeness FROM post"))
    parents = {line["id"]: line["parent"] for line in truth if line["kind"] == "comment"}
    assert dict(rows(tmp_path, "SELECT child.ref, parent.ref FROM comment child LEFT JOIN comment parent ON parent.key = child.reply_to")) == parents

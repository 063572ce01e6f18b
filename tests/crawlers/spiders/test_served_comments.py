"""Comments that a page loads by script, crawled end to end: Ghost on the blog's own host, Isso on another, live and from the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawlers.platforms.serving_json import fixture
from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, hubbub, rows, serving

JSON = "application/json; charset=utf-8"
BELL = "/the-bell-over-the-door/"
SCALES = "/2021/die-waage/"
API = "/members/api/comments"
THREAD = """SELECT c.author, p.author, c.via, c.removed_how, c.reply_to_how FROM comment c LEFT JOIN comment p ON p.key = c.reply_to ORDER BY c.position"""
BLOG_POST = "SELECT url, title, platform, via, comments_reported, comments_stored, completeness, threading, comments_elsewhere FROM post"


@dataclass(frozen=True)
class Crawled:
    """What a crawl left: its folder, the servers that were asked, and the blog's address."""

    folder: Path
    blog: Site
    comments: Site
    said: str


def a_ghost(url: str, _opened: str) -> dict[str, Answer]:
    def own(name: str, *, kind: str = JSON) -> Answer:
        return Answer(fixture(f"ghost/{name}").replace(b"https://till.example.org", url.encode()), kind)

    return {
        NO_ROBOTS: Answer(b"User-agent: *\nDisallow: /ghost/\nDisallow: /members/api/comments/counts/\n", "text/plain"),
        "/": own("list.html", kind="text/html"),
        BELL: own("post.html", kind="text/html"),
        f"{API}/post/64030f2a8c1f2e0001a1b2c3/?limit=100&order=created_at%20asc&page=1": own("comments.json"),
        f"{API}/6403200000000000000000a1/replies/?limit=100&page=1": own("replies.json"),
    }


@pytest.fixture(scope="module")
def ghost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("ghost")
    with serving(a_ghost) as site:
        run = crawl(folder, site, "/", "--archive", str(folder / "warc"))
        assert run.returncode == 0, run.stderr
        yield Crawled(folder, site, site, run.stdout + run.stderr)


@pytest.fixture(scope="module")
def isso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("isso")
    with serving({"/?uri=%2F2021%2Fdie-waage%2F": Answer(fixture("isso/thread.json"), JSON)}) as comments:
        page = fixture("isso/post.html").replace(b"//reden.example.org", comments.url.removeprefix("http:").encode())

        def blog(url: str, _opened: str) -> dict[str, Answer]:
            return {SCALES: Answer(page.replace(b"https://hof.example.org", url.encode()))}

        with serving(blog) as site:
            run = crawl(folder, site, SCALES, "--allow-private", comments.opened, "--archive", str(folder / "warc"))
            assert run.returncode == 0, run.stderr
            yield Crawled(folder, site, comments, run.stdout + run.stderr)


def test_a_ghost_blog_comes_out_with_its_whole_thread(ghost: Crawled) -> None:
    assert rows(ghost.folder, BLOG_POST) == [
        (ghost.blog.url + BELL, "The bell over the door", "ghost", "page", 8, 8, "complete", "nested", "script-loaded: ghost"),
    ]
    assert rows(ghost.folder, THREAD) == [
        ("Ilse Brandt", None, "api", None, None),
        ("Greta Holm", "Ilse Brandt", "api", None, "api"),
        ("Ilse Brandt", "Greta Holm", "api", None, "api"),
        ("Otto", "Ilse Brandt", "api", None, "api"),
        ("Greta Holm", "Otto", "api", None, "api"),
        ("", None, "api", "unknown", None),
        ("", "", "api", "moderator", "api"),
        ("Tomas", "", "api", None, "api"),
    ]


def test_ghosts_closed_counts_are_left_alone_and_nothing_is_asked_twice(ghost: Crawled) -> None:
    assert not any("/counts/" in path for path in ghost.blog.paths)
    assert sorted(path for path in ghost.blog.paths if API in path) == sorted(path for path in a_ghost("", "") if API in path)


def test_an_isso_server_on_another_host_brings_its_thread(isso: Crawled) -> None:
    assert rows(isso.folder, BLOG_POST) == [
        (isso.blog.url + SCALES, "Die Waage im Hof", "generic", "page", 5, 5, "complete", "nested", "script-loaded: isso"),
    ]
    assert rows(isso.folder, THREAD) == [
        ("Jan & Rieke", None, "api", None, None),
        ("Ute Lang", "Jan & Rieke", "api", None, "api"),
        ("", None, "api", "unknown", None),
        ("", "Jan & Rieke", "api", None, "api"),
        ("Ute Lang", "", "api", None, "api"),
    ]
    assert isso.comments.paths == [NO_ROBOTS, "/?uri=%2F2021%2Fdie-waage%2F"]


@pytest.mark.parametrize("name", ["ghost", "isso"])
def test_the_archive_knows_whose_comments_an_answer_brings(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    crawled: Crawled = request.getfixturevalue(name)
    run = hubbub(tmp_path, "replay", str(crawled.folder / "warc"), "--no-tag")
    assert run.returncode == 0, run.stderr
    assert rows(tmp_path, BLOG_POST) == rows(crawled.folder, BLOG_POST)
    assert rows(tmp_path, THREAD) == rows(crawled.folder, THREAD)
    assert rows(tmp_path, "SELECT key FROM comment ORDER BY key") == rows(crawled.folder, "SELECT key FROM comment ORDER BY key")


def test_robots_and_the_guard_hold_for_the_other_host_too(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(b"User-agent: *\nDisallow: /\n", "text/plain")}) as comments:
        page = fixture("isso/post.html").replace(b"//reden.example.org", comments.url.removeprefix("http:").encode())
        with serving(lambda url, _opened: {SCALES: Answer(page.replace(b"https://hof.example.org", url.encode()))}) as site:
            assert crawl(tmp_path, site, SCALES, "--allow-private", comments.opened).returncode == 0
            assert rows(tmp_path, "SELECT reason FROM skipped") == [("disallowed by robots.txt",)]
            assert comments.paths == [NO_ROBOTS]
            assert crawl(tmp_path, site, SCALES).returncode == 0
            assert rows(tmp_path, "SELECT reason FROM skipped WHERE run = 2") == [("private address",)]
            assert comments.paths == [NO_ROBOTS]
    assert rows(tmp_path, "SELECT comments_stored, completeness, comments_elsewhere FROM post") == [(0, "unknown", "script-loaded: isso")]

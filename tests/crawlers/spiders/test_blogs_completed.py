"""Feeds and APIs complete what the pages leave open, and the audit says why a thread is not complete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawlers.serving import NO_ROBOTS, Answer, Site, crawl, hubbub, post_page, rows, serving

API = "/wp-json/wp/v2/comments?post={}&per_page=100&orderby=date&order=asc&page={}"
JSON = "application/json; charset=UTF-8"


def page(url: str, number: int, *comments: str, extra: str = "", reported: int | None = None) -> bytes:
    """A WordPress post that names its API and the feed of its comments."""
    body = post_page(url, *comments, extra=extra).replace(b"postid-7", f"postid-{number}".encode())
    head = f"<link rel='https://api.w.org/' href='{url.rsplit('/', 2)[0]}/wp-json/' /><link rel='alternate' type='application/rss+xml' href='{url}feed/' />"
    body = body.replace(b"</head>", head.encode() + b"</head>")
    return body if reported is None else body.replace(f"{len(comments)} Responses".encode(), f"{reported} Responses".encode())


def answered(url: str, *comments: tuple[int, int], pages: int = 1) -> Answer:
    said = [
        {"id": number, "post": 1, "parent": parent, "author_name": f"Reader {number}", "author_url": "", "date_gmt": f"2009-10-0{number}T06:05:00",
         "content": {"rendered": f"<p>Words {number} as the API has them.</p>"}, "link": f"{url}#comment-{number}", "type": "comment", "_links": {}}
        for number, parent in comments
    ]
    return Answer(json.dumps(said).encode(), JSON, headers={"X-WP-TotalPages": str(pages)})


ODD = ("Four words are too many for a shelf.", "Then take three, and mind the lid.", "Ours says open the other side.", "Nobody reads the lid, we asked.")


def odd_page(url: str) -> bytes:
    """A theme that nobody knows: nothing in it is called a comment."""
    items = "".join(f"<div class='rx'><b class='who'>Reader {n}</b> <i>October {n}, 2009 at 8:05 am</i><div class='tx'><p>{words}</p></div></div>"
                    for n, words in enumerate(ODD, 1))
    post = "<p>What a shelf label can say in four words, and what it had better leave to the box, is the subject of this note from the shop.</p>" * 4
    return (f"<!DOCTYPE html><html lang='en'><head><title>Lids</title><link rel='canonical' href='{url}'>"
            f"<link rel='alternate' type='application/rss+xml' href='{url}feed/'></head><body><h1>Lids</h1><article>{post}</article>"
            f"<div class='below'>{items}</div></body></html>").encode()


def odd_feed(url: str) -> bytes:
    """The two newest comments."""
    items = "".join(f"""<item><link>{url}#comment-{n}</link><dc:creator>Reader {n}</dc:creator><pubDate>Mon, 0{n} Oct 2009 06:05:00 +0000</pubDate>
        <guid>{url}#comment-{n}</guid><description>{ODD[n - 1]}</description></item>""" for n in (4, 3))
    return f"<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{items}</channel></rss>".encode()


def a_blog(url: str, _opened: str) -> dict[str, Answer]:
    """Of /one/ the API knows more; it refuses to tell of /two/, whose feed tells; a feed counts more than /four/ shows; /three/ has a comment page that robots.txt closes."""
    items = "".join(f"<item><link>{url}/{path}/</link><slash:comments>{count}</slash:comments></item>" for path, count in (("one", 3), ("four", 2)))
    posts = f"<rss xmlns:slash='http://purl.org/rss/1.0/modules/slash/'><channel>{items}</channel></rss>"
    newest = f"""<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item><link>{url}/two/#comment-5</link><dc:creator>Reader 5</dc:creator>
        <pubDate>Mon, 05 Oct 2009 06:05:00 +0000</pubDate><guid>{url}/?p=2#comment-5</guid><description>The newest.</description></item></channel></rss>"""
    closed = f'<a href="{url}/three/comment-page-2/#comments">Older comments</a>'
    sitemap = "".join(f"<url><loc>{url}/{path}/</loc></url>" for path in ("one", "two", "three", "four", "five", "odd"))
    return {
        NO_ROBOTS: Answer(f"User-agent: *\nDisallow: /three/comment-page-2/\nSitemap: {url}/posts.xml\n".encode(), "text/plain"),
        "/": Answer(f"<!DOCTYPE html><html><head><meta name='generator' content='WordPress 5.0'>"
                    f"<link rel='alternate' type='application/rss+xml' href='{url}/feed/'></head><body class='home blog'>Welcome</body></html>".encode()),
        "/posts.xml": Answer(f"<urlset>{sitemap}</urlset>".encode(), "application/xml"),
        "/feed/": Answer(posts.encode(), "application/rss+xml"),
        "/one/": Answer(page(f"{url}/one/", 1, "First as shown.", "Second as shown.")),
        API.format(1, 1): answered(f"{url}/one/", (1, 0), (2, 1), pages=2),
        API.format(1, 2): answered(f"{url}/one/", (3, 0), pages=2),
        "/two/": Answer(page(f"{url}/two/", 2, "First of two.", reported=9)),
        API.format(2, 1): Answer(b'{"code": "rest_forbidden"}', JSON, 403),
        "/two/feed/": Answer(newest.encode(), "application/rss+xml"),
        "/three/": Answer(page(f"{url}/three/", 3, "First of three.", reported=3, extra=closed)),
        API.format(3, 1): answered(f"{url}/three/", (1, 0)),
        "/four/": Answer(page(f"{url}/four/", 4)),
        "/five/": Answer(page(f"{url}/five/", 5)),
        "/odd/": Answer(odd_page(f"{url}/odd/")),
        "/odd/feed/": Answer(odd_feed(f"{url}/odd/"), "application/rss+xml"),
    }


Crawled = tuple[Path, Site, Path]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The blog crawled once, with an archive, and that archive replayed into a folder of its own."""
    folder, again = tmp_path_factory.mktemp("crawled"), tmp_path_factory.mktemp("replayed")
    with serving(a_blog) as site:
        explained = hubbub(folder, "explain", f"{site.url}/odd/", "--allow-private", site.opened, "--format", "json")
        assert {one["rule"] for one in json.loads(explained.stdout)["posts"][0]["comments"]} == {"anchored div.rx div.tx"}, explained.stderr
        run = crawl(folder, site, "/", "--archive", str(folder / "archive"))
        assert run.returncode == 0, run.stderr
    replayed = hubbub(again, "replay", str(folder / "archive"), "--no-tag")
    assert replayed.returncode == 0, replayed.stderr
    yield folder, site, again


def test_an_api_brings_times_parents_and_what_the_page_lacks(blog: Crawled) -> None:
    folder, site, _again = blog
    found = rows(folder, "SELECT c.position, c.text, c.published_how, c.via, p.ref FROM comment c LEFT JOIN comment p ON p.key = c.reply_to"
                         f" WHERE c.url LIKE '{site.url}/one/%' ORDER BY c.position")
    assert found == [
        (1, "First as shown.", "api", "page", None), (2, "Second as shown.", "api", "page", "1"), (3, "Words 3 as the API has them.", "api", "api", None)]


def test_the_feed_is_asked_only_where_the_api_refuses(blog: Crawled) -> None:
    folder, site, _again = blog
    assert {path for path in site.paths if path.endswith("/feed/")} == {"/feed/", "/two/feed/", "/four/feed/", "/odd/feed/"}
    assert rows(folder, "SELECT text FROM comment WHERE via = 'feed'") == [("The newest.",)]


def test_a_post_without_comments_costs_no_further_request(blog: Crawled) -> None:
    assert API.format(3, 1) in blog[1].paths
    assert API.format(4, 1) in blog[1].paths, "a feed says that it has some"
    assert not any("post=5" in path or "/five/feed" in path for path in blog[1].paths)


def test_why_threads_are_incomplete_is_said(blog: Crawled) -> None:
    folder, site, _again = blog
    audit = rows(folder, "SELECT url, comments_reported, comments_stored, completeness, completeness_reason FROM posts ORDER BY url")
    assert [(url.removeprefix(site.url), *rest) for url, *rest in audit] == [
        ("/five/", None, 0, "unknown", ""),
        ("/four/", 2, 0, "none", ""),
        ("/odd/", None, 4, "unknown", ""),
        ("/one/", 2, 3, "complete", ""),
        ("/three/", 3, 1, "partial", "blocked"),
        ("/two/", 9, 2, "partial", "feed limit"),
    ]


def test_what_a_feed_knows_teaches_where_the_comments_of_an_unknown_theme_are(blog: Crawled) -> None:
    folder, site, _again = blog
    found = rows(folder, f"SELECT position, author, text, rule, via FROM comment WHERE url LIKE '{site.url}/odd/%' ORDER BY position")
    assert found == [(n, f"Reader {n}", words, "anchored div.rx div.tx", "page") for n, words in enumerate(ODD, 1)]


def test_a_replay_gives_the_same_rows_and_reads_feeds_and_answers_too(blog: Crawled) -> None:
    folder, _site, again = blog
    for columns in ("post.key, title, text, comments_reported, comments_stored, via, threading FROM post ORDER BY key",
                    "key, post_key, reply_to, reply_to_how, published, published_how, position, depth, author_key, text, via FROM comment ORDER BY key"):
        assert rows(again, f"SELECT {columns}") == rows(folder, f"SELECT {columns}")

"""Feeds and sitemaps that explode, loop or reach for files; walls in front of pages; and all ways to a forbidden address."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

from tests.crawlers.hostile.blogging import FEED, XML, feed, index, listing, post, robots, sitemap, words_of
from tests.crawlers.hostile.engine import Answerer, Site, moved, said

_LAUGHS = "".join(f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(9))
LAUGHS = f'<!DOCTYPE bomb [<!ENTITY l0 "ha">{_LAUGHS}]>'
_QUADRATIC = f'<!DOCTYPE bomb [<!ENTITY q "{"q" * 50_000}">]>'


def anything(answer: Answerer) -> tuple[re.Pattern[str], Answerer]:
    return re.compile(r"/"), answer


def fill(site: Site, inside: str, normal: Callable[[int], str]) -> None:
    """Lists of every kind on one host; among them those that name its posts."""
    posts = [normal(number) for number in range(8)]
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "{inside}/entity"><!ENTITY % d SYSTEM "{inside}/dtd">%d;]>'
    site.answers |= {
        "/posts.xml": said(sitemap(*posts[:2]), XML),
        "/bomb.xml": said(_with(LAUGHS, sitemap(posts[2]), f"<url><loc>{site.url}/&l9;</loc></url>"), XML),
        "/quadratic.xml": said(_with(_QUADRATIC, sitemap(posts[2]), f"<url><loc>{'&q;' * 2000}</loc></url>"), XML),
        "/outside.xml": said(_with(outside, sitemap(posts[3]), f"<url><loc>{site.url}/&e;&h;</loc></url>"), XML),
        "/loop.xml": said(index(f"{site.url}/loop.xml", f"{site.url}/loop2.xml"), XML),
        "/loop2.xml": said(index(f"{site.url}/loop.xml", f"{site.url}/loop2.xml?again=1"), XML),
        "/packed.xml": said(gzip.compress(sitemap(posts[4])), "application/gzip"),
        "/half.xml": said(gzip.compress(sitemap(posts[5], *(f"{site.url}/{n}" for n in range(9))))[:-20], "application/gzip"),
        "/packed-bomb.xml": said(gzip.compress(b"<urlset>" + b" " * (96 << 20)), "application/gzip"),
        "/cut.xml": said(sitemap(posts[6], f"{site.url}/cut-off")[:-40], XML),
        "/deep.xml": said(b"<urlset>" + b"<url>" * 100_000, XML),
        "/robots.txt": said(robots(*(f"Sitemap: {site.url}/{name}.xml" for name in _NAMES), "Sitemap: http://[bad/", f"Sitemap: {site.url}/\x1b[2J"), "text/plain"),
        "/feed/": said(feed(posts[7], extra="<description>&e;&h;</description>", start=outside), FEED),
        "/bomb-feed/": said(feed(posts[0], extra="<description>&l9;</description>", start=LAUGHS), FEED),
        "/": said(listing([(posts[0], "Note 0")], head="".join(
            f'<link rel="alternate" type="{FEED}" href="{site.url}/{name}/">' for name in ("feed", "bomb-feed"))).encode()),
    }


_NAMES = ("bomb", "quadratic", "outside", "loop", "packed", "half", "packed-bomb", "cut", "deep", "posts")


def _with(doctype: str, body: bytes, more: str) -> bytes:
    start, _, rest = body.partition(b"?>")
    return start + b"?>" + doctype.encode() + rest.replace(b"</urlset>", more.encode() + b"</urlset>")


def walls(url: str) -> dict[str, Answerer]:
    """What stands there instead of a page, with status 200: none of it is a post."""
    form = f'<form action="{url}/login" method="post"><label>User <input name="user"></label><input type="password" name="password"><button>Log in</button></form>'
    return {
        "/walled/members/": moved(f"{url}/walled/login/"),
        "/walled/login/": said(_plain("Log in", f"<h1>Log in</h1><p>Please log in to continue reading this page of ours.</p>{form}").encode()),
        "/walled/inline/": said(_plain("Members only", f"<h1>Members only</h1><p>You must log in to see this page.</p>{form}").encode()),
        "/walled/cookies/": said(_plain("Before you continue", "<h1>Before you continue</h1><p>We and our partners use cookies. To read on, please accept all cookies or manage your choices.</p><form action='/consent' method='post'><button>Accept all</button><button>Reject all</button></form>").encode()),
        "/walled/enable/": said(_plain("Cookies", "<h1>Please enable cookies</h1><p>Your browser does not accept cookies. Enable cookies and reload the page.</p>").encode()),
        "/walled/check/": said(_plain("Just a moment...", "<h1>Checking your browser</h1><p>Please enable JavaScript and cookies to continue. This may take a few seconds.</p>").encode()),
        "/walled/gone/": said(_plain("Page not found", "<h1>Page not found</h1><p>Sorry, the page that you are looking for does not exist. It may have been moved, or the address is wrong.</p>").encode()),
        "/walled/404/": said(_plain("Error 404", "<h1>404</h1><p>Nothing was found at this address. Maybe try a search? We have looked everywhere for it.</p>").encode()),
    }


def _plain(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><main>{body}</main></body></html>"


def ways(url: str, inside: str) -> list[tuple[str, Answerer, int | None]]:
    """(path, what leads inside, how many comments are to be stored; None: nothing is)."""
    def page(path: str, head: str = "", extra: str = "", canonical: str | None = None) -> tuple[str, Answerer, int | None]:
        words = words_of(sum(map(ord, path)), path.strip("/").replace("-", " "))
        return path, said(post(url + path, f"Way {path.strip('/')}", words, ("Noted.",), head=head, extra=extra, canonical=canonical).encode()), 1

    place = inside.removeprefix("http://")
    port = place.rpartition(":")[2]
    spellings = ("localhost", "127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "user:secret@127.0.0.1")
    return [
        page("/way-link/", extra=f'<h2><a rel="bookmark" href="{inside}/link">inside</a></h2><img src="{inside}/image"><script src="{inside}/script"></script><iframe src="{inside}/frame"></iframe>'),
        page("/way-refresh/", head=f'<meta http-equiv="refresh" content="0; url={inside}/refresh">'),
        page("/way-feed/", head=f'<link rel="alternate" type="{FEED}" href="{inside}/feed">'),
        page("/way-canonical/", head=f'<meta property="og:url" content="{inside}/og">', canonical=f"{inside}/canonical"),
        page("/way-comments/", extra=f'<a href="{inside}/way-comments/comment-page-2/#comments">Older comments</a>'),
        page("/way-api/", head=f'<link rel="https://api.w.org/" href="{inside}/wp-json/"><link rel="alternate" type="application/json" href="{inside}/wp-json/wp/v2/posts/7">'),
        page("/way-isso/", extra=f'<script data-isso="{inside}/" src="{inside}/js/embed.min.js"></script><section id="isso-thread" data-isso-id="/way-isso/"></section>'),
        page("/way-base/", head=f'<base href="{inside}/">', extra='<h2><a rel="bookmark" href="/2009/10/base/">based</a></h2><a href="comment-page-2/#comments">more</a>'),
        ("/way-redirect/", moved(f"{inside}/redirect"), None),
        ("/way-redirects/", moved(f"{url}/way-redirect/", 301), None),
        ("/way-header/", said(b"", status=307, Refresh=f"0; url={inside}/header", Location=f"//{place}/header", Link=f"<{inside}/link>; rel=next"), None),
        *((f"/way-to-{number}/", moved(f"http://{spelling}:{port}/spelled"), None) for number, spelling in enumerate(spellings)),
    ]

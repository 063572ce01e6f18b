"""Addresses without end beside a normal blog: each trap lies under a path of its own, so that the log can count what it cost."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from itertools import product

from tests.crawlers.hostile.blogging import index, listing, plain_listing, post, sitemap, words_of
from tests.crawlers.hostile.engine import Asked, Site, made

# Where each trap begins; what lies below costs at most 60 requests.
ENTRIES = {
    "calendar": "/events/2026/04/",
    "pagination": "/endless/page/2/",
    "fresh-fakes": "/fresh/page/2/",
    "facets": "/shop/shoes",
    "random": "/maze/start",
    "repeating": "/loop/a/b/",
    "sessions": "/visit/",
    "sessions-in-query": "/talks/",
    "mirror": "/mirror/0",
    "comment-pages": "/thread-trap/",
    "sitemaps": "/lists/sitemap.xml",
}
PREFIXES = {name: "/" + entry.split("/")[1] for name, entry in ENTRIES.items()}
SESSION_POSTS = 4
POSTS = {"/visit": SESSION_POSTS, "/talks": 1, "/mirror": 1}     # that are to be had in traps, under whichever of their addresses
_MONTH = re.compile(r"/events/(\d+)/(\d+)/")


def lay(site: Site) -> None:
    """Put all traps on a site."""
    for pattern, make in _PAGES.items():
        site.patterns.append((re.compile(pattern), made(lambda asked, make=make: make(site.url, asked).encode())))     # type: ignore[misc]  # a default is no argument
    site.patterns.append((re.compile(r"/lists/"), made(lambda asked: _sitemaps(site.url, asked), "application/xml")))


def _calendar(url: str, asked: Asked) -> str:
    """Each month leads to the ones before and after it, and shows nothing."""
    match = _MONTH.match(asked.path)
    year, month = (int(match[1]), int(match[2])) if match else (2026, 4)
    before = f"{url}/events/{year - (month == 1)}/{(month - 2) % 12 + 1:02}/"
    after = f"{url}/events/{year + (month == 12)}/{month % 12 + 1:02}/"
    return listing([], [before, after], title=f"Events in {month} {year}")


def _pagination(url: str, asked: Asked) -> str:
    """Every page shows the same posts."""
    number = _number(asked.path)
    return listing([(f"{url}/2009/10/note-{one}/", f"Note {one}") for one in range(3)], [f"{url}/endless/page/{number + 1}/"])


def _fresh(url: str, asked: Asked) -> str:
    """Every page shows posts that nobody has seen, and none of them is one."""
    if "/page/" not in asked.path:
        return plain_listing([])
    number = _number(asked.path)
    return listing([(f"{url}/fresh/fake-{number}-{one}/", f"Fake {one}") for one in range(10)], [f"{url}/fresh/page/{number + 1}/"])


def _facets(url: str, asked: Asked) -> str:
    names = [name for name in ("color", "size", "brand", "price", "sort", "view") if f"{name}=" not in asked.path]
    mark = "&" if "?" in asked.path else "?"
    return plain_listing([(f"{url}{asked.path}{mark}{name}={value}", f"{name} {value}") for name, value in product(names, range(4))], "Shoes")


def _random(url: str, _asked: Asked) -> str:
    links = []
    for number in range(9):
        parts = [secrets.token_hex(3) for _ in range(number % 4 + 1)]
        links.append((f"{url}/maze/{'/'.join(parts)}", f"Way {number}"))
    return plain_listing(links, "A maze")


def _repeating(url: str, asked: Asked) -> str:
    return plain_listing([(f"{url}{asked.path}{part}/", f"Deeper {part}") for part in ("a/b", "c", "d")], "Deeper")


def _sessions(url: str, asked: Asked) -> str:
    """Real posts, under another address with each view, and without a canonical one."""
    links = "".join(f'<h3><a href="{url}/visit/s-{secrets.token_hex(12)}/2009/11/visit-{one}.html">Visit {one}</a></h3>' for one in range(SESSION_POSTS))
    number = re.search(r"visit-(\d+)\.html", asked.path)
    if not number:
        return f"<!DOCTYPE html><html><body><main>{links}</main></body></html>"
    return post("", f"Visit {number[1]}", words_of(int(number[1]), "visit"), (f"Visited {number[1]}.",), canonical="", extra=links).replace('href=""', f'href="{url}{asked.path}"')


def _sessions_in_query(url: str, asked: Asked) -> str:
    """The same, as a parameter."""
    token = secrets.token_hex(16)
    ways = ("PHPSESSID", "jsessionid", "sid", "osCsid", "session_id", "utm_source", "fbclid", "share", "replytocom")
    if asked.path.startswith("/talks/talk"):
        return post("", "Talk", words_of(40, "talk"), ("Talked.",), canonical="").replace('href=""', f'href="{url}{asked.path}"')
    return listing([(f"{url}/talks/talk?{way}={token}", f"Talk by {way}") for way in ways], title="Talks")


def _mirror(url: str, asked: Asked) -> str:
    """One post under addresses without end."""
    links = "".join(f'<h3><a href="{url}/mirror/{secrets.token_hex(4)}">Mirror {one}</a></h3>' for one in range(5))
    if asked.path == "/mirror/0":
        return f"<!DOCTYPE html><html><body><main>{links}</main></body></html>"
    return post("", "Mirrored", words_of(50, "mirror"), ("In the mirror.",), canonical="", extra=links).replace('href=""', f'href="{url}{asked.path}"')


def _comment_pages(url: str, asked: Asked) -> str:
    """A thread whose every page of comments has a next one, with the same comments."""
    own = f"{url}/thread-trap/"
    number = _number(asked.path) or 1
    extra = "".join(f'<a href="{own}comment-page-{number + one}/#comments">Newer</a>' for one in (1, 2))
    return post(own, "A thread that goes on", words_of(60, "trap"), ("Trapped once.", "Trapped twice."), extra=extra)


def _sitemaps(url: str, asked: Asked) -> bytes:
    """Indexes that lead to further indexes, and lists of junk."""
    if "/junk" in asked.path:
        return sitemap(*(f"{url}/lists/nothing-{secrets.token_hex(4)}" for _ in range(5)))
    if "/nothing" in asked.path:
        return b"<!DOCTYPE html><html><body>nothing</body></html>"
    return index(*(f"{url}/lists/{kind}-{secrets.token_hex(4)}.xml" for kind in ("index", "junk", "index")))


def _number(path: str) -> int:
    found = re.search(r"page[-/](\d+)", path)
    return int(found[1]) if found else 0


_PAGES: dict[str, Callable[[str, Asked], str]] = {
    r"/events/": _calendar,
    r"/endless/": _pagination,
    r"/fresh/": _fresh,
    r"/shop/": _facets,
    r"/maze/": _random,
    r"/loop/": _repeating,
    r"/visit/": _sessions,
    r"/talks/": _sessions_in_query,
    r"/mirror/": _mirror,
    r"/thread-trap/": _comment_pages,
}

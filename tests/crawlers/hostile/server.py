"""The hostile server: a small normal blog with traps beside it, and hosts that do everything a server should not do.

Every host has normal posts, too; `Hostile.posts` says which posts and how many comments of each are to be had.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest

from tests.crawlers.hostile import answers, lists, odd, trapping
from tests.crawlers.hostile.blogging import XML, listing, post, robots, sitemap, words_of
from tests.crawlers.hostile.engine import Answerer, Site, moved, running, said

TRAPS, WORST, SLOW, ODD, LISTS, BUSY, AWAY, DEAD, MUTE, WAYS, LED = (
    "traps", "worst", "slow", "odd", "lists", "busy", "away", "dead", "mute", "ways", "led",
)
NAMES = (TRAPS, WORST, SLOW, ODD, LISTS, BUSY, AWAY, DEAD, MUTE, WAYS, LED)
UNREACHABLE = (DEAD, MUTE, LED)     # nothing of theirs can be had
REFRESH_AFTER = 2                   # seconds that the busy host asks to wait for


@dataclass
class Hostile:
    """All hosts, the one that is forbidden, and what is to be had."""

    sites: dict[str, Site]
    forbidden: Site
    posts: dict[str, int] = field(default_factory=dict)     # address -> comments

    @property
    def starts(self) -> list[str]:
        return [f"{site.url}/" for site in self.sites.values()]

    @property
    def opened(self) -> list[str]:
        return [site.place for site in self.sites.values()]

    def cost(self, trap: str) -> int:
        """Requests that went into a trap."""
        return sum(path.startswith(trapping.PREFIXES[trap] + "/") for path in self.sites[TRAPS].paths)

    def normal(self, name: str, number: int, comments: int = 2) -> str:
        """A normal post on a host; its address."""
        site = self.sites[name]
        path = f"/2009/10/note-{number}/"
        said_there = tuple(f"Reader {one} of {name} on note {number}." for one in range(comments))
        share = f'<a href="{site.url}{path}?share=twitter">share</a><a href="{site.url}{path}?replytocom=1#respond">reply</a>'
        site.answers[path] = said(post(site.url + path, f"Note {number}", words_of(number, name), said_there, extra=share).encode())
        self.posts[site.url + path] = comments
        return site.url + path


@contextmanager
def hostile(*, scale: float = 1.0) -> Iterator[Hostile]:
    """The server, running. `scale` < 1 makes the huge things smaller."""
    sites = {name: Site(f"127.0.0.{number}", name) for number, name in enumerate(NAMES, 1)}
    world = Hostile(sites, Site("127.0.0.1", "forbidden"))
    listening = [site for name, site in sites.items() if name != DEAD]

    def meet() -> None:
        sites[DEAD].port = 9        # discard: nobody listens there
        for site in listening:
            site.answers |= {"/": said(listing([]).encode()), "/robots.txt": said(robots(f"Sitemap: {site.url}/posts.xml"), "text/plain")}
        _traps(world)
        _worst(world)
        _slow(world, scale)
        _odd(world, scale)
        lists.fill(world.sites[LISTS], world.forbidden.url, lambda number: world.normal(LISTS, number))
        _busy(world)
        _unreachable(world)
        _ways(world)

    with running(*listening, world.forbidden, meet=meet):
        yield world


def _traps(world: Hostile) -> None:
    site = world.sites[TRAPS]
    trapping.lay(site)
    normal = [world.normal(TRAPS, number) for number in range(12)]
    pages = [normal[start:start + 4] for start in range(0, 12, 4)]
    for number, shown in enumerate(pages, 1):
        path = f"/page/{number}/" if number > 1 else "/"
        further = [f"{site.url}/page/{number + 1}/"] if number < len(pages) else []
        site.answers[path] = said(listing([(url, url.split("/")[-2]) for url in shown], further).encode())
    entries = [site.url + entry for name, entry in trapping.ENTRIES.items() if name != "sitemaps"]
    site.answers["/posts.xml"] = said(sitemap(*entries, *normal[:3]), XML)
    site.answers["/robots.txt"] = said(robots(f"Sitemap: {site.url}/posts.xml", f"Sitemap: {site.url}{trapping.ENTRIES['sitemaps']}"), "text/plain")
    world.posts |= {f"{site.url}/thread-trap/": 2}


def _worst(world: Hostile) -> None:
    """Each bad answer stands between two normal posts."""
    site = world.sites[WORST]
    bad = answers.worst(post("", "Not to be had", words_of(1, "bad")).encode())
    bad["redirected"] = moved(f"{site.url}/2009/10/note-0/")
    answers.chain("/worst/chain", 40, site.answers)
    site.answers |= {f"/worst/{name}": answer for name, answer in bad.items()}
    site.answers |= lists.walls(site.url)
    entries = [site.url + path for path in site.answers if path.startswith(("/worst/", "/walled/")) and not path[-1].isdigit()]
    _between(world, WORST, entries, 12)


def _between(world: Hostile, name: str, entries: list[str], count: int) -> None:
    """A sitemap of these addresses, with a normal post after every few."""
    site = world.sites[name]
    step = max(1, len(entries) // count)
    groups = [entries[start:start + step] for start in range(0, len(entries), step)]
    normal = [world.normal(name, number) for number in range(max(count, len(groups)))]
    mixed = [url for group, url in zip_longest(groups, normal, fillvalue=[]) for url in [*group, url] if url]   # type: ignore[list-item,misc]  # the filling falls out
    site.answers["/posts.xml"] = said(sitemap(*mixed), XML)


def _slow(world: Hostile, scale: float) -> None:
    """In the short form only every second way to be slow: each costs seconds."""
    site = world.sites[SLOW]
    site.answers |= {f"/slow/{name}": answer for name, answer in list(answers.slow().items())[:: 1 if scale >= 1 else 2]}
    _between(world, SLOW, [site.url + path for path in site.answers if path.startswith("/slow/")], 7)


def _odd(world: Hostile, scale: float) -> None:
    site = world.sites[ODD]
    found = odd.pages(lambda name: f"{site.url}/odd/{name}/", scale=scale)
    for name, page in found.items():
        site.answers[f"/odd/{name}/"] = page.answer
        world.posts[f"{site.url}/odd/{name}/"] = page.comments
    site.answers["/posts.xml"] = said(sitemap(*(f"{site.url}/odd/{name}/" for name in found)), XML)


def _busy(world: Hostile) -> None:
    """One host asks for a short while, in seconds and as a date; the other one for a day."""
    site = world.sites[BUSY]
    normal = [world.normal(BUSY, number) for number in range(6)]
    for path, wait in (("/2009/10/note-1/", lambda: str(REFRESH_AFTER)), ("/2009/10/note-3/", lambda: _date(REFRESH_AFTER)), ("/2009/10/note-5/", lambda: "-1")):
        site.answers[path] = _at_first(wait, site.answers[path], 429 if path.endswith("1/") else 503)
    site.answers["/posts.xml"] = said(sitemap(*normal), XML)
    away = world.sites[AWAY]
    normal = [world.normal(AWAY, number) for number in range(5)]
    for url in normal[2:]:
        del world.posts[url]
    away.answers["/2009/10/note-2/"] = said(b"", status=503, Retry_After="86400")
    away.answers["/posts.xml"] = said(sitemap(*normal), XML)


def _at_first(wait: object, then: Answerer, status: int) -> Answerer:
    """Says once that one should come again later."""
    asked: list[float] = []

    async def answer(one: object, writer: object) -> None:
        asked.append(time.monotonic())
        first = len(asked) == 1
        await (said(b"later", status=status, Retry_After=wait()) if first else then)(one, writer)    # type: ignore[arg-type,operator]  # as an Answerer is called
    return answer   # type: ignore[return-value]  # see above


def _date(seconds: float) -> str:
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


def _unreachable(world: Hostile) -> None:
    mute, led = world.sites[MUTE], world.sites[LED]
    mute.answers.clear()
    mute.patterns.append(lists.anything(answers.hang()))
    led.answers["/robots.txt"] = moved(f"{world.forbidden.url}/robots.txt")


def _ways(world: Hostile) -> None:
    """Every way that leads to the forbidden address."""
    site, inside = world.sites[WAYS], world.forbidden.url
    normal = [world.normal(WAYS, number) for number in range(3)]
    leading = lists.ways(site.url, inside)
    site.answers |= {path: answer for path, answer, _comments in leading}
    world.posts |= {site.url + path: comments for path, _answer, comments in leading if comments is not None}
    entries = [site.url + path for path, *_rest in leading]
    site.answers["/posts.xml"] = said(sitemap(normal[0], *entries, f"{inside}/from-sitemap", *normal[1:]), XML)
    site.answers["/"] = said(listing([(f"{inside}/from-listing", "Inside"), (normal[0], "Note")], [f"{inside}/page/2/", f"{inside}/2009/10/"], head=(
        f'<link rel="alternate" type="application/rss+xml" href="{inside}/feed/"><link rel="next" href="{inside}/next">'
        f'<link rel="https://api.w.org/" href="{inside}/wp-json/"><link rel="pingback" href="{inside}/xmlrpc.php">')).encode())
    site.answers["/robots.txt"] = said(robots(f"Sitemap: {site.url}/posts.xml", f"Sitemap: {inside}/sitemap.xml"), "text/plain")

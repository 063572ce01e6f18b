"""One crawl of the hostile server, in its short form; `bench/hostile.py` is the long one.

Every normal post and comment and every storable odd page is there, nothing twice, nothing of the forbidden address was asked for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawlers import packed
from crawlers.failures import LATER
from crawlers.reading import read
from pipeline.clean import clean
from schema.items import Page
from tests.crawlers.hostile import answers, lists, odd, trapping
from tests.crawlers.hostile.blogging import robots
from tests.crawlers.hostile.crawling import Crawled, by_scrapy
from tests.crawlers.hostile.engine import Answerer, Asked, Site, said
from tests.crawlers.hostile.server import (
    AWAY,
    BUSY,
    DEAD,
    LISTS,
    MUTE,
    NAMES,
    REFRESH_AFTER,
    TRAPS,
    UNREACHABLE,
    WAYS,
    Hostile,
    hostile,
)

MOST_FOR_A_TRAP = 60
MOST_MEGABYTES = 300


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hostile, Crawled]]:
    with hostile(scale=0.1) as world:
        yield world, by_scrapy(world, tmp_path_factory.mktemp("hostile"), *NAMES, DOWNLOAD_TIMEOUT=3, RETRY_TIMES=1, HUBBUB_FAILURES_IN_A_ROW=40, LOG_LEVEL="INFO")


Both = tuple[Hostile, Crawled]


def test_every_normal_post_and_every_odd_one_is_there_with_all_its_comments(crawled: Both) -> None:
    world, run = crawled
    assert run.code == 0, run.err[-3000:]
    assert len(world.posts) > 100
    assert run.missing(world, *(name for name in NAMES if name not in UNREACHABLE)) == []


def test_nothing_is_there_twice_and_nothing_that_is_no_post(crawled: Both) -> None:
    world, run = crawled
    assert (run.duplicates, run.unexpected(world)) == ([], [])


def test_nothing_of_the_forbidden_address_was_asked_for(crawled: Both) -> None:
    world, _run = crawled
    assert len(world.sites[WAYS].paths) > 20, "all ways there were tried"
    assert (world.forbidden.connections, world.forbidden.paths) == (0, [])


@pytest.mark.parametrize("trap", trapping.ENTRIES)
def test_each_trap_costs_few_requests(crawled: Both, trap: str) -> None:
    assert 0 < crawled[0].cost(trap) <= MOST_FOR_A_TRAP


def test_it_needs_little_room_and_ends(crawled: Both) -> None:
    _world, run = crawled
    assert run.megabytes < MOST_MEGABYTES
    assert run.seconds < 120


def test_what_could_not_be_had_is_counted_by_reason(crawled: Both) -> None:
    _world, run = crawled
    assert {
        "broken feed", "broken sitemap", "browser check", "connection failed", "connection refused", "cookie wall", "damaged answer", "headers too large",
        "host asked to wait", "login wall", "no answer in time", "no new comments on such pages", "no new posts on such pages", "no post on the page",
        "no posts behind such addresses", "not a page", "not found page", "private address", "repeating path", "robots unreachable",
        "same post at another address", "server error", "too large", "too many redirects",
    } <= set(run.reasons)
    assert "reader failed" not in run.reasons
    assert "Traceback" not in run.err


def test_what_waits_for_a_host_that_asked_for_time_is_left_for_the_next_run(crawled: Both) -> None:
    world, run = crawled
    assert run.waiting == [f"{world.sites[AWAY].url}/2009/10/note-{number}/" for number in (2, 3, 4)]
    asked = world.sites[AWAY].paths
    assert asked.index("/2009/10/note-2/") == len(asked) - 1, "nothing was asked after that"
    assert LATER & set(run.reasons)


def test_no_cookie_no_referer_and_no_password_was_sent(crawled: Both) -> None:
    for site in crawled[0].sites.values():
        assert all({"cookie", "referer", "authorization"}.isdisjoint(one.headers) for one in site.asked)


def test_what_is_printed_holds_nothing_that_a_terminal_would_obey(crawled: Both) -> None:
    _world, run = crawled
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", run.out + run.err)


@pytest.fixture(scope="module")
def polite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hostile, Crawled]]:
    """Hosts that ask for time and one that has a Crawl-delay, half a second apart."""
    with hostile(scale=0.01) as world:
        delayed = world.sites[WAYS].answers
        delayed["/robots.txt"] = _robots_with_delay(world.sites[WAYS])
        yield world, by_scrapy(world, tmp_path_factory.mktemp("polite"), BUSY, AWAY, LISTS, WAYS, delay=0.3, max_pages=60, AUTOTHROTTLE_ENABLED=False)


CRAWL_DELAY = 1.0
JITTER = 0.5        # Scrapy's, so that nobody can tell a crawler by its beat


def _robots_with_delay(site: Site) -> Answerer:
    return said(robots(f"Crawl-delay: {CRAWL_DELAY:g}", f"Sitemap: {site.url}/posts.xml"), "text/plain")


POLITE = (BUSY, AWAY, LISTS, WAYS)


def test_robots_txt_is_asked_first_and_once(polite: Both) -> None:
    for name in POLITE:
        paths = polite[0].sites[name].paths
        assert (paths[0], paths.count("/robots.txt")) == ("/robots.txt", 1)


def test_never_more_than_one_request_at_a_time_to_a_host(polite: Both, crawled: Both) -> None:
    for world in (polite[0], crawled[0]):
        for site in world.sites.values():
            asked = sorted(site.asked, key=lambda one: one.began)
            assert not [(one.path, other.path) for one, other in pairwise(asked) if other.began < one.ended - 0.05], site.name


def test_delays_are_kept(polite: Both) -> None:
    for name, delay in ((BUSY, 0.3 * (1 - JITTER)), (LISTS, 0.3 * (1 - JITTER)), (AWAY, 0.3 * (1 - JITTER)), (WAYS, CRAWL_DELAY)):
        asked = polite[0].sites[name].asked[1:]     # robots.txt itself, and what waited for it, may come together
        short = [(one.path, round(other.began - one.began, 2)) for one, other in pairwise(asked[1:]) if other.began - one.began < delay - 0.05]
        assert len(short) <= len(asked) // 10, (name, short)       # a busy machine may note one of them late


def test_nothing_is_asked_while_a_host_asks_for_time(polite: Both) -> None:
    asked = polite[0].sites[BUSY].asked
    for path in ("/2009/10/note-1/", "/2009/10/note-3/"):
        first, second = [one for one in asked if one.path == path][:2]
        # A date has no fractions of a second.
        assert not [one.path for one in asked if first.began < one.began < first.began + REFRESH_AFTER - 1.05], path
        assert second.began - first.began >= REFRESH_AFTER - 1.05
    assert polite[0].sites[AWAY].paths[-1] == "/2009/10/note-2/"


class Kept:
    """Takes what an answer writes."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)
        if sum(map(len, self.parts)) > 4 * answers.MIB:
            raise ConnectionError

    async def drain(self) -> None:
        """At once."""


ALL: dict[str, Answerer] = {
    **{f"odd {name}": page.answer for name, page in odd.pages(lambda name: f"http://blog.example/odd/{name}/", scale=0.02).items()},
    **{f"worst {name}": answer for name, answer in answers.worst(b"<html><p>words").items() if not name.startswith(("bomb", "reset"))},
    **lists.walls("http://blog.example"),
    **{path: answer for path, answer, _count in lists.ways("http://blog.example", "http://inside.example")},
}


@pytest.mark.parametrize("name", ALL)
def test_whatever_the_server_says_reading_it_never_raises(name: str) -> None:
    kept = Kept()
    with suppress(ConnectionError):
        asyncio.run(asyncio.wait_for(ALL[name](Asked("/", {}, 0.0), kept), 20))     # type: ignore[arg-type]  # as much of a writer as is needed
    start, _, body = b"".join(kept.parts).partition(b"\r\n\r\n")
    headers = tuple((one.lower(), value.strip()) for one, _, value in (line.partition(":") for line in start.decode("latin-1").split("\r\n")[1:]))
    for bytes_read in (body, start + body, _unpacked(body, headers)):
        page = Page("http://blog.example/odd/", bytes_read, datetime(2026, 5, 1, tzinfo=UTC), headers)
        for thread in read(page).threads:
            clean(thread, page)


def _unpacked(body: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    with suppress(packed.Damaged, packed.TooLarge):
        return packed.unpacked(body, ",".join(value for name, value in headers if name == "content-encoding"))
    return b""


def test_a_host_that_does_not_answer_stops_none_of_the_others(crawled: Both) -> None:
    world, run = crawled
    assert {DEAD, MUTE} <= set(UNREACHABLE)
    assert f"{world.sites[DEAD].url}/ could not be collected" in run.err
    assert f"{world.sites[MUTE].url}/ could not be collected" in run.err
    assert world.sites[TRAPS].paths, "the others went on"


"""What the handler does with hosts that flood, fall silent or ask for time; real requests to a real server on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crawlers.hostile import answers
from tests.crawlers.hostile.engine import Answerer, Asked, Site, raw, running, said

ROOT = Path(__file__).parents[2]
ASK = """
import json, sys
from scrapy import Request, Spider
from crawlers import failures
from crawlers.addresses import parse_opened
from crawlers.running import run_spider

class Asking(Spider):
    name = "asking"
    custom_settings = {"ITEM_PIPELINES": {"crawlers.pipelines.Store": None}, "HUBBUB_ARCHIVE": ""}
    opened = parse_opened([sys.argv[1].removeprefix("http://")])
    came = {}
    async def start(self):
        for path in sys.argv[3:]:
            yield Request(sys.argv[1] + path, callback=self.parse, errback=self.failed, dont_filter=True)
    def parse(self, response):
        self.came[response.url] = response.status
    def failed(self, failure):
        self.came[failure.request.url] = failures.reason(failure.value)

crawler = run_spider(Asking, {"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 2, **json.loads(sys.argv[2])}, {})
print(json.dumps(crawler.spider.came))
"""


def ask(site: Site, *paths: str, **settings: object) -> dict[str, object]:
    """What came of asking for these paths, in a process of its own."""
    command = [sys.executable, "-c", ASK, site.url, json.dumps({"DOWNLOAD_TIMEOUT": 2, **settings}), *paths]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    return {url.removeprefix(site.url): came for url, came in json.loads(run.stdout.splitlines()[-1]).items()}


@contextmanager
def site_with(answers: dict[str, Answerer]) -> Iterator[Site]:
    site = Site("127.0.0.1", "one", answers)
    with running(site, meet=lambda: None):
        yield site


def test_headers_without_end_are_cut_off_at_once() -> None:
    floods = {f"/{name}": answer for name, answer in answers.worst(b"<html>").items() if name in ("many-headers", "long-header", "folded-header", "continue-for-ever")}
    large = raw(b"HTTP/1.1 200 OK\r\nX-Large: " + b"a" * 30_000 + b"\r\nContent-Length: 2\r\n\r\nok")
    with site_with({**floods, "/large": large}) as site:
        came = ask(site, *floods, "/large", DOWNLOAD_TIMEOUT=20)
    assert came == {**dict.fromkeys(floods, "headers too large"), "/large": 200}
    assert all(site.paths.count(path) == 1 for path in floods), "nobody asks twice for a flood"
    assert all(one.ended - one.began < 10 for one in site.asked)


def test_a_drip_and_a_hang_end_in_time() -> None:
    slow = {f"/{name}": answer for name, answer in answers.slow().items() if name in ("drip-body", "drip-head", "hang-at-once", "hang-in-body")}
    with site_with({**slow}) as site:
        came = ask(site, *slow, RETRY_TIMES=0)
    assert came == dict.fromkeys(slow, "no answer in time")
    assert all(one.ended - one.began < 4 for one in site.asked if one.path != "/robots.txt")


def busy(times: int, status: int = 503, wait: str = "1") -> Answerer:
    """Asks that often for time, then gives in."""
    left = [times]

    async def answer(asked: Asked, writer: object) -> None:
        left[0] -= 1
        here = said(b"later", status=status, Retry_After=wait) if left[0] >= 0 else said(b"<html>here")
        await here(asked, writer)   # type: ignore[arg-type]  # as an Answerer is called
    return answer


def test_a_short_wait_is_kept_and_nothing_is_asked_within_it() -> None:
    with site_with({"/busy": busy(1, wait="2"), **{f"/{number}": said(b"<html>") for number in range(4)}}) as site:
        came = ask(site, "/0", "/busy", "/1", "/2")
    assert set(came.values()) == {200}
    began = {one.path: [other.began for other in site.asked if other.path == one.path] for one in site.asked}
    first, second = began["/busy"]
    assert not [one.path for one in site.asked if first < one.began < first + 2]
    assert second >= first + 2


def test_a_long_wait_leaves_the_host_and_a_host_that_never_stops_asking_is_given_up() -> None:
    with site_with({"/long": busy(99, wait="86400"), "/other": said(b"<html>")}) as site:
        came = ask(site, "/long", "/other")
    assert came == {"/long": "host asked to wait", "/other": "host asked to wait"}
    assert site.paths == ["/robots.txt", "/long"]
    with site_with({"/always": busy(99, 429)}) as site:
        assert ask(site, "/always") == {"/always": "too many requests"}
    assert site.paths.count("/always") == 3


def test_a_host_that_falls_silent_is_left_alone() -> None:
    with site_with({"/robots.txt": said(b"", status=404), **{f"/{number}": answers.hang() for number in range(9)}}) as site:
        came = ask(site, *(f"/{number}" for number in range(9)), DOWNLOAD_TIMEOUT=0.5, RETRY_TIMES=0, HUBBUB_FAILURES_IN_A_ROW=4)
    assert set(came.values()) == {"no answer in time", "host does not answer"}
    assert len(site.paths) == 1 + 4

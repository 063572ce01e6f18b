from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from scrapy import Request
from scrapy.settings import Settings
from sqlalchemy import Engine

from crawlers import settings
from crawlers.downloading import patience_of
from crawlers.failures import ASKED_TO_WAIT, SILENT, Refused
from crawlers.middlewares.closed import ClosedHosts
from crawlers.patience import Closed
from pipeline import hosts

REQUEST = Request("http://blog.example/a")
SITE = "http://blog.example"


@dataclass
class Session:
    engine: Engine


@dataclass
class Store:
    session: Session


@dataclass(eq=False)
class Crawler:
    """As much of Scrapy's crawler as is needed."""

    engine_of_rows: Engine
    settings: Settings = field(default_factory=lambda: Settings({"HUBBUB_LONGEST_WAIT": settings.HUBBUB_LONGEST_WAIT, "HUBBUB_FAILURES_IN_A_ROW": 2}))

    def get_item_pipeline(self, _kind: object) -> Store:
        return Store(Session(self.engine_of_rows))


def run(engine: Engine) -> tuple[ClosedHosts, Any]:     # Any: stands for Scrapy's own
    crawler: Any = Crawler(engine)
    return ClosedHosts.from_crawler(crawler), crawler


def test_a_host_that_asked_for_a_long_wait_is_left_alone_by_the_next_run_too(engine: Engine) -> None:
    first, crawler = run(engine)
    first.process_request(REQUEST)
    assert not patience_of(crawler).busy(SITE, 7200)
    first.process_exception(REQUEST, Refused(ASKED_TO_WAIT))
    (kept,) = hosts.load(engine, [SITE]).values()
    assert kept.closed_why == ASKED_TO_WAIT
    assert kept.closed_until
    assert timedelta(hours=1) < kept.closed_until - datetime.now(UTC) < timedelta(hours=3)
    second, _crawler = run(engine)
    with pytest.raises(Refused) as error:
        second.process_request(REQUEST)
    assert (error.value.reason, error.value.detail) == (ASKED_TO_WAIT, f"{kept.closed_until:%Y-%m-%d %H:%M} UTC")
    second.process_request(Request("http://other.example/"))


def test_when_the_time_is_over_it_is_asked_again(engine: Engine) -> None:
    hosts.close(engine, SITE, datetime.now(UTC) - timedelta(seconds=1), ASKED_TO_WAIT)
    run(engine)[0].process_request(REQUEST)


def test_a_silent_host_is_left_alone_for_this_run_only(engine: Engine) -> None:
    first, crawler = run(engine)
    patience_of(crawler).close(SITE, Closed(SILENT, datetime.now(UTC) + timedelta(hours=1)))
    with pytest.raises(Refused, match=SILENT):
        first.process_request(REQUEST)
    first.process_exception(REQUEST, Refused(SILENT))
    assert not hosts.load(engine, [SITE])
    run(engine)[0].process_request(REQUEST)


def test_patience_belongs_to_one_crawl(engine: Engine) -> None:
    (_one, crawler), (_other, second) = run(engine), run(engine)
    assert patience_of(crawler) is patience_of(crawler) is not patience_of(second)
    assert isinstance(WeakKeyDictionary({crawler: 1}), WeakKeyDictionary)

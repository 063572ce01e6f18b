"""Hosts that are left alone, in this run and, where they asked for it, in the next ones: nothing of theirs is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from sqlalchemy import Engine

from crawlers.downloading import patience_of, refused, site_of
from crawlers.failures import ASKED_TO_WAIT, Refused
from crawlers.patience import Closed, Patience
from crawlers.pipelines import Store
from pipeline import hosts


class ClosedHosts:
    """Refuses requests to closed hosts before they wait for anything; writes down which host asked for how long."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._looked_up: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ClosedHosts:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        site = site_of(request.url)
        if site not in self._looked_up:
            self._looked_up.add(site)
            self._recall(site)
        if closed := self._patience.closed(site):
            raise refused(closed)

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, Refused) and (engine := self._engine):
            for site, closed in self._patience.news():
                if closed.why == ASKED_TO_WAIT:
                    hosts.close(engine, site, closed.until, closed.why)

    def _recall(self, site: str) -> None:
        known = hosts.load(self._engine, [site]).get(site) if self._engine else None
        if known and known.closed_until and known.is_closed(datetime.now(UTC)):
            self._patience.close(site, Closed(known.closed_why, known.closed_until), is_known=True)

    @property
    def _patience(self) -> Patience:
        return patience_of(self._crawler)

    @property
    def _engine(self) -> Engine | None:
        """The database of the run; `hubbub explain` has none."""
        store = self._crawler.get_item_pipeline(Store)
        return store.session.engine if store and store.session else None

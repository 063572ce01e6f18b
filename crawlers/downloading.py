"""How an answer is fetched: Scrapy's own handler, with an end to headers, and with patience for hosts that ask for it.

Twisted reads header lines for as long as they come (26.10); a server could fill the memory with them within the time limit.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.web.http_headers import InvalidHeaderName

from crawlers.addresses import place_of
from crawlers.failures import ASKED_TO_WAIT, LONG_HEAD, Refused
from crawlers.patience import Closed, Patience, asked_to_wait

if TYPE_CHECKING:
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import HTTP11ClientProtocol
    from twisted.web._newclient import Request as Asked
    from twisted.web.iweb import IResponse

LONGEST_HEAD = 256 * 1024       # bytes of all header lines, those of 1xx answers too; browsers allow as much
_TICK = 0.25                    # seconds; so soon an interrupt is heard while we wait
_ATTEMPTS = 3                   # times that we wait for one address
_SILENCE = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError)
_of_crawlers: WeakKeyDictionary[Crawler, Patience] = WeakKeyDictionary()


class LongHead(Exception):
    """The headers of an answer have no end."""


def patience_of(crawler: Crawler) -> Patience:
    """The patience of this crawl: one, whatever the scheme."""
    if crawler not in _of_crawlers:
        most = crawler.settings.getint("HUBBUB_FAILURES_IN_A_ROW")
        _of_crawlers[crawler] = Patience(lambda: datetime.now(UTC), crawler.settings.getfloat("HUBBUB_LONGEST_WAIT"), most)
    return _of_crawlers[crawler]


def site_of(url: str) -> str:
    """Scheme and host, with its port: what answers, or does not."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Downloading(HTTP11DownloadHandler):
    """Waits while a host asks for it: the request keeps its turn, so that nothing else goes there, and other hosts go on.

    Each host has its turns, since Scrapy's slots hold their number of requests only where there is a delay between them (2.19).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._patience = patience_of(crawler)
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(at_once))

    async def download_request(self, request: Request) -> Response:
        async with self._turns[_server(request.meta.get("proxy") or request.url)]:
            return await self._patiently(request, site_of(request.url))

    async def _patiently(self, request: Request, site: str) -> Response:
        for attempt in range(_ATTEMPTS):
            await self._until_open(site)
            response = await self._answer(request, site)
            retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
            seconds = asked_to_wait(response.status, retry_after, datetime.now(UTC), attempt)
            if seconds is None or not self._is_borne(site, seconds):
                await asyncio.sleep(self._delay if attempt else 0)      # Scrapy counts from the first attempt
                return response
        self._patience.failed(site)
        request.meta["dont_retry"] = True
        return response

    def _is_borne(self, site: str, seconds: float) -> bool:
        """Whether we wait; a wait that is too long closes the host."""
        if not self._patience.busy(site, seconds):
            raise refused(self._patience.closed(site))
        return True

    async def _until_open(self, site: str) -> None:
        while not (closed := self._patience.closed(site)) and (left := self._patience.wait(site)):
            if not self._crawler.crawling:      # somebody wants to go home
                raise refused(Closed(ASKED_TO_WAIT, datetime.now(UTC) + timedelta(seconds=left)))
            await asyncio.sleep(min(left, _TICK))
        if closed:
            raise refused(closed)

    async def _answer(self, request: Request, site: str) -> Response:
        try:
            response = await super().download_request(request)
        except _SILENCE:
            self._patience.failed(site)
            raise
        except ResponseDataLossError:
            self._patience.answered(site)
            raise
        except DownloadFailedError as error:
            if _is_long_head(error):
                raise Refused(LONG_HEAD) from error
            raise
        self._patience.answered(site)
        return response


def _server(url: str) -> str:
    """Whose turn it is: one for http and https; a server at a port of its own is another one, and if it hangs, it hangs alone."""
    host, port = place_of(url)
    return host if port in (80, 443) else f"{host}:{port}"


def refused(closed: Closed | None) -> Refused:
    """The refusal for a host that is closed."""
    assert closed
    return Refused(closed.why, closed.when)


def _is_long_head(error: DownloadFailedError) -> bool:
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(LongHead) for reason in reasons)


class _Parser(_LenientHTTPClientParser):
    """Counts the bytes of all header lines."""

    MAX_LENGTH = 64 * 1024      # of one line
    _size = 0

    def lineReceived(self, line: bytes) -> None:
        self._size += len(line) + 1
        if self._size > LONGEST_HEAD:
            raise LongHead
        super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        """A header whose name is none is left out, as browsers do; the page may be good."""
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)     # type: ignore[no-untyped-call]  # Twisted has no types here

    def lineLengthExceeded(self, line: bytes) -> None:
        """One line alone; Twisted would close the connection and say nothing."""
        raise LongHead


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Asked) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser
        return answer

    def _giveUp(self, reason: object) -> None:
        """Torn, not closed: what floods us would go on until it hears."""
        super()._giveUp(reason)     # type: ignore[no-untyped-call]  # Twisted has no types here
        if self.transport is not None:
            self.transport.abortConnection()


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _Protocol(self._quiescentCallback)   # type: ignore[no-untyped-call]  # see above

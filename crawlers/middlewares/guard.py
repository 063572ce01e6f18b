"""The network guard: no request reaches a private address unless the person opened exactly that host and port.

Judged where it cannot be dodged: on the addresses that a name resolves to, right before the connection, for every hop.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # zope.interface has no types

from crawlers.addresses import Opened, is_bare, is_odd, is_private, place_of
from crawlers.failures import ODD_ADDRESS, PRIVATE_ADDRESS, Refused


class _Address(Protocol):
    host: str


class Receiver(Protocol):
    """What Twisted's IResolutionReceiver asks for."""

    def resolutionBegan(self, resolution: object) -> None: ...

    def addressResolved(self, address: _Address) -> None: ...

    def resolutionComplete(self) -> None: ...


class Resolver(Protocol):
    """What Twisted's IHostnameResolver asks for."""

    def resolveHostName(
        self,
        receiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[Any]] | None = None,    # Any: Twisted's own kinds of addresses
        transportSemantics: str = "TCP",
    ) -> object: ...


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on the public addresses of a name, and the private ones only of an opened host and port."""

    def __init__(self, inner: Resolver, opened: Opened) -> None:
        self.inner = inner
        self.refused: set[str] = set()
        self._opened = opened

    def resolveHostName(
        self,
        receiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[Any]] | None = None,    # Any: see Resolver
        transportSemantics: str = "TCP",
    ) -> object:
        host = hostName.lower()
        guarded = receiver if (host, portNumber) in self._opened else _PublicOnly(receiver, host, self.refused)
        return self.inner.resolveHostName(guarded, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    def __init__(self, receiver: Receiver, host: str, refused: set[str]) -> None:
        self._receiver = receiver
        self._host = host
        self._refused = refused

    def resolutionBegan(self, resolution: object) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: _Address) -> None:
        if is_private(address.host):
            self._refused.add(self._host)
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


class NetworkGuard:
    """Puts the guarded resolver in place for the crawl, and gives what it refused its reason."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._resolver: GuardedResolver | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NetworkGuard:
        guard = cls(getattr(crawler.spider, "opened", frozenset()))
        crawler.signals.connect(guard.spider_opened, signals.spider_opened)
        crawler.signals.connect(guard.spider_closed, signals.spider_closed)
        return guard

    def spider_opened(self, spider: Spider) -> None:
        reactor = _reactor()
        self._resolver = GuardedResolver(reactor.nameResolver, self._opened)
        reactor.installNameResolver(self._resolver)

    def spider_closed(self, spider: Spider) -> None:
        if self._resolver:
            _reactor().installNameResolver(self._resolver.inner)

    def process_request(self, request: Request) -> None:
        """Behind a proxy a name is resolved elsewhere, out of sight: then bare addresses are what can be judged here."""
        for url in filter(None, (request.url, request.meta.get("proxy"))):
            place = place_of(url)
            if place not in self._opened:
                _judge(place)

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, CannotResolveHostError) and self._resolver:
            place = place_of(request.meta.get("proxy") or request.url)
            if place[0] in self._resolver.refused and place not in self._opened:
                raise _private(place)


def _judge(place: tuple[str, int]) -> None:
    if is_odd(place[0]):
        raise Refused(ODD_ADDRESS, place[0])
    if is_bare(place[0]) and is_private(place[0]):
        raise _private(place)


def _private(place: tuple[str, int]) -> Refused:
    host = f"[{place[0]}]" if ":" in place[0] else place[0]
    return Refused(PRIVATE_ADDRESS, f"{host}:{place[1]}")


class _Reactor(Protocol):
    nameResolver: Resolver

    def installNameResolver(self, resolver: Resolver) -> Resolver: ...


def _reactor() -> _Reactor:
    from twisted.internet import reactor  # only now: importing it chooses the reactor

    return cast(_Reactor, reactor)

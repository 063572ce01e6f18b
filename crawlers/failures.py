"""Why a page could not be had: a short stable reason for counting, and a sentence for the person who named the page."""

from __future__ import annotations

from collections.abc import Mapping

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed


class Refused(IgnoreRequest):
    """We did not fetch it, or did not use it, for the reason given."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail or reason


DISALLOWED = "disallowed by robots.txt"
ROBOTS_UNREACHABLE = "robots unreachable"
LONG_DELAY = "crawl delay too long"
PRIVATE_ADDRESS = "private address"
ODD_ADDRESS = "odd address"
NOT_FOUND = "not found"
NOT_A_PAGE = "not a page"
DAMAGED = "damaged answer"
HANGS = "reading does not end"       # so says the watchdog that had to end a run
TOO_LARGE = "too large"
LONG_HEAD = "headers too large"
ASKED_TO_WAIT = "host asked to wait"
SILENT = "host does not answer"
LATER = frozenset((ASKED_TO_WAIT, SILENT))      # nothing was asked: the address waits for the next run

_BY_ERROR: Mapping[type[Exception], str] = {
    CannotResolveHostError: "unknown host",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "no answer in time",
    DownloadCancelledError: TOO_LARGE,
    ResponseDataLossError: DAMAGED,
    UnsupportedURLSchemeError: "not http",
    DownloadFailedError: "connection failed",
}
# Not asked again of its own accord: nothing will have changed by the next run.
FOR_GOOD = frozenset((DISALLOWED, LONG_DELAY, PRIVATE_ADDRESS, ODD_ADDRESS, NOT_FOUND, "forbidden", "password needed", "withheld for legal reasons", TOO_LARGE, LONG_HEAD, "not http"))
# The host did answer, and there is nothing to be had at that address.
FRUITLESS = frozenset((NOT_FOUND, "forbidden", "password needed", TOO_LARGE, LONG_HEAD, DAMAGED, "too many redirects"))
_NOBODY_THERE = ("unknown host", "connection refused")       # then it is not for its robots.txt that a page cannot be had
# Everything that fetching may raise on account of the network, the server or our own refusals.
DOWNLOAD_ERRORS: tuple[type[Exception], ...] = (*_BY_ERROR, IgnoreRequest, HttpError, TunnelError, ConnectError, ConnectionClosed, OSError, ValueError)
_BY_STATUS = {
    401: "password needed",
    403: "forbidden",
    404: NOT_FOUND,
    410: NOT_FOUND,
    429: "too many requests",
    451: "withheld for legal reasons",
}
_SENTENCES = {
    "unknown host": "the name of the host is not known. Check the spelling, or whether this machine has a network",
    "connection refused": "nothing answers there (connection refused). Check the address and the port, or try later",
    "no answer in time": "the server did not answer in time. Try later",
    TOO_LARGE: "the answer is larger than 16 MiB, which is no page of a blog",
    "connection failed": "the connection broke off. Try later",
    LONG_HEAD: "the headers of the answer have no end",
    ASKED_TO_WAIT: "its server asks not to be asked again before {detail}. Run it again after that",
    SILENT: "its server has failed to answer several times in a row. Try later",
    "certificate not valid": "the certificate of the server is not valid, so nobody knows who answers there",
    "password needed": "the server wants a password",
    "forbidden": "the server forbids it (403). Ask its owner for access, or leave it",
    "too many requests": "the server says we ask too often (429). Try later with a longer --delay",
    "too many redirects": "it leads from one address to the next without end",
    NOT_FOUND: "the server has no such page (404). Check the address",
    NOT_A_PAGE: "what the server sent is no page",
    DISALLOWED: "its robots.txt disallows it, and hubbub obeys",
    LONG_DELAY: "its robots.txt asks for {detail} between two requests, longer than hubbub waits. Ask its owner for a shorter delay, or leave it",
    ODD_ADDRESS: "its host is a number in a spelling that only serves to hide an address. Write it plainly, as in 203.0.113.7",
    PRIVATE_ADDRESS: "it leads to a private address of this machine or network. If you mean it, open it with --allow-private {detail}",
    ROBOTS_UNREACHABLE: "its robots.txt could not be had ({detail}), and without that nothing may be fetched. Try later",
    DAMAGED: "the answer is damaged: {detail}. Try again",
    "server error": "the server failed. Try later",
    "not http": "only http and https addresses can be crawled",
}


def reason(error: BaseException | None) -> str:
    """The reason under which this error is counted."""
    match error:
        case Refused():
            return error.detail if error.reason == ROBOTS_UNREACHABLE and error.detail in _NOBODY_THERE else error.reason
        case HttpError():
            return by_status(error.response.status)
        case IgnoreRequest():
            return _ignored(error)
        case DownloadFailedError() if "certificate" in str(error):
            return "certificate not valid"
    return next((name for kind, name in _BY_ERROR.items() if isinstance(error, kind)), "connection failed")


def status(error: BaseException | None) -> int | None:
    """The HTTP status of the answer, if there was one."""
    return int(error.response.status) if isinstance(error, HttpError) else None


def by_status(status: int) -> str:
    """The reason for an HTTP status that is no success."""
    return _BY_STATUS.get(status, "server error" if status >= 500 else f"status {status}")


def _ignored(error: IgnoreRequest) -> str:
    words = str(error)
    if "redirections" in words:
        return "too many redirects"
    return TOO_LARGE if "DOWNLOAD_MAXSIZE" in words else "ignored"


def sentence(url: str, why: str, detail: str = "") -> str:
    """What the person who named this address must hear."""
    if detail == why or (why == ROBOTS_UNREACHABLE and detail in _SENTENCES):     # the host does not answer at all, robots.txt or not
        why, detail = detail, ""
    said = _SENTENCES.get(why, f"the server answered with {why}" if why.startswith("status") else why)
    extra = f" ({detail})" if detail and "{detail}" not in said else ""
    return f"{url} could not be collected: {said.replace('{detail}', detail).strip()}{extra}."


def detail(error: BaseException | None) -> str:
    """What else is known, for the sentence."""
    match error:
        case Refused():
            return error.detail if error.detail != error.reason else ""
        case HttpError():
            return f"status {error.response.status}" if error.response.status >= 500 else ""
        case ResponseDataLossError():
            return "it broke off before its end"
    return ""

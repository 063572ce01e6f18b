from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers import failures


def answered(status: int) -> HttpError:
    return HttpError(Response("http://blog.example/", status=status))


@pytest.mark.parametrize(("error", "reason"), [
    (CannotResolveHostError(), "unknown host"),
    (DownloadTimeoutError(), "no answer in time"),
    (DownloadFailedError("[('SSL routines', '', 'certificate verify failed')]"), "certificate not valid"),
    (DownloadFailedError("connection was closed"), "connection failed"),
    (ResponseDataLossError(), "damaged answer"),
    (IgnoreRequest("max redirections reached"), "too many redirects"),
    (IgnoreRequest("... exceeded DOWNLOAD_MAXSIZE (16 B) during decompression."), "too large"),
    (failures.Refused("private address"), "private address"),
    (failures.Refused("robots unreachable", "robots.txt answered 503"), "robots unreachable"),
    (failures.Refused("robots unreachable", "unknown host"), "unknown host"),
    (answered(404), "not found"),
    (answered(410), "not found"),
    (answered(403), "forbidden"),
    (answered(429), "too many requests"),
    (answered(503), "server error"),
    (answered(418), "status 418"),
    (OSError("wire cut"), "connection failed"),
])
def test_every_failure_has_a_short_stable_reason(error: Exception, reason: str) -> None:
    assert failures.reason(error) == reason
    assert isinstance(error, failures.DOWNLOAD_ERRORS)


@pytest.mark.parametrize(("why", "detail", "words"), [
    ("unknown host", "", "the name of the host is not known"),
    ("robots unreachable", "unknown host", "the name of the host is not known"),
    ("robots unreachable", "robots.txt answered 503", "its robots.txt could not be had (robots.txt answered 503)"),
    ("private address", "10.0.0.1:80", "--allow-private 10.0.0.1:80"),
    ("server error", "status 500", "the server failed. Try later (status 500)"),
    ("connection refused", "connection refused", "Check the address and the port, or try later."),
    ("status 418", "", "the server answered with status 418."),
])
def test_a_person_hears_one_sentence_that_says_what_happened_to_what(why: str, detail: str, words: str) -> None:
    sentence = failures.sentence("http://blog.example/", why, detail)
    assert sentence.startswith("http://blog.example/ could not be collected: ")
    assert words in sentence
    assert "{" not in sentence
    assert "\n" not in sentence

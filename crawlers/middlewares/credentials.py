"""User names and passwords inside addresses: never sent, to no host, and so on record nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request


class Credentials:
    """Asks for the same address without `user:password@`: a page or a redirect may have put it there, for whoever listens."""

    def process_request(self, request: Request) -> Request | None:
        plain = without_credentials(request.url)
        return None if plain == request.url else request.replace(url=plain, dont_filter=True)


def without_credentials(url: str) -> str:
    """The address as it is meant for everyone."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url

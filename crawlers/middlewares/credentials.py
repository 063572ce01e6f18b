"""User names and passwords inside addresses: never sent, to no host, and so on record nowhere."""

from __future__ import annotations

from scrapy import Request

from crawlers.addresses import without_credentials


class Credentials:
    """Asks for the same address without `user:password@`: a page or a redirect may have put it there, for whoever listens."""

    def process_request(self, request: Request) -> Request | None:
        plain = without_credentials(request.url)
        return None if plain == request.url else request.replace(url=plain, dont_filter=True)

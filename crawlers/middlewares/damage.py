"""Answers that broke off inside their compression: Scrapy passes on the part that can be read, as if it were all."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawlers.failures import DAMAGED, Refused
from crawlers.packed import is_whole_gzip


class Damage:
    """Refuses a truncated gzip body instead of reading half a page."""

    def process_response(self, request: Request, response: Response) -> Response:
        encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
        if encoding in (b"gzip", b"x-gzip") and request.method != "HEAD" and not is_whole_gzip(response.body):
            raise Refused(DAMAGED, "its gzip compression breaks off")
        return response

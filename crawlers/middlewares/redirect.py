"""Redirects without a Referer: nobody is told where we come from."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class Redirect(RedirectMiddleware):
    """Scrapy's own asks its RefererMiddleware what to do, and complains at each start where that is switched off (2.19)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        redirect = cls(crawler.settings)
        redirect.crawler = crawler
        return redirect

    def handle_referer(self, request: Request, response: Response) -> None:
        """The method that Scrapy's documentation names for such wishes."""
        request.headers.pop("Referer", None)

"""Keeps every answer, as the server sent it, in WARC files: `hubbub replay` reads them, and so can anyone else."""

from __future__ import annotations

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawlers.archive import ABOUT, RECORD, ArchiveWriter


class WarcArchive:
    """Stands next to the downloader, so that it sees each hop, robots.txt, and bodies before they are decompressed.

    Where it kept an answer is noted in the request's meta, for the origin of what is read from it.
    """

    def __init__(self, writer: ArchiveWriter) -> None:
        self._writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WarcArchive:
        folder = crawler.settings.get("HUBBUB_ARCHIVE")
        if not folder:
            raise NotConfigured
        archive = cls(ArchiveWriter(folder, crawler.settings["USER_AGENT"]))
        crawler.signals.connect(archive.spider_closed, signals.spider_closed)
        return archive

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta[RECORD] = self._writer.write(
            url=response.url,
            status=response.status,
            headers=_pairs(response),
            body=response.body,
            request_headers=_pairs(request),
            ip=str(response.ip_address or ""),
            about=request.meta.get(ABOUT, ""),
        )
        return response

    def spider_closed(self, spider: Spider) -> None:
        self._writer.close()


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]

"""Asks for what changed only: the validators of the last answer go with the next request, and what is unchanged costs a 304."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.pipelines import Store
from crawlers.starts import Blog
from crawlers.targets import Target
from pipeline.addresses import NOT_MODIFIED, Recalled
from schema import keys

LONGEST = 500       # characters of a validator; longer ones are not worth their bytes
_NAMES = ("If-None-Match", "If-Modified-Since")
_HASH = "hubbub_content_hash"       # in a request's meta: that of the last answer


class Conditional:
    """For addresses that an earlier run has visited and stored all rows of. What completes a thread is asked when its post
    has changed, and wholly: a reader may need it to understand the page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if request.meta.get("redirect_times"):      # they would come along from the address before, and may tell one visitor from another
            for name in _NAMES:
                request.headers.pop(name, None)
        target = request.cb_kwargs.get("target") if request.cb_kwargs else None
        if not isinstance(target, Target) or not target.is_again or target.kind == "completion" or keys.source_of(request.url) != keys.source_of(target.url):
            return
        if recalled := self._recall(target):
            request.headers.update(conditions(recalled.etag, recalled.last_modified))
            request.meta[_HASH] = recalled.content_hash
            request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]

    def _recall(self, target: Target) -> Recalled | None:
        """Nothing for a start that has led to no post: it is read once more, to say why."""
        store = self._crawler.get_item_pipeline(Store)
        blogs: list[Blog] = getattr(self._crawler.spider, "blogs", [])
        blog = blogs[target.blog]
        if not store or not store.session or (target.kind == "start" and not blog.is_known):
            return None
        return store.session.recall(blog.address, target.name)


def is_unchanged(response: Response, content_hash: str) -> bool:
    """Whether the page is that of the last visit: the server says so, or it sent the same bytes; many blogs send no validators."""
    return response.status == NOT_MODIFIED or (response.meta.get(_HASH, "") == content_hash != "")


def conditions(etag: str, last_modified: str) -> dict[str, str]:
    """The headers that ask only for what changed. Both: a server takes the entity tag first (RFC 9110, 13.1.3)."""
    return {name: value for name, value in zip(_NAMES, (etag, last_modified), strict=True) if value}


def validators(response: Response) -> tuple[str, str]:
    """ETag and Last-Modified of an answer, as they were sent; "" where there is none."""
    return _value(response, "ETag"), _value(response, "Last-Modified")


def _value(response: Response, name: str) -> str:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if len(value) <= LONGEST and value.isprintable() else ""

"""Pages that no other reader knows: the main text through trafilatura, facts through structured data, comments by their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import head, thread_feeds
from crawlers.platforms import _generic_comments as comments
from crawlers.platforms import _generic_listing as listing
from crawlers.platforms import _generic_structured as structured
from crawlers.platforms._generic_body import Body, body
from crawlers.platforms._generic_facts import facts
from schema.items import Comment, Link, Page, Post, Skipped

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|div|p|article|table)\b", re.I)
_OTHER_XML = re.compile(rb"^\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|opml|rdf:RDF|svg)\b", re.I | re.S)
_LOW = 0.1      # any reader that recognizes something is surer


def confidence(page: Page) -> float:
    """0.1 for any HTML page with words on it: a platform that recognizes it always wins."""
    declared = page.header("content-type").partition(";")[0].strip().lower()
    if declared and "html" not in declared and declared != "text/plain":
        return 0.0
    start = page.body[:4000]
    if b"\x00\x00" in start[:200] or _OTHER_XML.match(start) or not _HTML.search(start):
        return 0.0
    return _LOW


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments, or the posts that a listing leads to; feeds and the next page in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from listing.further(page)
    main = body(page)
    if listing.is_listing(page, main):
        yield from listing.posts(page)
    elif main is None:
        yield Skipped("no post on the page", page.url)
    else:
        yield from _thread(page, main)


def _thread(page: Page, main: Body) -> Iterator[Post | Comment | Link]:
    known = facts(page, main)
    url = head.canonical(page)
    found = list(comments.read(page, url)) or list(structured.comments(page, url))
    yield Post(
        url, "generic", rule=main.rule, title=known.title, author=known.author, author_url=known.author_url, published=known.published,
        published_raw=known.published_raw, published_how=known.published_how, html=main.html, language=head.language(page),
        comments_reported=known.comments_reported, comments_elsewhere=structured.comments_elsewhere(page),
    )
    yield from found
    if not found:
        yield from thread_feeds.of_post(page, url, thread_feeds.UNKNOWN_THEME)

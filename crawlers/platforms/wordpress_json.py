"""What the REST API of WordPress answers: posts (wp/v2/posts), and comments (wp/v2/comments) with parents and exact times.

https://developer.wordpress.org/rest-api/reference/comments/ (since 4.7, 2016). X-WP-TotalPages says where it ends, since a page may be
short: X-WP-Total counts comments that are never returned, and pings are not returned unless asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from urllib.parse import parse_qsl, urlencode, urlunsplit

from crawlers import answers
from crawlers.answers import Json
from crawlers.markup import split
from schema import keys
from schema.items import Comment, Kind, Link, Page, Post, Skipped

_TAG = re.compile(r"<[^>]{0,2000}>")
_KINDS: dict[str, Kind] = {"pingback": "pingback", "trackback": "trackback"}
_MOST_PAGES = 1000


def confidence(page: Page) -> float:
    """1 for what only this API writes: rendered contents beside links to itself."""
    return 1.0 if any(_is_comment(one) or _is_post(one) for one in _records(page)[:1]) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The posts, or the comments under bare posts, and the next page of the answer."""
    found = _records(page)
    for one in found:
        if _is_post(one):
            yield from _post(one)
    comments = [(_post_url(page, one), one) for one in found if _is_comment(one)]
    about = page.about if len({keys.post_key(url) for url, _one in comments}) == 1 else ""
    for url, thread in groupby(sorted(comments, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield from _thread(page, about or url, [one for _url, one in thread])
    if comments and (further := _further(page)):
        yield Link(further, "completion", "api", for_post=about or comments[0][0])


def _records(page: Page) -> list[Json]:
    said = answers.parsed(page)
    return answers.records(said) or answers.records([said])


def _is_comment(one: Json) -> bool:
    return "author_name" in one and "rendered" in answers.record(one.get("content")) and "_links" in one


def _is_post(one: Json) -> bool:
    return "slug" in one and "rendered" in answers.record(one.get("content")) and "_links" in one


def _post_url(page: Page, one: Json) -> str:
    return keys.canonical_url(answers.text(one.get("link")).partition("#")[0]) or page.about or page.url


def _thread(page: Page, url: str, said: list[Json]) -> Iterator[Post | Comment]:
    is_all = _number(page.header("x-wp-totalpages")) == 1 and "post" in dict(parse_qsl(split(page.url).query))
    yield Post(url, "wordpress", "wordpress api", "api", comments_reported=len(said) if is_all else None)
    yield from map(_comment, said)


def _comment(one: Json) -> Comment:
    ref, parent = answers.ref(one.get("id")), answers.ref(one.get("parent"))
    when = answers.moment(one.get("date_gmt"))
    return Comment(
        ref=ref,
        platform="wordpress",
        rule="wordpress api",
        via="api",
        parent_ref=parent if parent not in ("", "0") else None,
        reply_to_how="api" if parent not in ("", "0") else None,
        kind=_KINDS.get(answers.text(one.get("type")), "comment"),
        url=answers.text(one.get("link")),
        author=answers.text(one.get("author_name")),
        author_url=answers.text(one.get("author_url")),
        published=when,
        published_how="api" if when else None,
        html=answers.text(answers.record(one.get("content")).get("rendered")),
    )


def _post(one: Json) -> Iterator[Post | Link | Skipped]:
    content, url = answers.record(one.get("content")), keys.canonical_url(answers.text(one.get("link")))
    if content.get("protected"):
        yield Skipped("password protected", url)
        return
    when = answers.moment(one.get("date_gmt"))
    authors = answers.records(answers.record(one.get("_embedded")).get("author"))
    author = authors[0] if authors else {}
    yield Post(
        url=url,
        platform="wordpress",
        rule="wordpress api",
        via="api",
        title=_plain(answers.text(answers.record(one.get("title")).get("rendered"))),
        author=answers.text(author.get("name")),
        author_url=answers.text(author.get("link")),
        published=when,
        published_how="api" if when else None,
        html=answers.text(content.get("rendered")),
        comments_closed={"closed": True, "open": False}.get(answers.text(one.get("comment_status"))),
    )
    replies = answers.records(answers.record(one.get("_links")).get("replies"))
    if replies and (address := answers.text(replies[0].get("href"))):
        yield Link(f"{address}{'&' if '?' in address else '?'}per_page=100&orderby=date&order=asc&page=1", "completion", "api", for_post=url)


def _plain(title: str) -> str:
    return " ".join(unescape(_TAG.sub("", title)).split())


def _further(page: Page) -> str:
    parts = split(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    number, last = _number(query.get("page", "1")) or 1, _number(page.header("x-wp-totalpages")) or 1
    if number >= min(last, _MOST_PAGES) or parts.scheme not in ("http", "https"):
        return ""
    return urlunsplit(parts._replace(query=urlencode({**query, "page": str(number + 1)})))


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else None

"""Disqus, a comment service that any page may embed: which of its threads a page shows, and the threads in its own embedded pages.

Looked up in saved pages of disqus.com/embed/comments/ (2013 and later: the thread stands there as JSON in `script#disqus-threadData`),
in Disqus' universal code, and in its WordPress plugin (disqus/disqus-wordpress-plugin). That page shows 50 comments from either end
of the thread; what is between them is behind an API key, which is said and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

from crawlers import answers
from crawlers.answers import Json
from crawlers.html import text_of
from crawlers.markup import split
from crawlers.platforms import _disqus_embed as embed
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, RemovedHow, Skipped

NEEDS_KEY = "further comments need an api key"
_IS_THREAD = re.compile(rb"<script[^>]{0,80}\bid=[\"']disqus-threadData[\"']")
_THREAD = re.compile(r"<script[^>]{0,80}\bid=[\"']disqus-threadData[\"'][^>]{0,80}>(.*?)</script", re.S)
_HOST = "disqus.com"
_DEFAULT_ORDER = "&s_o=default"


def confidence(page: Page) -> float:
    """1 for a thread in Disqus' own page; its comments stand on pages of other makers."""
    return 1.0 if b"disqus-threadData" in page.body and _IS_THREAD.search(page.body) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The comments of the thread."""
    found = _THREAD.search(text_of(page))
    answer = answers.record(answers.loaded(found[1])) if found else {}
    response = answers.record(answer.get("response"))
    thread = answers.record(response.get("thread"))
    if not thread:
        yield served.broken(page, "disqus")
    elif not (page.about or _named(page, thread)):
        yield served.homeless(page, "disqus")
    else:
        cursor = answers.record(answer.get("cursor"))
        yield from _read(page, thread, answers.records(response.get("posts")), cursor)


def embedded(page: Page, post_url: str) -> Iterator[Link]:
    """Where the thread of this post is served, where the page's scripts ask Disqus for it."""
    if b"disqus" in page.body and (known := embed.thread(page)):
        identifier = f"&t_i={quote(known.identifier, safe='')}" if known.identifier else ""
        url = quote(known.url or post_url, safe="")
        yield served.link(f"https://{_HOST}/embed/comments/?base=default&f={quote(known.forum)}{identifier}&t_u={url}{_DEFAULT_ORDER}", "disqus", post_url)


def _read(page: Page, thread: Json, posts: list[Json], cursor: Json) -> Iterator[Post | Comment | Link | Skipped]:
    total = answers.number(cursor.get("total"))
    closed = thread.get("isClosed")
    post = served.carrier(
        page, "disqus", _named(page, thread), reported=answers.number(thread.get("posts")) if total is None else total,
        closed=closed if isinstance(closed, bool) else None, title=unescape(answers.text(thread.get("title"))) if not page.about else "",
    )
    yield post
    for one in posts:
        if answers.ref(one.get("id")):
            yield _comment(one, thread, post.url)
    if cursor.get("hasNext") is True:
        yield from _other_ends(page, total, len(posts))


def _other_ends(page: Page, total: int | None, shown: int) -> Iterator[Link | Skipped]:
    """The page shows as many from either end of the thread, asked with `s_o`; what is between them needs the key."""
    if _DEFAULT_ORDER in page.url:
        for order in ("asc", "desc"):
            yield served.link(page.url.replace(_DEFAULT_ORDER, f"&s_o={order}"), "disqus", page.about)
    if total is None or total > 2 * shown:
        yield Skipped(NEEDS_KEY, page.url, served.rule("disqus"))


def _comment(one: Json, thread: Json, post_url: str) -> Comment:
    number, parent = answers.ref(one.get("id")), answers.ref(one.get("parent"))
    author = answers.record(one.get("author"))
    published, how = served.stamp(one.get("createdAt"))
    removed = _removed(one)
    return Comment(
        number, "disqus", rule=served.rule("disqus"), via="api", parent_ref=parent or None, reply_to_how="api" if parent else None, url=f"{post_url}#comment-{number}",
        author=answers.text(author.get("name")), author_url=answers.text(author.get("url")) or answers.text(author.get("profileUrl")),
        by_post_author=_by_post_author(author, thread), published=published, published_how=how, published_raw=answers.printed(one.get("createdAt")),
        html="" if removed else answers.text(one.get("message")), removed_how=removed,
    )


def _removed(one: Json) -> RemovedHow | None:
    if one.get("isDeleted") is True:
        return "author" if one.get("isDeletedByAuthor") is True else "unknown"
    return "moderator" if one.get("isSpam") is True or one.get("isApproved") is False else None


def _by_post_author(author: Json, thread: Json) -> bool | None:
    """The account that opened the thread is the author's or the blog's; an author may write from another one, too."""
    opener = answers.ref(thread.get("author"))
    return True if opener and answers.ref(author.get("id")) == opener else None


def _named(page: Page, thread: Json) -> str:
    """The post that the thread names: believed from Disqus' own host, where nobody can write into it, and from a saved file."""
    host = (split(page.url).hostname or "").lower()
    if host not in ("", _HOST) and not host.endswith("." + _HOST):
        return ""
    link = answers.text(thread.get("link"))
    return link if link.startswith(("http://", "https://")) and split(link).path not in ("", "/") else ""

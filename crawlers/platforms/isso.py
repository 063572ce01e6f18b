"""Isso, a comment server that any page may embed: which of its threads a page shows, and the threads it answers with.

Looked up in Isso's sources (https://github.com/isso-comments/isso): isso/views/comments.py (`fetch`) for the answers of 0.6 to 0.13,
isso/js/app/api.js and config.js for how its script finds server and thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

from crawlers import answers, head
from crawlers.answers import Json
from crawlers.html import tree
from crawlers.markup import absolute, elements, first, split
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, Skipped

_SCRIPT = elements("//script[@data-isso or contains(@src, '/js/embed.min.js') or contains(@src, '/js/embed.dev.js')]")
_THREAD = elements("//*[@id='isso-thread']")
_ITS_SCRIPT = re.compile(r"/js/embed\.(?:min|dev)\.js(?:\?.*)?$")
_DELETED = 4        # the mode of a comment that is gone, but has replies
_PENDING = 2        # one that waits to be let through


def confidence(page: Page) -> float:
    """1 for a thread that Isso answers with; its comments stand on pages of other makers."""
    if not answers.is_json(page) or b'"replies"' not in page.body or "uri=" not in split(page.url).query:
        return 0.0
    answer = answers.parsed(page)
    return 1.0 if answer is None or "total_replies" in answers.record(answer) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The thread, replies after what they answer, and links to replies that were held back."""
    answer = answers.parsed(page)
    if answer is None:
        yield served.broken(page, "isso")
    elif not (page.about or _thread_address(page)):
        yield served.homeless(page, "isso")
    else:
        yield from _read(page, answers.record(answer))


def embedded(page: Page, post_url: str) -> Iterator[Link]:
    """Where the thread of this post is served, where the page's script asks Isso for it."""
    if b"isso-thread" not in page.body:
        return
    script, shown = first(_SCRIPT(tree(page))), first(_THREAD(tree(page)))
    if script is None or shown is None:
        return
    src = absolute(head.base_url(page), script.get("src"))
    named = script.get("data-isso")
    server = absolute(page.url, named) if named else _ITS_SCRIPT.sub("", src) if _ITS_SCRIPT.search(src) else ""
    thread = shown.get("data-isso-id") or split(page.url).path
    if server.startswith(("http://", "https://")) and thread:
        yield served.link(f"{server.rstrip('/')}/?uri={quote(thread, safe='')}", "isso", post_url)


def _read(page: Page, answer: Json) -> Iterator[Post | Comment | Link]:
    top = answers.records(answer.get("replies"))
    yield served.carrier(page, "isso", _thread_address(page), reported=_reported(answer, top))
    for one, above in answers.nested(top, "replies"):
        if answers.ref(one.get("id")) and one.get("mode") != _PENDING:
            yield _comment(one, above, page.about)
    for one in top:
        if answers.number(one.get("hidden_replies")):
            yield served.link(_with(page.url, parent=answers.ref(one.get("id"))), "isso", page.about)
    if answers.number(answer.get("hidden_replies")) and top:
        yield served.link(_with(page.url, offset=str(_offset(page.url) + len(top))), "isso", page.about)


def _comment(one: Json, above: Json | None, post_url: str) -> Comment:
    number = answers.ref(one.get("id"))
    published, how = served.stamp(one.get("created"))
    parent = answers.ref(one.get("parent")) or answers.ref((above or {}).get("id"))
    is_removed = one.get("mode") == _DELETED
    return Comment(
        number, "isso", rule=served.rule("isso"), via="api", parent_ref=parent or None, reply_to_how="api" if parent else None, url=f"{post_url}#isso-{number}" if post_url else "",
        author=unescape(answers.text(one.get("author"))), author_url=unescape(answers.text(one.get("website"))),
        published=published, published_how=how, published_raw=answers.printed(one.get("created")),
        html="" if is_removed else answers.text(one.get("text")), removed_how="unknown" if is_removed else None,
    )


def _reported(answer: Json, top: list[Json]) -> int | None:
    """Top comments shown and held back, and the replies of each: before 0.13 the total of the answer has the top ones only."""
    if answers.ref(answer.get("id")) or answers.number(answer.get("total_replies")) is None:
        return None     # the replies to one comment
    held_back = answers.number(answer.get("hidden_replies")) or 0
    if held_back:
        return None     # nobody says how many replies those have
    return len(top) + sum(answers.number(one.get("total_replies")) or 0 for one in top)


def _thread_address(page: Page) -> str:
    """The post, where the thread is called by its whole address: it may have been fetched without its page."""
    thread = next(iter(parse_qs(split(page.url).query).get("uri", [])), "")
    return thread if thread.startswith(("http://", "https://")) else ""


def _offset(url: str) -> int:
    given = next(iter(parse_qs(split(url).query).get("offset", [])), "")
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 8 else 0


def _with(url: str, **parameters: str) -> str:
    """The address with these parameters; of a page of replies all are wanted."""
    parts = split(url)
    gone = {*parameters, "offset", "nested_limit", *(("limit",) if "parent" in parameters else ())}
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in gone]
    return parts._replace(query=urlencode([*kept, *parameters.items()], quote_via=quote, safe="")).geturl()

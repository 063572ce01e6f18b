"""LiveJournal as XML: an entry with its tree of comments (`<entrypage>`), or a month of entries (`<livejournal>`, from export.bml).

Comments are written in UTC, entries by their author's own clock (the two differ so in files seen from 2015). The monthly export
names neither the journal nor its addresses: such entries are known by the file and their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from crawlers import xml
from crawlers.exports._breaks import paragraphs
from crawlers.exports._elements import fields, outer
from crawlers.exports._moments import utc
from crawlers.exports._threads import threaded
from schema.items import Comment, Page, Post, Skipped
from schema.keys import canonical_url

_OUTERMOST = re.compile(rb"\A[^<]*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(entrypage|livejournal)[\s>]", re.S)
_THREAD = re.compile(r"[?&]thread=(\d+)")


def confidence(page: Page) -> float:
    """1 for either outermost element, if it holds an entry."""
    start = page.body[:4000]
    return 1.0 if _OUTERMOST.match(start) and b"<entry" in start else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """Public entries and the comments that the file has in full or in part."""
    waiting: list[Post | Skipped] = []
    for element in outer(page, "entry", "comments"):
        match xml.name(element):
            case "entry":
                yield from waiting
                waiting = [_entry(element, page)]
            case "comments" if waiting and isinstance(waiting[0], Post):
                yield from _thread(waiting.pop(), element)
    yield from waiting


def _thread(post: Post | Skipped, comments: etree._Element) -> Iterator[Post | Comment | Skipped]:
    if isinstance(post, Post):
        found = list(_below(comments, None, post.author))
        is_whole = all(comment.html for comment in found)
        yield post if is_whole else replace(post, comments_elsewhere="collapsed comments")
        yield from threaded(found)


def _entry(entry: etree._Element, page: Page) -> Post | Skipped:
    said = fields(entry)
    number = entry.get("id") or said.get("itemid", "")
    url = canonical_url(said.get("url") or f"file:{page.url.removeprefix('file:')}/{number}")
    if said.get("security", "public") not in ("public", ""):
        return Skipped("private", url, "livejournal entry")
    user = next(xml.children(entry, "user"), None)
    printed = said.get("date") or said.get("eventtime", "")
    moment = utc(printed)
    typed = said.get("event", "")
    return Post(
        url=url, platform="livejournal", rule="livejournal entry", via="export", title=said.get("subject", ""), author=_name(user), author_url=_journal(user),
        published=moment, published_raw=printed, published_how="local" if moment else None,
        html=said.get("text") or paragraphs(typed),
    )


def _below(comments: etree._Element, parent: str | None, post_author: str) -> Iterator[Comment]:
    """The comments of a list and, after each, the answers to it. An answer may name a parent that is not in the file."""
    waiting = [(one, parent) for one in reversed(list(xml.children(comments, "comment")))]
    while waiting:
        element, above = waiting.pop()
        comment = _comment(element, above, post_author)
        yield comment
        answers = [one for inner in xml.children(element, "comments") for one in xml.children(inner, "comment")]
        waiting += [(one, comment.ref) for one in reversed(answers)]


def _comment(element: etree._Element, above: str | None, post_author: str) -> Comment:
    said = fields(element)
    user = next(xml.children(element, "user"), None)
    named = _THREAD.search(said.get("parent") or said.get("parent_url", ""))
    parent = above or (named[1] if named else None)
    moment = utc(said.get("date", ""))
    name = _name(user)
    subject = f"<h4>{said['subject']}</h4>\n" if said.get("subject") else ""
    return Comment(
        ref=element.get("id") or "", platform="livejournal", rule="livejournal comment", via="export",
        parent_ref=parent, reply_to_how="api" if parent else None, url=said.get("url", ""),
        author=name, author_url=_journal(user), by_post_author=name == post_author if name and post_author else None,
        published=moment, published_raw=said.get("date", ""), published_how="api" if moment else None,
        html=subject + said["text"] if said.get("text") else "",
    )


def _name(user: etree._Element | None) -> str:
    """As LiveJournal shows it: the journal's name; guests from elsewhere by the name they have there."""
    if user is None:
        return ""
    return (user.get("username") if _is_of_here(user) else user.get("name")) or ""


def _journal(user: etree._Element | None) -> str:
    name = user.get("username") or "" if user is not None and _is_of_here(user) else ""
    return f"https://{name.replace('_', '-')}.livejournal.com/" if name else ""


def _is_of_here(user: etree._Element) -> bool:
    return user.get("type") == "P"

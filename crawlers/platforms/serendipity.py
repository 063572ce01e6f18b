"""Blogs made with Serendipity (s9y) and its descendant Styx.

Markup: templates/default, 2k11, next and kubrick (entries.tpl, comments.tpl, trackbacks.tpl) of https://github.com/s9y/Serendipity
and https://github.com/ophian/styx.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import head, listed, printed, signs
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import words_without
from crawlers.platforms import _serendipity_comments as comments
from schema.items import Comment, Link, Page, Post, PublishedHow, Skipped

_POWERED_BY = re.compile(rb"<meta[^>]{1,60}powered-by[\"'][^>]{1,60}serendipity")
_SURE = re.compile(rb"[\"' ]serendipity_(?:entry|comment|comments|commentstitle|title|entry_date|byline|replyform)|serendipity_commentform|serendipity\.css|serendipity\[(?:action|subpage|cview)")
_BODIES = ("serendipity_entry_body", "serendipity_entry_extended")
_ENTRIES = ("serendipity_entry", "post")
_BYLINES = ("serendipity_byline", "serendipity_entryFooter", "entry-meta", "byline", "post-info", "serendipity_entry_author", "post_byline")
_BESIDE = frozenset(("serendipity_comments", "serendipity_comment", "serendipity_section_comments", "serendipity_section_trackbacks", "serendipitySideBarContent", "serendipitySideBarItem"))
_NEXT_WORDS = re.compile(r"next|older|nächste|weiter|suivant|siguiente|»|→", re.I)


def confidence(page: Page) -> float:
    """How sure we are that Serendipity made this page: 0 no idea, 1 certain."""
    if b"serendipity" in signs.generator(page) or page.header("x-blog").lower().startswith("serendipity"):
        return 1.0
    if signs.made_by_another(page, b"serendipity") or not signs.has(page, b"serendipity"):
        return 0.0
    if _POWERED_BY.search(signs.head(page)):
        return 1.0
    return 0.95 if _SURE.search(signs.lowered(page)) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments and trackbacks, or the posts a list leads to; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found, titles = comments.find(page), _title_links(page)
    if not found and not comments.is_single(page) and len({link.get("href") for link in titles}) > 1:
        yield from listed.posts(page, titles, "entry title")
        yield from listed.further(page, _next(page), "pagination")
        return
    read_post = _post(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "serendipity entry body")
        return
    yield read_post
    yield from comments.read(page, found, read_post)


def _post(page: Page) -> Post | None:
    bodies = _bodies(page)
    if not bodies:
        return None
    line = _line(page)
    author, url = _author(line, page)
    when, how = _moment(page)
    return Post(
        head.canonical(page), "serendipity", rule="entry body", title=_title(page), author=author, author_url=absolute(head.base_url(page), url),
        published=when, published_how=how, published_raw=_printed(page, line), html="".join(html_without(body, _furniture(body)) for body in bodies), language=head.language(page),
        comments_reported=_stated(page, "comments"), pings_reported=_stated(page, "trackbacks"), comments_closed=comments.closed(page),
    )


@once
def _bodies(page: Page) -> list[HtmlElement]:
    """The body, and the extended one; the templates of 2011 and later give the latter an id only."""
    found = [one for one in filed(page).of(*_BODIES) if not is_within(one, names=_BESIDE)]
    extended = filed(page).ids.get("extended")
    if extended is not None and extended.tag in ("div", "section") and extended not in found and words(extended):
        found.append(extended)
    if not found:
        found = [one for one in filed(page).of("entry-content", "post_content", "content") if _entry(one) is not None and not is_within(one, names=_BESIDE)]
    first = _entry(found[0]) if found else None
    return [one for one in found if _entry(one) is first and words(one) and not any(other in one.iterancestors() for other in found)]


def _entry(one: HtmlElement) -> HtmlElement | None:
    return next((above for above in one.iterancestors() if not {"serendipity_entry", "post"}.isdisjoint(classes(above))), None)


def _furniture(body: HtmlElement) -> set[HtmlElement]:
    return {one for one in body.iterdescendants() if one.tag in ("script", "style", "form") or not {"serendipity_entryFooter", "serendipity_entryIcon", "read_more"}.isdisjoint(classes(one))}


def _title(page: Page) -> str:
    headings = [one for one in filed(page).of("serendipity_title") if one.tag != "a"]
    headings += [one for entry in filed(page).of(*_ENTRIES) for one in entry.iter("h1", "h2", "h3") if not is_within(one, names=_BESIDE)]
    return next((text for one in headings if (text := words(one))), head.title(page))


@once
def _title_links(page: Page) -> list[HtmlElement]:
    headings = [one for one in filed(page).of("serendipity_title") if one.tag != "a"]
    headings += [one for entry in filed(page).of(*_ENTRIES) for one in entry.iter("h1", "h2", "h3") if not is_within(one, names=_BESIDE)]
    return list(dict.fromkeys(link for one in headings for link in one.iter("a") if link.get("href")))


def _next(page: Page) -> Iterator[HtmlElement]:
    pagers = filed(page).of("serendipity_pagination", "serendipity_pageFooter", "serendipity_entryFooter", "next", "pagination")
    return (link for pager in pagers for link in pager.iter("a") if _NEXT_WORDS.search("".join(link.itertext())) and "#" not in (link.get("href") or ""))


@once
def _line(page: Page) -> HtmlElement | None:
    """The line that signs the post."""
    lines = [one for one in filed(page).of(*_BYLINES) if not is_within(one, names=_BESIDE) and next(one.iter("a"), None) is not None]
    return next((one for one in lines if re.search(r"\d", words(one))), lines[0] if lines else None)


def _author(line: HtmlElement | None, page: Page) -> tuple[str, str]:
    """The link to the posts of the author, which every template has; `/authors/3-Name` unless the owner renamed it."""
    links = list(line.iter("a")) if line is not None else []
    own = next((link for link in links if "/authors/" in (link.get("href") or "") or "viewAuthor" in (link.get("href") or "")), links[0] if links else None)
    return (words(own), own.get("href") or "") if own is not None and not re.fullmatch(r"[\d:. ]*", words(own)) else ("", "")


def _printed(page: Page, line: HtmlElement | None) -> str:
    """The date as printed: in the line; in the standard template the day stands above the title and the time in the line."""
    text = words_without(line, ()) if line is not None else ""
    if raw := printed.date_in(text):
        return raw
    day = next((words(one) for one in filed(page).of("serendipity_date") if not is_within(one, names=_BESIDE)), "")
    clock = re.search(r"\b\d{1,2}:\d\d\b", text)
    return f"{day} {clock[0]}" if day and clock else day


def _moment(page: Page) -> tuple[datetime | None, PublishedHow | None]:
    times = (one for one in tree(page).iter("time") if not is_within(one, names=_BESIDE))
    return next((found for one in times if (found := printed.moment(one.get("datetime")))[0]), (None, None))


def _stated(page: Page, kind: str) -> int | None:
    """The numbers in the line below the post: "3 Comments", "Trackbacks (1)"."""
    links = (link for link in tree(page).iter("a") if (link.get("href") or "").endswith(f"#{kind}") and not is_within(link, names=frozenset(("serendipitySideBarContent", "serendipity_comments"))))
    stated = (printed.number(words(link)) for link in links)
    return next((number for number in stated if number is not None), None)

"""Blogs made with Typecho.

Markup: var/Widget/Comments/Archive.php and usr/themes/default of https://github.com/typecho/typecho, and themes with a
callback `threadedComments` of their own (`li#li-comment-N`), such as those in https://github.com/typecho-fans/themes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, listed, printed, prose, signs, stated
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import words_without
from crawlers.platforms import _typecho_comments as comments
from schema import keys
from schema.items import Comment, Link, Page, Post, Skipped

_SURE = re.compile(rb"typechocomment\b|/usr/(?:themes|plugins|uploads)/|www\.typecho\.org|typecho_archive_params")
_SURE_TEXTS = (b"typecho", b"/usr/")
_LIKELY = re.compile(rb"\bcomment-level-(?:odd|even)\b|\bcomment-by-user\b|schema\.org/usercomments|\?replyto=\d")
_LIKELY_TEXTS = (b"comment-level-", b"comment-by-user", b"/usercomments", b"?replyto=")
_ERROR = re.compile(rb"<div class=[\"']error-page[\"']")     # themes/default/404.php
_BODIES = ("post-content", "entry-content", "article-content", "post-body", "markdown-body")
_TITLES = ("post-title", "entry-title", "article-title")
_BESIDE = frozenset(("comments", "comment-list", "comment-body", "widget", "sidebar", "post-near"))
_COMMENT_PAGE = re.compile(r"/comment-page-(\d{1,6})/?(?:$|[?#])")


def confidence(page: Page) -> float:
    """How sure we are that Typecho made this page: 0 no idea, 1 certain."""
    if b"typecho" in signs.generator(page):
        return 1.0
    if signs.made_by_another(page, b"typecho"):
        return 0.0
    is_sure = signs.has(page, *_SURE_TEXTS) and bool(_SURE.search(signs.lowered(page)))
    hints = len(set(_LIKELY.findall(signs.lowered(page)))) if signs.has(page, *_LIKELY_TEXTS) else 0
    return 0.95 if hints and is_sure else min(0.4 * hints, 0.8) or (0.6 if is_sure else 0.0)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments, or the posts a list leads to; feeds in any case."""
    if page.status in (404, 410) or _ERROR.search(page.body):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    titles = _title_links(page)
    if not found and not comments.offers_form(page) and len({link.get("href") for link in titles}) > 1:
        yield from listed.posts(page, titles, "post title")
        yield from listed.further(page, _next(page), "page navigator")
        return
    read_post = _post(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "typecho post content")
        return
    yield read_post
    yield from comments.read(page, found, read_post, _number(page.url))
    yield from _comment_pages(page)


def _post(page: Page) -> Post | None:
    body = _body(page)
    if body is None:
        return None
    around = _around(body)
    author, url = _author(around)
    stamp = next((one for one in around.iter("time") if not is_within(one, names=_BESIDE)), None)
    moment, how = printed.moment(stamp.get("datetime")) if stamp is not None else (None, None)
    said = stated.article(page)
    return Post(
        head.canonical(page), "typecho", rule="post content", title=_title(page), author=author or said.author, author_url=absolute(head.base_url(page), url),
        published=moment or said.published, published_raw=(words(stamp) if stamp is not None else "") or printed.date_in(words_without(around, [body])), published_how=how or said.how,
        html=html_without(body, {one for one in body.iterdescendants() if one.tag in ("script", "style", "form")}), language=head.language(page),
        comments_reported=comments.reported(page), comments_closed=comments.closed(page),
    )


@once
def _body(page: Page) -> HtmlElement | None:
    named = [one for one in tree(page).iter("div", "article", "section") if one.get("itemprop") == "articleBody"] or filed(page).of(*_BODIES)
    own = next((one for one in named if not is_within(one, names=_BESIDE) and words(one)), None)
    return own if own is not None else prose.most_paragraphs(tree(page))


def _around(body: HtmlElement) -> HtmlElement:
    """The post's own element: author and date stand beside the text."""
    above = next((one for one in body.iterancestors("article") if one is not body), None)
    return above if above is not None else next((one for one in body.iterancestors() if "post" in classes(one)), body)


def _author(around: HtmlElement) -> tuple[str, str]:
    for one in around.iter():
        if (one.get("rel") == "author" or one.get("itemprop") == "author") and not is_within(one, names=_BESIDE):
            link = one if one.tag == "a" else next(one.iter("a"), None)
            if link is not None and words(link):
                return words(link), link.get("href") or ""
            if text := re.sub(r"^.{0,8}[:：]\s*", "", words(one)):
                return text, ""
    return "", ""


def _title(page: Page) -> str:
    headings = [one for one in filed(page).of(*_TITLES) if one.tag in ("h1", "h2", "h3") and not is_within(one, names=_BESIDE)]
    headings += [one for one in tree(page).iter("h1") if not is_within(one, tags=frozenset(("header",)), ids=frozenset(("header",)))]
    return next((text for one in headings if (text := words(one))), head.title(page).rpartition(" - ")[0] or head.title(page))


@once
def _title_links(page: Page) -> list[HtmlElement]:
    headings = (one for one in filed(page).of(*_TITLES) if not is_within(one, names=frozenset(("widget", "sidebar"))))
    return [link for one in headings for link in (one.iter("a") if one.tag != "a" else [one]) if link.get("href")]


def _next(page: Page) -> Iterator[HtmlElement]:
    return (link for one in filed(page).of("next") if not is_within(one, ids=frozenset(("comments",))) for link in one.iter("a"))


def _number(url: str) -> int:
    """Which page of comments this is, from 1."""
    found = _COMMENT_PAGE.search(url)
    return max(1, int(found[1])) if found else 1


def _comment_pages(page: Page) -> Iterator[Link]:
    """The other pages of comments: `/archives/12/comment-page-2#comments`."""
    if b"/comment-page-" not in page.body:
        return
    base, own = head.base_url(page), page.url.partition("#")[0]
    for navigator in filed(page).of("page-navigator", "pagination", "page-nav"):
        for link in navigator.iter("a"):
            url = absolute(base, link.get("href")).partition("#")[0]
            if _COMMENT_PAGE.search(url) and url != own and keys.source_of(url) == keys.source_of(base):
                yield Link(url, "comments", "page navigator")

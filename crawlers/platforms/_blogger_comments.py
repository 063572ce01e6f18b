"""The comments on a Blogger page, in any of the shapes that its templates have had since 2004.

A comment is found by its id: `li#cN` (threaded, 2012), `dt#cN` (layouts, 2006; classic tags), `div#cN` (themes of 2017),
or `a[name=N]` (templates of 2004). What stands inside is told apart by class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, elements, has_class, words
from crawlers.platforms import _blogger_comment as inside
from crawlers.platforms import _blogger_words as say
from crawlers.platforms._blogger_comment import Shape
from schema import keys
from schema.items import Comment, Link, Page, Post

_NUMBERED = elements("//*[starts-with(@id, 'c') and (self::li or self::dt or self::div)]")
_ANCHORS = elements("//a[@name][ancestor::*[@id='comments' or contains(@class, 'omment')]]")
_ID = re.compile(r"c?(\d{6,})$")
_BLOCK = elements("//*[@id='comments']")
_HEADINGS = elements(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5][not(ancestor::li) and not(ancestor::dl)] | .//*[contains(@class, 'comments-title')]")
_COUNT = elements("//*[@data-num-comments]")
_PAGING = elements("//*[contains(@class, 'paging-control-container')]")
_PAGE_LINKS = elements("//a[contains(@href, 'commentPage=')]")
_PAGE_NUMBER = re.compile(r"[?&]commentPage=(\d{1,6})")
_OF_TOTAL = re.compile(r"(\d+)\s*\D{1,3}\s*(\d+)\D+(\d+)")
_FOOTERS = elements("//*[@id='comments']//*[contains(@class, 'comment-footer') or contains(@class, 'footer')][not(ancestor::dl or ancestor::li)]")
_WAYS_TO_ANSWER = elements("//a[contains(@href, 'comment.g?') or contains(@href, 'comment/fullpage') or contains(@href, 'comment-iframe.g') or contains(@href, 'comment/frame')] | //*[@id='comment-editor']")
_ELSEWHERE = ((b"disqus_thread", "script-loaded: disqus"), (b"intensedebate.com", "script-loaded: intensedebate"), (b"haloscan.com", "script-loaded: haloscan"), (b"g-comments", "script-loaded: google plus"))


class _Found(NamedTuple):
    ref: str
    shape: Shape
    parts: list[HtmlElement]
    parent: str | None = None
    depth: int | None = None


def read(page: Page, post: Post) -> Iterator[Comment]:
    """The comments in the order shown; ids that repeat count once."""
    found = {each.ref: each for each in _found(tree(page))}
    shown = {ref: inside.read(each.parts, each.ref, each.shape) for ref, each in found.items()}
    marked = any(said.is_marked for said in shown.values())
    number, base, own = page_number(page), head.base_url(page), post.author_url
    for place, (ref, each) in enumerate(found.items(), 1):
        said = shown[ref]
        author_url = absolute(base, said.author_url)
        yield Comment(
            ref=ref,
            platform="blogger",
            rule=each.shape,
            parent_ref=each.parent,
            reply_to_how="markup" if each.parent else None,
            page=number,
            place=place,
            depth=each.depth,
            url=absolute(base, said.permalink) or f"{post.url}#c{ref}",
            author=said.author,
            author_url=author_url,
            by_post_author=inside.by_post_author(said, author_url, own, marked=marked),
            published=said.published,
            published_raw=said.published_raw,
            published_how="epoch" if said.published else None,
            html=said.html,
            language=post.language,
            removed_how=said.removed_how,
        )


def reported(root: HtmlElement) -> int | None:
    """How many comments the page says there are, in an attribute, a heading, or "1 - 200 of 430"."""
    for element in _COUNT(root):
        stated = element.get("data-num-comments") or ""
        if stated.isdecimal():
            return int(stated)
    headings = [words(heading) for block in _BLOCK(root)[:1] for heading in _HEADINGS(block)]
    stated_by_heading = next((n for heading in headings if (n := say.number(heading)) is not None), None)
    return stated_by_heading if stated_by_heading is not None else _total_of_range(root)


def _total_of_range(root: HtmlElement) -> int | None:
    for paging in _PAGING(root):
        if shown := _OF_TOTAL.search(words(paging)):
            return int(shown[3])
    return None


def closed(root: HtmlElement) -> bool | None:
    """True when the page says that new comments are not allowed, False when it offers to write one."""
    for footer in _FOOTERS(root):
        if say.says_closed(words(footer)):
            return True
    return False if _WAYS_TO_ANSWER(root) else None


def elsewhere(page: Page) -> str:
    """Why the comments are not in the page, or ""."""
    if next(_found(tree(page)), None) is not None:
        return ""
    return next((why for sign, why in _ELSEWHERE if sign in page.body), "")


def page_number(page: Page) -> int:
    """Which comment page this is, 1 being the oldest: by its address, else by the range that it prints."""
    if stated := _PAGE_NUMBER.search(page.url):
        return max(1, int(stated[1]))
    older = [int(n[1]) for n in map(_PAGE_NUMBER.search, _older_pages(tree(page))) if n]
    return max(older) + 1 if older else 1


def _older_pages(root: HtmlElement) -> Iterator[str]:
    """Addresses before the range "201 - 400 of 430": the oldest page and the one before this one."""
    for paging in _PAGING(root)[:1]:
        before, _range, _after = words(paging).partition(_range_in(paging))
        for link in paging.iter("a"):
            if words(link) not in before:
                return
            yield link.get("href") or ""


def _range_in(paging: HtmlElement) -> str:
    shown = _OF_TOTAL.search(words(paging))
    return shown[0] if shown else "\n"


def further_pages(page: Page) -> Iterator[Link]:
    """The other comment pages that this one names; the first is the post's own address once we are past it."""
    own, is_numbered = page_number(page), _PAGE_NUMBER.search(page.url)
    for link in _PAGE_LINKS(tree(page)):
        number = _PAGE_NUMBER.search(link.get("href") or "")
        if number and int(number[1]) not in (0, own):
            url = keys.canonical_url(absolute(head.base_url(page), link.get("href")))
            is_start = is_numbered and number[1] == "1"
            yield Link(url if is_start else f"{url}{'&' if '?' in url else '?'}commentPage={number[1]}", "comments", "commentPage")


def _found(root: HtmlElement) -> Iterator[_Found]:
    numbered = [(id_[1], element) for element in _NUMBERED(root) if (id_ := _ID.fullmatch(element.get("id") or ""))]
    if numbered:
        yield from (_by_tag(ref, element) for ref, element in numbered)
    else:
        yield from _anchored(root)


def _by_tag(ref: str, element: HtmlElement) -> _Found:
    match element.tag:
        case "li":
            above = [id_[1] for each in element.iterancestors("li") if (id_ := _ID.fullmatch(each.get("id") or ""))]
            return _Found(ref, "threaded", [element], above[0] if above else None, len(above))
        case "dt":
            return _Found(ref, "definition list", [element, *_until(element, "dt")])
    return _Found(ref, "div", [element])


def _until(element: HtmlElement, tag: str) -> Iterator[HtmlElement]:
    for sibling in element.itersiblings():
        if sibling.tag == tag:
            return
        yield sibling


def _anchored(root: HtmlElement) -> Iterator[_Found]:
    """Templates of 2004: `<div class="blogComment"><a name="N"></a> text <div class="byline">`."""
    for anchor in _ANCHORS(root):
        id_, around = _ID.fullmatch(anchor.get("name") or ""), anchor.getparent()
        if id_ and around is not None and not has_class(around, "post"):
            yield _Found(id_[1], "anchor", [around])

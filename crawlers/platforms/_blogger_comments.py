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
from crawlers.html import once, tree
from crawlers.markup import absolute, by_id, elements, has_class, words
from crawlers.platforms import _blogger_comment as inside
from crawlers.platforms import _blogger_words as say
from crawlers.platforms._blogger_comment import Shape
from schema import keys
from schema.items import Comment, Link, Page, Post

PAGE_SIZE = 200    # comments on one page of Blogger
_ANCHORS = elements("/descendant::a[@name][ancestor::*[@id='comments' or contains(@class, 'omment')]]")
_ID = re.compile(r"c?(\d{6,})$")
_HEADING = "[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or contains(@class, 'comments-title')]"
_HEADINGS = elements(f"*{_HEADING} | */*{_HEADING}")
_FOOTERS = elements("*[contains(@class, 'footer')] | */*[contains(@class, 'footer')]")
_PAGING = elements("*[contains(@class, 'paging-control-container')] | */*[contains(@class, 'paging-control-container')]")
_PAGE_NUMBER = re.compile(r"[?&]commentPage=(\d{1,6})")
_OF_TOTAL = re.compile(r"(\d+)\s*\D{1,3}\s*(\d+)\D+(\d+)")
_WAYS_TO_ANSWER = (b"/comment.g?", b"/comment-iframe.g?", b"/comment/fullpage/", b"/comment/frame/", b"comment-editor")
_ELSEWHERE = ((b"disqus_thread", "script-loaded: disqus"), (b"intensedebate.com", "script-loaded: intensedebate"), (b"haloscan.com", "script-loaded: haloscan"), (b"cmt_iframe_holder", "script-loaded: google plus"))


class _Found(NamedTuple):
    ref: str
    shape: Shape
    parts: list[HtmlElement]
    parent: str | None = None
    depth: int | None = None


@once
def block_of(page: Page) -> HtmlElement | None:
    """The element around all comments."""
    return by_id(tree(page), "comments")


def read(page: Page, post: Post) -> Iterator[Comment]:
    """The comments in the order shown; ids that repeat count once."""
    found = {each.ref: each for each in _found(page)}
    shown = {ref: inside.read(each.parts, each.ref, each.shape) for ref, each in found.items()}
    marked = any(said.is_marked for said in shown.values())
    number, base, own = page_number(page), head.base_url(page), post.author_url
    for place, (ref, each) in enumerate(found.items(), 1):
        said = shown[ref]
        author_url = _absolute(base, said.author_url)
        yield Comment(
            ref=ref,
            platform="blogger",
            rule=each.shape,
            parent_ref=each.parent,
            reply_to_how="markup" if each.parent else None,
            page=number,
            place=place,
            depth=each.depth,
            url=_absolute(base, said.permalink) or f"{post.url}#c{ref}",
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


def _absolute(base: str, href: str) -> str:
    """As markup.absolute; the short way for what is absolute already, as almost all addresses here are."""
    return href if href.startswith(("http://", "https://")) else absolute(base, href)


def reported(page: Page) -> int | None:
    """How many comments the page says there are: in an attribute, a heading, or "1 - 200 of 430"."""
    block = block_of(page)
    if block is None:
        return None
    stated = block.get("data-num-comments") or ""
    if stated.isascii() and stated.isdecimal() and len(stated) < 9:
        return int(stated)
    by_heading = (say.number(words(heading)) for heading in _HEADINGS(block) if not _ID.fullmatch(heading.getparent().get("id") or ""))    # who wrote a comment
    return next((number for number in by_heading if number is not None), None)


def closed(page: Page) -> bool | None:
    """True when the page says that new comments are not allowed, False when it offers to write one."""
    block = block_of(page)
    if block is not None and any(say.says_closed(words(footer)) for footer in _FOOTERS(block)):
        return True
    return False if any(way in page.body for way in _WAYS_TO_ANSWER) else None


def elsewhere(page: Page) -> str:
    """Why the comments are not in the page, or ""."""
    why = next((why for sign, why in _ELSEWHERE if sign in page.body), "")
    return why if why and next(_found(page), None) is None else ""


def page_number(page: Page) -> int:
    """Which comment page this is, 1 being the oldest: by its address, else by the range that it prints."""
    if stated := _PAGE_NUMBER.search(page.url):
        return max(1, int(stated[1]))
    if b"commentPage=" not in page.body:
        return 1
    older = [int(n[1]) for n in map(_PAGE_NUMBER.search, _older_pages(page)) if n]
    return max(older) + 1 if older else 1


def _older_pages(page: Page) -> Iterator[str]:
    """Addresses before the range "201 - 400 of 430": the oldest page and the one before this one."""
    for paging in _paging(page)[:1]:
        line = words(paging)
        shown = _OF_TOTAL.search(line)
        before = line[:shown.start()] if shown else line
        for link in paging.iter("a"):
            if words(link) not in before:
                return
            yield link.get("href") or ""


def _paging(page: Page) -> list[HtmlElement]:
    block = block_of(page)
    return _PAGING(block) if block is not None else []


def further_pages(page: Page) -> Iterator[Link]:
    """The other comment pages: those the page names, or the next one where it only has a button to load more."""
    own, is_numbered, base = page_number(page), _PAGE_NUMBER.search(page.url), head.base_url(page)
    paging = _paging(page)
    if not paging and _has_more(page, own):
        yield Link(_with_page(head.canonical(page), own + 1), "comments", "more than shown")
    for link in (link for each in paging for link in each.iter("a")):
        number = _PAGE_NUMBER.search(link.get("href") or "")
        if number and int(number[1]) not in (0, own):
            url = keys.canonical_url(absolute(base, link.get("href")))
            is_start = is_numbered and number[1] == "1"      # which is the address of the post itself
            yield Link(url if is_start else _with_page(url, int(number[1])), "comments", "commentPage")


def _has_more(page: Page, own: int) -> bool:
    """Threaded templates load what is beyond 200 comments by script, and answer to commentPage all the same."""
    total = reported(page) or 0
    return total > own * PAGE_SIZE and sum(1 for _ in _found(page)) >= PAGE_SIZE


def _with_page(url: str, number: int) -> str:
    return f"{url}{'&' if '?' in url else '?'}commentPage={number}"


def _found(page: Page) -> Iterator[_Found]:
    block = block_of(page)
    numbered = list(_numbered(block)) if block is not None else []
    numbered = numbered or list(_numbered(tree(page)))
    if numbered:
        yield from (_by_tag(ref, element) for ref, element in numbered)
    else:
        yield from _anchored(tree(page))


def _numbered(place: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    for element in place.iter("li", "dt", "div"):
        if (own := element.get("id")) and own[0] == "c" and (number := _ID.fullmatch(own)):
            yield number[1], element


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

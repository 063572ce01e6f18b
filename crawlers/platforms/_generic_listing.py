"""Pages that lead to posts instead of showing one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import once, tree
from crawlers.markup import absolute, elements, split, words
from crawlers.platforms._generic_body import Body
from crawlers.platforms._generic_facts import says_article
from schema.items import Link, Page
from schema.keys import canonical_url, source_of

_HEADED = elements("(//h1|//h2|//h3|//h4)//a[@href]|//a[@href][h1 or h2 or h3 or h4]")
_ASIDE = frozenset(("nav", "aside", "footer"))
_SEVERAL = 3
_LOOKED_AT = 10_000     # linked headings: a page with more was made to harm


def is_listing(page: Page, body: Body | None) -> bool:
    """Whether the page shows the beginnings of several posts and does not say that it is one."""
    teasers = _teasers(page)
    if len({url for url, _element in teasers}) < _SEVERAL or says_article(page):
        return False
    if body is None or split(page.url).path in ("", "/"):
        return True
    inside = set(body.element.iter())
    return len({url for url, element in teasers if element in inside}) >= _SEVERAL


def posts(page: Page) -> Iterator[Link]:
    """The posts that a listing leads to."""
    for url, _element in _teasers(page):
        yield Link(url, "post", "linked heading")


def further(page: Page) -> Iterator[Link]:
    """Feeds, and the next page of the listing."""
    yield from head.feeds(page)
    following = head.linked(page, "next") or next((absolute(head.base_url(page), one.get("href")) for one in _NEXT(tree(page))), "")
    if following.startswith("http"):
        yield Link(following, "next", "rel=next")


_NEXT = elements("//a[@href][contains(concat(' ', @rel, ' '), ' next ')]")


@once
def _teasers(page: Page) -> list[tuple[str, HtmlElement]]:
    """Linked headings that lead to other pages of the same blog, outside of navigation."""
    own = canonical_url(page.url)
    found = []
    for link in islice(_HEADED(tree(page)), _LOOKED_AT):
        url = canonical_url(absolute(head.base_url(page), link.get("href")))
        if (url.startswith("http") and url != own and source_of(url) == source_of(own) and len(split(url).path) > 1 and words(link)
                and not any(one.tag in _ASIDE for one in link.iterancestors())):
            found.append((url, link))
    return found

"""The post of a WordPress page: its title here, body and byline from their own modules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from crawlers import head
from crawlers.markup import words
from crawlers.nesting import is_inside
from crawlers.platforms import _wordpress_body as body_of
from crawlers.platforms import _wordpress_byline as byline
from crawlers.platforms import _wordpress_count as count
from crawlers.platforms._wordpress_comments import Found
from crawlers.platforms._wordpress_index import index
from schema.items import Page, Post

_NAMED = re.compile(r"(?:entry|post|article|story|single|page)[-_]?(?:title|headline)|headline", re.I)
_FEED_OF = re.compile(r"\s*[»›]")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?$")
_SEPARATORS = " |-–—»«›·:•\t\n"


def read(page: Page, found: Sequence[Found], *, pings: int | None) -> Post:
    """The post, with everything that stands in its own part of the page, and what the page says of its comments."""
    comments = {one.element for one in found} or _unread(page)
    body = body_of.find(page, comments)
    heading, title = _title(page, comments)
    inner = body if body is not None and not body_of.is_wrapper(body) else None
    moment, printed = byline.date(page, inner, comments)
    author, address = byline.author(page, inner, comments)
    return Post(
        url=head.canonical(page), platform="wordpress", rule=_rule(body), title=title, author=author,
        author_url=address, published=moment, published_raw=printed, published_how="offset" if moment else None,
        html=body_of.html(body, comments, heading) if body is not None else "",
        bio=body_of.bio(page, comments), language=head.language(page),
        comments_reported=count.reported(page, found), pings_reported=pings, comments_closed=count.closed(page),
        comments_elsewhere=count.elsewhere(page, found),
    )


def _unread(page: Page) -> set[HtmlElement]:
    """The part of the page where comments stand, should they be none that we know: who wrote one did not write the post."""
    return {one for one in index(page).of("count") if one.get("id") == "comments" and one.tag in ("div", "section", "aside")}


def _rule(body: HtmlElement | None) -> str:
    return f"body {body.tag}.{(body.get('class') or '').partition(' ')[0]}" if body is not None else "no body"


def _title(page: Page, comments: set[HtmlElement]) -> tuple[HtmlElement | None, str]:
    """A heading that the head's title confirms, a named one first; a post may well have no title."""
    site = _site_name(page)
    stated = f"{head.meta(page).get('og:title', '')} {head.window_title(page)}"
    headings = index(page).of("heading")
    named = [one for one in headings if _is_named(one) and not is_inside(one, comments)]
    for one in (*named, *headings):
        text = words(one)
        if len(text) > 2 and text != site and text in stated and not _leads_home(one) and not is_inside(one, comments):
            return one, text
    texts = ((one, words(one)) for one in named)
    return next(((one, text) for one, text in texts if text and text != site), (None, _without_site(head.title(page), site)))


def _is_named(heading: HtmlElement) -> bool:
    return _names_title(heading.get("class") or "") or heading.get("itemprop") == "headline"


@lru_cache(maxsize=1024)
def _names_title(class_names: str) -> bool:
    return bool(_NAMED.search(class_names))


def _leads_home(heading: HtmlElement) -> bool:
    """Whether the heading is the blog's own: a link to its front page."""
    return any(_HOME.match(link.get("href") or "") for link in heading.iter("a"))


def _site_name(page: Page) -> str:
    """The blog's own name: og:site_name, else what its feed is called ("Name » Feed")."""
    stated = head.meta(page).get("og:site_name")
    return stated or next((_FEED_OF.split(title)[0].strip() for title in head.feed_titles(page) if _FEED_OF.search(title)), "")


def _without_site(title: str, site: str) -> str:
    return title.removesuffix(site).removeprefix(site).strip(_SEPARATORS) if site else title

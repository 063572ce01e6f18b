"""A post of a Ghost blog by its page, and where its comments are served."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, elements, first, has_class, html_without
from crawlers.platforms import _generic_listing as listing
from crawlers.platforms import _served as served
from crawlers.platforms._generic_body import Body
from crawlers.platforms._generic_body import body as any_body
from crawlers.platforms._generic_facts import facts
from schema.items import Link, Page, Post, Skipped

# Casper and its like, from 0.x (post-content) over 2 and 3 (post-full-content) to today's gh-content, which Ghost's theme checker asks for.
_BODIES = elements(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' gh-content ')]"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' post-content ')]"
    "|//section[contains(concat(' ', normalize-space(@class), ' '), ' post-full-content ')]"
)
_NOT_TEXT = elements(
    "descendant::*[self::script or self::style or self::form or self::noscript or contains(@class, 'kg-signup-card')"
    " or contains(@class, 'gh-post-upgrade-cta') or contains(@class, 'gh-comments')]"
)
_COMMENT_BOX = elements("//script[@data-ghost-comments][@data-post-id]")
_LISTS = ("home-template", "tag-template", "author-template", "archive-template", "paged")
_SINGLE = ("post-template", "page-template")
_ID = re.compile(r"[0-9a-f]{24}|[\w-]{1,64}")


def read(page: Page) -> Iterator[Post | Link | Skipped]:
    """The post and a link to its comments, or the posts that a list leads to; feeds and older lists in any case."""
    yield from listing.further(page)
    body = None if _is_list(page) else _body(page)
    if body is None or (not _is_single(page) and listing.is_listing(page, body)):
        yield from listing.posts(page)
        return
    links = list(_links(page))
    known = facts(page, body)
    yield Post(
        head.canonical(page), "ghost", rule=body.rule, title=known.title, author=known.author, author_url=known.author_url,
        published=known.published, published_raw=known.published_raw, published_how=known.published_how, html=body.html,
        language=head.language(page), comments_elsewhere=served.elsewhere("ghost") if links else "",
    )
    yield from links


def address(site: str, post_id: str, number: int = 1) -> str:
    """Where a page of a post's comments is served, the oldest first; newer versions give 100 at most."""
    return f"{site.rstrip('/')}/members/api/comments/post/{quote(post_id)}/?limit=100&order=created_at%20asc&page={number}"


def _links(page: Page) -> Iterator[Link]:
    for box in _COMMENT_BOX(tree(page)):
        site = absolute(head.base_url(page), box.get("data-ghost-comments"))
        post_id = (box.get("data-post-id") or "").strip()
        if site and _ID.fullmatch(post_id):
            yield served.link(address(site, post_id), "ghost", head.canonical(page))
            return


def _body(page: Page) -> Body | None:
    found = first(_BODIES(tree(page)))
    if found is None:
        return any_body(page)
    return Body(found, html_without(found, set(_NOT_TEXT(found))), f"ghost {(found.get('class') or '').split()[0]}")


def _is_list(page: Page) -> bool:
    shown = tree(page).find("body")
    return shown is not None and any(has_class(shown, name) for name in _LISTS)


def _is_single(page: Page) -> bool:
    shown = tree(page).find("body")
    return shown is not None and any(has_class(shown, name) for name in _SINGLE)

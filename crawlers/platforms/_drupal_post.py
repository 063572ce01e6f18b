"""The post on a Drupal page: a node with its title, the line "Submitted by", and a body field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers import head, printed, prose, stated
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, elements, html_without, words
from crawlers.nesting import is_inside, words_without
from crawlers.platforms import _drupal_comments as comments
from schema.items import Page, Post, PublishedHow

_BODY_FIELDS = ("field-name-body", "field--name-body")
_PROPERTIES = elements("descendant-or-self::*[contains(@property, 'content:encoded') or contains(@property, 'schema:text')]")
_IN_THE_WAY = elements(
    "descendant::*[self::script or self::style or self::form or @id='comments' or contains(@class, 'comment-wrapper') or contains(@class, 'submitted')"
    " or contains(@class, 'field-type-taxonomy') or contains(@class, 'field--type-entity-reference') or contains(@class, 'node__links') or (self::ul and contains(@class, 'links'))"
    " or contains(@class, 'author-box') or contains(@class, 'social')]"
)
_STAMPED = elements("/descendant::*[@datetime or @content][self::time or @itemprop='datePublished' or contains(@property, 'dc:date') or contains(@property, 'schema:dateCreated')]")
_STAMP_SIGNS = (b"datePublished", b"dc:date", b"schema:dateCreated")     # without these, only time elements carry a date
_STATED_COUNTS = elements("descendant::*[@content][contains(@property, 'sioc:num_replies') or contains(@property, 'schema:interactionCount')]")
_SHORTEST = 60      # characters: themes leave an almost empty body field where they print the text another way
_KICKERS = frozenset(("teaser-small__kicker", "kicker", "visually-hidden", "element-invisible"))
_BESIDE = frozenset(("comment", "comments", "comment-wrapper", "block-block-content", "teaser", "node-teaser", "node--view-mode-teaser", "view-mode-related-teaser"))
_COMMENTS = frozenset(("comments",))
_ASIDE = frozenset(("aside",))


class _Author(NamedTuple):
    name: str = ""
    url: str = ""


def read(page: Page) -> Post | None:
    """The post, or None where the page shows no text."""
    body = _body(page)
    if body is None:
        return None
    author, raw, (when, how) = _author(page), _printed(page), _moment(page, body)
    said = stated.article(page)
    return Post(
        head.canonical(page), "drupal", rule="node body", title=_title(page), author=author.name or said.author,
        author_url=absolute(head.base_url(page), author.url or said.author_url), published=when or said.published, published_raw=raw or said.raw,
        published_how=how or said.how, html=html_without(body, set(_IN_THE_WAY(body))), bio=_bio(page), language=head.language(page),
        comments_reported=reported(page, body), comments_closed=False if asks_for_comments(page) or b"/comment/reply/" in page.body else None,
    )


def reported(page: Page, body: HtmlElement) -> int | None:
    """How many comments the heading of the thread states, else the RDF of the node."""
    found = {one.element for one in comments.find(page)}
    by_heading = (printed.number(words(one)) for one in _count_headings(page) if not is_inside(one, found))
    return next((number for number in by_heading if number is not None), _by_rdf(body))


@once
def asks_for_comments(page: Page) -> bool:
    """Whether the form for comments stands on the page, as it does below a single node only."""
    return any("/comment/reply/" in (one.get("action") or "") or one.get("id") == "comment-form" or "comment-form" in classes(one) for one in tree(page).iter("form"))


def _count_headings(page: Page) -> Iterator[HtmlElement]:
    found = filed(page)
    block = found.ids.get("comments")
    blocks = ([block] if block is not None else []) + found.of("comment-wrapper", "pane-node-comments")
    for one in blocks:
        yield from (heading for heading in one.iter("h1", "h2", "h3", "h4") if not is_within(heading, names=frozenset(("comment",))))
    yield from found.of("comment-count", "comments-count", "comments-header", "comments__count")


def _by_rdf(body: HtmlElement) -> int | None:
    """The node says `sioc:num_replies` (Drupal 7) or `schema:interactionCount` (8) to machines."""
    node = _node(body)
    counts = (printed.number(one.get("content") or "") for one in _STATED_COUNTS(node)) if node is not None else iter(())
    return next(counts, None)


@once
def _body(page: Page) -> HtmlElement | None:
    short = None
    for found in _bodies(page):
        longest = max(found, key=_length, default=None) if len(found) != 1 else found[0]
        if longest is not None and (length := _length(longest)):
            if length >= _SHORTEST:
                return longest
            short = short if short is not None else longest
    long = prose.most_paragraphs(tree(page))
    return long if long is not None else short


def _bodies(page: Page) -> Iterator[list[HtmlElement]]:
    """Candidates, the surest first: the body field, what is marked as the article, the content of a node."""
    found = filed(page)
    fields = _own(found.of(*_BODY_FIELDS))
    yield [text for field in fields for text in _PROPERTIES(field)]
    yield [field for field in fields if _node(field) is not None]
    yield fields
    yield [text for text in _own(found.of("content", "node__content")) if _node(text) is not None]


def _own(found: list[HtmlElement]) -> list[HtmlElement]:
    """Those of the post, not of comments, of blocks beside it or of teasers."""
    return [one for one in found if not is_within(one, names=_BESIDE, ids=_COMMENTS) and not _is_aside(one)]


def _is_aside(one: HtmlElement) -> bool:
    return is_within(one, tags=_ASIDE) and not is_within(one, tags=frozenset(("article",)))


def _node(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in element.iterancestors() if "node" in classes(one) or (one.get("id") or "").startswith("node-")), None)


def _length(body: HtmlElement) -> int:
    """How much text there is: quickly, where there is nothing in the way."""
    unwanted = _IN_THE_WAY(body)
    return len(words_without(body, unwanted)) if unwanted else len(words(body))


def _title(page: Page) -> str:
    """The heading marked as one, else the one that the title element begins with, else the first on the page."""
    named = head.title(page)
    headings = [one for one in tree(page).iter("h1", "h2") if one.find(".//a") is None and not is_within(one, names=_BESIDE, ids=_COMMENTS, tags=frozenset(("nav", "aside", "footer")))]
    marked = (one for one in headings if one.tag == "h1" and (one.get("itemprop") or "node" in (one.get("class") or "") or "title" in f"{one.get('class') or ''} {one.get('id') or ''}"))
    said = (one for one in headings if len(text := words(one)) > 2 and named.startswith(text))
    other = (one for one in headings if one.tag == "h1" and "site" not in f"{one.get('class') or ''} {one.get('id') or ''}")
    texts = (words_without(one, _kickers(one)) for found in (marked, said, other) for one in found)
    return next((text for text in texts if text), named.partition(" | ")[0])


def _kickers(heading: HtmlElement) -> list[HtmlElement]:
    return [one for one in heading.iterdescendants() if not _KICKERS.isdisjoint(classes(one))]


@once
def _lines(page: Page) -> tuple[HtmlElement, ...]:
    """The lines that may name the author and the date."""
    return tuple(_own(filed(page).like("submitted", "meta", "byline", "author")))


def _author(page: Page) -> _Author:
    for line in _lines(page):
        for named in line.iter():
            if _is_name(named) and (name := words(named)):
                link = named if named.tag == "a" else next(named.iter("a"), None)
                return _Author(name, (link.get("href") or "") if link is not None else "")
    bylines = (printed.byline(words_without(line, ())).name for line in _lines(page))
    return next((_Author(name) for name in bylines if name and len(name) < 60), _Author())


def _is_name(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return "username" in names.split() or "author-name" in names or bool(element.get("typeof") and "schema:name" in (element.get("property") or ""))


def _bio(page: Page) -> str:
    boxes = filed(page).like("author-profile", "author-bio", "author-pane", "about-author")
    return words(boxes[0]) if boxes else ""


def _printed(page: Page) -> str:
    """The date as printed: in a time element, else in the line of the author."""
    times = [text for one in _stamped(page) if one.tag == "time" and (text := words(one))]
    lines = (words_without(one, ()) for one in _lines(page))
    return next((raw for text in (*times, *lines) if len(text) < 300 and (raw := printed.date_in(text))), "") or next(iter(times), "")


@once
def _stamped(page: Page) -> tuple[HtmlElement, ...]:
    """The elements of the post that carry a date for machines."""
    in_time = (one for one in tree(page).iter("time") if one.get("datetime"))
    return tuple(_own(_STAMPED(tree(page)) if any(sign in page.body for sign in _STAMP_SIGNS) else list(in_time)))


def _moment(page: Page, body: HtmlElement) -> tuple[datetime | None, PublishedHow | None]:
    """The stamp inside the same node as the text, where there is a node."""
    node = _node(body)
    for stamped in _stamped(page):
        if node is None or node in stamped.iterancestors():
            when, how = printed.moment(stamped.get("datetime") or stamped.get("content"))
            if when:
                return when, how
    return None, None

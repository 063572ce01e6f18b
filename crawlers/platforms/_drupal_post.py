"""The post on a Drupal page: a node with its title, the line "Submitted by", and a body field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers import head, printed, prose, stated
from crawlers.html import tree
from crawlers.markup import absolute, by_class, elements, first, html_without, words
from crawlers.nesting import words_without
from schema.items import Page, Post, PublishedHow

_OUTSIDE = "[not(ancestor::aside[not(ancestor::article)] or ancestor::*[@id='comments' or contains(@class, 'block-block-content') or contains(concat(' ', @class), ' comment') or contains(@class, 'teaser')])]"
_BODIES = (
    elements(f"//*[contains(@class, 'field-name-body') or contains(@class, 'field--name-body')]/descendant-or-self::*[contains(@property, 'content:encoded') or contains(@property, 'schema:text')]{_OUTSIDE}"),
    elements(f"//*[contains(@class, 'field-name-body') or contains(@class, 'field--name-body')][ancestor::*[contains(@class, 'node')]]{_OUTSIDE}"),
    elements(f"//*[contains(@class, 'field-name-body') or contains(@class, 'field--name-body') or @itemprop='articleBody']{_OUTSIDE}"),
    elements(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' node ') or starts-with(@id, 'node-')]/descendant::*[contains(concat(' ', normalize-space(@class), ' '), ' content ') or contains(@class, 'node__content')]{_OUTSIDE}"),
)
_IN_THE_WAY = elements(
    "descendant::*[self::script or self::style or self::form or @id='comments' or contains(@class, 'comment-wrapper') or contains(@class, 'submitted')"
    " or contains(@class, 'field-type-taxonomy') or contains(@class, 'field--type-entity-reference') or contains(@class, 'node__links') or (self::ul and contains(@class, 'links'))"
    " or contains(@class, 'author-box') or contains(@class, 'social')]"
)
_HEADINGS = (
    elements("//h1[contains(@class, 'node') or contains(@class, 'title') or @itemprop='headline' or @id='page-title'][not(ancestor::nav)][not(descendant::a[contains(@href, '/')][1])]"),
    elements("//h1[not(ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside)][not(contains(@class, 'site') or contains(@id, 'site') or contains(@id, 'logo'))]"),
    elements("//h2[contains(concat(' ', normalize-space(@class), ' '), ' title ')][not(ancestor::*[@id='comments'])][not(.//a)]"),
)
_KICKERS = elements("descendant::*[contains(@class, 'kicker') or contains(@class, 'visually-hidden') or contains(@class, 'element-invisible')]")
_LINES = elements(f"//*[contains(@class, 'submitted') or contains(@class, 'node__meta') or contains(@class, 'meta') or contains(@class, 'byline') or contains(@class, 'author')]{_OUTSIDE}")
_NAMED = elements("descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), ' username ') or contains(@class, 'author-name') or (@typeof and contains(@property, 'schema:name'))]")
_STAMPED = elements(f"//*[contains(@property, 'dc:date') or contains(@property, 'schema:dateCreated') or @itemprop='datePublished' or self::time][@datetime or @content]{_OUTSIDE}")
_BIO = elements("//*[contains(@class, 'author-profile') or contains(@class, 'author-bio') or contains(@class, 'author-pane') or contains(@class, 'about-author')]")
_COUNTS = elements(
    "//*[@id='comments' or contains(@class, 'comment-wrapper') or contains(@class, 'pane-node-comments')]"
    "/descendant-or-self::*[self::h1 or self::h2 or self::h3 or self::h4 or contains(@class, 'comment-count') or contains(@class, 'comments-header') or contains(@class, 'comments__count') or contains(@class, 'pane-title')]"
    "[not(ancestor::*[starts-with(@id, 'comment-') or contains(concat(' ', normalize-space(@class), ' '), ' comment ')])]"
)
_REPLY = elements("//form[contains(@action, '/comment/reply/') or @id='comment-form' or contains(@class, 'comment-form')] | //a[contains(@href, '/comment/reply/')]")
_SHORTEST = 60      # characters: themes leave an almost empty body field where they print the text another way
_FORM = elements("//form[contains(@action, '/comment/reply/') or @id='comment-form']")
_ALL_HEADINGS = elements("//h1 | //h2")
_STATED_COUNTS = elements("descendant::*[@content][contains(@property, 'sioc:num_replies') or contains(@property, 'schema:interactionCount')]")
_NODE = by_class("node", axis="ancestor-or-self")


class _Author(NamedTuple):
    name: str = ""
    url: str = ""


def read(page: Page) -> Post | None:
    """The post, or None where the page shows no text."""
    body = _body(page)
    if body is None:
        return None
    author, raw = _author(page), _printed(page)
    when, how = _moment(page, body)
    said = stated.article(page)
    return Post(
        head.canonical(page), "drupal", rule="node body", title=_title(page), author=author.name or said.author,
        author_url=absolute(head.base_url(page), author.url or said.author_url), published=when or said.published, published_raw=raw or said.raw,
        published_how=how or said.how, html=html_without(body, set(_IN_THE_WAY(body))), bio=words(first(_BIO(tree(page)))),
        language=head.language(page), comments_reported=reported(page, body), comments_closed=False if _REPLY(tree(page)) else None,
    )


def reported(page: Page, body: HtmlElement | None = None) -> int | None:
    """How many comments the heading of the thread states, or the RDF of the node."""
    return _by_heading(page) if body is None or _by_heading(page) is not None else _by_rdf(body)


def asks_for_comments(page: Page) -> bool:
    """Whether the form for comments stands on the page, as it does below a single node only."""
    return bool(_FORM(tree(page)))


def _by_rdf(body: HtmlElement) -> int | None:
    """The node says `sioc:num_replies` (Drupal 7) or `schema:interactionCount` (8) to machines."""
    stated_counts = (one.get("content") or "" for node in _NODE(body)[:1] for one in _STATED_COUNTS(node))
    return next((printed.number(count) for count in stated_counts), None)


def _by_heading(page: Page) -> int | None:
    return next((number for heading in _COUNTS(tree(page)) if (number := printed.number(words(heading))) is not None), None)


def _body(page: Page) -> HtmlElement | None:
    root = tree(page)
    candidates = [longest for find in _BODIES if (longest := max(find(root), key=_length, default=None)) is not None]
    long = next((one for one in candidates if _length(one) >= _SHORTEST), None)
    if long is None:
        long = prose.most_paragraphs(root)
    return long if long is not None else next((one for one in candidates if _length(one)), None)


def _length(body: HtmlElement) -> int:
    return len(words_without(body, _IN_THE_WAY(body)))


def _title(page: Page) -> str:
    """The heading marked as one, else the one that the title element begins with, else the first on the page."""
    root, named = tree(page), head.title(page)
    known = (_heading(one) for one in _HEADINGS[0](root))
    said = (text for one in _ALL_HEADINGS(root) if len(text := words(one)) > 2 and named.startswith(text))
    other = (_heading(one) for find in _HEADINGS[1:] for one in find(root))
    return next((text for text in (*known, *said, *other) if text), named.partition(" | ")[0])


def _heading(heading: HtmlElement) -> str:
    return words_without(heading, _KICKERS(heading))


def _author(page: Page) -> _Author:
    for line in _LINES(tree(page)):
        for named in _NAMED(line):
            link = named if named.tag == "a" else next(named.iter("a"), None)
            if name := words(named):
                return _Author(name, (link.get("href") or "") if link is not None else "")
    return next((_Author(name) for line in _LINES(tree(page)) if (name := printed.byline(words_without(line, ())).name) and len(name) < 60), _Author())


def _printed(page: Page) -> str:
    """The date as printed: in a time element, else in the line of the author."""
    times = (words(one) for one in _times(page))
    lines = (words_without(one, ()) for one in _LINES(tree(page)))
    return next((raw for text in (*times, *lines) if len(text) < 300 and (raw := printed.date_in(text))), "") or next((text for one in _times(page) if (text := words(one))), "")


def _times(page: Page) -> Iterator[HtmlElement]:
    return (one for one in _STAMPED(tree(page)) if one.tag == "time")


def _moment(page: Page, body: HtmlElement) -> tuple[datetime | None, PublishedHow | None]:
    """The stamp inside the same node as the text, where there is a node."""
    nodes = _NODE(body)
    for stamped in _STAMPED(tree(page)):
        if not nodes or nodes[0] in stamped.iterancestors():
            when, how = printed.moment(stamped.get("datetime") or stamped.get("content"))
            if when:
                return when, how
    return None, None

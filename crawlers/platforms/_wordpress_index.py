"""One walk over a WordPress page that files the elements other modules ask for: asking the tree again each time is slow.

An XPath that tests classes costs about as much as half the parsing of the page (2026, lxml 6); this walk costs one such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawlers.html import once, tree
from schema.items import Page

ID = re.compile(r"(?:(?:li|div|dsq|article|post|wp|the|single|li-div|wpd)-)?comment-(\d+)$|wpd-comm-(\d+)_(\d+)$")
WALKER = re.compile(r"\b(?:depth-\d|thread-(?:even|odd)|byuser|bypostauthor|comment-author-|wpd-comment|even|odd)\b")
PING = re.compile(r"\b(pingback|trackback)\b")
_TAGS = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "time": "date", "small": "date",
    "form": "form", "article": "container",
}
_PLAIN = {tag: (kind,) for tag, kind in _TAGS.items()}      # without a class
_CLASSES = (
    ("body", re.compile(r"entry|content|text|post|article|single|story", re.I)),
    ("author", re.compile(r"wp-block-post-author[-_]+name|(?:^|\s)fn(?:\s|$)", re.I)),
    ("byline", re.compile(r"byline|author-name|post-author|entry-author|(?:^|\s)author(?:\s|$)|(?:^|\s)author_")),
    ("date", re.compile(r"published|date|posted-on|meta|byline")),
    ("container", re.compile(r"hentry|^\s*post\s*$")),
    ("post", re.compile(r"(?:^|\s)(?:hentry|type-post)(?:\s|$)|^\s*post\s*$|storycontent")),
    ("bio", re.compile(r"author|bio|abh_box|sabox|m-a-box", re.I)),
    ("count", re.compile(
        r"omments[-_](?:title|heading|header|intro|number)|omments__headline|omment-count|postcomment|wpd-thread-info"
        r"|comment-reply-title", re.I)),
    ("popup", re.compile(r"comments?[-_](?:link|popup)|post-comments|postmetadata")),
    ("closed", re.compile(r"no-?comments|comments?[-_]closed|(?:^|\s)closed(?:\s|$)")),
    ("reply", re.compile(r"wpd-form-wrapper")),
    ("unnumbered", re.compile(r"(?:^|\s)comment(?:\s.*)?\s(?:depth-|even|odd)|commentlist")),
    ("current", re.compile(r"page-numbers.*current|current.*page-numbers")),
)
_IDS = {
    "comments": ("count", "respond"), "comments-title": ("count",), "comments_intro": ("count",), "respond": ("respond",),
    "commentform": ("respond", "reply"), "disqus_thread": ("respond",), "wpd-threads": ("reply",), "content": ("body",),
    "jetpack_remote_comment": ("reply",), "articlecontent": ("body",), "articleContent": ("body",),
}
_BODIES = frozenset(("div", "section", "article", "main", "td", "span"))
_MOST_ANCHORS = 20_000      # of a page: more were made to harm, and each takes half a kilobyte
_LISTS = frozenset(("ol", "ul", "dl", "body", "main", "section"))
_HOLDERS = (   # tags that hold what is asked for; leaving out the others halves the walk
    "div", "section", "article", "main", "aside", "header", "footer", "h1", "h2", "h3", "h4", "h5", "p", "span", "li",
    "ol", "ul", "td", "dl", "dt", "dd", "time", "small", "form", "abbr", "cite", "b", "strong",
)


@dataclass(slots=True)
class Index:
    """Elements by what they may be. Inside comments, only what has a telling id is filed."""

    roots: dict[str, tuple[HtmlElement, str]] = field(default_factory=dict)   # comments: element and class names
    kinds: defaultdict[str, list[HtmlElement]] = field(default_factory=lambda: defaultdict(list))
    alive: list[HtmlElement] = field(default_factory=list)   # lxml makes an element anew for each visit unless it is held
    before: int = 0        # how many headings stand before the first comment

    def of(self, kind: str) -> Sequence[HtmlElement]:
        """The elements of a kind in the order of the page."""
        return self.kinds.get(kind, ())


@once
def index(page: Page) -> Index:
    """The index of a page; like the tree it is shared by all who ask."""
    found = Index(alive=list(tree(page).iter(*_HOLDERS)))
    claimed: set[HtmlElement] = set()
    after = None    # the first element behind the comment at hand
    for element in found.alive:
        if element is after:
            after = None
        own = element.get("id")
        if own is not None:
            if "comm" in own and (match := ID.match(own)):
                outer = _file_comment(found, element, match[1] or match[2], claimed)
                after = _after(outer) if after is None and outer is not None else after
                continue
            for kind in _IDS.get(own, ()) or (("bio",) if "author" in own else ()):
                found.kinds[kind].append(element)
        if after is None:
            names, tag = element.get("class"), element.tag
            if kinds := _kinds(tag, names) if names else _PLAIN.get(tag):       # most have none
                for kind in kinds:
                    found.kinds[kind].append(element)
    return found


def _after(element: HtmlElement) -> HtmlElement | None:
    """The element that the walk comes to next when it leaves this one; None where that cannot be told at once."""
    for one in (element, *element.iterancestors()):
        if (following := one.getnext()) is not None:
            return following if following.tag in _HOLDERS else None
    return None


@once
def anchors(page: Page) -> list[HtmlElement]:
    """The links of the page in its order, outside of the head."""
    return [element for element in islice(tree(page).iter("a"), _MOST_ANCHORS) if element.get("href")]


@lru_cache(maxsize=16384)
def _kinds(tag: str, class_names: str) -> tuple[str, ...]:
    """The kinds of an element with that tag and class attribute. Cached: pages repeat themselves."""
    kinds = [kind for kind, like in _CLASSES if like.search(class_names) and (kind != "body" or tag in _BODIES)]
    if own := _TAGS.get(tag):
        kinds.append(own)
    return tuple(dict.fromkeys(kinds))


def _file_comment(found: Index, element: HtmlElement, ref: str, claimed: set[HtmlElement]) -> HtmlElement | None:
    """The comment's own element. Ids repeat inside one comment (report links, Epoch 2016): the first counts."""
    if ref in found.roots:
        return None
    if not found.roots:
        found.before = len(found.of("heading"))
    outer = _outermost(element, claimed)
    claimed.add(outer)
    names = outer.get("class") or ""
    found.roots[ref] = (outer, names if outer is element else f"{names} {element.get('class') or ''}")
    return outer


def _outermost(element: HtmlElement, claimed: set[HtmlElement]) -> HtmlElement:
    """The list item, or the element with classes of comment_class(), that the numbered element is the start of."""
    for step, ancestor in enumerate(element.iterancestors()):
        if step > 3 or ancestor.tag in _LISTS or ancestor in claimed or ancestor.get("id") == "comments":
            break
        names = ancestor.get("class") or ""
        if WALKER.search(names) or PING.search(names) or (ancestor.tag == "li" and "widget" not in names):
            return ancestor
    return element

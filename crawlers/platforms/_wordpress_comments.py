"""The comments of a WordPress page: which elements they are, who answers whom, and what each says.

Every theme since 2003 numbers its comments (`id="comment-N"`, with a prefix or not); the number is the database's
own, and its element, or the list item around it, is the comment. Nesting gives the parents; where a theme lays the
comments side by side, the `depth-K` classes of comment_class() do (wp-includes/comment-template.php).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from crawlers import head
from crawlers.markup import absolute
from crawlers.platforms import _wordpress_parts as parts_of
from crawlers.platforms._wordpress_index import ID, PING, WALKER, Index, index
from crawlers.platforms._wordpress_survey import survey
from schema.items import Comment, Kind, Page

_DEPTH = re.compile(r"depth-(\d+)|wpd_comment_level-(\d+)")
_PING_LIST = re.compile(r"\b(?:pinglist|pings|trackbacks?(?:list)?|pingbacks?(?:list)?|tb)\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """The element of one comment and its place in the conversation."""

    ref: str
    element: HtmlElement
    names: str                  # its class attribute, and that of the numbered element inside it
    parent: str | None
    depth: int | None


def find(page: Page) -> tuple[Found, ...]:
    """All comments and pings of the page in the order shown."""
    roots = _roots(page)
    by_element = {element: ref for ref, (element, _) in roots.items()}
    return tuple(_in_thread(roots, by_element))


def _roots(page: Page) -> dict[str, tuple[HtmlElement, str]]:
    """The element and the class names of each comment; a list without ids is counted through."""
    filed = index(page)
    return filed.roots or {f"#{n}": (one, one.get("class") or "") for n, one in enumerate(_unnumbered(filed), 1)}


def _unnumbered(filed: Index) -> Iterator[HtmlElement]:
    for element in filed.of("unnumbered"):
        if element.tag == "li":
            yield element
        elif element.tag == "ol":
            yield from (one for one in element.iterchildren("li") if one not in filed.of("unnumbered"))


def _in_thread(roots: dict[str, tuple[HtmlElement, str]], by_element: dict[HtmlElement, str]) -> Iterator[Found]:
    latest: dict[int, str] = {}     # the last comment seen at each depth
    depths: dict[str, int] = {}
    known: dict[HtmlElement, str | None] = {}   # what is around the elements that comments stand in
    for ref, (element, names) in roots.items():
        stated = _stated_depth(names)
        parent = _around(element, by_element, known) or _stated_parent(element, roots)
        if parent is None and stated is not None and stated > 0:
            parent = latest.get(stated - 1)
        depth = depths.get(parent, 0) + 1 if parent else (stated if stated is not None else None)
        depths[ref] = depth or 0
        latest[stated if stated is not None else depths[ref]] = ref
        yield Found(ref, element, names, parent, depth)


def _stated_depth(names: str) -> int | None:
    match = _DEPTH.search(names, max(names.find("depth-"), 0))      # hardly any theme lacks it: to try each letter takes its time
    return max(int(match[1] or match[2]) - 1, 0) if match else None


def _around(element: HtmlElement, by_element: dict[HtmlElement, str], known: dict[HtmlElement, str | None]) -> str | None:
    """The comment whose element contains this one, or stands right before the list of answers that does."""
    parent = element.getparent()
    if parent is not None and parent not in known:
        known[parent] = _first_around(element, by_element)
    return known[parent] if parent is not None else None


def _first_around(element: HtmlElement, by_element: dict[HtmlElement, str]) -> str | None:
    for ancestor in element.iterancestors():
        if ancestor in by_element:
            return by_element[ancestor]
        if "children" in (ancestor.get("class") or "").split():
            previous = ancestor.getprevious()
            if previous is not None and previous in by_element:
                return by_element[previous]
    return None


def _stated_parent(element: HtmlElement, roots: dict[str, tuple[HtmlElement, str]]) -> str | None:
    """wpDiscuz writes `wpd-comm-ID_PARENT` (class.WpdiscuzWalker.php, 7.0)."""
    match = ID.match(element.get("id") or "")
    return match[3] if match and match[3] in roots else None


def read(page: Page, found: tuple[Found, ...], page_number: int, url: str) -> Iterator[Comment]:
    """What each comment says."""
    others = {one.element for one in found}
    knows_authors = any(WALKER.search(one.names) for one in found)
    language = head.language(page)
    base = head.base_url(page)
    for place, one in enumerate(found, 1):
        scopes = _scopes(one.element)
        parts = survey(scopes, others)
        moment = parts_of.moment(parts)
        kind = _kind(one)
        author = parts_of.name(parts)
        text = parts_of.body(parts, scopes) if kind == "comment" else parts_of.ping_body(parts, scopes)
        link = parts.permalink.get("href") if parts.permalink is not None else None
        yield Comment(
            ref=one.ref, platform="wordpress", rule="numbered" if not one.ref.startswith("#") else "comment list",
            parent_ref=one.parent, reply_to_how="markup" if one.parent else None,
            page=page_number, place=place, depth=one.depth, kind=kind,
            url=_permalink(base, link, url, one.ref), author=author,
            author_url=absolute(base, parts_of.address(parts)),
            by_post_author="bypostauthor" in one.names.split() if knows_authors else None,
            published=moment, published_raw=parts_of.printed_date(parts),
            published_how="offset" if moment else None, html=text, language=language,
        )


def _scopes(element: HtmlElement) -> list[HtmlElement]:
    """Thesis 1 puts author and date in a `dt` and the text in the `dd` after it."""
    if element.tag == "dt" and (after := element.getnext()) is not None and after.tag == "dd":
        return [element, after]
    return [element]


def _kind(one: Found) -> Kind:
    if "back" in one.names and (match := PING.search(one.names)):
        return "pingback" if match[1] == "pingback" else "trackback"
    parent = one.element.getparent()
    is_listed = parent is not None and _is_ping_list(parent.get("class") or "", parent.get("id") or "")
    return "trackback" if is_listed else "comment"


@lru_cache(maxsize=1024)
def _is_ping_list(class_names: str, own_id: str) -> bool:
    return bool(_PING_LIST.search(f"{class_names} {own_id}"))


def _permalink(base: str, href: str | None, url: str, ref: str) -> str:
    if href and not href.startswith("#"):
        return absolute(base, href)
    return "" if ref.startswith("#") or not url.startswith("http") else f"{url}#comment-{ref}"

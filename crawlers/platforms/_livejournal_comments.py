"""Comments in the HTML of LiveJournal: `#ljcmtN` in the styles, `.b-leaf#tN` on the site's own pages; depth by indent.

A style indents by 25 pixels a level (`margin-left`, or a spacer image of that width), the site's pages by 30; since 2012 they
give the level in a class name, `b-tree-twig-K`. A link "Parent" names the comment that is answered, in every generation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed
from crawlers.html import once
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import Placed, by_depth, words_without
from schema.items import Comment, Page, Post, RemovedHow

_ID = re.compile(r"ljcmt(\d+)$")
_LEAF = re.compile(r"t(\d+)$")
_THREAD = re.compile(r"[?&;]thread=(\d+)")
_MARGIN = re.compile(r"margin-left:\s*(\d{1,5})(?:\.\d+)?px", re.I)
_LEVEL = re.compile(r"\bb-tree-twig-(\d+)\b")
_BODY = frozenset(("b-leaf-article", "comment-content", "comment-text", "comment_body", "comment-body", "commentText", "comment_text"))
_HEAD = frozenset(("comment_bar_one", "comment_bar_two", "comment_bar_alt", "comment_bar", "comment-head", "comment-header", "comment-userpic", "comment-poster", "b-leaf-header", "datetime", "comment-meta"))
_FOOT = frozenset(("comment-footer", "b-leaf-footer", "comment-links", "comment-actions", "quickreply", "comment-menu"))
_SUBJECT = frozenset(("b-leaf-subject", "comment-subject"))
_REMOVED = re.compile(r"^\(?\s*(?:deleted comment|deleted|this comment (?:was|has been) deleted|удал[её]нный комментарий|комментарий (?:был )?уда(?:лен|лён)|gelöschter kommentar|commentaire effacé)\s*\)?$", re.I)
_SCREENED = re.compile(r"^\(?\s*(?:screened comment|suspicious comment|скрытый комментарий|подозрительный комментарий|spam comment)\s*\)?$", re.I)
_RELATIVE = re.compile(r"\d+\s+\w+\s+ago\b", re.I)


class Found(NamedTuple):
    """A comment's place, and whether its text is shown or only its subject."""

    placed: Placed
    is_folded: bool


@once
def find(page: Page) -> tuple[Found, ...]:
    """The comments in the order shown."""
    elements = dict(_elements(page))
    margins = [_margin(element) for element in elements.values()]
    step = min((margin for margin in margins if margin > 0), default=25) or 25
    placed = by_depth((ref, element, _depth(element, margin, step)) for (ref, element), margin in zip(elements.items(), margins, strict=True))
    return tuple(Found(one, _is_folded(one.element)) for one in placed)


def folded(page: Page) -> Iterator[str]:
    """The addresses of threads of which only the subjects are shown."""
    base = head.base_url(page)
    for one in find(page):
        if one.is_folded:
            url = absolute(base, _permalink(one.placed.element, one.placed.ref)).partition("#")[0]
            if url:
                yield url


def read(page: Page, found: tuple[Found, ...], post: Post, number: int) -> Iterator[Comment]:
    """What each comment says; of a folded one, who wrote it and when, as far as the style prints it."""
    base = head.base_url(page)
    shown = [one for one in found if not one.is_folded]
    for place, one in enumerate(shown, 1):
        element, ref = one.placed.element, one.placed.ref
        body, line = _parts(element)
        author, url = _author(element)
        parent = _stated_parent(element, ref) or one.placed.parent
        removed = _removed(element)
        yield Comment(
            ref, "livejournal", rule="ljcmt" if _ID.fullmatch(element.get("id") or "") else "leaf", parent_ref=parent, reply_to_how="markup" if parent else None, page=number, place=place,
            depth=one.placed.depth, url=absolute(base, _permalink(element, ref)) or f"{post.url}?thread={ref}#t{ref}", author=author, author_url=absolute(base, url),
            by_post_author=author.casefold() == post.author.casefold() if author and post.author else None, published_raw=_printed(element, line),
            html="" if removed else _html(element, body), language=post.language, removed_how=removed,
        )


def _elements(page: Page) -> Iterator[tuple[str, HtmlElement]]:
    own = [(number, element) for number, element in filed(page).numbered("ljcmt") if element.tag != "a"]
    if own:
        yield from own
        return
    for element in filed(page).of("b-leaf"):
        number = _LEAF.fullmatch(element.get("id") or "") or _LEAF.search(element.get("data-tid") or "")
        if number:
            yield number[1], element


def _margin(element: HtmlElement) -> int:
    """The indent in pixels: of the element or the twig around it, or the width of the spacer image in its first cell."""
    above = element.getparent()
    for one in (element, above if above is not None and "b-tree-twig" in classes(above) else None):
        found = _MARGIN.search(one.get("style") or "") if one is not None else None
        if found:
            return int(found[1])
    spacer = next((image for image in element.iter("img") if (image.get("src") or "").endswith("dot.gif") and image.get("height") == "1"), None)
    width = spacer.get("width") or "" if spacer is not None else ""
    return int(width) if width.isascii() and width.isdecimal() and len(width) < 6 else 0


def _depth(element: HtmlElement, margin: int, step: int) -> int:
    above = element.getparent()
    level = _LEVEL.search(above.get("class") or "") if above is not None else None
    return int(level[1]) - 1 if level else margin // step


def _is_folded(element: HtmlElement) -> bool:
    """Whether only the subject is shown, as a link to the thread. A deleted comment has nothing to unfold."""
    names = element.get("class") or ""
    if "b-leaf" in names:
        return element.get("data-full") == "0" or "b-leaf-collapsed" in names
    return any({"collapsed-comment", "comment-collapsed"} & set(classes(one)) for one in element.iterdescendants("div")) and not _removed(element) and _removed_words(element) is None


def _removed_words(element: HtmlElement) -> str | None:
    line = words(element)
    return line if len(line) < 60 and (_REMOVED.match(line) or _SCREENED.match(line)) else None


def _removed(element: HtmlElement) -> RemovedHow | None:
    """Deleted comments that were answered, and screened ones, keep their place; the page does not say who took them away."""
    names = element.get("class") or ""
    gone = "b-leaf-deleted" in names or "b-leaf-screened" in names or "b-leaf-suspended" in names
    return "unknown" if gone or _removed_words(element) else None


def _parts(element: HtmlElement) -> tuple[HtmlElement | None, str]:
    """The text, where a style marks it, and the line of author and date."""
    body = next((one for one in element.iterdescendants() if not _BODY.isdisjoint(classes(one))), None)
    return body, words_without(element, [body])


def _author(element: HtmlElement) -> tuple[str, str]:
    """The user, named in an attribute; "Anonymous" where nobody is named, as the site says."""
    for one in element.iterdescendants():
        user = one.get("data-ljuser") or one.get("lj:user") or ("" if "ljuser" not in classes(one) else words(one))
        if user and not _in_body(one, element):
            links = [link for link in one.iter("a") if "profile" not in (link.get("href") or "").rsplit("/", 2)[-2:] and "userinfo" not in (link.get("href") or "")]
            return words(one) or user, (links[-1].get("href") or "") if links else f"https://{user.replace('_', '-')}.livejournal.com/"
    name = next((words(one) for one in element.iterdescendants() if "b-leaf-username-name" in classes(one)), "")
    href = next((one.get("href") or "" for one in element.iter("a") if "b-leaf-userpic-inner" in classes(one)), "")
    return name or next((found[0] for one in element.iter("i", "em", "p", "span") if (found := re.match(r"\((?:anonymous|анонимно)\)|анонимно$|anonymous$", words(one), re.I))), "").strip("()"), href


def _in_body(one: HtmlElement, element: HtmlElement) -> bool:
    return any(not _BODY.isdisjoint(classes(above)) for above in one.iterancestors() if above is not element and element in above.iterancestors())


def _stated_parent(element: HtmlElement, ref: str) -> str | None:
    """The link "Parent" in the foot of a comment; on the page of a single thread it leads to a comment that is not shown."""
    for link in reversed(list(element.iter("a"))):
        number = _THREAD.search(link.get("href") or "")
        if number and number[1] != ref and not _in_body(link, element) and re.match(r"parent|ссылка на ветвь выше|ветвь выше|уровень выше|up|вверх", words(link), re.I):
            return number[1]
    return None


def _permalink(element: HtmlElement, ref: str) -> str:
    for link in element.iter("a"):
        number = _THREAD.search(link.get("href") or "")
        if number and number[1] == ref and "replyto" not in (link.get("href") or ""):
            return link.get("href") or ""
    return ""


def _printed(element: HtmlElement, line: str) -> str:
    """The printed date; since 2012 the exact one is in the title of a relative one."""
    created = next((one for one in element.iterdescendants() if "b-leaf-createdtime" in classes(one)), None)
    if created is not None:
        title = created.get("title") or ""
        return title if _RELATIVE.search(words(created)) and printed.DATE.search(title) else words(created)
    return printed.date_in(line)


def _html(element: HtmlElement, body: HtmlElement | None) -> str:
    """The text: marked, or what is left of the comment without its bar above and the links below."""
    if body is not None:
        return html_without(body, {one for one in body.iterdescendants() if one.tag in ("script", "style", "form") or not {"metadata", "comment-subject-icon"}.isdisjoint(classes(one))})
    row = _row(element)
    return html_without(row if row is not None else element, _around_text(row if row is not None else element))


def _row(element: HtmlElement) -> HtmlElement | None:
    """Tabular styles: a table with three rows, of which the second is the text."""
    table = next((one for one in element.iter("table") if (one.get("id") or "").startswith("cmtbar")), None)
    rows = [row for row in table.iter("tr") if row.getparent() is table or (row.getparent() is not None and row.getparent().getparent() is table)] if table is not None else []
    return next((row[0] for row in rows[1:] if len(row) and not _is_foot(row)), None)


def _around_text(element: HtmlElement) -> set[HtmlElement]:
    return {
        one for one in element.iterdescendants()
        if one.tag in ("script", "style", "form") or not (_HEAD | _FOOT | _SUBJECT).isdisjoint(classes(one)) or (one.get("id") or "").startswith(("ljqrt", "cmtbar"))
        or (one.tag == "a" and one.get("name")) or (one.tag in ("div", "p") and _is_foot(one)) or (one.tag == "table" and _is_bar(one))
    }


def _is_foot(element: HtmlElement) -> bool:
    """Links to reply, to the parent and to the thread, and nothing else."""
    links = [link for link in element.iter("a") if re.search(r"[?&;](?:replyto|thread|mode=reply)", link.get("href") or "")]
    rest = words(element)
    for link in links:
        rest = rest.replace(words(link), "", 1)
    return bool(links) and not re.search(r"\w", rest)


def _is_bar(element: HtmlElement) -> bool:
    """The table above the text: user picture, "From:", "Date:"."""
    return any("ljuser" in (one.get("class") or "") for one in element.iter("span")) and bool(printed.DATE.search(words_without(element, ())))

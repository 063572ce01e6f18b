"""Comments and trackbacks of a Serendipity page: side by side, their depth in a class name or in an indent.

`commentlevel-K` (2k11 and later; `commentlevel_K` in Styx) or `padding-left: K*20px` and `margin-left: K*10px` in the templates
before. In the linear view they stand by time with the same classes; the templates may name the comment that is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed, is_within
from crawlers.html import once
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import Placed, by_depth, words_without
from schema.items import Comment, Page, Post, RemovedHow

_ID = re.compile(r"(?:c|serendipity_comment_|comment-)(\d+)$")
_LEVEL = re.compile(r"\bcommentlevel[-_](\d+)")
_INDENT = re.compile(r"(padding|margin)-left:\s*(\d+)px", re.I)
_STEP = {"padding": 20, "margin": 10}
_BODY = frozenset(("serendipity_commentBody", "comment_content", "comment-content"))
_SOURCE = frozenset(("serendipity_comment_source", "commentmetadata", "comment_source_author", "comment-meta"))
_ORIGIN = frozenset(("reply_origin", "comment_origin"))
_FURNITURE = frozenset(("serendipity_comment_avatar", "avatar", "comment_reply", "serendipity_msg_important"))
_DELETED = re.compile(      # COMMENT_IS_DELETED in lang/
    r"^\((?:comment (?:removed|deleted)|kommentar(?:en)? (?:entfernt|gelöscht|slettet|borttagen|fjernet)|commentaire (?:supprimé|effacé)|comentario (?:borrado|eliminado)"
    r"|commento (?:rimosso|cancellato|eliminato)|comentário (?:removido|apagado)|reactie verwijderd|komentarz usunięty|komentář odstraněn|комментарий удал[её]н|回[复覆]被[删刪]除|コメント.{0,4}削除.{0,6})\)$", re.I)
_CLOSED = re.compile(       # COMMENTS_CLOSED in lang/
    r"does not allow comments|kommentarfunktion (?:\w+ ){0,9}deaktiviert|kann nicht kommentiert werden|n.autorise pas|no permite comentarios|non consente commenti"
    r"|não permite comentários|geen reacties|不允[许許]", re.I)
_HOMEPAGE = frozenset(("comment_source_url",))


@once
def find(page: Page) -> tuple[tuple[Placed, bool], ...]:
    """Comments and trackbacks in the order shown; True: a trackback."""
    found: dict[str, HtmlElement] = {}
    for element in _elements(page):
        number = _number(element)
        if number:
            found.setdefault(number, element)
    pings = {number for number, element in found.items() if _is_ping(element)}
    own = by_depth((number, element, _depth(element)) for number, element in found.items() if number not in pings)
    return (*((one, False) for one in own), *((Placed(number, found[number]), True) for number in found if number in pings))


def _elements(page: Page) -> list[HtmlElement]:
    """By class; themes of Styx's kind have `article.comment` only. Sidebars list the newest comments with other classes."""
    named = filed(page).of("serendipity_comment") or [one for one in filed(page).of("comment") if _ID.fullmatch(one.get("id") or "")]
    return [one for one in named if not is_within(one, names=frozenset(("serendipitySideBarContent", "serendipitySideBarItem")), tags=frozenset(("aside",)))]


def _number(element: HtmlElement) -> str:
    """Its id, or that of the anchor before it or inside it."""
    before = element.getprevious()
    inside = next((one for one in element.iter("a") if _ID.fullmatch(one.get("id") or "")), None)
    for one in (element, before if before is not None and before.tag == "a" else None, inside):
        number = _ID.fullmatch(one.get("id") or "") if one is not None else None
        if number:
            return number[1]
    return ""


def _is_ping(element: HtmlElement) -> bool:
    """Trackbacks have a section of their own."""
    return "serendipity_trackback" in classes(element) or any(
        "trackback" in (one.get("class") or "") or one.get("id") == "trackbacks" for one in element.iterancestors("div", "section", "dl", "ol", "ul")
    )


def _depth(element: HtmlElement) -> int:
    level = _LEVEL.search(element.get("class") or "")
    if level:
        return int(level[1])
    indent = _INDENT.search(element.get("style") or "")
    return int(indent[2]) // _STEP[indent[1].lower()] if indent and len(indent[2]) < 5 else 0


def read(page: Page, found: tuple[tuple[Placed, bool], ...], post: Post) -> Iterator[Comment]:
    """What each says."""
    base, known = head.base_url(page), {one.ref for one, _ in found}
    marked = any("serendipity_comment_author_self" in (one.element.get("class") or "") for one, _ in found)
    for place, (one, is_ping) in enumerate(found, 1):
        body = next((part for part in one.element.iterdescendants() if not _BODY.isdisjoint(classes(part))), None)
        line = words_without(one.element, [body])
        stamp = next((part for part in one.element.iter("time") if part.get("datetime") and (body is None or body not in part.iterancestors())), None)
        moment, how = printed.moment(stamp.get("datetime")) if stamp is not None else (None, None)
        author, url = _ping_author(one.element, line) if is_ping else _author(one.element, body, line)
        parent = _origin(one.element, known - {one.ref}) or one.parent
        removed = _removed(body)
        yield Comment(
            one.ref, "serendipity", rule="trackback" if is_ping else "comment", parent_ref=parent, reply_to_how="markup" if parent else None, place=place, depth=one.depth,
            kind="trackback" if is_ping else "comment", url=f"{post.url}#c{one.ref}", author=author, author_url=absolute(base, url),
            by_post_author="serendipity_comment_author_self" in (one.element.get("class") or "") if marked and not is_ping else None,
            published=moment, published_how=how, published_raw=_printed(one.element, stamp, line), html="" if removed else _html(body), language=post.language, removed_how=removed,
        )


def closed(page: Page) -> bool | None:
    """True where the page says so in place of the form, False where it has the form."""
    if any(_CLOSED.search(words(one)) for one in filed(page).of("serendipity_msg_important", "serendipity_msg_notice", "msg_important")):
        return True
    return False if is_single(page) else None


def is_single(page: Page) -> bool:
    """Whether the form for comments stands on the page."""
    return "serendipity_CommentForm" in filed(page).ids or bool(filed(page).of("serendipity_commentForm"))


def _author(element: HtmlElement, body: HtmlElement | None, line: str) -> tuple[str, str]:
    """The name before the date, in a heading or a line of its own, and the link on it or after it."""
    named = next((one for one in element.iter() if ("comment_source_author" in classes(one) and one.tag == "span") or one.tag == "cite"), None)
    source = next((one for one in element.iter("h3", "h4", "h5", "header") if body is None or body not in one.iterancestors()), None)
    if named is not None and words(named):
        name = words(named)
    else:
        name = printed.byline(words_without(source, ()) if source is not None else _without_number(line)).name
    links = [one for one in element.iter("a") if (body is None or body not in one.iterancestors()) and (one.get("href") or "").startswith("http")]
    own = next((one for one in links if words(one) == name or not _HOMEPAGE.isdisjoint(classes(one)) or one.get("title") == one.get("href")), None)
    return name, (own.get("href") or "") if own is not None else ""


def _without_number(line: str) -> str:
    """The standard template prints "#1.2 Name on date (Reply)"."""
    return re.sub(r"^#[\d.]+\s*", "", line)


def _ping_author(element: HtmlElement, line: str) -> tuple[str, str]:
    """The blog that links here, and the address of its post."""
    link = next((one for one in element.iter("a") if (one.get("href") or "").startswith("http")), None)
    cited = next(element.iter("cite"), None)
    blog = re.search(r"Weblog:\s*(.{1,100}?)\s*(?:\w+:|$)", line)
    name = words(cited) if cited is not None else blog[1] if blog else words(link)
    return name, (link.get("href") or "") if link is not None else ""


def _printed(element: HtmlElement, stamp: HtmlElement | None, line: str) -> str:
    """The date; 2k11 prints the time apart, in the footer."""
    raw = words(stamp) if stamp is not None else printed.date_in(line)
    clocks = [text for one in element.iter("time") if re.fullmatch(r"\d{1,2}:\d\d", text := words(one))]
    return f"{raw} {clocks[0]}" if raw and clocks and ":" not in raw else raw


def _origin(element: HtmlElement, known: set[str]) -> str | None:
    """The link to the comment that is answered, which some templates print."""
    for link in element.iter("a"):
        if not _ORIGIN.isdisjoint(classes(link)):
            number = re.search(r"#c(\d+)$", link.get("href") or "")
            return number[1] if number and number[1] in known else None
    return None


def _removed(body: HtmlElement | None) -> RemovedHow | None:
    """A comment that others have answered leaves a sentence behind when the owner deletes it."""
    return "moderator" if body is not None and _DELETED.match(words(body)) else None


def _html(body: HtmlElement | None) -> str:
    if body is None:
        return ""
    return html_without(body, {one for one in body.iterdescendants() if one.tag in ("script", "style", "form") or not _FURNITURE.isdisjoint(classes(one))})

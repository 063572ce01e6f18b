"""The messages of a SPIP forum: `li` inside `li`, each with its number in an anchor or in a class name.

The number stands in `a[name=forumN]` or `a[name=commentN]`, in the class names `forum-texte-N` that the plugin Crayons adds
to every part, or in the address for answering (`id_forum=N`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import Placed, by_elements, words_without
from schema.items import Comment, Page, Post

_ITEMS = ("forum-fil", "comment-item", "comment-fil", "comments-item", "comment-li")
_NUMBER = re.compile(r"\b(?:forum|comment)(?:-(?:texte|titre|qui|notes)-)?(\d+)\b|[?&;]id_forum=(\d+)")
_ANSWER = re.compile(r"[?&;]id_forum=(\d+)|#formulaire_forum|[?&]page=forum\b|#repondre")
_TEXT = frozenset(("forum-texte", "comment-texte", "comment-content", "comment-text", "forum-text"))
_INNER_TEXT = frozenset(("comment-texte",))
_FURNITURE = frozenset(("comment-notes", "comment-reply", "repondre", "comment-doc", "moderation", "button", "comment-external-link", "hyperlien", "forum-repondre", "spip_logo", "ancre"))
_NAMES = frozenset(("fn", "comment-author", "forum-auteur", "nom", "author"))
_TITLE = frozenset(("forum-titre", "comment-titre", "comment-number", "permalink", "ancre"))
_LINK = re.compile(r"#(?:forum|comment)(\d+)$")


@once
def find(page: Page) -> tuple[Placed, ...]:
    """The messages in the order shown, each with the one it answers."""
    found, seen = [], set()
    for place, item in enumerate(_items(page), 1):
        ref = _number(item) or f"#{place}"
        if ref not in seen:
            seen.add(ref)
            found.append((ref, item))
    return tuple(by_elements(found))


def _items(page: Page) -> Iterable[HtmlElement]:
    """List items; in skeletons without them, the messages themselves, or what an anchor `forumN` stands in."""
    items = [one for one in filed(page).of(*_ITEMS) if one.tag in ("li", "article", "div") and _own(one, _TEXT) is not None]
    if items:
        return items
    messages = [one for one in filed(page).of("forum-message", "comment-message") if not is_within(one, tags=frozenset(("aside",)))]
    return messages or list(dict.fromkeys(_anchored(page)))


def _anchored(page: Page) -> Iterator[HtmlElement]:
    """SPIP 1.9: `<li><a name="forum12" id="forum12"></a><div class="ligne-...">`, with the answers in a list inside."""
    for anchor in tree(page).iter("a"):
        if re.fullmatch(r"forum\d+", anchor.get("name") or anchor.get("id") or ""):
            item = next((one for one in anchor.iterancestors("li", "article") if one.tag == "li"), anchor.getparent())
            if item is not None and item.tag in ("li", "div", "article") and _own(item, _TEXT) is not None:
                yield item


def _own_elements(item: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of a message without those of its answers."""
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if one.tag in ("ul", "ol") and one is not item and any(child.tag == "li" and _is_item(child) for child in one):
            continue
        yield one
        waiting.extend(reversed(one))


def _is_item(element: HtmlElement) -> bool:
    return not set(_ITEMS).isdisjoint(classes(element)) or any(one.tag == "a" and (one.get("name") or "").startswith("forum") for one in element)


def _own(item: HtmlElement, names: frozenset[str]) -> HtmlElement | None:
    return next((one for one in _own_elements(item) if (named := one.get("class")) and not names.isdisjoint(named.split())), None)


def _number(item: HtmlElement) -> str:
    for one in _own_elements(item):
        for name in ("name", "id", "class", "href"):
            text = one.get(name)
            number = _NUMBER.search(text) if text else None
            if number and (number[1] or number[2]):
                return number[1] or number[2]
    return ""


def read(page: Page, found: tuple[Placed, ...], post: Post) -> Iterator[Comment]:
    """What each message says."""
    base = head.base_url(page)
    number = page_number(page)
    for place, one in enumerate(found, 1):
        own = list(_own_elements(one.element))
        text = _text(own)
        line = _line(one.element, own, text)
        stamp = next((element for element in own if element.tag in ("abbr", "time") and (element.get("title") or element.get("datetime"))), None)
        moment, how = printed.moment(stamp.get("datetime") or stamp.get("title")) if stamp is not None else (None, None)
        author, author_url = _author(own, text, line)
        yield Comment(
            one.ref, "spip", rule="forum message", parent_ref=one.parent, reply_to_how="markup" if one.parent else None, page=number, place=place, depth=one.depth,
            url="" if one.ref.startswith("#") else _permalink(own, one.ref, base, post.url), author=author, author_url=absolute(base, author_url), published=moment,
            published_how=how, published_raw=(printed.date_in(words(stamp)) if stamp is not None else "") or printed.date_in(line) or (words(stamp) if stamp is not None else ""),
            html=_html(text), language=post.language,
        )


def offers_form(page: Page) -> bool:
    """Whether the page has the form for a message, or a link to it."""
    return b"formulaire_forum" in page.body or b"page=forum" in page.body


def page_number(page: Page) -> int:
    """SPIP names the first message of a page, not the page: any later page counts as the second."""
    start = re.search(r"[?&]debut_(?:forums|comments|forum)=(\d+)", page.url)
    return 2 if start and start[1] != "0" else 1


def _text(own: list[HtmlElement]) -> HtmlElement | None:
    texts = [one for one in own if (named := one.get("class")) and not _TEXT.isdisjoint(named.split())]
    return next((one for one in texts if not _INNER_TEXT.isdisjoint(classes(one))), texts[0] if texts else None)


def _line(item: HtmlElement, own: list[HtmlElement], text: HtmlElement | None) -> str:
    """What stands around the text: the line of author and date."""
    answers = [one for one in item.iter("ul", "ol") if one not in own]
    return words_without(item, [text, *answers, *(one for one in own if not _TITLE.isdisjoint(classes(one)) and one.tag != "a")])


def _author(own: list[HtmlElement], text: HtmlElement | None, line: str) -> tuple[str, str]:
    """Who is named by class; a message without such an element is anonymous where others have one."""
    for one in own:
        if _is_name(one) and (text is None or text not in one.iterancestors()) and (name := printed.bare_name(words(one))):
            link = one if one.tag == "a" else next(one.iter("a"), None)
            link = link if link is not None else next((above for above in one.iterancestors("a") if "#" not in (above.get("href") or "#")), None)
            href = (link.get("href") or "") if link is not None else ""
            return name, "" if _LINK.search(href) else href
    return printed.byline(line).name if any("auteur" in (one.get("class") or "") for one in own) else "", ""


def _is_name(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return "forum-qui-" in names or not _NAMES.isdisjoint(names.split())


def _permalink(own: list[HtmlElement], ref: str, base: str, post_url: str) -> str:
    for one in own:
        href = one.get("href") or ""
        link = _LINK.search(href) if one.tag == "a" else None
        if link and link[1] == ref:
            return post_url + href if href.startswith("#") else absolute(base, href)
    return f"{post_url}#forum{ref}"


def _html(text: HtmlElement | None) -> str:
    if text is None:
        return ""
    return html_without(text, {one for one in text.iterdescendants() if one.tag in ("script", "style", "form") or not _FURNITURE.isdisjoint(classes(one))})

"""The post on a SPIP page: chapo and text of an article, and the line that says by whom and when."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawlers import head, printed, prose, stated
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import is_inside, words_without
from crawlers.platforms import _spip_comments as comments
from schema.items import Page, Post

_CRAYON = re.compile(r"\barticle-(titre|texte|chapo|ps)-\d+")
_LINES = ("info-publi", "publication", "dates_auteurs", "-meta", "meta-publi", "postmeta", "cartouche", "entry-meta", "auteurs", "signature")
_IN_THE_WAY = frozenset(("spip_note_ref", "lire_aussi", "formulaire_spip"))
_BESIDE = frozenset(("comments", "forum", "divforum", "aside", "sidebar", "navigation", "liste", "menu"))
_COUNT = re.compile(r"comment|message|réaction|reaction|réponse|kommentar|mensaje|respuesta|forum", re.I)
_CLOSED = re.compile(r"forum (?:est )?(?:fermé|clos)|commentaires (?:sont )?(?:fermés|clos)|ce forum est fermé|forum is closed|forum geschlossen", re.I)


def read(page: Page) -> Post | None:
    """The post, or None where the page shows no text."""
    body = marked(page)
    if body is None:
        body = prose.most_paragraphs(tree(page))
    if body is None:
        return None
    line = _line(page)
    author, url = _author(page, line)
    stamp = _stamp(page)
    moment, how = printed.moment(stamp.get("datetime") or stamp.get("title")) if stamp is not None else (None, None)
    said = stated.article(page)
    return Post(
        head.canonical(page), "spip", rule="article text", title=_title(page), author=author or said.author, author_url=absolute(head.base_url(page), url or said.author_url),
        published=moment or said.published, published_raw=_printed(line, stamp) or said.raw, published_how=how or said.how, html=_html(page, body),
        language=head.language(page), comments_reported=reported(page), comments_closed=closed(page),
    )


@once
def marked(page: Page) -> HtmlElement | None:
    """The text of the article where a skeleton marks it: by the class names of Crayons, or by the one of the standard skeleton."""
    named = [one for one in filed(page).of("texte", "article-texte", "entry-content", "text") if not is_within(one, names=_BESIDE, tags=frozenset(("aside",)))]
    own = [one for one in named if (found := _CRAYON.search(one.get("class") or "")) and found[1] == "texte"]
    return max(own or named, key=lambda one: len(words(one)), default=None)


def reported(page: Page) -> int | None:
    """How many messages a heading over the forum states."""
    headings = (one for one in tree(page).iter("h2", "h3", "h4") if not is_within(one, tags=frozenset(("aside",))))
    about = (one for one in headings if len(text := words(one)) < 60 and _COUNT.search(text))
    found = {one.element for one in comments.find(page)}
    stated_numbers = (printed.number(words(one)) for one in about if not is_inside(one, found))
    return next((number for number in stated_numbers if number is not None), None)


def closed(page: Page) -> bool | None:
    """True where the page says that the forum is closed, False where it offers to write."""
    said = filed(page).of("forum-ferme", "forum-decompte", "reponse_formulaire", "comments-closed", "forum-clos")
    if any(_CLOSED.search(words(one)) for one in said):
        return True
    return False if comments.offers_form(page) else None


def _html(page: Page, body: HtmlElement) -> str:
    """The introduction, which SPIP keeps apart, and the text."""
    chapo = next((one for one in filed(page).of("chapo", "introduction") if not is_within(one, names=_BESIDE) and body not in one.iterancestors() and one not in body.iterancestors()), None)
    parts = [one for one in (chapo, body) if one is not None]
    return "".join(html_without(part, {one for one in part.iterdescendants() if one.tag in ("script", "style", "form") or not _IN_THE_WAY.isdisjoint(classes(one))}) for part in parts)


def _title(page: Page) -> str:
    """The heading that is marked as the title, else the one that the title element begins with."""
    named = head.title(page)
    headings = [one for one in tree(page).iter("h1", "h2") if not is_within(one, names=_BESIDE, tags=frozenset(("nav", "aside", "footer")))]
    crayons = (one for one in headings if (found := _CRAYON.search(one.get("class") or "")) and found[1] == "titre")
    said = (one for one in headings if len(text := words(one)) > 2 and named.startswith(text[:60]))
    own = (one for one in headings if one.tag == "h1" and not is_within(one, names=frozenset(("header",)), tags=frozenset(("header",))))
    return next((text for found in (crayons, said, own) for one in found if (text := words(one))), named)


def _line(page: Page) -> HtmlElement | None:
    """The line that has the date, above or below the title."""
    found = [one for one in filed(page).of(*_LINES) if not is_within(one, names=_BESIDE)]
    return next((one for one in found if len(text := words_without(one, ())) < 400 and printed.DATE.search(text)), found[0] if found else None)


def _author(page: Page, line: HtmlElement | None) -> tuple[str, str]:
    named = [one for one in filed(page).of("fn", "author", "auteurs", "auteur") if not is_within(one, names=_BESIDE | {"comment", "forum-fil"})]
    for one in named:
        if name := printed.bare_name(words(one)):
            link = one if one.tag == "a" else next(one.iter("a"), None)
            return name, (link.get("href") or "") if link is not None else ""
    return (printed.byline(words_without(line, ())).name, "") if line is not None else ("", "")


def _stamp(page: Page) -> HtmlElement | None:
    """`abbr.published` has the moment in its title, in UTC (the filter date_iso)."""
    stamps = (one for one in filed(page).of("published", "date", "dtstart") if one.tag in ("abbr", "time") and not is_within(one, names=_BESIDE | {"comment", "forum-fil"}))
    return next((one for one in stamps if printed.moment(one.get("datetime") or one.get("title"))[0]), None)


def _printed(line: HtmlElement | None, stamp: HtmlElement | None) -> str:
    raw = printed.date_in(words(stamp)) if stamp is not None else ""
    return raw or (printed.date_in(words_without(line, ())) if line is not None else "")

"""Pages that stand in front of others, with status 200: "not found", "log in", "accept cookies". None of them is a post.

Told by a title or a heading that says nothing else, on a page with few words: a post about any of these says more.
"""

from __future__ import annotations

import re

from crawlers import signs
from crawlers.head import window_title
from crawlers.html import tree
from crawlers.markup import words
from schema.items import Page

SOFT_404 = "not found page"
LOGIN = "login wall"
COOKIES = "cookie wall"
CHECK = "browser check"
_MOST = 2500        # characters that such a page shows, menus included; beyond that it may be a post of that title
_APART = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb\u00ab:-]\s+|\s*[|\u00bb\u00ab]\s*")
_EDGES = " .!\u2026?\u00a1\u00bf:-\u2013\u2014"

_SAID = {
    SOFT_404: r"(?:error |fehler |erreur )?404(?: error| fehler)?|(?:(?:error|fehler|erreur )?404[ ,:.-]*)?(?:oops!? ?|sorry!?,? ?)?(?:(?:the |this |that )?page (?:was |is |could |can |cannot |can't |can not )?"
              r"(?:not |be )*(?:found|available|exist)|page (?:does|doesn't|does not) exist|this page (?:doesn't|does not) exist|not found|nothing found|file not found|seite nicht gefunden"
              r"|nicht gefunden|page (?:introuvable|non trouv\u00e9e)|p\u00e1gina n\u00e3o encontrada|p\u00e1gina no encontrada|pagina non trovata|pagina niet gevonden|strona nie zosta\u0142a znaleziona"
              r"|\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0430 \u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d\u0430)",
    LOGIN: r"(?:please )?(?:log ?in|sign ?in|log in or sign up)(?: (?:required|to continue|to your account|to read more))?|members only|(?:this content is )?for members only|login required|anmelden|einloggen"
           r"|anmeldung erforderlich|connexion|se connecter|iniciar sesi\u00f3n|accedi|entrar|inloggen|\u0432\u0445\u043e\u0434",
    COOKIES: r"before you continue|(?:please )?(?:enable|accept|allow) cookies|cookies?(?: (?:required|disabled|consent|settings))?|we (?:use cookies|value your privacy)|cookie[- ]einstellungen|bevor sie fortfahren",
    CHECK: r"just a moment|checking your browser|attention required|(?:please )?verify (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|security check|ddos protection|one more step|access denied|bot verification",
}
_WHOLE = {why: re.compile(said, re.I) for why, said in _SAID.items()}
_NEEDS = {LOGIN: re.compile(rb"type\s*=\s*[\"']?password", re.I), COOKIES: re.compile(rb"cookie", re.I)}     # what else must be on the page
# What only posts have: dates, comments, and the marks of articles.
_OF_POSTS = re.compile(rb"article:published_time|BlogPosting|NewsArticle|\bhentry\b|type-post|datePublished|<time\b|class=[\"'][^\"'>]*\bcomment|content=[\"']article[\"']", re.I)
_UNSEEN = frozenset(("script", "style", "noscript", "template"))


def wall(page: Page) -> str:
    """Which kind of wall the page is, as a reason; "" for all others."""
    if page.status not in (0, 200) or signs.outermost(page) not in ("", "html"):
        return ""
    for why in filter(None, map(_said, _names(page))):
        if (why not in _NEEDS or _NEEDS[why].search(page.body)) and not _OF_POSTS.search(page.body) and _is_short(page):
            return why
    return ""


def _said(name: str) -> str:
    plain = name.strip(_EDGES)
    return next((why for why, said in _WHOLE.items() if said.fullmatch(plain)), "")


def _names(page: Page) -> list[str]:
    """What the page calls itself: the parts of its title, and its first heading."""
    heading = next(tree(page).iter("h1"), None)
    whole = window_title(page)[:300]
    return [*_APART.split(whole), *([words(heading)[:100]] if heading is not None else [])]


def _is_short(page: Page) -> bool:
    seen = 0
    for element in tree(page).iter():
        text = ("" if element.tag in _UNSEEN else element.text or "") + (element.tail or "")
        seen += len(text.strip())
        if seen > _MOST:
            return False
    return True

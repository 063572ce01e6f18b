"""Comments that a page tells machines in JSON-LD, and those that a script will fetch from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from crawlers import head
from crawlers.markup import absolute
from crawlers.platforms._generic_facts import Json, article
from crawlers.platforms._generic_parts import moment_of
from schema.items import Comment, Page

_ELSEWHERE = (
    (b"disqus.com/embed", "disqus"), (b"disqus_shortname", "disqus"), (b"fb-comments", "facebook"), (b"fb:comments", "facebook"), (b"commento.js", "commento"),
    (b"data-isso", "isso"), (b"giscus.app", "giscus"), (b"utteranc.es", "utterances"), (b"talk.hyvor", "hyvor"), (b"coral-talk", "coral"), (b"spot.im", "openweb"),
    (b"graphcomment", "graphcomment"), (b"intensedebate", "intensedebate"),
)


def comments(page: Page, url: str) -> Iterator[Comment]:
    """The comments of the article's JSON-LD; replies may stand inside the one they answer."""
    language = head.language(page)
    above: dict[str, str] = {}
    for place, (said, parent) in enumerate(_comments(article(page), None), start=1):
        identity = _text(said.get("@id") or said.get("identifier") or said.get("url"))
        ref = _number_of(identity) or f"#{place}"
        above[str(id(said))] = ref
        author = said.get("author")
        stated = moment_of(_text(said.get("dateCreated") or said.get("datePublished")))
        parent_ref = above.get(str(id(parent))) if parent else None
        yield Comment(
            ref, "generic", rule="JSON-LD comment", parent_ref=parent_ref, reply_to_how="markup" if parent_ref else None, place=place,
            url=absolute(url, _text(said.get("url"))), author=_text(author.get("name")) if isinstance(author, dict) else _text(author),
            author_url=absolute(url, _text(author.get("url"))) if isinstance(author, dict) else "",
            published=stated[0] if stated else None, published_how=stated[1] if stated else None,
            published_raw=_text(said.get("dateCreated") or said.get("datePublished")), html=_as_html(said.get("text")), language=language,
        )


def comments_elsewhere(page: Page) -> str:
    """Why comments may be missing: "script-loaded: NAME" of the service that brings them, or ""."""
    body = page.body.lower()
    return next((f"script-loaded: {name}" for sign, name in _ELSEWHERE if sign in body), "")


def _comments(said: Json, parent: Json | None) -> Iterator[tuple[Json, Json | None]]:
    several = said.get("comment") or said.get("comments")
    for one in several if isinstance(several, list) else [several]:
        if isinstance(one, dict) and _text(one.get("text")):
            yield one, parent
            yield from _comments(one, one)


def _number_of(identity: str) -> str:
    found = re.search(r"(?:comment|#)\D{0,3}(\d+)$", identity)
    return found[1] if found else ""


def _as_html(text: object) -> str:
    """Some write HTML into the text, others plain words with line breaks."""
    words = text if isinstance(text, str) else ""
    return words if re.search(r"</?\w+[^>]*>", words) else escape(words, quote=False).replace("\n", "<br>")


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""

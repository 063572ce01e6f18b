"""What a WordPress page says about the number of its comments, and whether one may still comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.html import text_of, tree
from crawlers.markup import elements, words
from crawlers.platforms._wordpress_comments import Found
from schema.items import Page

_HEADINGS = elements(
    "//body//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::span or self::p or self::div]"
    "[contains(@class, 'omments-title') or contains(@class, 'omments__headline') or contains(@class, 'omment-count')"
    " or contains(@class, 'postcomment') or contains(@class, 'omments-heading') or contains(@class, 'omments-header')"
    " or contains(@class, 'comments_title') or contains(@class, 'comments_intro') or contains(@class, 'wpd-thread-info')"
    " or contains(@class, 'comment-reply-title') or @id='comments' or @id='comments-title' or @id='comments_intro']")
_IN_AREA = elements("//*[@id='comments' or @id='commentsbox' or @id='comment-wrap' or @id='epoch-wrap']//*[self::h2 or"
                    " self::h3 or self::h4 or self::h5]")
_BEFORE = elements("(preceding::h2 | preceding::h3 | preceding::h4 | preceding::h5)[position() > last() - 3]")
_WORD = (r"(?:comments?|thoughts?|responses?|repl(?:y|ies)|kommentare?n?|gedanken?|antwort(?:en)?|reaktion(?:en)?|"
         r"ergänzung(?:en)?|meinung(?:en)?|commentaires?|réponses?|réflexions?|avis|comentarios?|respuestas?|"
         r"pensamientos?|ideas?|reacties?|gedachten?|antwoord(?:en)?|comment[oi]|pensier[oi]|rispost[ae]|risposte|"
         r"comentários?|respostas?|opini(?:ões|ão|ones|ón)|комментари\w*|отзыв\w*|ответ\w*|мнени\w*|"
         r"komentarz\w*|odpowied\w*|myśl\w*|przemyśle\w*|opini\w*|discussions?|kommentar|svar|tanker?|tankar)")
_NUMBER = re.compile(rf"(\d[\d.,  ]*)\s*(?:\w+\s){{0,1}}?{_WORD}\b|{_WORD}\s*[:(\[]*\s*(\d+)", re.I)
_ONE = re.compile(rf"\b(?:one|ein[e]?|un[ea]?|uno|een|um(?:a)?|один|jeden|jedna)\s+{_WORD}", re.I)
_NONE = re.compile(rf"\b(?:no|keine?|aucune?|pas de|sin|ningún|geen|nessun[oa]?|nenhuma?|sem|нет|brak)\s+{_WORD}", re.I)
_CLOSED_AT = elements(
    "//body//*[contains(@class, 'nocomments') or contains(@class, 'no-comments') or contains(@class, 'comments-closed')"
    " or contains(@class, 'comments_closed') or contains(@class, 'comment-closed') or contains(@class, 'closed')]")
_CLOSED = re.compile(
    r"comments? (?:are|is)(?: now)? (?:closed|off|disabled)|commenting is closed|kommentar\w*(?:funktion)? (?:\w+ ){0,4}geschlossen|"
    r"commentaires? (?:\w+ ){0,3}(?:fermés|clos)|comentarios (?:\w+ ){0,4}(?:cerrad|desactivad)|reacties (?:\w+ ){0,3}gesloten|"
    r"commenti (?:\w+ ){0,3}(?:chius|disabilitat)|comentários (?:\w+ ){0,3}(?:fechad|encerrad|desativad)|"
    r"комментарии (?:\w+ ){0,3}(?:закрыты|отключены)|(?:komentowanie|możliwość komentowania|komentarze) (?:\w+ ){0,3}(?:wyłączon|zamknięt|jest wyłączona)|"
    r"discussion is closed", re.I)
_FORM = elements("//form[@id='commentform' or contains(@class, 'comment-form') or contains(@action, 'wp-comments-post')]"
                 " | //*[@id='wpd-threads' or @id='jetpack_remote_comment' or contains(@class, 'wpd-form-wrapper')]")
_ELSEWHERE = (
    ("disqus", ('id="disqus_thread"', "id='disqus_thread'", "disqus.com/embed.js")),
    ("facebook", ('class="fb-comments', "<fb:comments")),
    ("intensedebate", ("intensedebate.com/js",)),
    ("livefyre", ("livefyre.com/wjs", 'id="livefyre')),
    ("coral", ('id="coral_', "coral_thread")),
    ("hyvor", ("hyvor-talk",)),
    ("spot.im", ("launcher.spot.im",)),
    ("wpdiscuz", ('class="wpd-comments-deferred',)),
)


def reported(page: Page, found: Sequence[Found]) -> int | None:
    """How many comments the heading over them speaks of (pings are among them); None where nothing says."""
    near = _BEFORE(found[0].element) if found else []
    for heading in (*_HEADINGS(tree(page)), *_IN_AREA(tree(page)), *reversed(near)):
        text = words(heading) if heading.get("id") != "comments" or heading.tag != "div" else ""
        if text and len(text) < 300 and (number := number_in(text)) is not None:
            return number
    return None if found or closed(page) is None else (0 if _has_empty_form(page) else None)


def number_in(heading: str) -> int | None:
    """The number a heading states, in digits or as "one" or "no", in the languages WordPress is used in most."""
    if match := _NUMBER.search(heading):
        digits = re.sub(r"\D", "", match[1] or match[2])
        return int(digits) if len(digits) < 8 else None
    return 1 if _ONE.search(heading) else 0 if _NONE.search(heading) else None


def _has_empty_form(page: Page) -> bool:
    return bool(_FORM(tree(page))) and not elsewhere(page, ())


def closed(page: Page) -> bool | None:
    """True for "comments are closed", False where the reply form stands, None where neither does."""
    if any(_CLOSED.search(words(element)) for element in _CLOSED_AT(tree(page))):
        return True
    if _FORM(tree(page)):
        return False
    return True if _CLOSED.search(text_of(page)) else None


def elsewhere(page: Page, found: Sequence[Found]) -> str:
    """Which script brings the comments, when the page holds none itself."""
    if found:
        return ""
    text = text_of(page)
    return next((f"script-loaded: {name}" for name, marks in _ELSEWHERE if any(mark in text for mark in marks)), "")



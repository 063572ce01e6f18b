"""What a WordPress page says about the number of its comments, and whether one may still comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawlers import head, signs
from crawlers.html import once
from crawlers.markup import absolute, words
from crawlers.nesting import is_inside
from crawlers.platforms._wordpress_comments import Found
from crawlers.platforms._wordpress_index import index
from schema import keys
from schema.items import Page

_WORD = (r"(?:comments?|thoughts?|responses?|repl(?:y|ies)|kommentare?n?|gedanken?|antwort(?:en)?|reaktion(?:en)?|"
         r"ergänzung(?:en)?|meinung(?:en)?|commentaires?|réponses?|réflexions?|avis|comentarios?|respuestas?|"
         r"pensamientos?|ideas?|reacties?|gedachten?|antwoord(?:en)?|comment[oi]|pensier[oi]|rispost[ae]|risposte|"
         r"comentários?|respostas?|opini(?:ões|ão|ones|ón)|комментари\w*|отзыв\w*|ответ\w*|мнени\w*|"
         r"kommentarer|kommenttia?|koment[aá]ř\w*|hozzászólás\w*|yorum|σχόλι\w*|komentarz\w*|odpowied\w*|myśl\w*|przemyśle\w*|opini\w*|discussions?|kommentar|svar|tanker?|tankar)")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(rf"(\d[\d.,  ]*)\s*(?:\w+\s){{0,1}}?{_WORD}\b|{_WORD}\s*[:(\[]*\s*(\d+)", re.I)
_EAST_ASIAN = re.compile(r"(\d+)\s*(?:件の(?:コメント|フィードバック)|[条個个](?:评论|回复|回應|想法)|[則则](?:留言|迴響|回應|评论)|개의 ?(?:댓글|생각|응답))")
_ONE = re.compile(rf"\b(?:one|ein[e]?|un[ea]?|uno|een|um(?:a)?|один|jeden|jedna)\s+{_WORD}", re.I)
_NONE = re.compile(rf"\b(?:no|keine?|aucune?|pas de|sin|ningún|geen|nessun[oa]?|nenhuma?|sem|нет|brak)\s+{_WORD}", re.I)
_CLOSED = re.compile(
    r"comments? (?:are|is)(?: now)? (?:closed|off|disabled)|commenting is closed|kommentar\w*(?:funktion)? (?:\w+ ){0,4}geschlossen|"
    r"commentaires? (?:\w+ ){0,3}(?:ferm.{1,2}s|clos)|comentarios (?:\w+ ){0,4}(?:cerrad|desactivad)|reacties (?:\w+ ){0,3}gesloten|"
    r"commenti (?:\w+ ){0,3}(?:chius|disabilitat)|comentários (?:\w+ ){0,3}(?:fechad|encerrad|desativad)|"
    r"комментарии (?:\w+ ){0,3}(?:закрыты|отключены)|(?:komentowanie|możliwość komentowania|komentarze) (?:\w+ ){0,3}(?:wy.{1,2}czon|zamkni.{1,2}t)|"
    r"discussion is closed", re.I)
# Without letters that are other bytes in other encodings, but for Russian, where all are.
_STEMS = {language: tuple(stem.encode() for stem in stems) for language, stems in {
    "en": ("losed", "comments are off", " disabled"), "de": ("eschlossen",), "fr": (" ferm", " clos"), "es": ("cerrad", "esactivad"),
    "nl": ("esloten",), "it": ("chius", "isabilitat"), "pt": ("echad", "ncerrad", "esativad"), "ru": ("закрыты", "отключены"), "pl": ("czon", "amkni"),
}.items()}
_ABOUT = (b"omment", b"oment", b"iscussion", b"eacties", "омментари".encode())       # one of these stands in all of that
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "p")
_IN_LINE = frozenset(("span", "a", "b", "strong", "em", "i", "u", "small", "big", "font", "sup", "sub", "br", "wbr", "abbr", "bdi", "q", "img", "svg", "mark", "data"))
_NO_TEXT = frozenset(("script", "style", "form", "template", "noscript"))
_COMMENT_ID = re.compile(r"(?:[a-z]+-){0,2}comment-\d")
_COMMENT_CLASS = re.compile(r"(?:^|\s)(?:comments?[-_]?list|comment[-_](?:body|content|text|author|meta|metadata)|comment|pingback|trackback|vcard)(?:\s|$)")
_LONG = 300     # characters: no heading has that many
_ELSEWHERE = (
    ("disqus", (b'id="disqus_thread"', b"id='disqus_thread'", b"disqus.com/embed.js")),
    ("facebook", (b'class="fb-comments', b"<fb:comments")),
    ("intensedebate", (b"intensedebate.com/js",)),
    ("livefyre", (b"livefyre.com/wjs", b'id="livefyre')),
    ("coral", (b'id="coral_', b"coral_thread")),
    ("hyvor", (b"hyvor-talk",)),
    ("spot.im", (b"launcher.spot.im",)),
    ("wpdiscuz", (b'class="wpd-comments-deferred',)),
)


def reported(page: Page, found: Sequence[Found]) -> int | None:
    """How many comments the heading over them speaks of (pings are among them); None where nothing says. What comments say themselves is no number of theirs."""
    comments = {one.element for one in found}
    places = (*index(page).of("count"), *_headings_before(page))
    stated = (number_in(line) for place in places if not is_inside(place, comments) for line in _lines(place, comments))
    if (number := next((one for one in stated if one is not None), None)) is not None:
        return number
    if (number := _in_link(page, comments)) is not None:
        return number
    return 0 if not found and closed(page) is not None and _has_empty_form(page) else None


def _headings_before(page: Page) -> Iterator[HtmlElement]:
    """The last headings before the first comment, but for the post's own ("7 ideas for a rainy day")."""
    filed = index(page)
    before = filed.of("heading")[:filed.before]
    return (one for one in reversed(before[-3:]) if words(one) not in head.window_title(page))


def _lines(place: HtmlElement, comments: Set[HtmlElement]) -> Iterator[str]:
    """The text of a heading; of a box that may hold the whole thread the lines over the first comment, each on its own: the last
    digits of one element and the first word of the next state nothing together."""
    line, length = "", 0
    for text, is_end in _texts(place, comments) if len(place) else [(place.text or "", True)]:
        line, length = line + text, length + len("".join(text[:10 * _LONG].split()))
        if length >= _LONG:
            return
        if is_end:
            yield " ".join(line.split())
            line = ""


def _texts(place: HtmlElement, comments: Set[HtmlElement]) -> Iterator[tuple[str, bool]]:
    """The texts up to the first comment, each with whether a line ends there. Only the first few are ever asked for."""
    is_box = place.tag not in _HEADINGS
    walk = iterwalk(place, events=("start", "end"))
    for event, element in walk:
        is_start, is_end = event == "start", element is place or (is_box and element.tag not in _IN_LINE)
        if is_start and element is not place:
            if is_end:
                yield "", True
            if element in comments or _is_of_comment(element.get("class") or "", element.get("id") or ""):
                return
            if element.tag in _NO_TEXT:
                walk.skip_subtree()
                continue
        yield ((element.text if is_start else "") or "", is_end and not is_start)
        if not is_start and element is not place:
            yield element.tail or "", False


@lru_cache(maxsize=4096)
def _is_of_comment(class_names: str, own_id: str) -> bool:
    """Whether a comment, or the list of them, begins there: also where the comments are not told by their numbers."""
    return bool(_COMMENT_ID.match(own_id)) or bool(_COMMENT_CLASS.search(class_names))


def _in_link(page: Page, comments: Set[HtmlElement]) -> int | None:
    """The number in the post's own link to its comments ("18 Comments"); teasers of other posts have such links too."""
    own = keys.key_url(head.canonical(page))
    for link in (link for element in index(page).of("popup") for link in element.iter("a")):
        href = absolute(page.url, link.get("href"))
        if "#" in href and keys.key_url(href) == own and (number := number_in(words(link))) is not None and not is_inside(link, comments):
            return number
    return None


def number_in(heading: str) -> int | None:
    """The number a heading states, in digits or as "one" or "no", in the languages WordPress is used in most."""
    has_digits = bool(_DIGIT.search(heading))
    if has_digits and (match := _NUMBER.search(heading)):
        digits = re.sub(r"\D", "", match[1] or match[2])
        return int(digits) if len(digits) < 8 else None
    if has_digits and (match := _EAST_ASIAN.search(heading)):
        return int(match[1][:8])
    return 1 if _ONE.search(heading) else 0 if _NONE.search(heading) else None


def _has_empty_form(page: Page) -> bool:
    return _has_form(page) and not elsewhere(page, ())


def _has_form(page: Page) -> bool:
    return bool(index(page).of("reply")) or any(_is_reply_form(one) for one in index(page).of("form"))


def _is_reply_form(form: HtmlElement) -> bool:
    return form.get("id") == "commentform" or "comment-form" in (form.get("class") or "") \
        or "wp-comments-post" in (form.get("action") or "")


@once
def closed(page: Page) -> bool | None:
    """True for "comments are closed", False where the reply form stands, None where neither does."""
    if any(_CLOSED.search(words(element)) for element in index(page).of("closed")):
        return True
    if _has_form(page):
        return False
    return True if any(_CLOSED.search(line) for line in _suspects(page)) else None


def _suspects(page: Page) -> Iterator[str]:
    """The neighborhoods of the stems of "closed": searching the whole page for sentences would take longer than reading it."""
    start = len(signs.head(page))
    for stem in _stems(head.language(page)):
        at = page.body.find(stem, start)
        while at >= 0:
            near = page.body[max(at - 150, 0):at + 60]
            if any(word in near for word in _ABOUT):
                yield near.decode("utf-8", "replace")
            at = page.body.find(stem, at + 1)


def _stems(language: str) -> Iterator[bytes]:
    """Those of the page's language and English, which themes without a translation speak; all where it states none."""
    for own, stems in _STEMS.items():
        if own in ("en", language) or language not in _STEMS:
            yield from stems


def elsewhere(page: Page, found: Sequence[Found]) -> str:
    """Which script brings the comments, when the page holds none itself."""
    if found:
        return ""
    return next((f"script-loaded: {name}" for name, marks in _ELSEWHERE if any(mark in page.body for mark in marks)), "")



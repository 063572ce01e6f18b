"""What a display name looks like: a person, a nickname, a firm, a phrase for search engines, or a title of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.features.commerce import is_nothing_but_trade, is_trade, is_ware_host, is_wares
from pipeline.features.links import host_of, is_own_host, site_of
from pipeline.text import Doc, prose

NameKind = Literal["person", "nickname", "firm", "keyword", "address", "random", "unknown"]

_FIRM = re.compile(r"\b(?:llc|ltd|inc|gmbh|pvt|corp|limited|company|agency|group|team|studios?|solutions|services|software|technologies)\b\.?$", re.I)
_ADDRESS = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+(?:com|net|org|info|biz|co|io|us|uk|in|de)\b", re.I)
_NAME_PART = re.compile(r"\b[^\W\d_]{3,}\b")
_ASIDE = re.compile(r"\([^()]*\)")
_NO_NAMES = frozenset(("The", "And", "For", "From", "Not", "You", "Your", "This", "That", "Just", "Anonymous", "Anonyme", "Anonym", "Guest", "Admin", "Blog", "Unknown"))
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "to", "in", "how", "with", "de", "a", "on", "from", "my", "your"))
_SUPERLATIVE = re.compile(r"(?:best|top|cheap|buy|free)\b.*\w", re.I)
_ACRONYM_FIRST = re.compile(r"[A-Z]{2,}[a-z]+")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.I)
_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòù]", re.I)


OPENING = 50    # characters in which somebody is greeted
RECENT = 60     # commenters whose names are tried


def name_kind(doc: Doc) -> NameKind:
    """The kind of the display name, judged together with its address."""
    name = (doc.author or "").strip()
    if not name:
        return "unknown"
    if _ADDRESS.match(name) and " " not in name:
        return "address"
    if _is_keyword(name, doc.author_url):
        return "keyword"
    if _FIRM.search(name) or (is_trade(name) and is_own_host(host_of(doc.author_url))):
        return "firm"
    if is_random(name):
        return "random"
    return "person" if " " in name or name[:1].isupper() else "nickname"


def names_own_host(doc: Doc) -> bool:
    """Whether the display name is the name of the host behind it, in whole or for the most part."""
    name = re.sub(r"\W", "", (doc.author or "").lower())
    host = host_of(doc.author_url)
    site = re.sub(r"\W", "", site_of(host))
    return is_own_host(host) and min(len(name), len(site)) >= 4 and (name in site or site in name)


def name_in_the_opening(doc: Doc) -> tuple[int, int] | None:
    """Where a comment begins by the name of the post's author or of an earlier commenter; keywords are no names."""
    if doc.kind != "comment":
        return None
    opening = doc.once(prose)[:OPENING]
    people = (doc.context.post_author or "", *(doc.context.earlier_authors or ())[-RECENT:])
    parts = {part for name in people if name and not is_trade(name) for part in _called(name)}
    return next((match.span() for match in _NAME_PART.finditer(opening) if match[0] in parts), None)


@lru_cache(maxsize=20_000)
def is_random(token: str) -> bool:
    """Whether a word looks thrown: no vowel, six consonants in a row ("strengths" has five), or capitals all over it."""
    if not token.isalpha() or not token.isascii() or len(token) < 7 or token.isupper() or _ACRONYM_FIRST.fullmatch(token):
        return False
    vowels = len(_VOWELS.findall(token))
    inner_capitals = sum(letter.isupper() for letter in token[1:])
    return vowels == 0 or bool(_CONSONANTS.search(token)) or (inner_capitals >= 3 and vowels * 3 <= len(token))


def _called(name: str) -> list[str]:
    """What somebody of that name may be called by: its words in capitals, or the nickname that it is."""
    parts = _NAME_PART.findall(_ASIDE.sub(" ", name))
    return [part for part in parts if part not in _NO_NAMES and (len(parts) == 1 or part[0].isupper())]


def _is_keyword(name: str, url: str | None) -> bool:
    """A phrase somebody might search for: wares, nothing but trade, or several words that no person is called by."""
    if is_wares(name) or _SUPERLATIVE.match(name) or is_nothing_but_trade(name):
        return True
    tokens = name.split()
    is_phrase = len(tokens) >= 2 and (name.islower() or len(tokens) >= 4 or any(token.lower() in _SMALL_WORDS for token in tokens))
    return is_trade(name) and (is_phrase or is_ware_host(url))

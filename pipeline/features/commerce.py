"""Words of trade in a text, a display name, an anchor or a host. What follows from them is the taggers' affair."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from pipeline.features.links import host_of, is_own_host, site_of
from pipeline.text import Doc, lower, lower_prose

# A space of a phrase, required or optional, not one in a set of characters.
_SPACE = re.compile(r"\[[^\]]*\]|[ ][?]?")
_PLAIN = re.compile(r"[a-z](?![?*+{])")     # begins with one letter that must stand there
_ANY_SPACE = {" ": "[ \u00a0]{1,3}", " ?": "[ \u00a0]{0,3}"}


def wares(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where the text names goods and services that link spam is about."""
    return tuple(match.span() for match in _pattern("wares").finditer(doc.once(lower_prose)))


def selling(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where the text cries its wares."""
    return tuple(match.span() for match in _pattern("selling").finditer(doc.once(lower_prose)))


def is_wares(words: str) -> bool:
    """Whether these few words (a name, an anchor) name or cry typical wares."""
    return bool(_pattern("wares").search(lower(words)) or _pattern("selling").search(lower(words)))


def is_trade(words: str) -> bool:
    """Whether these few words (a name, an anchor) hold a word of trade."""
    return bool(is_wares(words) or _pattern("trade").search(lower(words)))


def is_nothing_but_trade(words: str) -> bool:
    """Whether nothing is left of these words when those of trade are taken away: "Logo Design"."""
    return is_trade(words) and not re.search(r"\w", _pattern("trade").sub("", lower(words)))


def is_ware_host(url: str | None) -> bool:
    """Whether the address is one of somebody's own whose name cries wares, or chains words of trade."""
    host = host_of(url)
    if not is_own_host(host):
        return False
    site = site_of(host)
    is_chain = "--" in site or (site.count("-") >= 2 and bool(_pattern("trade").search(site.replace("-", " "))))
    return is_chain or bool(_host_pattern("ware_hosts").search(host))


def is_trade_host(url: str | None) -> bool:
    """Whether the address is one of somebody's own that is named as firms are."""
    host = host_of(url)
    return is_own_host(host) and bool(_host_pattern("trade_hosts").search(host))


@cache
def _lists() -> dict[str, list[str]]:
    content = files("pipeline.features").joinpath("data/commerce.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    phrases = (_SPACE.sub(lambda match: _ANY_SPACE.get(match[0], match[0]), phrase) for phrase in _lists()[name])
    return re.compile(rf"\b(?:{'|'.join(_by_first_letter(phrases))})\b")


def _by_first_letter(phrases: Iterable[str]) -> Iterator[str]:
    """The same, with phrases that begin alike drawn together: at each place alternatives are tried one by one, and so there are few."""
    for is_plain, found in groupby(phrases, key=lambda phrase: bool(_PLAIN.match(phrase))):
        if not is_plain:
            yield from found
            continue
        for letter, alike in groupby(sorted(found, key=itemgetter(0)), key=itemgetter(0)):
            yield f"{letter}(?:{'|'.join(phrase[1:] for phrase in alike)})"


@cache
def _host_pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_lists()[name]))

"""The words, marks and signs of a text in order, and where in them the phrases of a lexicon stand: one pass, however many phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any, NamedTuple

from pipeline.text import Doc, lower_prose

QUESTION, EXCLAMATION, TRAILING, EMOTICON, LINE, NUMBER = "?", "!", "…", "☺", "¶", "0"
STARTS = "^"            # before a phrase: only where a sentence begins
NOT = "~"               # before a phrase: where it stands, the shorter ones that begin there do not count
OPTIONAL = "?>"
MOST = 6_000            # pieces; about five thousand words

_PIECE = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|(?<![\w:/])(?:[:;=8][-^o']?[)(dpo3/\\|*](?![\w/])|<3(?!\d)|\^_?\^|\(:(?!\w))|[\U0001F300-\U0001FAFF\u2639\u263a\u2665\u2764]"
    r"|[!?]+|\.+|…|\n+|\d+|(?<![\w.+-])@(?=\w)|[,;:()“”\"–—*-]"
)
_PLAIN = frozenset(",;:()“”\"–—*-.@")
_ENDS = frozenset((QUESTION, EXCLAMATION, TRAILING, EMOTICON, LINE, "."))

Trie = dict[str, Any]   # Any: tries of tries, and under "" the rule that ends there


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is said, piece by piece, in lower case, and the numbers of the pieces that open a sentence."""

    said: list[str]
    opens: frozenset[int]
    words: int
    matches: list[re.Match[str]] = field(repr=False, compare=False)

    def span(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Where in the text a piece stands, or several until before the last."""
        return self.matches[first].start(), self.matches[first if last is None else last - 1].end()


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of many rules, made ready for one pass."""

    anywhere: Trie
    at_starts: Trie


class Hit(NamedTuple):
    """A phrase of this rule, from the first piece to before the last."""

    rule: str
    first: int
    last: int


def pieces(doc: Doc) -> Pieces:
    """The writer's own words, marks and signs, without quotations and addresses."""
    matches = list(islice(_PIECE.finditer(doc.once(lower_prose).replace("’", "'")), MOST))
    said = [match[0] for match in matches]
    opens: list[int] = []
    words, is_open = 0, True
    for place, piece in enumerate(said):
        if piece[0].isalpha():
            words += 1
            if is_open:
                opens.append(place)
                is_open = False
        else:
            said[place] = sign = piece if piece in _PLAIN else _sign(piece)
            is_open = is_open or sign in _ENDS
    return Pieces(said, frozenset(opens), words, matches)


def _sign(piece: str) -> str:
    if piece[0] in "!?":
        return QUESTION if "?" in piece else EXCLAMATION
    if piece[0] in ".…":
        return TRAILING
    if piece[0] == "\n":
        return LINE
    return NUMBER if piece.isdigit() else EMOTICON


def phrases(rules: Mapping[str, Iterable[str]], lists: Mapping[str, Sequence[str]]) -> Phrases:
    """Made ready: rule -> phrases. `<name>` stands for each phrase of that list, `<name?>` for none of them, too."""
    ready = Phrases({}, {})
    for rule, found in rules.items():
        for phrase in found:
            is_denied, rest = phrase.startswith(NOT), phrase.removeprefix(NOT)
            trie = ready.at_starts if rest.startswith(STARTS) else ready.anywhere
            for spelled in _spelled(rest.removeprefix(STARTS).split(), lists):
                _add(trie, spelled, rule, is_denied=is_denied)
    return ready


def _spelled(parts: Sequence[str], lists: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    choices = [_choices(part, lists) for part in parts]
    for chosen in product(*choices):
        yield [word for words in chosen for word in words.split()]


def _choices(part: str, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if not part.startswith("<"):
        return (part,)
    name = part.removeprefix("<").removesuffix(">").removesuffix("?")
    return (*lists[name], "") if part.endswith(OPTIONAL) else lists[name]


def _add(trie: Trie, words: Sequence[str], rule: str, *, is_denied: bool) -> None:
    for word in words:
        trie = trie.setdefault(word, {})
    trie.setdefault("", {})[rule] = not is_denied


def hits(ready: Phrases, found: Pieces) -> list[Hit]:
    """Where phrases stand: of each rule the longest at a place, and none within another."""
    taken: dict[str, int] = {}
    result: list[Hit] = []
    said, anywhere = found.said, ready.anywhere
    for place in _begun(ready, found):
        here: dict[str, tuple[int, bool]] = {}
        if said[place] in anywhere:
            _walk(anywhere[said[place]], said, place + 1, here)
        if place in found.opens and said[place] in ready.at_starts:
            _walk(ready.at_starts[said[place]], said, place + 1, here)
        for rule, (last, counts) in here.items():
            if taken.get(rule, 0) <= place:
                taken[rule] = last
                if counts:
                    result.append(Hit(rule, place, last))
    return result


def _begun(ready: Phrases, found: Pieces) -> list[int]:
    """The places where some phrase may begin."""
    anywhere, at_starts, said = ready.anywhere, ready.at_starts, found.said
    general = [place for place, piece in enumerate(said) if piece in anywhere]
    openings = [place for place in found.opens if said[place] in at_starts and said[place] not in anywhere]
    return sorted((*general, *openings)) if openings else general


def _walk(trie: Trie, said: Sequence[str], place: int, here: dict[str, tuple[int, bool]]) -> None:
    """Note for each rule the longest phrase that goes on from here."""
    while True:
        rules = trie.get("")
        if rules:
            for rule, counts in rules.items():
                if rule not in here or here[rule][0] <= place:
                    here[rule] = place, counts
        if place == len(said):
            return
        further = trie.get(said[place])
        if further is None:
            return
        trie = further
        place += 1

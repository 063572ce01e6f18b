"""Who answers whom in a flat thread: edges inferred from the words, each with a confidence, and none where it would be a guess.

Names and quotations carry the evidence. Mere adjacency does not: on threads whose nesting was hidden, "answers the comment
before" found 0 of 20 replies between ordinary commenters; only a post's author can be taken to answer what came last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

# Confidences follow the precision of each rule on nested threads whose nesting was hidden (bench/replies.py).
QUOTED = 0.75           # quotes an earlier comment; pages often show it under another one of the same exchange
ADDRESSED = 0.9         # "Rick, I think ...", "@Rick", "I disagree a little, Rick."
MENTIONED = 0.85        # "agreed with Grace above", "as Grace says"
ANSWERED = 0.75         # the post's author, after comments of others
CROWD = 4               # commenters: among more, a name may fit somebody else by chance
IN_A_CROWD = 0.7        # times the confidence
NEAR = 15               # comments: one who wrote longer ago is hardly meant
QUOTE_WORDS = 4

_NAME = r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?)"
_ADDRESS = (
    re.compile(rf"^\W*(?:(?:hi|hey|hello|dear|thanks|thank you|thx|sorry|yes|yeah|no|well|ok|to|re)[,:]? )?@?{_NAME}\s?(?:[,:;!?…–—-]|\.\.)", re.I),
    re.compile(rf"^\W*(?:hi|hey|hello|dear|thanks|thank you|thx) {_NAME}\b", re.I),
    re.compile(rf"(?:^|[^\w.])@{_NAME}", re.I),
    re.compile(rf",\s{_NAME}(?=[,.!?;:…])"),
)
_MENTION = (
    re.compile(rf"\b(?:agree[ds]?|disagree[ds]?|with|like|as|to|what|think) {_NAME}(?:['’]s|(?: (?:above|says?|said|wrote|writes|puts? it|points? out|mentions?|mentioned)))", re.I),
    re.compile(rf"\b(?:agree[ds]?|disagree[ds]?) with {_NAME}", re.I),
)
_QUOTATION = re.compile(r"[\"“”«»„]([^\"“”«»„\n]{15,400})[\"“”«»„]")
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "prof", "sir", "the", "a", "an", "anonymous", "unknown", "admin", "anonym", "guest"))


@dataclass(frozen=True, slots=True)
class Turn:
    """One comment of a thread, in the order of the thread."""

    key: str
    author: str
    text: str
    by_post_author: bool = False
    quotes: tuple[str, ...] = ()        # what the markup sets apart as quoted


@dataclass(frozen=True, slots=True)
class Edge:
    """Which comment it probably answers, how sure that is (0-1), and by which rule."""

    reply_to: str
    confidence: float
    rule: str


def infer(turns: Sequence[Turn], *, post_text: str = "", post_author: str = "") -> dict[str, Edge]:
    """The edges of a flat thread, by the key of the answering comment; comments that answer the post have none."""
    names: dict[str, int] = {}          # what a commenter may be called -> where he last wrote
    texts: list[str] = []
    host = {name for turn in turns if turn.by_post_author for name in _called(turn.author)} | set(_called(post_author))
    edges: dict[str, Edge] = {}
    for place, turn in enumerate(turns):
        if edge := _edge(turns, place, names, texts, host, _plain(post_text)):
            edges[turn.key] = edge
        names.update(dict.fromkeys(_called(turn.author), place))
        texts.append(_plain(turn.text))
    return edges


def _edge(
    turns: Sequence[Turn], place: int, names: Mapping[str, int], texts: Sequence[str], host: set[str], post_text: str,
) -> Edge | None:
    turn = turns[place]
    if (quoted := _quoted(turn, texts, post_text)) is not None:
        return Edge(turns[quoted].key, QUOTED, "quotes it")
    near = {name: where for name, where in names.items() if place - where <= NEAR and name not in _called(turn.author)}
    for patterns, confidence, rule in ((_ADDRESS, ADDRESSED, "addresses its author"), (_MENTION, MENTIONED, "mentions its author")):
        called = _named(turn.text, patterns, near.keys() | host)
        if called in host and not turn.by_post_author:
            return None
        if called in near:
            return Edge(turns[near[called]].key, confidence * _certainty(turns[:place]), rule)
    return _answer_of_the_host(turns, place) if turn.by_post_author else None


def _certainty(earlier: Sequence[Turn]) -> float:
    return 1.0 if len({turn.author for turn in earlier}) <= CROWD else IN_A_CROWD


def _quoted(turn: Turn, texts: Sequence[str], post_text: str) -> int | None:
    """The latest earlier comment that says word for word what this one quotes, unless the post says it, too."""
    for quote in (*turn.quotes, *_QUOTATION.findall(turn.text)):
        words = _plain(quote)
        if words.count(" ") + 1 < QUOTE_WORDS or words in post_text:
            continue
        for place in range(len(texts) - 1, -1, -1):
            if words in texts[place]:
                return place
    return None


def _named(text: str, patterns: Sequence[re.Pattern[str]], names: Collection[str]) -> str:
    """The first of the names that the first paragraph uses so, or ""."""
    opening = text[:2000].partition("\n\n")[0]
    matches = (match for pattern in patterns for match in pattern.finditer(opening))
    return next((called for match in matches for called in _readings(match["name"]) if called in names), "")


def _answer_of_the_host(turns: Sequence[Turn], place: int) -> Edge | None:
    """A post's author answers the comment of somebody else that came last."""
    before = place - 1
    if before < 0 or turns[before].by_post_author:
        return None
    return Edge(turns[before].key, ANSWERED, "the post's author answers")


def _readings(name: str) -> Iterator[str]:
    """A matched name as the full one, then as the first word of it."""
    plain = _plain(name.rstrip(".-'’"))
    yield plain
    if " " in plain:
        yield plain.partition(" ")[0]


def _called(author: str) -> Iterator[str]:
    """What people call somebody of that display name: the whole name, and its first word that is no title."""
    words = [word.strip(".,'’") for word in _plain(author).split()]
    words = [word for word in words if word not in _TITLES and len(word) > 1]
    if words:
        yield " ".join(words)
        yield words[0]


def _plain(text: str) -> str:
    """Lower case, without accents, white space collapsed: people write Jiri for Jiří."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().replace("’", "'").split())

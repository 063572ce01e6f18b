"""Who is spoken to by name, and who signs: names at the start of lines, behind thanks and greetings, of the thread, and at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.features.pieces import LINE, pieces
from pipeline.text import Doc, prose

OPENING = 8         # pieces in which somebody of the thread is called
READ = 400          # pieces in which names are looked for; who is spoken to is named early
LINES = 40          # lines whose beginnings are looked at
RECENT = 60         # commenters whose names are tried
ENDING = 4          # pieces of a signature
SHORTEST = 3        # letters of a name that is looked for in the text

_NAME = re.compile(r"[A-Z][a-z]+|[A-Z]{2,4}")
_PART = re.compile(r"[^\W\d_]{2,}")
_GREETS = frozenset(("hi", "hello", "hey", "dear"))
_CALLS = _GREETS | frozenset(
    ("thanks", "thx", "you", "cheers", "sorry", "yes", "no", "agreed", "ok", "okay", "right", "welcome", "congrats", "congratulations", "post", "point", "job", "one", "and", "well", "work", "article")
)
_BEHIND_A_CALL = frozenset(".,!:;?…☺¶–—-")
_BEHIND_A_NAME = frozenset(",:!–—-¶")
_AT_THE_END = frozenset(".!?…☺¶")
_CLOSINGS = frozenset(("regards", "cheers", "thanks", "best", "sincerely", "yours", "peace", "love", "ciao", "bye", "wishes", "thx"))
# Words that begin sentences with a capital and may stand before a comma, and what technical texts write in capitals.
_NO_NAMES = frozenset(["hi", "hey", "hello", "thanks", "thank", "thx", "cheers", "regards", "best", "wow", "yes", "no", "yeah", "yep", "nope", "ok", "okay", "well", "also", "however", "earlier", "later", "today", "yesterday", "tomorrow", "first", "second", "third", "next", "then", "now", "so", "but", "and", "or", "oh", "ah", "sure", "sorry", "sadly", "actually", "indeed", "still", "again", "finally", "lastly", "maybe", "perhaps", "besides", "further", "furthermore", "moreover", "thus", "hence", "therefore", "meanwhile", "instead", "otherwise", "plus", "anyway", "right", "true", "agreed", "please", "congratulations", "great", "nice", "good", "cool", "awesome", "interesting", "excellent", "brilliant", "amazing", "in", "on", "at", "for", "from", "with", "after", "before", "since", "when", "while", "if", "as", "to", "by", "of", "the", "this", "that", "these", "those", "there", "here", "it", "he", "she", "we", "they", "you", "i", "my", "our", "your", "what", "how", "why", "who", "where", "just", "only", "even", "not", "all", "some", "many", "most", "another", "one", "two", "three", "each", "every", "e", "update", "edit", "note", "source", "re", "ps", "btw", "html", "css", "php", "seo", "sql", "api", "xml", "url", "http", "google", "facebook", "twitter", "wordpress", "linkedin", "youtube", "windows", "linux", "microsoft", "apple", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "ireland", "england", "london", "america", "europe", "china", "india", "germany", "france", "looks", "unfortunately", "personally", "hopefully", "usually", "honestly", "seriously", "basically", "apparently", "obviously", "fortunately", "welcome", "everyone", "anyone", "folks", "guys", "man", "dude", "wonderful", "lovely", "beautiful", "perfect", "exactly", "absolutely", "definitely", "uh", "um", "hmm", "haha", "lol", "tips", "step", "example", "question", "answer", "problem", "solution", "warning", "disclaimer", "conclusion", "summary", "overview", "name", "email", "phone", "address", "website", "contact", "usa", "uk", "us", "eu", "tv", "pc", "mac", "ios", "android", "anonymous", "unknown", "guest", "admin", "blog", "ha", "hah", "hahaha", "heh", "hehe", "dear", "bookmarked", "error", "errors", "result", "results", "output", "input", "code", "oops", "ouch", "yay", "whoa", "ugh", "eh", "aw", "aww", "huh", "amen", "bravo", "kudos", "congrats", "gosh", "omg", "imho", "imo", "fyi", "faq", "bug", "fixed", "done", "table", "figure", "python", "java", "javascript", "excel", "love", "loved", "super", "superb", "fantastic"])


@dataclass(frozen=True, slots=True)
class Addressing:
    """Numbers of the pieces where somebody is called, or signs; `of_the_thread` would not be known from the text alone."""

    called: tuple[int, ...] = ()            # a name before a comma at the start of a line
    greeted: tuple[int, ...] = ()           # a name behind thanks, hi, yes or no, or behind a comma at the end of a sentence
    of_the_thread: tuple[int, ...] = ()     # the post's author or an earlier commenter
    closing: int | None = None              # "cheers", near the end
    signed: int | None = None               # by the name that the comment is shown under

    @property
    def opens_by_name(self) -> bool:
        """Whether somebody of the thread is named in the first words."""
        return bool(self.of_the_thread) and self.of_the_thread[0] < OPENING


def addressing(doc: Doc) -> Addressing:
    """Whom a text addresses by name."""
    said = doc.once(pieces).said
    capital = _Capitals(doc)
    return Addressing(
        called=tuple(_called(said, capital)), greeted=tuple(_greeted(said, capital)), of_the_thread=tuple(_of_the_thread(doc, said, capital)),
        closing=_ending(said, _CLOSINGS, 2 + ENDING), signed=_ending(said, frozenset(_parts(doc.author or "")), ENDING),
    )


class _Capitals:
    """Looks up how a piece is written, where its letters alone do not decide; few pieces are asked for."""

    def __init__(self, doc: Doc) -> None:
        self._pieces, self._text = doc.once(pieces), doc.once(prose)

    def is_name(self, said: list[str], place: int) -> bool:
        """Whether it is written as names are, and is none of the words that begin sentences."""
        return place < len(said) and said[place][0].isalpha() and said[place] not in _NO_NAMES and bool(_NAME.fullmatch(self._text, *self._pieces.span(place)))

    def is_capital(self, place: int) -> bool:
        return self._text[self._pieces.span(place)[0]].isupper()


def _of_the_thread(doc: Doc, said: list[str], written: _Capitals) -> Iterator[int]:
    names = (doc.context.post_author or "", *(doc.context.earlier_authors or ())[-RECENT:])
    known = frozenset(part for name in names for part in _parts(name) if len(part) >= SHORTEST) - _NO_NAMES
    for place, piece in enumerate(said[:READ]) if known else ():
        if piece in known and (place < OPENING or written.is_capital(place)):
            yield place


def _parts(name: str) -> list[str]:
    return [part.lower() for part in _PART.findall(name[:100])]


def _called(said: list[str], written: _Capitals) -> Iterator[int]:
    starts = [0, *(place + 1 for place, piece in enumerate(said[:READ]) if piece == LINE)][:LINES]
    for first in starts:
        behind = said[first + 1:first + 3]
        if not _BEHIND_A_NAME.intersection(behind) or said[first].endswith("ly") or not written.is_name(said, first):
            continue
        last = first + (behind[0] not in _BEHIND_A_NAME and written.is_name(said, first + 1))
        if said[last + 1] in _BEHIND_A_NAME and said[last + 3:last + 4] != [","]:     # "Bread, milk, ..." is a list
            yield first


def _greeted(said: list[str], written: _Capitals) -> Iterator[int]:
    for place in range(1, min(READ, len(said))):
        before = said[place - 1]
        if before not in _CALLS and before != ",":
            continue
        after = said[place + 1] if place + 1 < len(said) else "."
        is_called = before in _CALLS and (before in _GREETS or after in _BEHIND_A_CALL)
        if (is_called or (before == "," and after in _AT_THE_END)) and written.is_name(said, place):
            yield place


def _ending(said: list[str], wanted: frozenset[str], pieces_back: int) -> int | None:
    return next((place for place in range(max(1, len(said) - pieces_back), len(said)) if said[place] in wanted), None)

"""How the matches of a marker's pattern can begin, and what they hold, so that it need not be tried anywhere else.

A space stands for white space of any kind and length.
"""

from __future__ import annotations

from collections.abc import Iterator

LENGTH = 6          # letters that are told apart
WIDEST = 12         # characters of a class that are looked at one by one
_REPEATS = "?*+{"
_ANY = "*"          # an end of which nothing is known


def openings(pattern: str) -> frozenset[str] | None:
    r"""Up to three characters that every match begins with, where a pattern begins at a word (`\b`); None: it may begin with anything."""
    if not pattern.startswith(r"\b"):
        return None
    found, _ = _Reader(pattern).alternatives(0)
    starts = frozenset(start.rstrip(_ANY) for start in found)
    return None if "" in starts else starts


def sign_of(pattern: str) -> str:
    """A sign, no letter or space, that each match holds: where it is missing nothing need be looked for. "": there is none."""
    reader = _Reader(pattern)
    found, place = "", 0
    while place < len(pattern):
        if pattern[place] == "|":
            return ""
        choices, place = reader.atom(place)
        is_optional, _, place = reader.repeat(place)
        only = choices.pop() if len(choices) == 1 and not is_optional else ""
        if not found and len(only) == 1 and only != _ANY and not only.isalnum() and not only.isspace():
            found = only
    return found


class _Reader:
    """Walks through one pattern; `alternatives` and `atom` give what was read and the place behind it."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def alternatives(self, place: int) -> tuple[set[str], int]:
        """All that a group, or the whole pattern, can begin with."""
        found: set[str] = set()
        while True:
            starts, place = self._sequence(place)
            found |= starts
            if place >= len(self.pattern) or self.pattern[place] == ")":
                return found, place
            place += 1      # the bar

    def _sequence(self, place: int) -> tuple[set[str], int]:
        starts = {""}
        while place < len(self.pattern) and self.pattern[place] not in "|)":
            choices, place = self.atom(place)
            is_optional, is_repeated, place = self.repeat(place)
            if is_repeated:
                choices = {choice.rstrip(_ANY) + _ANY for choice in choices}
            starts = {longer for start in starts for longer in _longer(start, choices, is_optional)}
        return starts, place

    def atom(self, place: int) -> tuple[set[str], int]:
        """What the next part can be: texts, or `*` for anything; {""} for what takes no room."""
        sign = self.pattern[place]
        if sign == "\\":
            return self._escaped(place)
        if sign == "[":
            return self._class(place)
        if sign == "(":
            return self._group(place)
        if sign in ".^$":
            return ({_ANY} if sign == "." else {""}), place + 1
        return {sign.lower()}, place + 1

    def _escaped(self, place: int) -> tuple[set[str], int]:
        letter = self.pattern[place + 1]
        if letter in "bB":
            return {""}, place + 2
        if letter == "d":
            return set("0123456789"), place + 2
        if letter in "xu":
            length = 2 if letter == "x" else 4
            return {chr(int(self.pattern[place + 2:place + 2 + length], 16))}, place + 2 + length
        return ({_ANY} if letter.isalnum() else {letter}), place + 2

    def _class(self, place: int) -> tuple[set[str], int]:
        end = place + 1
        while self.pattern[end] != "]" or end == place + 1:
            end += 2 if self.pattern[end] == "\\" else 1
        inner = self.pattern[place + 1:end]
        is_plain = not inner.startswith("^") and "\\" not in inner and "-" not in inner[1:-1] and len(inner) <= WIDEST
        return (set(inner.lower()) if is_plain else {_ANY}), end + 1

    def _group(self, place: int) -> tuple[set[str], int]:
        head = next(head for head in ("(?:", "(?-i:", "(?!", "(?=", "(?<!", "(?<=", "(") if self.pattern.startswith(head, place))
        found, end = self.alternatives(place + len(head))
        takes_room = head in ("(?:", "(?-i:", "(")
        return (found if takes_room else {""}), end + 1

    def repeat(self, place: int) -> tuple[bool, bool, int]:
        """Whether the part before may be missing, and whether it may come again."""
        if place >= len(self.pattern) or self.pattern[place] not in _REPEATS:
            return False, False, place
        sign = self.pattern[place]
        end = self.pattern.index("}", place) + 1 if sign == "{" else place + 1
        is_optional = sign in "?*" or self.pattern.startswith(("{0", "{,"), place)
        return is_optional, sign != "?", end + 1 if self.pattern.startswith("?", end) else end


def _longer(start: str, choices: set[str], is_optional: bool) -> Iterator[str]:
    if len(start) >= LENGTH or start.endswith(_ANY):
        yield start
        return
    for choice in choices:
        known = start + choice.removesuffix(_ANY)
        yield known[:LENGTH] if len(known) >= LENGTH or not choice.endswith(_ANY) else known + _ANY
    if is_optional:
        yield start

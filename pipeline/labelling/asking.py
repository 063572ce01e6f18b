"""Asking an annotator, one item and one tag after the other; each answer is kept before the next question.

What the taggers say is not shown: who knows it agrees with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.labelling.stored import Given

HELP = "a level; s skip, b back, ? what the levels mean, q quit"


class Question(NamedTuple):
    """One tag of one item."""

    item_key: str
    tagger: str


@dataclass(frozen=True, slots=True)
class Means:
    """What asking needs of the world."""

    show: Callable[[str], None]             # the item with that key, in its thread
    ask: Callable[[str], str]               # a question; gives one key, in lower case; "q" at the end of the input
    say: Callable[[str], None]
    keep: Callable[[Given], None]


def go_through(questions: Sequence[Question], annotator: str, highest: Callable[[str], int], meaning: Callable[[str], str], means: Means, by: str = "") -> int:
    """Ask all of them, or until the annotator has enough; how many got a level. `by`: who adjudicates."""
    place = 0
    given: set[Question] = set()
    shown = ""
    while place < len(questions):
        question = questions[place]
        if question.item_key != shown:
            means.show(question.item_key)
            shown = question.item_key
        answer = means.ask(f"[{place + 1}/{len(questions)}] {question.tagger.replace('_', '-')} 0-{highest(question.tagger)}? ")
        if answer == "q":
            break
        if answer.isascii() and answer.isdigit() and int(answer) <= highest(question.tagger):
            means.keep(Given(*question, annotator, int(answer), by))
            given.add(question)
            place += 1
        elif answer == "s":
            place += 1
        elif answer == "b":
            place = max(0, place - 1)
        else:
            means.say(f"{question.tagger.replace('_', '-')}: {meaning(question.tagger)} ({HELP})")
    return len(given)

"""Names: called at the start of a line, behind thanks, of the thread, and under the text."""

from __future__ import annotations

import pytest

from pipeline.features.addressing import Addressing, addressing
from pipeline.features.pieces import pieces
from pipeline.text import Context, Doc


def named(text: str, **more: object) -> dict[str, list[str]]:
    doc = Doc("comment", text, **more)  # type: ignore[arg-type]   # fields by name
    found: Addressing = addressing(doc)
    spots = pieces(doc)
    say = lambda numbers: [text[slice(*spots.span(place))] for place in numbers if place is not None]  # noqa: E731
    every = {"called": say(found.called), "greeted": say(found.greeted), "thread": say(found.of_the_thread), "closing": say([found.closing]), "signed": say([found.signed])}
    return {name: words for name, words in every.items() if words}


@pytest.mark.parametrize(("text", "expected"), [
    ("Maud, the queue was long.", {"called": ["Maud"]}),
    ("It was long.\nJMG - no.", {"called": ["JMG"]}),
    ("Anna Baker: no.", {"called": ["Anna"]}),
    ("However, it was long.", {}),
    ("Bread, milk, eggs.", {}),
    ("Hi Maud it was long", {"greeted": ["Maud"]}),
    ("Thanks Maud!", {"greeted": ["Maud"]}),
    ("Well said, Maud.", {"greeted": ["Maud"]}),
    ("Thanks Google for the map", {}),
    ("It was long.\n\nCheers,\nBo", {"closing": ["Cheers"]}),
])
def test_names_are_found_by_how_they_are_called(text: str, expected: dict[str, list[str]]) -> None:
    assert named(text) == expected


def test_names_of_the_thread_need_no_comma() -> None:
    around = Context(post_author="Maud Miller", earlier_authors=("anna77", "Bo Ek"))
    assert named("maud is right, and so is Miller", context=around) == {"thread": ["maud", "Miller"]}
    assert addressing(Doc("comment", "maud is right", context=around)).opens_by_name
    assert not addressing(Doc("comment", "the queue was long there and so says everybody but Maud", context=around)).opens_by_name
    assert named("The clerk, an unknown man", context=Context(earlier_authors=("Unknown", "The Clerk"))) == {"thread": ["clerk"]}


def test_the_writer_signs_with_the_name_that_is_shown() -> None:
    assert named("It was long.\n\nBo", author="Bo Ek") == {"signed": ["Bo"]}
    assert named("It was long.\n\nBo", author="Anna") == {}


def test_an_empty_text_names_nobody() -> None:
    assert addressing(Doc("comment", "")) == Addressing()

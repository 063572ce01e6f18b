"""Shuffled letters are told from words that are merely unknown or wrong."""

from __future__ import annotations

import pytest

from pipeline.features.spelling import scrambled
from pipeline.text import Doc


@pytest.mark.parametrize(("text", "found"), [
    ("The clreks of this shop are plesaant.", ["clreks", "plesaant"]),
    ("The clerks of Marlowe's shop sell gadgetry and recieve nobody.", ["recieve"]),
    ("Maud, definately teh best tiramisu.", []),
    ("Die Kinder waren gestern nicht im Laden, sondern wieder oben.", []),
    ('He wrote "a plesaant shop" at shpos.example.', []),
])
def test_words_with_their_letters_in_another_order_are_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in scrambled(Doc("comment", text))] == found

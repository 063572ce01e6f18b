"""Pieces of a text, and phrases found among them in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.features.pieces import hits, phrases, pieces
from pipeline.text import Doc

LISTS = {"me": ["i", "we"], "adverb": ["really", "do not"], "praising": ["nice"]}
READY = phrases(
    {
        "thinks": ["<me> <adverb?> think"], "thanks": ["thanks", "thanks a lot", "~thanks to"], "opens": ["^nice", "^not sure"], "asks": ["?"], "smiles": ["☺"],
    }, LISTS,
)


def found(text: str) -> list[tuple[str, str]]:
    said = pieces(Doc("comment", text))
    return [(hit.rule, text[slice(*said.span(hit.first, hit.last))]) for hit in hits(READY, said)]


@pytest.mark.parametrize(("text", "expected"), [
    ("I think so. We do not think so.", [("thinks", "I think"), ("thinks", "We do not think")]),
    ("Thanks a lot, Maud!", [("thanks", "Thanks a lot")]),
    ("Thanks to the clerk it was short.", []),
    ("Nice queue. A nice queue.", [("opens", "Nice")]),
    ("Long?!! :-)", [("asks", "?!!"), ("smiles", ":-)")]),
    ('He said "I think so" to her.', []),
    ("I do not", []),
    ("", []),
])
def test_phrases_are_found_where_they_stand(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_pieces_are_words_marks_and_signs_in_lower_case() -> None:
    text = "Maud’s 2 shops... @Anna\n\nWell, it isn't!! 🙂"
    assert pieces(Doc("comment", text)).said == ["maud's", "0", "shops", "…", "@", "anna", "¶", "well", ",", "it", "isn't", "!", "☺"]


def test_sentences_open_behind_marks_and_lines() -> None:
    found_pieces = pieces(Doc("comment", "one two. three\nfour, five"))
    assert sorted(found_pieces.said[place] for place in found_pieces.opens) == ["four", "one", "three"]
    assert found_pieces.words == 5


@given(st.text(max_size=200))
def test_each_piece_has_its_place(text: str) -> None:
    said = pieces(Doc("comment", text))
    spots = [said.span(place) for place in range(len(said.said))]
    assert all(0 <= start < end <= len(text) for start, end in spots)
    assert spots == sorted(spots)

"""Tokens as TextBlob's own tokenizer cuts them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.features._textblob import english
from pipeline.features._tokens import tokens

PIECES = [
    "good", "I", "don't", "n't", "it's", "we'll", "you’re", "\"", "'", "“", "”", "‘", "’", ".", "..", "...", "!", "?", "!?", "( ! )", "(!)", "(", ")", ":", ":)", ": )", ":-)", ";-)", ":'(", "8 )", ">.>", ">", "o.O", "<3",
    "=", "=/", "-", "*", "@you", "#1", "U.S.", "e.g.", "Mr.", "T.", "w/", "etc.", "1.5", "$5", "http://a.example/b?c=d", "a@b.example", "\n", "\n\n", "\r\n\r\n", "\t", " ", "  ", "\u00a0", "END-OF-SENTENCE", "é", "日本", "☺", "♥", "[", "]", "_x_", "`",
]


def theirs(text: str) -> list[str]:
    """What `textblob.en.sentiment` reads."""
    return [word.lower() for word in " ".join(english().parser.find_tokens(text)).split()]


@pytest.mark.parametrize("text", [
    "Great post, isn't it? :-) I can't wait...", "Thanks (really!) for \"this\".", "A heading\n\nand text: ) more", "Bad ( ! ) e.g. Mr. Smith of the U.S. said: no.", "", " \n\n ",
])
def test_tokens_are_those_of_textblob(text: str) -> None:
    assert tokens(text) == theirs(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_tokens_of_any_signs_are_those_of_textblob(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert tokens(text) == theirs(text)
    assert english().sentiment(tokens(text)) == english().sentiment(text)

"""N-grams are of the writer's own words, and each can be found again in the text."""

from __future__ import annotations

import time
from collections import Counter

from pipeline.models.terms import in_letters, in_words, letters_of, places, tokens
from pipeline.text import Doc


def test_words_and_pairs_of_words_are_read_with_their_places() -> None:
    doc = Doc("comment", "Tills jam. Don’t tills jam?")
    assert Counter(in_words(doc)) == Counter({"tills": 2, "jam": 2, "tills jam": 2, "don't": 1, "jam don't": 1, "don't tills": 1})
    assert [doc.text[start:end] for start, end in places(doc, "tills jam")] == ["Tills jam", "tills jam"]
    assert [doc.text[start:end] for start, end in places(doc, "don't")] == ["Don’t"]


def test_letters_stay_in_their_word() -> None:
    assert letters_of("till") == (" ti", "til", "ill", "ll ", " til", "till", "ill ", " till", "till ")
    assert set(in_letters(Doc("comment", "a b"))) == {" a ", " b "}


def test_quotations_addresses_and_other_languages_are_not_read() -> None:
    assert [word.said for word in tokens(Doc("comment", 'He said "buy cheap tills" at https://tills.example/cheap yesterday'))] == ["he", "said", "at", "yesterday"]
    assert tokens(Doc("comment", "Die Kasse klemmt.", language="de")) == ()


def test_the_end_of_a_long_text_is_not_read() -> None:
    doc = Doc("comment", "till " * 100_000)
    started = time.process_time()
    assert len(doc.once(tokens)) == 4000
    assert time.process_time() - started < 1

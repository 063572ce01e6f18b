"""TextBlob's sentiment, and nothing where it cannot read."""

from __future__ import annotations

import pytest

from pipeline.features.sentiment import Sentiment, sentiment
from pipeline.text import Doc


def test_good_is_better_than_bad() -> None:
    good, bad = sentiment(Doc("comment", "A very good shop!")), sentiment(Doc("comment", "A terrible shop."))
    assert good.polarity and bad.polarity and good.polarity > 0 > bad.polarity
    assert good.subjectivity and 0 < good.subjectivity <= 1


@pytest.mark.parametrize(("text", "language"), [
    ("", ""), ("   \n", "en"), ("!!! 42 :-)", ""), ("商店的面包很好吃", ""), ("Магазин очень хороший", "ru"), ("Der Laden um die Ecke", "de"),
])
def test_what_it_cannot_read_is_null_and_never_zero(text: str, language: str) -> None:
    assert sentiment(Doc("comment", text, language=language)) == Sentiment(None, None)


def test_a_neutral_english_text_is_zero() -> None:
    assert sentiment(Doc("comment", "The shop is in the street.", language="en")) == Sentiment(0.0, 0.0)


def test_values_have_four_digits_at_most() -> None:
    found = sentiment(Doc("comment", "The bread was good, the queue rather long, the clerk very kind and the till new."))
    assert (found.polarity, found.subjectivity) == (round(found.polarity or 9, 4), round(found.subjectivity or 9, 4))

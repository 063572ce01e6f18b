"""TextBlob, as far as it works without downloads."""

from __future__ import annotations

import warnings

from pipeline.features._textblob import english, readable


def test_runs_of_punctuation_are_cut_to_three() -> None:
    assert readable("What?!?!?!?! No... (((so)))") == "What?!? No... (((so)))"


def test_tags_and_sentiment_come_without_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert english().tag("The shop sells shoes")[1] == ("shop", "NN")
        assert english().sentiment("good")[0] > 0

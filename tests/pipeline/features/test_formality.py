"""The F-score: high for nouns and prepositions, low for pronouns and verbs, nothing for a few words."""

from __future__ import annotations

from pipeline.features.formality import f_score
from pipeline.text import Doc


def test_fewer_than_thirty_words_have_no_score() -> None:
    assert f_score(Doc("comment", "word " * 29)) is None
    assert f_score(Doc("comment", "word " * 30)) is not None


def test_reports_are_more_formal_than_talk() -> None:
    report = "The price of bread in the shops of the region rose by a third in the second half of the year, with large differences between the towns of the coast and the villages of the interior."
    talk = "I didn't know what you meant, so I just sat there and waited, and then he came in and said we should go, but she didn't want to, so we stayed and talked about it and laughed."
    assert (f_score(Doc("comment", report)) or 0) > (f_score(Doc("comment", talk)) or 100) + 10


def test_quoted_words_do_not_count() -> None:
    assert f_score(Doc("comment", '"' + "quoted words " * 40 + '" he said.')) is None

"""Which words of its post a comment takes up."""

from __future__ import annotations

from pipeline.features.overlap import taken_up
from pipeline.text import Context, Doc


def test_content_words_of_post_and_title_are_found_and_everybodys_words_are_not() -> None:
    around = Context(post_text="The clerk should always listen to customers.", post_title="Listening in bakeries")
    assert Doc("comment", "I think bakeries should always trust the clerk", context=around).once(taken_up) == frozenset({"bakeries", "clerk"})


def test_without_a_post_nothing_is_said() -> None:
    assert Doc("comment", "bakeries").once(taken_up) is None

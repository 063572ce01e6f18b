"""What a Doc knows: the writer's own words, the context, and each feature once."""

from __future__ import annotations

import pytest

from pipeline.text import Doc, docs, missing, own_words, quotations, word_count, words
from schema.items import Comment, Mark, Post, Thread


@pytest.mark.parametrize(("text", "own"), [
    ('He said "buy it now" to me.', "He said              to me."),
    ("So-called 'experts' abound.", "So-called 'experts' abound."),
    ("They cry 'sign up today' all day.", "They cry                 all day."),
    ("I don't think it isn't so.", "I don't think it isn't so."),
    ("A “free trial” for you", "A              for you"),
    ("> our shop is open\nReally?", "                  \nReally?"),
    ('a 5" screen and a 7" one', 'a 5" screen and a 7" one'),
])
def test_quotations_are_blanked_and_positions_kept(text: str, own: str) -> None:
    assert own_words(Doc("comment", text)) == own


def test_marks_of_the_page_are_quotations_too() -> None:
    doc = Doc("comment", "visit our shop\nNo thanks.", marks=(Mark(0, 14, "quote"), Mark(15, 17, "list")))
    assert doc.once(quotations) == ((0, 14),)
    assert doc.once(words) == ("no", "thanks")


def test_a_feature_is_computed_once() -> None:
    asked = []

    def feature(doc: Doc) -> int:
        asked.append(doc)
        return 7

    doc = Doc("comment", "text")
    assert (doc.once(feature), doc.once(feature), len(asked)) == (7, 7, 1)


def test_addresses_are_no_words() -> None:
    assert word_count(Doc("comment", "see https://a.example/some-long-path and tell")) == 3


def test_docs_know_what_came_before() -> None:
    post = Post("https://b.example/1", "blogger", key="p", source="b.example", title="T", author="Maud", text="Shops.")
    comments = (
        Comment("1", "blogger", key="c1", author="Anna", text="First.", by_post_author=False),
        Comment("2", "blogger", key="c2", author="Maud", text="Second.", by_post_author=True),
        Comment("3", "blogger", key="c3", text="Third."),
    )
    found = docs(Thread(post, comments))
    assert [doc.key for doc in found] == ["p", "c1", "c2", "c3"]
    third = found[3].context
    assert (third.previous_text, third.earlier_authors, third.host, third.post_author) == ("Second.", ("Anna", "Maud"), "b.example", "Maud")
    assert [doc.context.answered for doc in found] == [None, True, False, False]


def test_missing_context_is_named_and_not_guessed() -> None:
    assert missing(Doc("comment", "x")) == ["author", "author_url", "by_post_author", "host", "previous_comment", "post_text"]
    assert docs(Thread(Post("https://b.example/1", "blogger"), (Comment("1", "blogger"),)))[1].context.answered is None

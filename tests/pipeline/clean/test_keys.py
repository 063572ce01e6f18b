"""Keys, parents and places of what stood on one page."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.clean.keys import with_keys, with_origin, with_post_key
from schema.items import Comment, Post
from schema.keys import comment_key, post_key
from tests.pipeline.clean.made import FETCHED, URL, context

POST = post_key(URL)


def test_a_post_gets_key_source_and_origin() -> None:
    post = with_post_key(Post(URL, "x"), context())
    assert (post.key, post.source, post.fetched_at, post.origin) == (POST, "blog.example.org", FETCHED, "run:1")


def test_a_comment_belongs_to_its_post_and_has_its_address_unless_it_has_one_of_its_own() -> None:
    around = context(key=POST, source="blog.example.org")
    comment = with_origin(Comment("1", "x"), around)
    assert (comment.post_key, comment.source, comment.url, comment.fetched_at, comment.origin) == (POST, "blog.example.org", URL, FETCHED, "run:1")
    assert with_origin(Comment("1", "x", url=URL + "#c1"), around).url == URL + "#c1"


def test_the_platforms_id_makes_the_key_and_the_parents_even_from_another_page() -> None:
    first, second, third = with_keys([_comment("7"), _comment("8", "7"), _comment("9", "3")])
    assert first.key == comment_key(POST, "7") and first.reply_to is None
    assert second.reply_to == first.key
    assert third.reply_to == comment_key(POST, "3")


def test_without_an_id_author_time_and_words_make_the_key_wherever_it_stood() -> None:
    (one,) = with_keys([_comment("#1", author="Ann", text="Yes")])
    _before, other = with_keys([_comment("#1"), _comment("#2", author="ann", text=" Yes ")])
    assert one.key == other.key


def test_identical_comments_without_an_id_are_counted() -> None:
    keys = [comment.key for comment in with_keys([_comment("#1", text="+1"), _comment("#2", text="+1"), _comment("#3", text="+1")])]
    assert len(set(keys)) == 3


def test_a_place_as_parent_is_looked_up_on_the_page_only() -> None:
    first, second, third = with_keys([_comment("#1", text="a"), _comment("#2", "#1", text="b"), _comment("#3", "#9", text="c")])
    assert (first.reply_to, second.reply_to, third.reply_to) == (None, first.key, None)


def test_nobody_answers_themselves() -> None:
    (comment,) = with_keys([_comment("7", "7")])
    assert comment.reply_to is None


def test_no_comments_no_keys() -> None:
    assert list(with_keys([])) == []


def _comment(ref: str, parent: str | None = None, *, author: str = "", text: str = "x") -> Comment:
    comment = Comment(ref, "x", parent_ref=parent, author=author, text=text, post_key=POST)
    return replace(comment, published=datetime(2009, 10, 14, 15, 4, tzinfo=UTC))

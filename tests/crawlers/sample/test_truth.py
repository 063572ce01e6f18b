"""Every thread of the sample is read exactly as it was written."""

from __future__ import annotations

import re

import pytest

from crawlers.sample.truth import truth, words
from pipeline.clean import clean
from schema.items import Comment, Thread
from tests.crawlers.sample.fetching import fetched, read_whole, true_comments

BLOG_THREADS = [thread for thread in truth() if thread.post.platform != "generic"]
POST_FIELDS = ("url", "platform", "title", "author", "author_url", "language", "comments_reported", "comments_closed")
COMMENT_FIELDS = ("platform", "parent_ref", "depth", "kind", "url", "author", "author_url", "by_post_author", "removed_how")


def path(thread: Thread) -> str:
    return thread.post.url.partition("example")[2]


def unlisted(text: str) -> str:
    """The words alone, without the bullets and numbers that cleaning puts before list items."""
    return " ".join(re.sub(r"^(?:• |\d+\. )", "", text, flags=re.M).split())


each_thread = pytest.mark.parametrize("thread", BLOG_THREADS, ids=path)


def test_the_truth_counts_what_the_files_hold() -> None:
    assert len(truth()) == 16
    assert len(true_comments()) == 95
    assert sum(comment.kind != "comment" for comment in true_comments()) == 2
    assert sum(comment.removed_how == "author" for comment in true_comments()) == 1
    assert max(comment.depth or 0 for comment in true_comments()) == 3


@pytest.mark.parametrize(("typed", "read"), [
    ("one\ntwo<br />three", "one two three"),
    ("of<a href='x'>glued</a> &amp; done", "ofglued & done"),
    ("<ul><li>a</li><li>b</li></ul>", "a b"),
])
def test_words_are_what_a_reader_sees(typed: str, read: str) -> None:
    assert words(typed) == read


@each_thread
def test_the_post_is_read_as_written(thread: Thread) -> None:
    found = read_whole(thread.post.url).post
    assert {name: getattr(found, name) for name in POST_FIELDS} == {name: getattr(thread.post, name) for name in POST_FIELDS}
    assert found.published == thread.post.published
    assert words(found.html) == thread.post.text
    assert thread.post.bio in found.bio


@each_thread
def test_the_comments_are_read_as_written(thread: Thread) -> None:
    found = read_whole(thread.post.url).comments
    assert [comment.ref for comment in sorted(found, key=lambda comment: int(comment.ref))] == [comment.ref for comment in thread.comments]
    by_ref = {comment.ref: comment for comment in found}
    for true in thread.comments:
        _same(by_ref[true.ref], true)


def _same(found: Comment, true: Comment) -> None:
    assert {name: getattr(found, name) for name in COMMENT_FIELDS} == {name: getattr(true, name) for name in COMMENT_FIELDS}
    if true.kind == "comment":
        assert found.published == true.published
        if not true.removed_how:
            assert words(found.html) == true.text


@each_thread
def test_cleaning_keeps_every_word(thread: Thread) -> None:
    page = fetched(thread.post.url)
    cleaned = clean(read_whole(thread.post.url), page).thread
    assert cleaned is not None
    assert unlisted(cleaned.post.text) == thread.post.text
    texts = {comment.ref: unlisted(comment.text) for comment in cleaned.comments}
    assert {true.ref: texts[true.ref] for true in thread.comments if true.kind == "comment" and not true.removed_how} == {
        true.ref: true.text for true in thread.comments if true.kind == "comment" and not true.removed_how
    }

"""Five pages in five shapes that corpora of blog pages are full of: text whole, bio apart, furniture gone, comments counted right."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from schema.items import Thread
from tests.crawlers.sample.fetching import fetched, read_whole, true_thread

UPDATED = "/2009/10/everybody-is-in-marketing-now.html"
BARE = "/articles/hawkers-and-neighbours.html"
CLOSED = "/2009/09/telephone-was-social-media-too/"
HEADINGS = "/2010/01/six-ways-to-be-ignored/"
NUMBERED = "/2010/06/social-first-whatever-alphabet-says.html"
FURNITURE = (
    "Reblog this post", "Zemanta", "ReplyDelete", "Reply", "Delete", "TheCornerShelf.blogspot.com", "Recent comments", "Posted by", "Share this",
    "Share to", "Comments are closed", "thoughts on", "Leave a comment", "Required fields", "View all posts", "Labels:", "Post a Comment", "Back to the front page",
)


def stored(path: str) -> Thread:
    """The thread as it would be stored."""
    url = true_thread(path).post.url
    cleaned = clean(read_whole(url), fetched(url)).thread
    assert cleaned is not None
    return cleaned


@pytest.mark.parametrize(("path", "comments"), [(UPDATED, 10), (BARE, 0), (CLOSED, 3), (HEADINGS, 0), (NUMBERED, 1)])
def test_the_number_of_comments_is_right(path: str, comments: int) -> None:
    assert len(stored(path).comments) == comments


@pytest.mark.parametrize("path", [UPDATED, BARE, CLOSED, HEADINGS, NUMBERED])
def test_furniture_is_in_no_text(path: str) -> None:
    thread = stored(path)
    for text in (thread.post.text, *(comment.text for comment in thread.comments)):
        assert [words for words in FURNITURE if words in text] == []


@pytest.mark.parametrize(("path", "first", "last"), [
    (UPDATED, "I joined Twitter in August.", "I am not brave enough."),
    (BARE, "Selling on the internet and talking on the internet", "please tell him which one he is."),
    (CLOSED, "A museum director asked us last week", "I’ll tell you how it goes."),
    (HEADINGS, "Last month I read the last hundred messages", "What would your seventh be?"),
    (NUMBERED, "A letter came from the Chamber of Trade.", "what he has given away lately."),
])
def test_the_text_is_whole(path: str, first: str, last: str) -> None:
    text = stored(path).post.text
    assert text.startswith(first)
    assert text.endswith(last)


def test_updates_are_marked_in_the_text() -> None:
    post = stored(UPDATED).post
    updates = [post.text[mark.start : mark.end] for mark in post.marks if mark.kind == "update"]
    assert [words[:28] for words in updates] == ["Update: judging by the argum", "Update: several people have "]


def test_a_flat_conversation_has_no_parents_of_its_own() -> None:
    comments = stored(UPDATED).comments
    assert [comment.parent_ref for comment in comments] == [None] * 10
    assert [comment.author for comment in comments if comment.by_post_author] == ["Nell Ashworth"] * 3


def test_the_list_of_the_bare_article_is_kept() -> None:
    post = stored(BARE).post
    assert post.title == "Hawkers and neighbours"
    for item in ("banners and buttons", "letters to a list", "messages to telephones"):
        assert item in post.text.splitlines() or f"• {item}" in post.text.splitlines() or f"- {item}" in post.text.splitlines()


def test_the_bio_is_kept_apart() -> None:
    post = stored(CLOSED).post
    assert post.bio == true_thread(CLOSED).post.bio
    assert "bees" not in post.text
    assert post.comments_closed is True
    assert post.comments_reported == 3


def test_headings_are_kept_and_marked() -> None:
    post = stored(HEADINGS).post
    headings = [post.text[mark.start : mark.end] for mark in post.marks if mark.kind == "heading"]
    assert headings == ["Answer nobody", "Count out loud", "Talk to the mirror", "Send the robot", "Stay in the yard", "Be fine"]
    assert post.comments_closed is False


def test_the_single_spam_comment_keeps_its_glued_anchor_and_its_links() -> None:
    (spam,) = stored(NUMBERED).comments
    assert spam.author == "sandali donna"
    assert "models ofsandali uomo" in spam.text
    assert [link.anchor for link in spam.links] == ["sandali donna", "sandali outlet", "sandali uomo"]

"""A thread as read becomes a thread as stored."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from schema.items import Comment, Skipped, Thread
from tests.pipeline.clean.made import POST, page

PROFILE = "https://www.blogger.com/profile/01234567890"


def test_a_thread_is_cleaned_from_end_to_end() -> None:
    post = replace(
        POST, author="David", author_url=PROFILE, published_raw="Wednesday, October 14, 2009",
        html="<p>Everyone is an expert now.</p>Update: <a href='/b'>More</a>.<br>Reblog this post [with Zemanta]",
    )
    comments = (
        Comment("7", "blogger", place=1, author="Rebecca", published_raw="October 14, 2009 at 3:04 PM", html="I see a parallel.<br><br>ReplyDelete", language="en"),
        Comment("8", "blogger", parent_ref="7", place=2, author="David", author_url=PROFILE, html="<p>So do I!</p>", language="en"),
    )
    thread = clean(Thread(post, comments), page()).thread
    assert thread is not None
    assert thread.post.text == "Everyone is an expert now.\n\nUpdate: More."
    assert [link.url for link in thread.post.links] == ["https://blog.example.org/b"]
    assert [comment.text for comment in thread.comments] == ["I see a parallel.", "So do I!"]
    assert thread.comments[1].reply_to == thread.comments[0].key
    assert [comment.by_post_author for comment in thread.comments] == [None, True]
    assert [comment.post_key for comment in thread.comments] == [thread.post.key] * 2
    assert thread.comments[0].published_how == "local" and thread.comments[1].published is None


def test_what_is_left_out_is_named() -> None:
    comments = (
        Comment("7", "x", html="Hi", url="https://blog.example.org/#7", rule="li"), Comment("7", "x", html="Hi again", url="https://blog.example.org/#7", rule="li"),
        Comment("8", "x", html=" "), Comment("9", "x", parent_ref="8", html="Oh"),
    )
    cleaned = clean(Thread(POST, comments), page())
    assert cleaned.thread is not None and [comment.text for comment in cleaned.thread.comments] == ["Hi", "Oh"]
    assert cleaned.skipped == (Skipped("repeated on the page", "https://blog.example.org/#7", "li"), Skipped("no text", POST.url, ""))


def test_a_post_with_nothing_in_it_ends_the_thread() -> None:
    empty = replace(POST, title=" ", html="<p></p>", rule="article")
    assert clean(Thread(empty, (Comment("1", "x", html="Hi"),)), page()) == clean(Thread(empty), page())
    assert clean(Thread(empty), page()).skipped == (Skipped("no text", POST.url, "article"),)


def test_an_anonymous_author_is_somebody_else_each_time() -> None:
    comments = tuple(Comment(str(n), "x", author="Anonymous", html="Hi") for n in range(3))
    thread = clean(Thread(POST, comments), page()).thread
    assert thread is not None and len({comment.author_key for comment in thread.comments}) == 3


def test_cleaning_a_cleaned_thread_changes_nothing() -> None:
    comments = (Comment("#1", "x", author="Ann says:", html="Yes<br>Reply", published_raw=" 14.10.2009"), Comment("#2", "x", parent_ref="#1", html="No"))
    once = clean(Thread(replace(POST, title=" A  post "), comments), page()).thread
    assert once is not None
    assert clean(once, page()).thread == once


@given(st.lists(st.builds(
    Comment, ref=st.sampled_from(("1", "2", "#1", "#2", "")), platform=st.just("x"), parent_ref=st.sampled_from((None, "1", "#2", "9")), author=st.text(),
    author_url=st.text(), html=st.text(), published_raw=st.text(), language=st.sampled_from(("", "en", "zz")),
), max_size=4))
@settings(max_examples=100, deadline=None)
def test_anything_a_page_may_hold_is_cleaned(comments: list[Comment]) -> None:
    cleaned = clean(Thread(POST, tuple(comments)), page())
    assert cleaned.thread is not None
    assert len(cleaned.thread.comments) + len(cleaned.skipped) == len(comments)
    keys = [comment.key for comment in cleaned.thread.comments]
    assert len(set(keys)) == len(keys)

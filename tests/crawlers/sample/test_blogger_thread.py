from __future__ import annotations

from crawlers.sample import blogger_thread
from crawlers.sample.content import blogs

BLOG = blogs()[0]
FLAT = next(post for post in BLOG.posts if post.zemanta)
NESTED = next(post for post in BLOG.posts if "window" in post.path)


def test_permalinks_carry_the_time_in_milliseconds() -> None:
    comment = FLAT.comments[0]
    assert blogger_thread.permalink(BLOG, FLAT, comment) == f"{BLOG.url}{FLAT.path}?showComment=1256026360115#c{comment.id}"


def test_a_flat_thread_has_ten_items_and_a_reply_label_under_each() -> None:
    block = blogger_thread.block(BLOG, FLAT)
    assert "<h4>10 comments:</h4>" in block
    assert block.count('<li class="comment"') == 10
    assert block.count(">Reply</a><span") == block.count(">Delete</a>") == 10


def test_answers_stand_inside_what_they_answer_and_cannot_be_answered() -> None:
    block = blogger_thread.block(BLOG, NESTED)
    parent, answer = NESTED.comments[0], NESTED.comments[1]
    assert block.index(f'id="c{parent.id}-ra"') < block.index(f'id="c{answer.id}"') < block.index(f'id="c{parent.id}-continue"')
    assert f'data-comment-id="{answer.id}">Reply</a><span' not in block


def test_one_comment_is_counted_in_the_singular() -> None:
    assert [blogger_thread.count(post) for post in BLOG.posts if len(post.comments) == 1] == ["1 comment"]

from __future__ import annotations

from crawlers.sample.content import blogs, replies


def test_there_are_two_blogs_with_about_fifteen_posts_and_ninety_comments() -> None:
    assert [blog.platform for blog in blogs()] == ["blogger", "wordpress"]
    assert sum(len(blog.posts) + len(blog.articles) for blog in blogs()) == 16
    assert sum(len(post.comments) for blog in blogs() for post in blog.posts) == 95


def test_every_comment_has_an_id_of_its_own_and_answers_an_older_one() -> None:
    for blog in blogs():
        ids = [comment.id for post in blog.posts for comment in post.comments]
        assert len(ids) == len(set(ids))
        for post in blog.posts:
            times = {comment.id: comment.time for comment in post.comments}
            assert all(times[comment.parent] < comment.time for comment in post.comments if comment.parent)
            assert all(post.time < time for time in times.values())


def test_threads_are_written_down_in_the_order_of_time() -> None:
    for blog in blogs():
        for post in blog.posts:
            assert list(post.comments) == sorted(post.comments, key=lambda comment: comment.time)


def test_blogger_nests_one_level_and_wordpress_deeper() -> None:
    blogger, wordpress = blogs()
    answered = [answer for post in blogger.posts for comment in post.comments if comment.parent for answer in replies(post.comments, comment.id)]
    assert answered == []
    deepest = next(post for post in wordpress.posts if post.id == "33")
    assert [comment.id for comment in replies(deepest.comments, "73")] == ["74"]


def test_spam_comes_in_many_kinds_and_self_promotion_in_all_levels() -> None:
    comments = [comment for blog in blogs() for post in blog.posts for comment in post.comments]
    assert {comment.subtype for comment in comments if comment.spam == 2} == {
        "product_copy", "keyword_anchor", "praise_filler", "link_drop", "contact_number", "scam", "spun_text",
    }
    assert {comment.spam for comment in comments} == {0, 1, 2}
    assert {comment.self_promotion for comment in comments} == {0, 1, 2, 3}

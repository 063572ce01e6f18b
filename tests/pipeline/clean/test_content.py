"""What has nothing to say is dropped, with the reason."""

import pytest

from pipeline.clean.content import comment_with_content, post_with_content
from pipeline.flow import Drop
from schema.items import Comment, Post, TextLink
from tests.pipeline.clean.made import URL, context


@pytest.mark.parametrize("comment", [
    Comment("1", "x", text="Hi"),
    Comment("1", "x", links=(TextLink("http://a.example/", "", 0, 0),)),
    Comment("1", "x", html="<p><img src='a.png'></p>"),
    Comment("1", "x", removed_how="author"),
])
def test_words_links_images_and_tombstones_stay(comment: Comment) -> None:
    assert comment_with_content(comment, context()) is comment


@pytest.mark.parametrize("html", ["", "<p> </p>", "<p><image-less></p>"])
def test_an_empty_comment_ends_here(html: str) -> None:
    with pytest.raises(Drop, match="no text"):
        comment_with_content(Comment("1", "x", html=html), context())


def test_a_post_needs_a_title_or_a_text() -> None:
    assert post_with_content(Post(URL, "x", title="Only a photo"), context()).title == "Only a photo"
    with pytest.raises(Drop, match="no text"):
        post_with_content(Post(URL, "x"), context())

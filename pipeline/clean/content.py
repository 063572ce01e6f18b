"""What has nothing to say ends here."""

from __future__ import annotations

import re

from pipeline.clean.context import Context
from pipeline.flow import Drop
from schema.items import Comment, Post

_IMAGE = re.compile(r"<(?:img|picture|video|iframe|embed|object|audio)\b", re.I)


def post_with_content(post: Post, context: Context) -> Post:
    """The post, if it has a title or a text, or only brings the comments that an API, an export or a feed gives."""
    if not (post.title or post.text or post.via in ("api", "export", "feed")):
        raise Drop("no text")
    return post


def comment_with_content(comment: Comment, context: Context) -> Comment:
    """The comment, if it has words, a link or an image, or if it is known to have been removed."""
    if not (comment.text or comment.links or comment.removed_how or _IMAGE.search(comment.html)):
        raise Drop("no text")
    return comment

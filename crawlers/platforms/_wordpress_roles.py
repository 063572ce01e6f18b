"""What the class names that WordPress themes give to the parts of one comment mean.

Gathered from the core (wp-includes/class-walker-comment.php, blocks/comment-*.php, theme-compat/comments.php), the
default themes since Kubrick, Genesis, Thesis, Divi, wpDiscuz, Epoch, the Disqus plugin, and themes seen in the wild.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

NONE = 99   # no such role; otherwise the smaller the rank, the surer


class Role(NamedTuple):
    """How likely an element holds the author, the date or the text, and whether it is in the way."""

    author: int = NONE
    date: int = NONE
    body: int = NONE
    is_head: bool = False         # holds author and date, and none of the text
    is_furniture: bool = False    # buttons, avatars, labels


NO_ROLE = Role()     # most elements have none: compare by identity
_FURNITURE = frozenset((
    "reply", "comment-reply", "comment-reply-link", "comment-reply-login", "reply-link", "replylink",
    "comment-edit-link", "edit-link", "comment-edit", "edit_comment", "avatar", "gravatar", "says",
    "comment-awaiting-moderation", "comment-actions", "comment-likes", "comment-like-link", "cs-rating", "pd-rating",
    "likebtn_container", "wprm-comment-rating", "comment-number", "comment-permalink", "comment-util",
    "comment-footer", "comment-tools", "epoch-comment-actions", "pmcc-comments-report-link", "tm-js-reply",
    "wp-block-comment-reply-link", "wp-block-comment-edit-link", "wp-block-avatar", "wpd-comment-footer",
    "wpd-comment-link", "comment_quote_link", "comment_direct_link", "comment_reply", "comment-avatar",
    "comment_avatar", "commentava", "author-img", "comment-gravatar", "comments-author--img",
    "epoch-comment-author-avatar", "wpd-avatar", "sharedaddy", "comment-form", "comment-respond", "wpulike",
    "comment-karma", "comment-vote", "voting-wrap", "ckrating", "comment-author-avatar", "comment-image",
    "comment-arrow", "up_arrow", "wpd-toolbar", "wpd-reply-button", "comment_num", "commentcount", "count",
    "comment-count", "num", "report-comment", "safe-comments-report-link", "cld-like-dislike-wrap", "comment-rating",
    "comment-controls", "reply-to", "comment-like", "comment__reply", "comment__avatar", "comment-links",
    "moderation-note",
))
_AUTHOR = {
    "fn": 0, "comment-author-name": 0, "wp-block-comment-author-name": 0, "author_name": 0, "author-name": 0,
    "comment-author-link": 0, "w-comments-item-author": 0, "wpd-comment-author": 0, "epoch-author-link": 0,
    "comment_author_name": 0, "comment-author-title": 0, "comment__author-name": 0, "comments-author--meta": 0,
    "commenter": 1, "comment_author": 1, "commentauthor": 1, "comment__author": 1, "comment-name": 1,
    "author": 2, "comment-author": 3, "epoch-comment-author": 3, "cauthor": 1, "comment-info-author": 1, "commentator": 1, "user-name": 2,
    "comment_author_link": 1, "comment-username": 1, "name": 4, "url": 4,
}
_DATE = {
    "comment-published": 1, "comment-date": 1, "comment_date": 1, "comment-time": 1, "comment_time": 1,
    "wp-block-comment-date": 1, "w-comments-item-date": 1, "wpd-comment-date": 1, "comment-date-time": 1,
    "commentdate": 1, "comment-timestamp": 1, "comments-author--time": 1, "comment-datetime": 1, "comment__date": 1,
    "comment_meta_date": 1, "date": 2, "published": 2, "time": 3, "timestamp": 2, "comment-metadata": 5,
    "commentmetadata": 5, "comment-meta": 6, "comment_meta": 6, "commentmeta": 6, "comment-info": 6,
}
_BODY = {
    "comment-content": 0, "comment_content": 1, "comment-text": 1, "comment_text": 1, "commenttext": 1,
    "wp-block-comment-content": 0, "epoch-comment-content": 0, "wpd-comment-text": 0, "w-comments-item-text": 0,
    "dsq-comment-message": 0, "dsq-comment-body": 1, "comment-entry": 1, "comment_box": 2, "comment_area": 2,
    "commentbody": 2, "comment-body": 3, "comment_body": 3, "entry-content": 2, "format_text": 2, "comment-inner": 4,
    "comment-message": 1, "comment__content": 0, "comment__text": 0, "comment__body": 1, "commentcontent": 1,
    "comment-copy": 1, "comment-p": 1, "comment-txt": 1, "comment-description": 2, "bubble": 3,
}
_HEADS = frozenset((
    "vcard", "comment-author", "comment_author", "comment-meta", "comment_meta", "commentmetadata",
    "comment-metadata", "commentmeta", "comment-header", "comment-head", "epoch-comment-author", "comment_info",
    "comment-info", "epoch-comment-meta", "wpd-comment-header", "wpd-user-info", "w-comments-item-meta",
    "comment_postinfo", "comment-author-info", "comment_head", "commenthead",
))
_BODY_LIKE = re.compile(r"comment[a-z_-]*(?:text|content|body|message)s?$", re.I)
_HEAD_LIKE = re.compile(r"comment[a-z_-]*(?:meta|info|infocontainer|header|details)s?$", re.I)
_FURNITURE_LIKE = re.compile(r"(?:avatar|gravatar)s?$|reply|(?:like|vote|rating)s?(?:container|-wrapper|-box)?$", re.I)
_DROPPED_TAGS = frozenset(("script", "style", "noscript", "form", "button", "input", "textarea", "template", "svg"))
_ITEMPROPS = {
    "author": Role(author=2), "creator": Role(author=2), "name": Role(author=1), "datePublished": Role(date=1),
    "commentTime": Role(date=1), "dateCreated": Role(date=1), "text": Role(body=0), "commentText": Role(body=0),
}


@lru_cache(maxsize=8192)
def role(tag: str, class_names: str, itemprop: str) -> Role:
    """The role of an element with that tag, class attribute and itemprop. Cached: pages repeat themselves."""
    if tag in _DROPPED_TAGS:
        return Role(is_furniture=True)
    names = class_names.lower().split()
    if _is_furniture(tag, names):
        return Role(is_furniture=True)
    stated = _ITEMPROPS.get(itemprop, Role())
    found = Role(
        author=min([stated.author, 2 if tag == "cite" else NONE, *(_AUTHOR.get(name, NONE) for name in names)]),
        date=min([stated.date, 0 if tag == "time" else NONE, *(_DATE.get(name, NONE) for name in names)]),
        body=min([stated.body, *(_body_rank(name) for name in names)]),
        is_head=tag in ("header", "footer") or any(name in _HEADS or _HEAD_LIKE.search(name) for name in names),
    )
    return NO_ROLE if found == NO_ROLE else found


def _is_furniture(tag: str, names: list[str]) -> bool:
    if any(name in _AUTHOR or name in _BODY for name in names):
        return False
    if tag == "img":
        return any(name in _FURNITURE or name == "photo" for name in names)
    return any(name in _FURNITURE or _FURNITURE_LIKE.search(name) for name in names)


def _body_rank(name: str) -> int:
    return _BODY.get(name) if name in _BODY else (5 if _BODY_LIKE.search(name) else NONE)  # type: ignore[return-value]

"""Comments as Blogger's threaded template prints them (the includable `threaded_comments`, in use since January 2012)."""

from __future__ import annotations

from crawlers.sample.content import Blog, Comment, Post, replies
from crawlers.sample.prose import breaks, clock, day, milliseconds, plain


def permalink(blog: Blog, post: Post, comment: Comment) -> str:
    """Where a comment stands; `showComment` is its time in milliseconds."""
    return f"{blog.url}{post.path}?showComment={milliseconds(comment.time)}#c{comment.id}"


def count(post: Post) -> str:
    """`1 comment`, `10 comments`."""
    return f"{len(post.comments)} comment{'' if len(post.comments) == 1 else 's'}"


def block(blog: Blog, post: Post) -> str:
    """Everything between the post and the pager."""
    return f"""<div class='comments' id='comments'>
<a name='comments'></a>
<h4>{count(post)}:</h4>
<div class='comments-content'>
<script async='async' src='' type='text/javascript'></script>
<script type='text/javascript'>(function() {{ var items = null; var msgs = null; var config = {{}}; }})();</script>
<div id='comment-holder'>
{_thread(blog, post) if post.comments else ''}
</div>
</div>
<p class='comment-footer'>
<a href='https://www.blogger.com/comment.g?blogID={blog.id}&amp;postID={post.id}' onclick='javascript:window.open(this.href); return false;'>Post a Comment</a>
</p>
</div>"""


def _thread(blog: Blog, post: Post) -> str:
    items = "".join(_item(blog, post, comment) for comment in replies(post.comments))
    return (
        f'<div class="comment-thread toplevel-thread"><ol id="top-ra">{items}</ol>'
        '<div id="top-continue" class="continue"><a class="comment-reply" target="_self">Add comment</a></div>'
        '<div class="comment-replybox-thread" id="top-ce"></div>'
        f'<div class="loadmore hidden" data-post-id="{post.id}"><a target="_self">Load more...</a></div></div>'
    )


def _item(blog: Blog, post: Post, comment: Comment) -> str:
    key = f"c{comment.id}"
    return (
        f'<li class="comment" id="{key}">'
        '<div class="avatar-image-container"><img src="//resources.blogblog.com/img/blank.gif" alt=""/></div>'
        f'<div class="comment-block">{_header(blog, post, comment)}{_content(comment)}{_actions(blog, comment)}</div>'
        f'<div class="comment-replies">{_replies(blog, post, comment)}</div>'
        f'<div class="comment-replybox-single" id="{key}-ce"></div></li>'
    )


def _header(blog: Blog, post: Post, comment: Comment) -> str:
    name = plain(comment.author)
    linked = f'<a href="{comment.url}" rel="nofollow">{name}</a>' if comment.url else name
    own = "blog-author" if comment.url == post.author_url else ""
    return (
        f'<div class="comment-header"><cite class="user">{linked}</cite><span class="icon user {own}"></span>'
        f'<span class="datetime secondary-text"><a rel="nofollow" href="{permalink(blog, post, comment)}">'
        f"{day(comment.time)} at {clock(comment.time)}</a></span></div>"
    )


def _content(comment: Comment) -> str:
    text = f'<span class="deleted-comment">{comment.text}</span>' if comment.removed else breaks(comment.text)
    return f'<p class="comment-content">{text}</p>'


def _actions(blog: Blog, comment: Comment) -> str:
    """The labels that a copy of the page shows as "ReplyDelete"; only an answer to the post can be answered."""
    reply = "" if comment.parent else f'<a class="comment-reply" target="_self" data-comment-id="{comment.id}">Reply</a>'
    delete = f"https://www.blogger.com/delete-comment.g?blogID={blog.id}&amp;postID={comment.id}"
    return (
        f'<span class="comment-actions secondary-text">{reply}<span class="item-control blog-admin blog-admin pid-{int(comment.id) % 2**31}">'
        f'<a target="_self" href="{delete}">Delete</a></span></span>'
    )


def _replies(blog: Blog, post: Post, comment: Comment) -> str:
    key, answers = f"c{comment.id}", replies(post.comments, comment.id)
    items = "".join(_item(blog, post, answer) for answer in answers)
    return (
        f'<div id="{key}-rt" class="comment-thread inline-thread{"" if answers else " hidden"}">'
        '<span class="thread-toggle thread-expanded"><span class="thread-arrow"></span><span class="thread-count"><a target="_self">Replies</a></span></span>'
        f'<ol id="{key}-ra" class="thread-chrome thread-expanded"><div>{items}</div>'
        f'<div id="{key}-continue" class="continue"><a class="comment-reply" target="_self" data-comment-id="{comment.id}">Reply</a></div></ol></div>'
    )

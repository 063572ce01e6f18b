"""Comments as WordPress prints them in a classic theme with HTML5 markup (Walker_Comment::html5_comment and ::ping)."""

from __future__ import annotations

from crawlers.sample.content import Blog, Comment, Post, replies
from crawlers.sample.prose import clock, day, label, paragraphs

MAX_DEPTH = 5
_FIELDS = (("author", "Name", "text", " required"), ("email", "Email", "email", " required"), ("url", "Website", "url", ""))


def pages(blog: Blog, post: Post) -> list[list[Comment]]:
    """The comments that answer the post, cut into comment pages; their replies come with them."""
    top = replies(post.comments)
    size = blog.comments_per_page
    return [top[start : start + size] for start in range(0, len(top), size)] or [[]]


def permalink(blog: Blog, post: Post, comment: Comment) -> str:
    """Where a comment stands; the first (oldest) comment page has no number of its own."""
    number = next((number for number, page in enumerate(pages(blog, post), 1) if _root(post, comment) in page), 1)
    return f"{blog.url}{post.path}{f'comment-page-{number}/' if number > 1 else ''}#comment-{comment.id}"


def _root(post: Post, comment: Comment) -> Comment:
    while comment.parent:
        comment = next(other for other in post.comments if other.id == comment.parent)
    return comment


def block(blog: Blog, post: Post, number: int) -> str:
    """The comments area with that comment page; past the last one WordPress shows a list without comments."""
    cut = pages(blog, post)
    shown = cut[number - 1] if number <= len(cut) else []
    return f"""<div id="comments" class="comments-area">
{_list(blog, post, shown) + _navigation(blog, post, number, len(cut)) if post.comments else ''}
{'<p class="no-comments">Comments are closed.</p>' if post.closed else _form(blog, post)}
</div><!-- #comments -->"""


def _list(blog: Blog, post: Post, shown: list[Comment]) -> str:
    count = len(post.comments)
    thoughts = "One thought" if count == 1 else f"{count} thoughts"
    items = "\n".join(_item(blog, post, comment, 1, place) for place, comment in enumerate(shown))
    return f"""<h2 class="comments-title">{thoughts} on &ldquo;<span>{label(post.title)}</span>&rdquo;</h2>
<ol class="comment-list">
{items}
</ol><!-- .comment-list -->
"""


def _item(blog: Blog, post: Post, comment: Comment, depth: int, place: int) -> str:
    answers = replies(post.comments, comment.id)
    children = "\n".join(_item(blog, post, answer, depth + 1, number) for number, answer in enumerate(answers))
    body = _comment(blog, post, comment, depth) if comment.kind == "comment" else _ping(comment)
    return (
        f'<li id="comment-{comment.id}" class="{_classes(blog, post, comment, depth, place)}">\n{body}\n'
        + (f'<ol class="children">\n{children}\n</ol><!-- .children -->\n' if answers else "")
        + "</li><!-- #comment-## -->"
    )


def _classes(blog: Blog, post: Post, comment: Comment, depth: int, place: int) -> str:
    odd = "odd alt" if place % 2 else "even"
    thread = f" thread-{'odd thread-alt' if place % 2 else 'even'}" if depth == 1 else ""
    user = f" byuser comment-author-{blog.writer(comment.author).slug}" if comment.author in dict(blog.authors) else ""
    own = " bypostauthor" if comment.author == post.author else ""
    parent = " parent" if replies(post.comments, comment.id) else ""
    return f"{comment.kind}{user}{own} {odd}{thread} depth-{depth}{parent}"


def _comment(blog: Blog, post: Post, comment: Comment, depth: int) -> str:
    return f"""<article id="div-comment-{comment.id}" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard">
<img alt='' src='http://0.gravatar.com/avatar/{int(comment.id):032x}?s=74&#038;d=mm&#038;r=g' class='avatar avatar-74 photo avatar-default' height='74' width='74' />
<b class="fn">{_author_link(comment)}</b> <span class="says">says:</span>
</div><!-- .comment-author -->
<div class="comment-metadata">
<a href="{permalink(blog, post, comment)}"><time datetime="{comment.time.isoformat()}">{day(comment.time)} at {clock(comment.time).lower()}</time></a>
</div><!-- .comment-metadata -->
</footer><!-- .comment-meta -->
<div class="comment-content">
{paragraphs(comment.text)}
</div><!-- .comment-content -->
{_reply_link(blog, post, comment, depth)}
</article><!-- .comment-body -->"""


def _ping(comment: Comment) -> str:
    """With `short_ping` (Twenty Twelve and later) neither the date nor the words of a ping are shown."""
    return f'<div class="comment-body">\n{comment.kind.capitalize()}: {_author_link(comment)}\n</div>'


def _author_link(comment: Comment) -> str:
    name = label(comment.author)
    return f"<a href='{comment.url}' rel='external nofollow' class='url'>{name}</a>" if comment.url else name


def _reply_link(blog: Blog, post: Post, comment: Comment, depth: int) -> str:
    if post.closed or depth >= MAX_DEPTH:
        return ""
    return (
        f"<div class=\"reply\"><a rel='nofollow' class='comment-reply-link' href='{blog.url}{post.path}?replytocom={comment.id}#respond'"
        f' data-commentid="{comment.id}" data-postid="{post.id}" data-belowelement="div-comment-{comment.id}" data-respondelement="respond"'
        f" aria-label='Reply to {label(comment.author)}'>Reply</a></div>"
    )


def _navigation(blog: Blog, post: Post, number: int, last: int) -> str:
    if last == 1:
        return ""
    before = f"{blog.url}{post.path}{f'comment-page-{number - 1}/' if number > 2 else ''}#comments"
    older = f'<a href="{before}">&larr; Older Comments</a>' if number > 1 else ""
    newer = f'<a href="{blog.url}{post.path}comment-page-{number + 1}/#comments">Newer Comments &rarr;</a>' if number < last else ""
    return f"""<nav class="navigation comment-navigation" role="navigation">
<h1 class="screen-reader-text section-heading">Comment navigation</h1>
<div class="nav-previous">{older}</div>
<div class="nav-next">{newer}</div>
</nav><!-- .comment-navigation -->
"""


def _form(blog: Blog, post: Post) -> str:
    fields = "\n".join(
        f'<p class="comment-form-{name}"><label for="{name}">{label}</label> <input id="{name}" name="{name}" type="{kind}" value="" size="30"{required} /></p>'
        for name, label, kind, required in _FIELDS
    )
    return f"""<div id="respond" class="comment-respond">
<h3 id="reply-title" class="comment-reply-title">Leave a comment <small><a rel="nofollow" id="cancel-comment-reply-link" href="{post.path}#respond" style="display:none;">Cancel reply</a></small></h3>
<form action="{blog.url}/wp-comments-post.php" method="post" id="commentform" class="comment-form" novalidate>
<p class="comment-notes"><span id="email-notes">Your email address will not be published.</span> <span class="required-field-message">Required fields are marked <span class="required">*</span></span></p>
<p class="comment-form-comment"><label for="comment">Comment <span class="required">*</span></label> <textarea id="comment" name="comment" cols="45" rows="8" required></textarea></p>
{fields}
<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" value="Post Comment" /> <input type='hidden' name='comment_post_ID' value='{post.id}' id='comment_post_ID' />
<input type='hidden' name='comment_parent' id='comment_parent' value='0' />
</p></form>
</div><!-- #respond -->"""

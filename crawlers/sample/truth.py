"""What a perfect crawl of the sample would find, straight from the TOML: for tests, and for nobody's guesses."""

from __future__ import annotations

import re
from datetime import UTC
from html import unescape

from crawlers.sample import blogger_thread, wordpress_thread
from crawlers.sample.content import Article, Blog, Comment, Post, blogs
from schema import items

_BLOCKS = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|blockquote|pre|div|br)\b[^>]*>")
_TAGS = re.compile(r"<[^>]+>")


def truth() -> tuple[items.Thread, ...]:
    """Every thread: posts and comments as readers see them. Texts are words with one space between them."""
    threads = [_thread(blog, post) for blog in blogs() for post in blog.posts]
    return (*threads, *(_article(blog, article) for blog in blogs() for article in blog.articles))


def words(html: str) -> str:
    """The words of typed HTML."""
    return " ".join(unescape(_TAGS.sub("", _BLOCKS.sub(" ", html))).split())


def _thread(blog: Blog, post: Post) -> items.Thread:
    return items.Thread(_post(blog, post), tuple(_comment(blog, post, comment) for comment in post.comments))


def _post(blog: Blog, post: Post) -> items.Post:
    pings = [comment for comment in post.comments if comment.kind != "comment"]
    wordpress = blog.platform == "wordpress"
    return items.Post(
        url=blog.url + post.path,
        platform=blog.platform,
        source=blog.host,
        title=post.title,
        author=post.author,
        author_url=f"{blog.url}/author/{blog.writer(post.author).slug}/" if wordpress else post.author_url,
        published=post.time.astimezone(UTC),
        text=words(post.body),
        bio=blog.writer(post.author).bio if wordpress else "",
        language=blog.language,
        comments_reported=len(post.comments),
        pings_reported=len(pings) or None,
        comments_closed=post.closed,
    )


def _article(blog: Blog, article: Article) -> items.Thread:
    text = words(f"{article.lead} {article.body}")
    return items.Thread(items.Post(blog.url + article.path, "generic", source=blog.host, title=article.title, author=article.author, text=text))


def _comment(blog: Blog, post: Post, comment: Comment) -> items.Comment:
    thread = wordpress_thread if blog.platform == "wordpress" else blogger_thread
    return items.Comment(
        ref=comment.id,
        platform=blog.platform,
        parent_ref=comment.parent or None,
        depth=_depth(post, comment),
        kind=comment.kind,
        source=blog.host,
        url=thread.permalink(blog, post, comment),
        author=comment.author,
        author_url=comment.url,
        by_post_author=comment.author == post.author,
        published=comment.time.astimezone(UTC),
        text="" if comment.removed or comment.kind != "comment" else words(comment.text),
        removed_how=comment.removed or None,
    )


def _depth(post: Post, comment: Comment) -> int:
    parent = next((other for other in post.comments if other.id == comment.parent), None)
    return 1 + _depth(post, parent) if parent else 0

"""WordPress' RSS feeds: posts (paged by `?paged=`), all comments, and the comments of one post; ten items each, as by default."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawlers.sample.content import Blog, Comment, Post
from crawlers.sample.prose import feed_day, label, paragraphs, plain, typeset
from crawlers.sample.site import Answer, Query, number
from crawlers.sample.wordpress_thread import permalink

SIZE = 10
POSTS_SIZE = 5
_RSS = "application/rss+xml; charset=UTF-8"
_NAMESPACES = "\n\t".join((
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:atom="http://www.w3.org/2005/Atom"',
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"',
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
))


def answer(blog: Blog, path: str, query: Query) -> Answer | None:
    """The feed at that path; None when there is none. Past the last page WordPress answers 404."""
    if path == "/feed/":
        start = (number(query.get("paged", ""), 1) - 1) * POSTS_SIZE
        shown = blog.posts[start : start + POSTS_SIZE]
        return _channel(blog, blog.title, blog.url, "/feed/", (_post_item(blog, post) for post in shown), blog.posts[0].time) if shown else None
    if path == "/comments/feed/":
        return _comments(blog, f"Comments for {blog.title}", blog.url, path, blog.posts)
    post = next((post for post in blog.posts if path == f"{post.path}feed/"), None)
    return _comments(blog, f"Comments on: {label(post.title)}", blog.url + post.path, path, (post,)) if post else None


def _comments(blog: Blog, title: str, link: str, path: str, posts: Iterable[Post]) -> Answer:
    found = sorted(((post, comment) for post in posts for comment in post.comments), key=lambda pair: pair[1].time, reverse=True)
    newest = found[0][1].time if found else blog.posts[0].time
    return _channel(blog, title, link, path, (_comment_item(blog, post, comment) for post, comment in found[:SIZE]), newest)


def _channel(blog: Blog, title: str, link: str, path: str, items: Iterable[str], newest: datetime) -> Answer:
    return Answer(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
\t{_NAMESPACES}>
<channel>
\t<title>{title}</title>
\t<atom:link href="{blog.url}{path}" rel="self" type="application/rss+xml" />
\t<link>{link}</link>
\t<description>{plain(blog.tagline)}</description>
\t<lastBuildDate>{feed_day(newest)}</lastBuildDate>
\t<language>en-US</language>
\t<sy:updatePeriod>hourly</sy:updatePeriod>
\t<sy:updateFrequency>1</sy:updateFrequency>
\t<generator>http://wordpress.org/?v=3.6</generator>
{''.join(items)}</channel>
</rss>
""",
        _RSS,
    )


def _post_item(blog: Blog, post: Post) -> str:
    link = f"{blog.url}{post.path}"
    categories = "".join(f"<category><![CDATA[{label}]]></category>" for label in post.labels)
    return f"""\t<item>
\t\t<title>{label(post.title)}</title>
\t\t<link>{link}</link>
\t\t<comments>{link}#comments</comments>
\t\t<pubDate>{feed_day(post.time)}</pubDate>
\t\t<dc:creator>{post.author}</dc:creator>
\t\t{categories}
\t\t<guid isPermaLink="false">{blog.url}/?p={post.id}</guid>
\t\t<description><![CDATA[{typeset(post.body.split(chr(10))[0])} [&#8230;]]]></description>
\t\t<content:encoded><![CDATA[{paragraphs(post.body)}]]></content:encoded>
\t\t<wfw:commentRss>{link}feed/</wfw:commentRss>
\t\t<slash:comments>{len(post.comments)}</slash:comments>
\t</item>
"""


def _comment_item(blog: Blog, post: Post, comment: Comment) -> str:
    author = label(comment.author)
    return f"""\t<item>
\t\t<title>By: {author}</title>
\t\t<link>{permalink(blog, post, comment)}</link>
\t\t<dc:creator>{author}</dc:creator>
\t\t<pubDate>{feed_day(comment.time)}</pubDate>
\t\t<guid isPermaLink="false">{blog.url}/?p={post.id}#comment-{comment.id}</guid>
\t\t<description><![CDATA[{typeset(comment.text)}]]></description>
\t\t<content:encoded><![CDATA[{paragraphs(comment.text)}]]></content:encoded>
\t</item>
"""

"""Blogger's Atom feeds: all posts, all comments, the comments of one post; paged by start-index and max-results.

The entries carry what real ones do (2009-2024): `thr:in-reply-to` always names the post, `link rel=related` the comment that is
answered, and `gd:extendedProperty` says how a comment looks; the feed's own `next` links lead to www.blogger.com.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from crawlers.sample.blogger_thread import permalink
from crawlers.sample.content import Blog, Comment, Post
from crawlers.sample.prose import breaks, clock, day, plain, stamp
from crawlers.sample.site import Answer, Query, number

_FEED = re.compile(r"/feeds(?:/(?P<post>\d+))?/(?P<kind>posts|comments)/(?:default|summary|full)")
_ATOM = "application/atom+xml; charset=UTF-8"
_BLOGGER = "http://www.blogger.com/feeds"
_MOST = 500
_NAMESPACES = (
    "xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'"
    " xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:georss='http://www.georss.org/georss'"
    " xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'"
)


def answer(blog: Blog, path: str, query: Query) -> Answer | None:
    """The feed at that path; None when there is none."""
    match = _FEED.fullmatch(path)
    posts = [post for post in blog.posts if match and match["post"] in (None, post.id)]
    if not match or not posts:
        return None
    if match["kind"] == "posts":
        return _feed(blog, "posts", [(post.time, _post_entry(blog, post)) for post in posts], query, f"{blog.url}/")
    entries = [(comment.time, _comment_entry(blog, post, comment)) for post in posts for comment in post.comments]
    own = posts[0] if match["post"] else None
    return _feed(blog, f"{own.id}/comments" if own else "comments", entries, query, blog.url + (own.path if own else "/"))


def _feed(blog: Blog, name: str, entries: Sequence[tuple[datetime, str]], query: Query, page: str) -> Answer:
    start, most = number(query.get("start-index", ""), 1), min(number(query.get("max-results", ""), 25), _MOST)
    ordered = sorted(entries, key=lambda entry: entry[0], reverse=query.get("reverse") != "false")
    shown = ordered[start - 1 : start - 1 + most]
    newest = max((time for time, _ in entries), default=None)
    return Answer(
        f"<?xml version='1.0' encoding='UTF-8'?><feed {_NAMESPACES}><id>tag:blogger.com,1999:blog-{blog.id}</id>"
        f"<updated>{stamp(newest) if newest else ''}</updated><title type='text'>{plain(blog.title)}</title><subtitle type='html'>{plain(blog.tagline)}</subtitle>"
        + _feed_links(blog, name, page, start + most if start - 1 + most < len(entries) else None, most)
        + "<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>"
        f"<openSearch:totalResults>{len(entries)}</openSearch:totalResults><openSearch:startIndex>{start}</openSearch:startIndex>"
        f"<openSearch:itemsPerPage>{most}</openSearch:itemsPerPage>" + "".join(entry for _, entry in shown) + "</feed>",
        _ATOM,
    )


def _feed_links(blog: Blog, name: str, page: str, following: int | None, most: int) -> str:
    links = (
        f"<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='{blog.url}/feeds/{name}/default'/>"
        f"<link rel='self' type='application/atom+xml' href='{_BLOGGER}/{blog.id}/{name}/default'/>"
        f"<link rel='alternate' type='text/html' href='{page}'/>"
    )
    if following:
        links += f"<link rel='next' type='application/atom+xml' href='{_BLOGGER}/{blog.id}/{name}/default?start-index={following}&amp;max-results={most}'/>"
    return links


def _post_entry(blog: Blog, post: Post) -> str:
    comments = f"{blog.url}/feeds/{post.id}/comments/default"
    labels = "".join(f"<category scheme='http://www.blogger.com/atom/ns#' term='{plain(label)}'/>" for label in post.labels)
    count = f"{len(post.comments)} Comments"
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{blog.id}.post-{post.id}</id><published>{stamp(post.time)}</published><updated>{stamp(post.time)}</updated>"
        f"{labels}<title type='text'>{plain(post.title)}</title><content type='html'>{plain(breaks(post.body))}</content>"
        f"<link rel='replies' type='application/atom+xml' href='{comments}' title='Post Comments'/>"
        f"<link rel='replies' type='text/html' href='{blog.url}{post.path}#comment-form' title='{count}'/>"
        f"<link rel='edit' type='application/atom+xml' href='{_BLOGGER}/{blog.id}/posts/default/{post.id}'/>"
        f"<link rel='self' type='application/atom+xml' href='{_BLOGGER}/{blog.id}/posts/default/{post.id}'/>"
        f"<link rel='alternate' type='text/html' href='{blog.url}{post.path}' title='{plain(post.title)}'/>"
        f"{_author(post.author, post.author_url)}<thr:total>{len(post.comments)}</thr:total></entry>"
    )


def _comment_entry(blog: Blog, post: Post, comment: Comment) -> str:
    link, feed = permalink(blog, post, comment).replace("&", "&amp;"), f"{_BLOGGER}/{blog.id}/{post.id}/comments/default"
    related = f"<link rel='related' type='application/atom+xml' href='{feed}/{comment.parent}?v=2'/>" if comment.parent else ""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{blog.id}.post-{comment.id}</id><published>{stamp(comment.time)}</published>"
        f"<updated>{stamp(comment.time)}</updated><title type='text'>{plain(' '.join(comment.text.split())[:60])}...</title>"
        f"<content type='html'>{plain(breaks(comment.text))}</content>"
        f"<link rel='edit' type='application/atom+xml' href='{feed}/{comment.id}'/><link rel='self' type='application/atom+xml' href='{feed}/{comment.id}'/>"
        f"<link rel='alternate' type='text/html' href='{link}' title=''/>{related}{_author(comment.author, comment.url)}"
        f"<thr:in-reply-to href='{blog.url}{post.path}' ref='tag:blogger.com,1999:blog-{blog.id}.post-{post.id}'"
        f" source='{_BLOGGER}/{blog.id}/posts/default/{post.id}' type='text/html'/>{_properties(comment)}</entry>"
    )


def _author(name: str, url: str) -> str:
    uri = f"<uri>{plain(url)}</uri>" if url else ""
    return (
        f"<author><name>{plain(name)}</name>{uri}<email>noreply@blogger.com</email><gd:image rel='http://schemas.google.com/g/2005#thumbnail'"
        " width='16' height='16' src='https://img1.blogblog.com/img/b16-rounded.gif'/></author>"
    )


def _properties(comment: Comment) -> str:
    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>" if comment.removed else ""
    return (
        f"<gd:extendedProperty name='blogger.itemClass' value='pid-{int(comment.id) % 2**31}'/>{removed}"
        f"<gd:extendedProperty name='blogger.displayTime' value='{day(comment.time)} at {clock(comment.time)}'/>"
    )

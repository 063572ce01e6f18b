"""A blog as Blogger shows it: home and search pages, months, posts, feeds, sitemap, robots.txt.

Structure and class names are those of Blogger's layout templates with threaded comments; the words are the sample's own.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from crawlers.sample import blogger_feeds, blogger_thread, site
from crawlers.sample.blogger_page import page, post_block
from crawlers.sample.content import Blog, Post
from crawlers.sample.site import PLAIN, Answer, Query

_ARCHIVE = re.compile(r"/(\d{4}(?:/\d\d)?)/?|/(\d{4})_(\d\d)_\d\d_archive\.html")


def answer(blog: Blog, path: str, query: Query) -> Answer:
    """The answer to `GET path?query`."""
    post = next((post for post in blog.posts if post.path == path), None)
    if post:
        return Answer(_item(blog, post))
    if path.startswith("/feeds/"):
        return blogger_feeds.answer(blog, path, query) or _not_found(blog)
    if path.startswith("/search"):
        return _search(blog, path, query)
    if match := _ARCHIVE.fullmatch(path):
        return _archive(blog, match[1] or f"{match[2]}/{match[3]}")
    match path:
        case "/":
            return _listing(blog, list(blog.posts), f"{blog.url}/")
        case "/robots.txt":
            return Answer(f"User-agent: Mediapartners-Google\nDisallow: \n\nUser-agent: *\nDisallow: /search\nAllow: /\n\nSitemap: {blog.url}/sitemap.xml\n", PLAIN)
        case "/sitemap.xml":
            return site.sitemap((blog.url + post.path, f"{post.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") for post in blog.posts)
    return _not_found(blog)


def _item(blog: Blog, post: Post) -> str:
    newer, older = site.neighbors(blog.posts, post)
    feed = f"{blog.url}/feeds/{post.id}/comments/default"
    subscribe = (
        "<div class='post-feeds'>\n<div class='feed-links'>\nSubscribe to:\n"
        f"<a class='feed-link' href='{feed}' target='_blank' type='application/atom+xml'>Post Comments (Atom)</a>\n</div>\n</div>"
    )
    main = (
        post_block(blog, post, blogger_thread.block(blog, post))
        + _pager(blog, _address(blog, newer), _address(blog, older), "Newer Post", "Older Post")
        + subscribe
    )
    extra = f'<link rel="alternate" type="application/atom+xml" title="{blog.title} - Atom" href="{feed}" />\n'
    return page(blog, f"{blog.title}: {post.title}", main, blog.url + post.path, extra)


def _address(blog: Blog, post: Post | None) -> str | None:
    return blog.url + post.path if post else None


def _search(blog: Blog, path: str, query: Query) -> Answer:
    """Where "Older Posts" and labels lead; robots.txt forbids it to crawlers."""
    label = unquote(path.removeprefix("/search/label/")) if path.startswith("/search/label/") else ""
    before = _moment(query.get("updated-max", ""))
    posts = [post for post in blog.posts if (not label or label in post.labels) and (not before or post.time < before)]
    return _listing(blog, posts, blog.url + path)


def _moment(text: str) -> datetime | None:
    """`2010-09-21T08:15:00+01:00`, whose plus sign browsers may have turned into a space."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _archive(blog: Blog, period: str) -> Answer:
    """All posts of a year or a month on one page."""
    posts = [post for post in blog.posts if f"{post.time:%Y/%m}".startswith(period)]
    if not posts:
        return _not_found(blog)
    main = "".join(post_block(blog, post) for post in posts) + _pager(blog, None, None, "", "")
    return Answer(page(blog, f"{blog.title}: {period}", main, f"{blog.url}/{period}/"))


def _listing(blog: Blog, posts: list[Post], address: str) -> Answer:
    shown, more = posts[: blog.posts_per_page], posts[blog.posts_per_page :]
    older = f"{blog.url}/search?updated-max={quote(shown[-1].time.isoformat(), safe='')}&amp;max-results={blog.posts_per_page}" if more else None
    newer = f"{blog.url}/" if "/search" in address else None
    main = "".join(post_block(blog, post) for post in shown) + _pager(blog, newer, older, "Newer Posts", "Older Posts")
    return Answer(page(blog, blog.title, main, address))


def _pager(blog: Blog, newer: str | None, older: str | None, newer_words: str, older_words: str) -> str:
    links = [_pager_link("newer", newer, newer_words)] if newer else []
    links += [_pager_link("older", older, older_words)] if older else []
    return f"""</div>
<div class='blog-pager' id='blog-pager'>
{''.join(links)}<a class='home-link' href='{blog.url}/'>Home</a>
<div class='blog-mobile-link'>
<a href='{blog.url}/?m=1'>View mobile version</a>
</div>
</div>
<div class='clear'></div>
"""


def _pager_link(kind: str, address: str, words: str) -> str:
    return (
        f"<span id='blog-pager-{kind}-link'>\n<a class='blog-pager-{kind}-link' href='{address}' id='Blog1_blog-pager-{kind}-link'"
        f" title='{words}'>{words}</a>\n</span>\n"
    )


def _not_found(blog: Blog) -> Answer:
    message = "<div class='status-msg-wrap'><div class='status-msg-body'>Sorry, the page you were looking for in this blog does not exist.</div></div></div>"
    return Answer(page(blog, blog.title, message, f"{blog.url}/"), status=404)

"""A blog as WordPress shows it: home, archives, posts with comment pages, feeds, sitemap, robots.txt.

Structure and class names are those of the theme Twenty Thirteen; the words are the sample's own.
"""

from __future__ import annotations

import re

from crawlers.sample import site, wordpress_feeds, wordpress_thread
from crawlers.sample.article import article_page
from crawlers.sample.content import Blog, Post
from crawlers.sample.prose import label
from crawlers.sample.site import PLAIN, Answer, Query
from crawlers.sample.wordpress_page import page, post_block, slug

_COMMENT_PAGE = re.compile(r"comment-page-(\d+)/")
_LISTING = re.compile(r"(/(?:(?:category|author)/[\w-]+/|\d{4}/(?:\d\d/)?)?)(?:page/(\d+)/)?")


def answer(blog: Blog, path: str, query: Query) -> Answer:
    """The answer to `GET path?query`."""
    if path == "/" and "p" in query:
        return _short_link(blog, query["p"])
    if feed := wordpress_feeds.answer(blog, path, query):
        return feed
    for post in blog.posts:
        if path.startswith(post.path):
            return _item(blog, post, path.removeprefix(post.path))
        if path == post.path.rstrip("/"):
            return Answer("", status=301, location=blog.url + post.path)
    return _beside_posts(blog, path)


def _beside_posts(blog: Blog, path: str) -> Answer:
    for article in blog.articles:
        if path == article.path:
            return Answer(article_page(blog, article))
    if match := _LISTING.fullmatch(path):
        return _listing(blog, match[1], site.number(match[2] or "", 1))
    match path:
        case "/robots.txt":
            return Answer(f"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {blog.url}/sitemap.xml\n", PLAIN)
        case "/sitemap.xml":
            return _sitemap(blog)
    return _not_found(blog)


def _short_link(blog: Blog, number: str) -> Answer:
    post = next((post for post in blog.posts if post.id == number), None)
    return Answer("", status=301, location=blog.url + post.path) if post else _not_found(blog)


def _item(blog: Blog, post: Post, rest: str) -> Answer:
    match = _COMMENT_PAGE.fullmatch(rest)
    if rest and not match:
        return _not_found(blog)
    number = site.number(match[1], 1) if match else 1
    newer, older = site.neighbors(blog.posts, post)
    main = post_block(blog, post, alone=True) + _neighbors(blog, newer, older) + wordpress_thread.block(blog, post, number)
    title = label(f"{post.title} | {blog.title}")
    return Answer(page(blog, title, main, f"{blog.url}{post.path}{rest}", post=post))


def _neighbors(blog: Blog, newer: Post | None, older: Post | None) -> str:
    previous = f'<a href="{blog.url}{older.path}" rel="prev"><span class="meta-nav">&larr;</span> {label(older.title)}</a>' if older else ""
    following = f'<a href="{blog.url}{newer.path}" rel="next">{label(newer.title)} <span class="meta-nav">&rarr;</span></a>' if newer else ""
    return f"""<nav class="navigation post-navigation" role="navigation">
<h1 class="screen-reader-text">Post navigation</h1>
<div class="nav-links">
{previous}{following}
</div><!-- .nav-links -->
</nav><!-- .navigation -->
"""


def _listing(blog: Blog, base: str, number: int) -> Answer:
    """A page of posts: all of them, those of a year or a month, of a category, of an author."""
    posts = [post for post in blog.posts if _belongs(blog, post, base)]
    start = (number - 1) * blog.posts_per_page
    shown = posts[start : start + blog.posts_per_page]
    if not shown:
        return _not_found(blog)
    more = start + blog.posts_per_page < len(posts)
    main = "\n".join(post_block(blog, post) for post in shown) + _paging(blog, base, number, more=more)
    return Answer(page(blog, blog.title, main, blog.url + base + (f"page/{number}/" if number > 1 else "")))


def _belongs(blog: Blog, post: Post, base: str) -> bool:
    match base.strip("/").split("/"):
        case [""]:
            return True
        case ["category", name]:
            return name in map(slug, post.labels)
        case ["author", name]:
            return name == blog.writer(post.author).slug
    return post.path.startswith(base)


def _paging(blog: Blog, base: str, number: int, *, more: bool) -> str:
    older = f'<div class="nav-previous"><a href="{blog.url}{base}page/{number + 1}/"><span class="meta-nav">&larr;</span> Older posts</a></div>' if more else ""
    before = f"{blog.url}{base}" + (f"page/{number - 1}/" if number > 2 else "")
    newer = f'<div class="nav-next"><a href="{before}">Newer posts <span class="meta-nav">&rarr;</span></a></div>' if number > 1 else ""
    return f"""<nav class="navigation paging-navigation" role="navigation">
<h1 class="screen-reader-text">Posts navigation</h1>
<div class="nav-links">
{older}{newer}
</div><!-- .nav-links -->
</nav><!-- .navigation -->
""" if older or newer else ""


def _sitemap(blog: Blog) -> Answer:
    posts = [(blog.url + post.path, f"{post.time:%Y-%m-%dT%H:%M:%S+00:00}") for post in blog.posts]
    return site.sitemap([(f"{blog.url}/", posts[0][1]), *posts, *((blog.url + article.path, "") for article in blog.articles)])


def _not_found(blog: Blog) -> Answer:
    main = """<header class="page-header"><h1 class="page-title">Not found</h1></header>
<div class="page-wrapper"><div class="page-content"><h2>This is somewhat embarrassing, isn&#8217;t it?</h2>
<p>It looks like nothing was found at this location. Maybe try a search?</p></div></div>"""
    return Answer(page(blog, f"Page not found | {blog.title}", main, "", body_class="error404"), status=404)

"""What normal blogs of the hostile server look like: posts with comments in WordPress' markup, listings, feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

XML = "application/xml"
FEED = "application/rss+xml"
_SUBJECTS = ("price tags", "shop windows", "loyalty cards", "opening hours", "receipts", "shelf labels", "coupons", "parking", "carrier bags", "queues")


def words_of(number: int, topic: str = "") -> str:
    """A text of its own for each post."""
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return (
        f"This is note {number} {topic} about {subject}, written down after a walk of {number + 3} minutes through the old town. "
        f"Of {number * 7 + 11} shops that we passed, {number + 2} had something to say about {subject}, and one said it well."
    )


def comment(number: int, words: str, inside: str = "", *, is_open: bool = False) -> str:
    end = "" if is_open else "</li>"
    return (
        f'<li class="comment depth-1" id="li-comment-{number}"><div id="comment-{number}">'
        f'<div class="comment-author vcard"><cite class="fn">Reader {number}</cite> <span class="says">says:</span></div>'
        f'<div class="comment-meta commentmetadata"><a href="#comment-{number}">October {number % 28 + 1}, 2009 at 8:05 am</a></div>'
        f'<div class="comment-body"><p>{words}</p></div></div>{inside}{end}'
    )


def thread(items: str, count: int) -> str:
    return f'<div id="comments"><h3 id="comments-title">{count} Responses</h3><ol class="commentlist">{items}</ol></div>'


def post(url: str, title: str, body: str, comments: Sequence[str] = (), *, extra: str = "", head: str = "", canonical: str | None = None) -> str:
    """A post; `comments` are their texts. `canonical` "": the page names no address of its own."""
    own = url if canonical is None else canonical
    link = f'<link rel="canonical" href="{escape(own)}">' if own else ""
    items = thread("".join(comment(number, words) for number, words in enumerate(comments, 1)), len(comments)) if comments else ""
    return (
        f'<!DOCTYPE html><html lang="en-US"><head><title>{title}</title><meta name="generator" content="WordPress 3.0">{link}{head}</head>'
        f'<body class="single single-post postid-7"><div id="post-7" class="post type-post hentry"><h1 class="entry-title">{title}</h1>'
        f'<div class="entry-meta"><a href="{escape(own or url)}" rel="bookmark"><span class="entry-date">October 1, 2009</span></a> by '
        f'<span class="author vcard"><a class="url fn n" href="/author/ann/">Ann</a></span></div>'
        f'<div class="entry-content"><p>{body}</p></div></div>{items}{extra}</body></html>'
    )


def listing(links: Iterable[tuple[str, str]], further: Iterable[str] = (), *, head: str = "", title: str = "Shelf talk") -> str:
    """A listing of WordPress: headed links to posts, and other links below."""
    posts = "".join(
        f'<div class="post hentry"><h2 class="entry-title"><a href="{escape(url)}" rel="bookmark">{name}</a></h2></div>' for url, name in links
    )
    others = "".join(f'<a href="{escape(url)}">further</a> ' for url in further)
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><meta name="generator" content="WordPress 3.0">{head}</head>'
        f'<body class="blog archive">{posts}<div class="navigation">{others}</div></body></html>'
    )


def plain_listing(links: Iterable[tuple[str, str]], title: str = "Lists") -> str:
    """A listing of no known maker: linked headings."""
    headings = "".join(f'<h3><a href="{escape(url)}">{name}</a></h3><p>More about {name}.</p>' for url, name in links)
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><main>{headings}</main></body></html>"


def sitemap(*urls: str) -> bytes:
    entries = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>".encode()


def index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</sitemapindex>".encode()


def feed(*urls: str, extra: str = "", start: str = "") -> bytes:
    items = "".join(f"<item><title>An entry</title><link>{escape(url)}</link></item>" for url in urls)
    return f"<?xml version='1.0'?>{start}<rss version='2.0'><channel><title>Shelf talk</title>{extra}{items}</channel></rss>".encode()


def robots(*lines: str) -> bytes:
    return "\n".join(["User-agent: *", "Disallow: /private/", *lines, ""]).encode()

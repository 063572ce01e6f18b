"""Which links of a page lead on: those within the blog, from lists to posts, from posts to their comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from crawlers import fetched
from crawlers.completing import sources
from crawlers.frontier import Frontier
from crawlers.reading import Reading
from crawlers.starts import Blog
from crawlers.targets import Target
from schema import keys
from schema.items import Link

_COMMENTS_FEED = re.compile(r"/comments/(?:feed|default|summary|full)|feed=comments", re.I)


class Following:
    """Puts links into the frontier; `sitemaps` are those that the robots.txt of an address names."""

    def __init__(self, frontier: Frontier, sitemaps: Callable[[str], list[str]]) -> None:
        self._frontier = frontier
        self._sitemaps = sitemaps

    def set_out(self, reading: Reading, target: Target, blog: Blog) -> None:
        """Is the address that of a post, or that of a blog? A blog's posts are looked for in sitemaps, too."""
        url = reading.page.url
        blog.only_this_post = _is_post(reading)
        if not blog.only_this_post:
            for sitemap in self._sitemaps(url):
                self._add(Link(sitemap, "sitemap", "robots.txt"), target, blog)
            for path in fetched.GUESSES:
                self._add(Link(urljoin(url, path), "sitemap", "guess"), target, blog, is_guess=True)

    def list(self, reading: Reading, target: Target, blog: Blog) -> None:
        """A feed or a sitemap. Where a sitemap has named the posts, older pages of a feed that bring nothing new are left."""
        if target.kind == "start":
            blog.is_feed = not reading.skipped
            blog.source = _home(reading.links) or blog.source
        posts = [link for link in reading.links if link.kind == "post"]
        news = sum(self._add(link, target, blog) for link in posts)
        blog.has_sitemap = blog.has_sitemap or (reading.platform == "sitemap" and bool(posts))
        if news or not blog.has_sitemap or reading.platform == "sitemap":
            for link in reading.links:
                self._add(link, target, blog, again=0 < news == len(posts))

    def page(self, reading: Reading, target: Target, blog: Blog) -> None:
        """An older page of a list is asked again where all on the newer one is new; what belongs to a thread, with its post."""
        is_list = target.kind not in ("post", "comments") and not blog.only_this_post
        posts = [link for link in reading.links if link.kind == "post"] if is_list else []
        news = sum(self._add(link, target, blog) for link in posts)
        for link in reading.links:
            is_of_thread = link.kind in ("comments", "completion")
            if is_of_thread or (not blog.only_this_post and (is_list or link.kind not in fetched.LISTS)):
                self._add(link, target, blog, again=target.is_again if is_of_thread else 0 < news == len(posts))
        if is_list:
            for thread in reading.threads:      # a list that shows one post in full
                self._add(Link(thread.post.url, "post", "shown in a list"), target, blog)

    def source(self, reading: Reading, target: Target, blog: Blog) -> None:
        """Further pages of a feed or API that completes a thread."""
        for link in sources(reading.links):
            self._add(link, target, blog, again=target.is_again)

    def _add(self, link: Link, target: Target, blog: Blog, *, is_guess: bool = False, again: bool = False) -> bool:
        """Whether the link is news: on this blog, no front page, and not seen before."""
        serving = link.for_post or link.url     # an API may serve a blog's comments from another host
        is_own = keys.source_of(serving) == blog.source and link.url.startswith(("http://", "https://"))
        is_front = link.kind == "post" and fetched.is_front(keys.canonical_url(link.url))
        is_of_comments = link.rule == "comments feed" or (bool(_COMMENTS_FEED.search(link.url)) and link.kind == "feed")
        may_be_missing = is_guess or link.rule == "wordpress paged" or link.kind == "completion"
        is_wanted = is_own and not is_front and not is_of_comments
        return is_wanted and self._frontier.add(
            link, target.blog, is_guess=may_be_missing, source=target.url, again=again and link.kind not in ("post", "sitemap"),
        )


def _home(links: Iterable[Link]) -> str:
    """The blog that a feed belongs to: many feeds are kept on another host."""
    hosts = Counter(keys.source_of(link.url) for link in links if link.kind == "post")
    return hosts.most_common(1)[0][0] if hosts else ""


def _is_post(reading: Reading) -> bool:
    """A page with one post in it, unless it is the front page of the site, which may well show only one."""
    leads_on = any(link.kind in ("post", "archive", "next") for link in reading.links)
    is_refused_post = bool(reading.platform and reading.skipped) and not leads_on     # behind a password, say
    return (len(reading.threads) == 1 or is_refused_post) and not fetched.is_front(reading.page.url)

"""The feed of one post's comments, where a page names it: WordPress and those who do as it does keep it at the post's address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import head
from crawlers.markup import split
from schema import keys
from schema.items import Link, Page

UNKNOWN_THEME = "comments of an unknown theme"      # the rule of links from pages that gave no comment
_END = re.compile(r"/feed(?:/(?:rss2?|atom))?/?$")


def of_post(page: Page, post_url: str, rule: str) -> Iterator[Link]:
    """A link to the feed of the post's comments, if the page names one."""
    if page.url.startswith(("http://", "https://")):
        for feed in [link for link in head.feeds(page) if is_of_post(link.url, post_url)][:1]:
            yield Link(feed.url, "completion", rule, for_post=post_url)


def is_of_post(feed: str, post_url: str) -> bool:
    """Whether the feed is that of the post's comments: at its address, with `feed` behind it or as a parameter."""
    post, own = split(keys.canonical_url(post_url)), split(feed)
    if "feed=" in own.query and post.query:
        return own.path == post.path and any(part in own.query.split("&") for part in post.query.split("&"))
    return post.path.strip("/") != "" and _END.sub("", own.path) == post.path.rstrip("/") != own.path.rstrip("/")

"""Discourse topics as the comments of blogs: which topic a page embeds, the embedded page that leads to it, and the topic's JSON.

Looked up in Discourse's sources (https://github.com/discourse/discourse): public/javascripts/embed.js, app/controllers/embed_controller.rb,
app/views/embed/comments.html.erb, app/serializers/topic_view_serializer.rb and post_serializer.rb. For an address that has no topic yet
the embedded page asks the forum to open one, as it does for any reader of the blog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin

from crawlers import answers, head
from crawlers.html import text_of, tree
from crawlers.markup import absolute, elements, split
from crawlers.platforms import _discourse_topic as topic
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, Skipped

NO_TOPIC = "no topic yet"
_EMBEDDED = re.compile(rb"<header class=['\"]discourse['\"]|discourse-embed|embed-loading", re.I)
_LINKS = elements("//a[@href]")
_TOPIC = re.compile(r"(?P<start>.*?)/t/(?:[^/]+/)?(?P<number>\d{1,12})(?:/\d+)?/?$")
_SETTINGS = re.compile(r"\bDiscourseEmbed\s*=\s*\{(.{1,1000}?)\}", re.S)
_SETTING = re.compile(r"[\"']?\b(discourseUrl|discourseEmbedUrl|topicId)[\"']?\s*:\s*(?:([\"'])([^\"'<>\n]*)\2|(\d{1,12}))")


def confidence(page: Page) -> float:
    """1 for a topic's JSON and the page that embeds it; its posts stand on pages of other makers."""
    if topic.is_answer(page):
        return 1.0
    return 1.0 if _is_embedded(page) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """Of a topic its posts, and where the next of them are; of an embedded page where the topic is."""
    if _is_embedded(page):
        yield _to_topic(page)
    elif answers.parsed(page) is None:
        yield served.broken(page, "discourse")
    else:
        yield from topic.read(page)


def embedded(page: Page, post_url: str) -> Iterator[Link]:
    """Where the topic of this post is, where the page's script asks a forum for it."""
    found = _SETTINGS.search(text_of(page)) if b"DiscourseEmbed" in page.body else None
    named = {name: quoted or number for name, _quote, quoted, number in _SETTING.findall(found[1])} if found else {}
    forum = absolute(head.base_url(page), named.get("discourseUrl"))
    if not forum.startswith(("http://", "https://")):
        return
    forum = forum if forum.endswith("/") else f"{forum}/"
    if topic_number := named.get("topicId"):
        yield served.link(urljoin(forum, f"t/{topic_number}.json"), "discourse", post_url)
    else:
        yield served.link(urljoin(forum, f"embed/comments?embed_url={quote(named.get('discourseEmbedUrl') or post_url, safe='')}"), "discourse", post_url)


def _is_embedded(page: Page) -> bool:
    return split(page.url).path.endswith("/embed/comments") and bool(_EMBEDDED.search(page.body))


def _to_topic(page: Page) -> Link | Skipped:
    """The embedded page shows the first replies without their times of day; the topic has all."""
    host = split(page.url).netloc
    for link in _LINKS(tree(page)):
        url = absolute(page.url, link.get("href"))
        found = _TOPIC.match(split(url)._replace(query="", fragment="").geturl())
        if found and split(url).netloc == host:
            return served.link(f"{found['start']}/t/{found['number']}.json", "discourse", page.about)
    return Skipped(NO_TOPIC, page.url, served.rule("discourse"))

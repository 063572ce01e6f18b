"""A Substack post by what its page holds ready for the reader's script: `post` has all of it, with exact times and the number of comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crawlers import answers, head
from crawlers.answers import Json
from crawlers.html import text_of, tree
from crawlers.markup import absolute, by_class, first, inner_html
from crawlers.platforms import _served as served
from schema import keys
from schema.items import Link, Page, Post, Skipped

_PRELOADS = re.compile(r"window\._preloads\s*=\s*JSON\.parse\((\"[^\"\\]*(?:\\.[^\"\\]*)*\")\)", re.S)
_SHOWN = by_class("body", axis="//div[contains(@class, 'available-content')]/descendant")
_PAID = "only for those who pay"


@lru_cache(maxsize=4)
def preloaded(page: Page) -> Json:
    """The post that the page is about; {} where it shows none, or cannot be read."""
    found = _PRELOADS.search(text_of(page))
    held = answers.loaded(answers.text(answers.loaded(found[1]))) if found else None
    post = answers.record(answers.record(held).get("post"))
    return post if answers.ref(post.get("id")) and answers.text(post.get("title")) else {}


def read(page: Page) -> Iterator[Post | Link | Skipped]:
    """The post and a link to its comments; of a post that one must pay for what the page shows of it."""
    known = preloaded(page)
    url = _url(page, known)
    author = next(iter(answers.records(known.get("publishedBylines"))), {})
    handle = answers.text(author.get("handle"))
    published, how = served.stamp(known.get("post_date"))
    html = answers.text(known.get("body_html")) or _shown(page)
    yield from head.feeds(page)
    yield Post(
        url, "substack", rule="substack preloads", title=answers.text(known.get("title")), author=answers.text(author.get("name")),
        author_url=f"https://substack.com/@{handle}" if handle else "", published=published, published_raw=answers.printed(known.get("post_date")), published_how=how,
        html=html, language=head.language(page), comments_reported=answers.number(known.get("comment_count")),
        comments_closed=_closed(known), comments_elsewhere=served.elsewhere("substack"),
    )
    if not html and answers.text(known.get("audience")) == "only_paid":
        yield Skipped(_PAID, page.url, "substack preloads")
    yield served.link(address(page, answers.ref(known.get("id"))), "substack", url)


def address(page: Page, post_id: str) -> str:
    """Where the comments of the post are served: on the same host, all at once."""
    return absolute(page.url, f"/api/v1/post/{post_id}/comments?all_comments=true&sort=oldest_first")


def _url(page: Page, known: Json) -> str:
    """The post's own address, also on the page of its comments or of one of them; believed on its own host."""
    claimed = keys.canonical_url(answers.text(known.get("canonical_url")))
    return claimed if keys.source_of(claimed) == keys.source_of(page.url) else head.canonical(page)


def _shown(page: Page) -> str:
    found = first(_SHOWN(tree(page)))
    return inner_html(found) if found is not None else ""


def _closed(known: Json) -> bool | None:
    """Nobody may comment; that some may (subscribers, those who pay) is not closed."""
    permitted = answers.text(known.get("write_comment_permissions"))
    return permitted == "none" if permitted else None

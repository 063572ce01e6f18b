"""Addresses to fetch: in which order, and under which names one counts as seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.addresses import Address
from schema import keys
from schema.items import Link

ORDER = {"start": 0, "sitemap": 1, "feed": 2, "post": 3, "comments": 4, "completion": 5, "newest comments": 6, "archive": 8, "next": 9}
REVISIT = 7             # posts that were read before come after what is new
LONGEST = 2000          # characters; Scrapy lets addresses over 2083 fall without a word

# The same page once more, or an action: never worth a request.
_NEVER = re.compile(
    r"[?&](?:replytocom|share|like_comment|unlike_comment|showComment|openidserver)=|[?&]m=[01](?:&|$)"
    r"|share-post\.g|/wp-login|/wp-admin|[?&]action=|/search\?q=|/print/?$|[?&]print=",
    re.I,
)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.I)
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w*|hsa_\w*|pk_\w*|mtm_\w*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|spref|phpsessid|jsessionid|session_?id|oscsid|zenid|cfid|cftoken)(?:=|$)", re.I)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One address to fetch, for the blog whose start address was the `blog`th."""

    rank: int
    number: int
    url: str = field(compare=False)
    kind: str = field(compare=False)
    blog: int = field(compare=False)
    is_guess: bool = field(compare=False, default=False)    # nobody named it: if it is not there, that is no event
    for_post: str = field(compare=False, default="")        # see schema.items.Link
    rule: str = field(compare=False, default="")            # which rule found the link
    name: str = field(compare=False, default="")            # of its row
    is_again: bool = field(compare=False, default=False)    # it was visited by an earlier run
    comments_stated: int | None = field(compare=False, default=None)    # by a feed or a list


def is_worthless(url: str) -> bool:
    """Whether it is the same page once more, an action, or longer than any address."""
    return len(url) > LONGEST or bool(_NEVER.search(url))


def rank_of(kind: str, rule: str = "") -> int:
    """The place in the order; of what completes a thread, that which knows little is asked last."""
    return ORDER.get(rule, ORDER[kind]) if kind == "completion" else ORDER[kind]


def address_of(link: Link) -> str:
    """What is asked for: posts by their canonical address."""
    return keys.canonical_url(link.url) if link.kind == "post" else page_url(link.url)


def page_url(url: str) -> str:
    """The address without fragment and tracking; unlike the canonical one it keeps which comment page it is."""
    parts = urlsplit(url)
    query = parts.query
    if _TRACKING.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not _TRACKING.search(name)])
    path = _ESCAPE.sub(lambda escape: escape[0].upper(), parts.path)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path or "/", query, ""))


def name_of(url: str, kind: str) -> str:
    """The name of the row: a post's whatever the view of it, any other page's as it is spelled."""
    return keys.key_url(url) if kind == "post" else page_url(url).partition("://")[2]


def names(url: str, kind: str) -> tuple[str, ...]:
    """Under which names an address counts as seen; the first is that of its row."""
    own = page_url(url).partition("://")[2]
    return (keys.key_url(url), own, keys.post_key(url)) if kind == "post" else (own,)


def row_of(target: Target, blog: str) -> Address:
    """The target as a row of that blog."""
    return Address(
        blog, target.name, target.url, target.kind, target.rank, target.number, target.rule, target.for_post,
        target.is_guess, target.is_again, keys.post_key(target.url) if target.kind == "post" else "", target.comments_stated,
    )


def target_of(row: Address, blog: int) -> Target:
    """The row as a target of the `blog`th blog."""
    return Target(
        row.rank, row.number, row.url, row.kind, blog, row.is_guess, row.for_post, row.rule, row.name, row.is_again, row.comments_stated,
    )

"""The things hubbub talks about. Plain values: standard library only, nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["comment", "pingback", "trackback"]
LinkKind = Literal["post", "comments", "completion", "feed", "sitemap", "archive", "next"]   # completion: a feed or API of one thread
MarkKind = Literal["quote", "code", "list", "heading", "deleted", "emoticon", "update"]
PublishedHow = Literal["offset", "epoch", "feed", "api", "zone", "local", "date", "relative"]
ReplyHow = Literal["markup", "feed", "api"]
Threading = Literal["nested", "flat", "unknown"]
Completeness = Literal["complete", "partial", "none", "unknown"]
RemovedHow = Literal["author", "moderator", "vanished", "page_gone", "unknown"]
Via = Literal["page", "api", "export", "feed", "summary"]     # the way an item came; a summary is a feed's shortened text
AuthorHow = Literal["profile", "url", "name", "anonymous"]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a server, or one saved file: the bytes and what is known about them."""

    url: str                                    # where it was found, after redirects; `file:...` for a bare file
    body: bytes                                 # as sent, after content decoding; never altered
    fetched_at: datetime                        # UTC, aware; relative dates are counted from here
    headers: tuple[tuple[str, str], ...] = ()   # names in lower case
    status: int = 200
    origin: str = ""                            # the run, file or WARC record it came from
    about: str = ""                             # the post whose page led here: many an API's answer does not name it

    def header(self, name: str) -> str:
        """The first header of that (lower-case) name, or ""."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Link:
    """Where more of the conversation may be found: a page to fetch, not a link inside a text."""

    url: str
    kind: LinkKind
    rule: str = ""                   # which rule found it, for `hubbub explain`
    comments_reported: int | None = None   # what a feed says about the post behind the link
    for_post: str = ""               # the post whose comments an API gives there; may be on another host


@dataclass(frozen=True, slots=True)
class TextLink:
    """A hyperlink inside the text of a post or comment: `text[start:end] == anchor`."""

    url: str
    anchor: str
    start: int                       # Unicode code points
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that the source set apart: `text[start:end]`, in Unicode code points."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Post:
    """One blog post, without its comments, the author's bio or the theme's furniture."""

    url: str                                # canonical; see schema.keys.canonical_url
    platform: str
    rule: str = ""                          # the rule of the platform module that found it
    via: Via = "page"
    key: str = ""                           # set by pipeline.clean.keys
    source: str = ""                        # the blog: its host
    title: str = ""
    author: str = ""
    author_url: str = ""
    author_key: str = ""                    # set by pipeline.clean.authors
    author_how: AuthorHow | None = None     # how author_key is known
    published: datetime | None = None       # UTC, aware; None: the page gives no date
    published_raw: str = ""                 # the date as printed
    published_how: PublishedHow | None = None
    html: str = ""                          # source HTML of the body, as the platform module cut it out
    text: str = ""                          # set by pipeline.clean.text
    marks: tuple[Mark, ...] = ()
    links: tuple[TextLink, ...] = ()
    bio: str = ""                           # the author's bio box, kept apart from the text
    language: str = ""                      # of the page when read, of the text after pipeline.clean.language
    comments_reported: int | None = None    # what the page, feed or API says
    pings_reported: int | None = None       # pings recognised among those
    comments_closed: bool | None = None
    comments_elsewhere: str = ""            # why comments are not in the page ("script-loaded: disqus"), or ""
    reservations: str = ""                  # what its page reserves, as sorted words: "noai, noindex"
    fetched_at: datetime | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One contribution to a thread, as its author left it."""

    ref: str                                # the platform's id, or "#N" (N = place on the page) where there is none
    platform: str
    rule: str = ""
    via: Via = "page"
    parent_ref: str | None = None           # ref of the comment it answers, if the page tells
    reply_to_how: ReplyHow | None = None
    page: int = 1                           # comment page it stood on, 1 = the oldest
    place: int = 0                          # from 1, as shown on that page; 0: a feed or API, which shows no order
    depth: int | None = None                # from 0
    kind: Kind = "comment"
    key: str = ""                           # set by pipeline.clean.keys, with the next two
    post_key: str = ""
    reply_to: str | None = None
    source: str = ""
    url: str = ""                           # permalink
    author: str = ""
    author_url: str = ""
    author_key: str = ""
    author_how: AuthorHow | None = None
    by_post_author: bool | None = None      # None: nothing on the page tells
    published: datetime | None = None
    published_raw: str = ""
    published_how: PublishedHow | None = None
    html: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    links: tuple[TextLink, ...] = ()
    language: str = ""
    removed_how: RemovedHow | None = None   # a tombstone: the place is kept, the text is gone
    reservations: str = ""                  # what its page reserves
    fetched_at: datetime | None = None
    origin: str = ""


Item = Post | Comment


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was seen and deliberately not taken. Reasons are short, lower-case and stable."""

    reason: str
    url: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A post and the comments that came with it: stored together or not at all."""

    post: Post
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The words that earned a tag: `text[start:end]`, the rule that fired and its weight."""

    start: int
    end: int
    rule: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tagger says about one item. Score None: not judged (and level None with it)."""

    score: float | None                     # 0-1
    level: int | None = None                # the verdict at the tagger's documented thresholds
    spans: tuple[Span, ...] = ()
    text_score: float | None = None         # from the text alone, without context
    subtype: str | None = None              # of spam
    subscores: dict[str, float | None] = field(default_factory=dict)
    context: dict[str, object] = field(default_factory=dict)   # named signals used, and "missing": [names]


@dataclass(frozen=True, slots=True)
class Tag:
    """A finding, filed: which item, which tagger in which version, in which tag run."""

    item_key: str
    tagger: str
    version: int
    tag_run: int
    finding: Finding
    tagged_at: datetime

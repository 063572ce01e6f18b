"""The documented views `posts` and `comments` that users query: their columns, in order, and what each means.

A view holds no rows, so `hubbub db upgrade` simply makes both anew; the tables below them belong to the migrations.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, MetaData, Table, Text, inspect, text
from sqlalchemy.types import TypeEngine

from schema.tables import Json, UtcTime

TAGGERS = ("spam", "self_promotion", "conversational", "marketing")
FEATURES = ("polarity", "subjectivity")


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of a view: `sql` is what it is made from, `meaning` what a researcher may rely on."""

    name: str
    values: type[TypeEngine[Any]] | TypeEngine[Any]     # Any: columns of every type stand in one list
    meaning: str
    sql: str = ""


_WHO_AND_WHEN = (
    ViewColumn("author", Text, "The name as displayed; empty when the page shows none."),
    ViewColumn("author_url", Text, "Where the name links to; empty when it links nowhere."),
    ViewColumn("author_key", Text, "The same for the same author: by profile, else by URL, else by name within the blog; an anonymous contribution is an author of its own."),
)
_TIME_AND_TEXT = (
    ViewColumn("published", UtcTime, "UTC. Null when the page gives no date. Where no zone is known, the printed wall-clock time taken as UTC (see `published_how`)."),
    ViewColumn("published_raw", Text, "The date as printed."),
    ViewColumn("published_how", Text, "How `published` is known: offset, epoch, feed, api, zone (of the blog), local (no zone known), date (a day only), relative (\"2 days ago\", counted from the fetch)."),
    ViewColumn("text", Text, "Cleaned text. Paragraphs are separated by an empty line, lines by a newline. All offsets count Unicode code points of this text."),
    ViewColumn("language", Text, "ISO 639-1 code of the text; empty when it is too short to tell and the page does not say."),
)
_SEEN = (
    ViewColumn("first_seen", UtcTime, "When hubbub first stored it."),
    ViewColumn("last_seen", UtcTime, "When hubbub last saw it; the one column that changes when nothing else does."),
    ViewColumn("changed_at", UtcTime, "When what hubbub stores of it last changed."),
)
_ORIGIN = (
    ViewColumn("origin", Text, "Where the stored text came from: the run, with the WARC record if one was kept, or the file. A later sight of the same text does not change it."),
    ViewColumn("via", Text, "How its text came: page, api, export, feed or summary (a feed's shortened text)."),
)

_RESERVED = (
    ViewColumn("reservations", Text, "What the page reserves, in sorted words joined by `, `: noai, noarchive, noimageai, noindex, tdm-policy, tdm-reservation. Empty: nothing. See docs/reservations.md."),
)


LEVELS = {
    "spam": "0 no, 1 borderline, 2 spam.",
    "self_promotion": "0 none, 1 incidental, 2 pointer to an own asset, 3 an offer.",
    "conversational": "0 monologue, 1 some markers, 2 addressed or personal, 3 both.",
    "marketing": "0 no, 1 partly, 2 yes.",
}


def _judgements() -> tuple[ViewColumn, ...]:
    scores = {
        "spam": "Placed for an audience outside the thread (0-1). Always null for posts.",
        "self_promotion": "Draws attention, credit or custom to something of the writer's own (0-1).",
        "conversational": "Done, in its form, as one turn of an exchange between persons (0-1; a rank).",
        "marketing": "How far it is about marketing (0-1).",
    }
    pairs = []
    for name in TAGGERS:
        pairs.append(ViewColumn(name, Float, f"{scores[name]} Null: not judged.", f"{name}_tag.score"))
        pairs.append(ViewColumn(f"{name}_level", Integer, LEVELS[name], f"{name}_tag.level"))
    return (
        *pairs,
        ViewColumn("polarity", Float, "TextBlob's polarity, -1 to 1; null where it cannot read the text.", "polarity_feature.value"),
        ViewColumn("subjectivity", Float, "TextBlob's subjectivity, 0 to 1; null where it cannot read the text.", "subjectivity_feature.value"),
        ViewColumn("spam_subtype", Text, "What kind of spam, where `spam_level` is above 0: product_copy, link_drop, keyword_anchor, praise_filler, spun_text, copied_comment, contact_number, scam or noise.", "spam_tag.subtype"),
        ViewColumn("subscores", Json, "Sub-scores of the tone: address, involvement, informality, interaction (per 100 words), f_score.", "conversational_tag.subscores"),
    )


POSTS = (
    ViewColumn("key", Text, "Stable key of the post: made from its canonical URL."),
    ViewColumn("source", Text, "The blog: its host."),
    ViewColumn("platform", Text, "The platform whose reader found it."),
    ViewColumn("url", Text, "Canonical address."),
    ViewColumn("title", Text, "Title; empty when the post has none."),
    *_WHO_AND_WHEN,
    *_TIME_AND_TEXT,
    ViewColumn("threading", Text, "nested: the page tells who answers whom; flat: it shows no nesting; unknown: too few comments to tell."),
    ViewColumn("comments_reported", Integer, "How many comments the page or feed says there are, recognised pings taken off. Null: it does not say.", "post.comments_reported - coalesce(post.pings_reported, 0)"),
    ViewColumn("comments_stored", Integer, "How many comments (kind = comment, removed ones included) are stored."),
    ViewColumn("comments_closed", Boolean, "True: the page says that comments are closed. Null: it does not tell."),
    ViewColumn("completeness", Text, "complete, partial, none (reported but not one stored) or unknown (no number was reported)."),
    ViewColumn("completeness_reason", Text, "Why the stored thread is not complete, where that is known."),
    *_SEEN,
    *_judgements(),
    *_ORIGIN,
    *_RESERVED,
)

COMMENTS = (
    ViewColumn("key", Text, "Stable key of the comment: from the platform's id, else from post, author, time and text."),
    ViewColumn("post_key", Text, "Key of the post it belongs to."),
    ViewColumn("post_url", Text, "Canonical address of that post.", "post.url"),
    ViewColumn("source", Text, "The blog: its host."),
    ViewColumn("platform", Text, "The platform whose reader found it."),
    ViewColumn("url", Text, "Permalink of the comment; empty when it has none."),
    ViewColumn("position", Integer, "Place in the thread as displayed, from 1."),
    ViewColumn("depth", Integer, "0 for an answer to the post, 1 for a reply to that, and so on; null where the page shows no nesting."),
    ViewColumn("reply_to", Text, "Key of the comment it answers, as the page, feed or API tells. Null: it answers the post, or the thread is flat (see `threading`).", "CASE WHEN comment.reply_note = '' THEN comment.reply_to END"),
    ViewColumn("reply_to_how", Text, "How `reply_to` is known: markup, feed or api."),
    ViewColumn("reply_to_inferred", Text, "In a flat thread: key of the comment it probably answers. Never the page's own word."),
    ViewColumn("reply_confidence", Float, "How sure that inference is, 0-1."),
    *_WHO_AND_WHEN,
    ViewColumn("by_post_author", Boolean, "Whether the post's author wrote it."),
    ViewColumn("kind", Text, "comment, pingback or trackback."),
    *_TIME_AND_TEXT,
    ViewColumn("removed_how", Text, "Set on a tombstone: removed by author or moderator, vanished, page_gone or unknown."),
    ViewColumn("duplicate_group", Text, "The same for all comments with the same words, or (from ten words on) with nearly the same: at least .8 of their stretches of five letters in common, as a MinHash estimates it. The key of the first of them; null for a text like no other. Found by `hubbub tag`."),
    *_SEEN,
    *_judgements(),
    *_ORIGIN,
    ViewColumn("reply_note", Text, "`parent missing` or `cycle cut` where the page's own reply edge could not be kept, else empty."),
    *_RESERVED,
)

VIEWS = {"posts": POSTS, "comments": COMMENTS}
_ROWS = {"posts": "post", "comments": "comment JOIN post ON post.key = comment.post_key"}

_metadata = MetaData()


def _as_table(name: str) -> Table:
    return Table(name, _metadata, *(Column(column.name, column.values) for column in VIEWS[name]))


posts = _as_table("posts")
comments = _as_table("comments")


def select_sql(name: str) -> str:
    """The SELECT that the view stands for, the same on SQLite and PostgreSQL."""
    table = "post" if name == "posts" else "comment"
    columns = ",\n  ".join(f"{column.sql or f'{table}.{column.name}'} AS {column.name}" for column in VIEWS[name])
    tags = "\n".join(
        f"LEFT JOIN tag AS {tagger}_tag ON {tagger}_tag.item_key = {table}.key"
        f" AND {tagger}_tag.tagger = '{tagger}' AND {tagger}_tag.current"
        for tagger in TAGGERS
    )
    features = "\n".join(
        f"LEFT JOIN feature AS {name}_feature ON {name}_feature.item_key = {table}.key"
        f" AND {name}_feature.name = '{name}'"
        for name in FEATURES
    )
    return f"SELECT\n  {columns}\nFROM {_ROWS[name]}\n{tags}\n{features}"


def as_markdown(name: str) -> str:
    """The columns of a view and their meanings, as a table for documents."""
    rows = "\n".join(f"| `{column.name}` | {column.meaning.replace('|', chr(92) + '|')} |" for column in VIEWS[name])
    return f"| column | meaning |\n|---|---|\n{rows}\n"


def fingerprint() -> str:
    """Changes whenever the text of a view changes; stored in `meta`, so that a stale view is noticed."""
    return hashlib.sha256("\n".join(select_sql(name) for name in VIEWS).encode()).hexdigest()[:16]


def create(connection: Connection) -> None:
    """Make both views anew."""
    drop(connection)
    for name in VIEWS:
        connection.execute(text(f"CREATE VIEW {name} AS {select_sql(name)}"))
    connection.execute(text("DELETE FROM meta WHERE name = 'views'"))
    connection.execute(text("INSERT INTO meta (name, value) VALUES ('views', :value)"), {"value": fingerprint()})


def drop(connection: Connection) -> None:
    """Take both views away, if they are there."""
    there = set(inspect(connection).get_view_names())
    for name in VIEWS:
        if name in there:
            connection.execute(text(f"DROP VIEW {name}"))

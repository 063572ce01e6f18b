"""The tables, as SQLAlchemy Core sees them. Made and changed only by the migrations beside this file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond: `timestamptz` on PostgreSQL, ISO-8601 text of fixed width on SQLite (it sorts)."""

    impl = String(24)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(24))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return value.replace(microsecond=value.microsecond // 1000 * 1000)
        return utc_iso(value)

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return datetime.fromisoformat(str(value))


def utc_iso(moment: datetime) -> str:
    """`2009-10-14T08:05:00.000Z`: always the same spelling of a moment, so that texts sort as the moments do."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
# Compared byte by byte on both engines, so that every ORDER BY gives the same order on both.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _who_said_what_when() -> list[Column[Any]]:
    """The columns that posts and comments share."""
    return [
        Column("source", Words, nullable=False),
        Column("platform", Words, nullable=False),
        Column("rule", Words, nullable=False),
        Column("via", Words, nullable=False),
        Column("url", Words, nullable=False),
        Column("author", Words, nullable=False),
        Column("author_url", Words, nullable=False),
        Column("author_key", Words, nullable=False),
        Column("author_how", Words),
        Column("published", UtcTime),
        Column("published_raw", Words, nullable=False),
        Column("published_how", Words),
        Column("html", Words, nullable=False),
        Column("text", Words, nullable=False),
        Column("marks", Json, nullable=False),
        Column("language", Words, nullable=False),
        Column("reservations", Words, nullable=False, server_default=text("''")),
        Column("origin", Words, nullable=False),
        Column("content_hash", Words, nullable=False),
        Column("first_seen", UtcTime, nullable=False),
        Column("last_seen", UtcTime, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
    ]


post = Table(
    "post",
    metadata,
    Column("key", Words, primary_key=True),
    *_who_said_what_when(),
    Column("title", Words, nullable=False),
    Column("bio", Words, nullable=False),
    Column("threading", Words, nullable=False),
    Column("comments_reported", Integer),
    Column("pings_reported", Integer),
    Column("comments_stored", Integer, nullable=False),
    Column("comments_closed", Boolean),
    Column("comments_elsewhere", Words, nullable=False),
    Column("completeness", Words, nullable=False),
    Column("completeness_reason", Words, nullable=False),
    Column("inferred_at", UtcTime),
    Index(None, "source", "published"),
)

comment = Table(
    "comment",
    metadata,
    Column("key", Words, primary_key=True),
    Column("post_key", Words, ForeignKey("post.key", ondelete="CASCADE"), nullable=False, index=True),
    *_who_said_what_when(),
    Column("ref", Words, nullable=False),
    Column("page", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("position", Integer),
    Column("depth", Integer),
    Column("reply_to", Words),
    Column("reply_to_how", Words),
    Column("reply_note", Words, nullable=False),
    Column("reply_to_inferred", Words),
    Column("reply_confidence", Float),
    Column("by_post_author", Boolean),
    Column("kind", Words, nullable=False),
    Column("removed_how", Words),
    Column("missed", Integer, nullable=False, server_default=text("0")),
    Column("missed_at", UtcTime),
    Column("duplicate_group", Words),
)

revision = Table(
    "revision",
    metadata,
    Column("item_key", Words, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("marks", Json, nullable=False),
    Column("via", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Column("replaced_at", UtcTime, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("item_key", Words, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("url", Words, nullable=False),
    Column("anchor", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

feature = Table(
    "feature",
    metadata,
    Column("item_key", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("value", Float),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("command", Words, nullable=False),
    Column("hubbub_version", Words, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("outcome", Words, nullable=False),
    Column("settings", Json, nullable=False),
    Column("counts", Json, nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    Column("run", Integer, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("count", Integer, nullable=False),
)

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("item_key", Words, ForeignKey("comment.key", ondelete="CASCADE"), primary_key=True),
    Column("content_hash", Words, nullable=False),
    Column("words_hash", Words),
    Column("signature", LargeBinary),
    Column("is_grouped", Boolean, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("name", Words, primary_key=True),
    Column("url", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("inactive_why", Words, nullable=False),
    Column("schedule", Words, nullable=False),
    Column("max_posts", Integer),
    Column("max_pages", Integer),
    Column("max_minutes", Float),
    Column("delay", Float),
    Column("found_how", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("stratum", Words, nullable=False),
    Column("terms_url", Words, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("last_run", Integer),
    Column("last_visit", UtcTime),
    Column("last_success", UtcTime),
    Column("last_outcome", Words, nullable=False),
    Column("failure", Words, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UtcTime),
    Column("next_visit", UtcTime),
    Index(None, "is_active", "next_visit"),
)

address = Table(
    "address",
    metadata,
    Column("blog", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("url", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("rule", Words, nullable=False),
    Column("for_post", Words, nullable=False),
    Column("is_guess", Boolean, nullable=False),
    Column("state", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("found_run", Integer, nullable=False),
    Column("done_run", Integer),
    Column("status", Integer),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("post_key", Words, nullable=False),
    Column("comments_stated", Integer),
    Column("fetched_at", UtcTime),
    Column("changed_at", UtcTime),
    Column("next_visit", UtcTime),
    Index(None, "blog", "state", "rank", "number"),
    Index(None, "blog", "next_visit"),
)

host = Table(
    "host",
    metadata,
    Column("site", Words, primary_key=True),
    Column("robots", LargeBinary),
    Column("robots_status", Integer),
    Column("robots_at", UtcTime),
    Column("robots_etag", Words, nullable=False, server_default=text("''")),
    Column("robots_modified", Words, nullable=False, server_default=text("''")),
    Column("closed_until", UtcTime),
    Column("closed_why", Words, nullable=False, server_default=text("''")),
)

lock = Table(
    "lock",
    metadata,
    Column("name", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("run", Integer),
    Column("taken_at", UtcTime, nullable=False),
    Column("heartbeat_at", UtcTime, nullable=False),
)

tag_run = Table(
    "tag_run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("hubbub_version", Words, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("taggers", Json, nullable=False),
    Column("items", Integer, nullable=False),
)

tag = Table(
    "tag",
    metadata,
    Column("item_key", Words, primary_key=True),
    Column("tagger", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("tag_run", Integer, ForeignKey("tag_run.id"), primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("score", Float),
    Column("text_score", Float),
    Column("level", Integer),
    Column("subtype", Words),
    Column("subscores", Json, nullable=False),
    Column("spans", Json, nullable=False),
    Column("context", Json, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("corpus_seen", Words, nullable=False, server_default=text("''")),
    Column("tagged_at", UtcTime, nullable=False),
    Index(None, "item_key", "tagger", "current"),
)

sample = Table(
    "sample",
    metadata,
    Column("name", Words, primary_key=True),
    Column("method", Words, nullable=False),
    Column("tagger", Words, nullable=False),
    Column("kinds", Words, nullable=False),
    Column("condition", Words, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("drawn_at", UtcTime, nullable=False),
)

sample_item = Table(
    "sample_item",
    metadata,
    Column("sample", Words, ForeignKey("sample.name", ondelete="CASCADE"), primary_key=True),
    Column("item_key", Words, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("chance", Float, nullable=False),
)

label = Table(
    "label",
    metadata,
    Column("item_key", Words, primary_key=True),
    Column("tagger", Words, primary_key=True),
    Column("annotator", Words, primary_key=True),
    Column("level", Integer, nullable=False),
    Column("adjudicated_by", Words, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("labelled_at", UtcTime, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

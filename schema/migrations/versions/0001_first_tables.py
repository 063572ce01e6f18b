"""The first tables: posts, comments, links, features, runs, skips and tags.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UTC_TIME = sa.String(24).with_variant(sa.DateTime(timezone=True), "postgresql")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table("feature",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.PrimaryKeyConstraint("item_key", "name", name="pk_feature")
    )
    op.create_table("links",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("anchor", WORDS, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_key", "number", name="pk_links")
    )
    op.create_table("meta",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta")
    )
    op.create_table("post",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("via", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("author", WORDS, nullable=False),
        sa.Column("author_url", WORDS, nullable=False),
        sa.Column("author_key", WORDS, nullable=False),
        sa.Column("author_how", WORDS),
        sa.Column("published", UTC_TIME),
        sa.Column("published_raw", WORDS, nullable=False),
        sa.Column("published_how", WORDS),
        sa.Column("html", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("first_seen", UTC_TIME, nullable=False),
        sa.Column("last_seen", UTC_TIME, nullable=False),
        sa.Column("changed_at", UTC_TIME, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("bio", WORDS, nullable=False),
        sa.Column("threading", WORDS, nullable=False),
        sa.Column("comments_reported", sa.Integer()),
        sa.Column("pings_reported", sa.Integer()),
        sa.Column("comments_stored", sa.Integer(), nullable=False),
        sa.Column("comments_closed", sa.Boolean()),
        sa.Column("comments_elsewhere", WORDS, nullable=False),
        sa.Column("completeness", WORDS, nullable=False),
        sa.Column("completeness_reason", WORDS, nullable=False),
        sa.Column("inferred_at", UTC_TIME),
        sa.PrimaryKeyConstraint("key", name="pk_post")
    )
    op.create_index("ix_post_source_published", "post", ["source", "published"], unique=False)
    op.create_table("run",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("command", WORDS, nullable=False),
        sa.Column("hubbub_version", WORDS, nullable=False),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("finished_at", UTC_TIME),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run")
    )
    op.create_table("tag_run",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hubbub_version", WORDS, nullable=False),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("finished_at", UTC_TIME),
        sa.Column("taggers", JSON, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag_run")
    )
    op.create_table("comment",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("post_key", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("via", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("author", WORDS, nullable=False),
        sa.Column("author_url", WORDS, nullable=False),
        sa.Column("author_key", WORDS, nullable=False),
        sa.Column("author_how", WORDS),
        sa.Column("published", UTC_TIME),
        sa.Column("published_raw", WORDS, nullable=False),
        sa.Column("published_how", WORDS),
        sa.Column("html", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("first_seen", UTC_TIME, nullable=False),
        sa.Column("last_seen", UTC_TIME, nullable=False),
        sa.Column("changed_at", UTC_TIME, nullable=False),
        sa.Column("ref", WORDS, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("depth", sa.Integer()),
        sa.Column("reply_to", WORDS),
        sa.Column("reply_to_how", WORDS),
        sa.Column("reply_note", WORDS, nullable=False),
        sa.Column("reply_to_inferred", WORDS),
        sa.Column("reply_confidence", sa.Float()),
        sa.Column("by_post_author", sa.Boolean()),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("removed_how", WORDS),
        sa.Column("duplicate_group", WORDS),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name="fk_comment_post_key_post", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_comment")
    )
    op.create_index("ix_comment_post_key", "comment", ["post_key"], unique=False)
    op.create_table("skipped",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_skipped_run_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "reason", "url", "rule", name="pk_skipped")
    )
    op.create_table("tag",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("tagger", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tag_run", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("text_score", sa.Float()),
        sa.Column("level", sa.Integer()),
        sa.Column("subtype", WORDS),
        sa.Column("subscores", JSON, nullable=False),
        sa.Column("spans", JSON, nullable=False),
        sa.Column("context", JSON, nullable=False),
        sa.Column("text_hash", WORDS, nullable=False),
        sa.Column("tagged_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["tag_run"], ["tag_run.id"], name="fk_tag_tag_run_tag_run"),
        sa.PrimaryKeyConstraint("item_key", "tagger", "version", "tag_run", name="pk_tag")
    )
    op.create_index("ix_tag_item_key_tagger_current", "tag", ["item_key", "tagger", "current"], unique=False)


def downgrade() -> None:
# ### commands auto generated by Alembic - please adjust! ###
    op.drop_index("ix_tag_item_key_tagger_current", table_name="tag")
    op.drop_table("tag")
    op.drop_table("skipped")
    op.drop_index("ix_comment_post_key", table_name="comment")
    op.drop_table("comment")
    op.drop_table("tag_run")
    op.drop_table("run")
    op.drop_index("ix_post_source_published", table_name="post")
    op.drop_table("post")
    op.drop_table("meta")
    op.drop_table("links")
    op.drop_table("feature")

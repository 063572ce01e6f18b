"""Crawls that are left alone: sources, the frontier, what hosts said, the lock, older texts, reservations and comments gone missing.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UTC_TIME = sa.String(24).with_variant(sa.DateTime(timezone=True), "postgresql")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    for table in ("post", "comment"):
        op.add_column(table, sa.Column("reservations", WORDS, nullable=False, server_default=sa.text("''")))
    op.add_column("comment", sa.Column("missed", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("comment", sa.Column("missed_at", UTC_TIME))
    op.create_table("revision",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("html", WORDS, nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("via", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("first_seen", UTC_TIME, nullable=False),
        sa.Column("last_seen", UTC_TIME, nullable=False),
        sa.Column("replaced_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("item_key", "number", name="pk_revision"),
    )
    op.create_table("source",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("inactive_why", WORDS, nullable=False),
        sa.Column("schedule", WORDS, nullable=False),
        sa.Column("max_posts", sa.Integer()),
        sa.Column("max_pages", sa.Integer()),
        sa.Column("max_minutes", sa.Float()),
        sa.Column("delay", sa.Float()),
        sa.Column("found_how", WORDS, nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("stratum", WORDS, nullable=False),
        sa.Column("terms_url", WORDS, nullable=False),
        sa.Column("added_at", UTC_TIME, nullable=False),
        sa.Column("last_run", sa.Integer()),
        sa.Column("last_visit", UTC_TIME),
        sa.Column("last_success", UTC_TIME),
        sa.Column("last_outcome", WORDS, nullable=False),
        sa.Column("failure", WORDS, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", UTC_TIME),
        sa.Column("next_visit", UTC_TIME),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )
    op.create_index("ix_source_is_active_next_visit", "source", ["is_active", "next_visit"])
    op.create_table("address",
        sa.Column("blog", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("for_post", WORDS, nullable=False),
        sa.Column("is_guess", sa.Boolean(), nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("found_run", sa.Integer(), nullable=False),
        sa.Column("done_run", sa.Integer()),
        sa.Column("status", sa.Integer()),
        sa.Column("etag", WORDS, nullable=False),
        sa.Column("last_modified", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("post_key", WORDS, nullable=False),
        sa.Column("comments_stated", sa.Integer()),
        sa.Column("fetched_at", UTC_TIME),
        sa.Column("changed_at", UTC_TIME),
        sa.Column("next_visit", UTC_TIME),
        sa.PrimaryKeyConstraint("blog", "name", name="pk_address"),
    )
    op.create_index("ix_address_blog_state_rank_number", "address", ["blog", "state", "rank", "number"])
    op.create_index("ix_address_blog_next_visit", "address", ["blog", "next_visit"])
    op.create_table("host",
        sa.Column("site", WORDS, nullable=False),
        sa.Column("robots", sa.LargeBinary()),
        sa.Column("robots_status", sa.Integer()),
        sa.Column("robots_at", UTC_TIME),
        sa.Column("robots_etag", WORDS, nullable=False, server_default=sa.text("''")),
        sa.Column("robots_modified", WORDS, nullable=False, server_default=sa.text("''")),
        sa.Column("closed_until", UTC_TIME),
        sa.Column("closed_why", WORDS, nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("site", name="pk_host"),
    )
    op.create_table("lock",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("run", sa.Integer()),
        sa.Column("taken_at", UTC_TIME, nullable=False),
        sa.Column("heartbeat_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lock"),
    )


def downgrade() -> None:
    for table in ("lock", "host", "address", "source", "revision"):
        op.drop_table(table)
    op.drop_column("comment", "missed_at")
    op.drop_column("comment", "missed")
    for table in ("comment", "post"):
        op.drop_column(table, "reservations")

"""Labels by people: samples, how they were drawn, and who gave which level.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UTC_TIME = sa.String(24).with_variant(sa.DateTime(timezone=True), "postgresql")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table("sample",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("method", WORDS, nullable=False),
        sa.Column("tagger", WORDS, nullable=False),
        sa.Column("kinds", WORDS, nullable=False),
        sa.Column("condition", WORDS, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sample"),
    )
    op.create_table("sample_item",
        sa.Column("sample", WORDS, nullable=False),
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["sample"], ["sample.name"], name="fk_sample_item_sample_sample", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sample", "item_key", name="pk_sample_item"),
    )
    op.create_table("label",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("tagger", WORDS, nullable=False),
        sa.Column("annotator", WORDS, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("adjudicated_by", WORDS, nullable=False),
        sa.Column("text_hash", WORDS, nullable=False),
        sa.Column("labelled_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("item_key", "tagger", "annotator", name="pk_label"),
    )


def downgrade() -> None:
    for table in ("label", "sample_item", "sample"):
        op.drop_table(table)

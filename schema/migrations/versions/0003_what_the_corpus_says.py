"""What the corpus says of a comment: fingerprints of the texts, and what a judgement knew of the corpus.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("tag", sa.Column("corpus_seen", WORDS, nullable=False, server_default=sa.text("''")))
    op.create_table("fingerprint",
        sa.Column("item_key", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("words_hash", WORDS),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("is_grouped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_key"], ["comment.key"], name="fk_fingerprint_item_key_comment", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_key", name="pk_fingerprint"),
    )


def downgrade() -> None:
    op.drop_table("fingerprint")
    op.drop_column("tag", "corpus_seen")

"""batches"""
import sqlalchemy as sa
from alembic import op

revision = "a06"
down_revision = "a05"


def upgrade():
    with op.batch_alter_table("users", schema="public") as batch_op:
        batch_op.add_column(sa.Column("a", sa.Integer(), sa.ForeignKey("other.id"), nullable=True))
        op.execute("SELECT 'sent before the batch'")
        batch_op.alter_column("b", existing_type=sa.String(), type_=sa.Text(), nullable=False)
        batch_op.drop_column("c")
        batch_op.create_index(batch_op.f("ix_users_a"), ["a"], unique=True)
        batch_op.create_foreign_key("fk_a", "other", ["a"], ["id"], ondelete="CASCADE", referent_schema="Other")
        batch_op.create_unique_constraint("uq_a", ["a", "b"])
        batch_op.create_check_constraint("ck_a", "a > 0")
        batch_op.create_primary_key("pk_a", ["a"])
        batch_op.drop_constraint("old", type_="unique")
        batch_op.drop_index("ix_old")
        batch_op.create_table_comment("batched")
        batch_op.drop_table_comment()
    with op.batch_alter_table("empty"):
        pass


def downgrade():
    with op.batch_alter_table("users", recreate="never") as batch_op, op.batch_alter_table("other") as second:
        second.add_column(sa.Column("y", sa.Integer()))
        batch_op.add_column(sa.Column("c", sa.Integer()))
        for name in ["a", "b"]:
            batch_op.drop_column(name)

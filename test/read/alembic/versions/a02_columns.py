"""columns"""

import sqlalchemy
from alembic import op
from sqlalchemy import Column, ForeignKey, Identity, Integer, String as Words, text

revision = "a02"
down_revision = "a01"

TABLE = "keys"


def upgrade():
    op.add_column(TABLE, Column("a", Integer()))
    op.add_column(TABLE, Column("b", Integer(), nullable=False, server_default="5"))
    op.add_column(TABLE, Column("c", Words(3), unique=True, comment="c"))
    op.add_column(TABLE, Column("d", Words, index=True), schema="public")
    op.add_column(TABLE, Column("e", Integer, ForeignKey("public.types.id", ondelete="CASCADE")))
    op.add_column(TABLE, Column("f", Integer, primary_key=True))
    op.add_column(TABLE, Column("g", sqlalchemy.DateTime(True), server_default=text("now() - interval '1 day'")))
    op.add_column(TABLE, Column("h", Integer), if_not_exists=True)
    op.add_column(TABLE, Column("i", Integer, ForeignKey("types.id", name="fk_i")), inline_references=True)
    op.add_column(TABLE, Column("j", Integer, sqlalchemy.CheckConstraint("j > 0", name="ck_j")))
    op.add_column(TABLE, Column("k", Integer, ForeignKey("types.id"), unique=True, index=True))
    op.add_column(TABLE, Column("l", sqlalchemy.Boolean(create_constraint=True, name="ck_l"), nullable=False, default=False))
    op.add_column(TABLE, Column(name="m", type_=Integer, info={"a": 1}, key="key_of_m"))
    op.add_column(TABLE, Column("n", sqlalchemy.BigInteger, primary_key=True, nullable=True), inline_primary_key=True)
    op.add_column(TABLE, Column("o", sqlalchemy.String(10), sqlalchemy.Computed("lower(slug)")))
    op.add_column(TABLE, Column("p", sqlalchemy.JSON, server_default=sqlalchemy.text("'{\"a\": [1, 2]}'")))
    op.add_column(TABLE, Column("q", sqlalchemy.Integer, sqlalchemy.Identity(start=3), nullable=True))
    op.alter_column(TABLE, "a", type_=sqlalchemy.BigInteger(), existing_type=Integer(), postgresql_using="a::bigint")
    op.alter_column(TABLE, "a", nullable=False)
    op.alter_column(TABLE, "b", server_default=None)
    op.alter_column(TABLE, "b", server_default=sqlalchemy.func.now(), existing_nullable=True)
    op.alter_column(TABLE, "b", server_default="it's")
    op.alter_column(TABLE, "b", comment="b", existing_comment=None)
    op.alter_column(TABLE, "b", comment=None)
    op.alter_column(
        TABLE,
        column_name="c",
        new_column_name="C2",
        comment="all",
        server_default=sqlalchemy.text("'z'"),
        nullable=True,
        type_=sqlalchemy.Text(),
        existing_type=Words(),
        schema="public",
    )
    op.alter_column(TABLE, "b", server_default=Identity(always=True))
    op.alter_column(TABLE, "b", server_default=None, existing_server_default=Identity())


def downgrade():
    op.drop_column(TABLE, "i", if_exists=True)
    for name in reversed(["d", "e", "f", "g", "h"]):
        op.drop_column(TABLE, name)
    op.alter_column(TABLE, "C2", new_column_name="c")
    [op.drop_column("keys", column) for column in ("a", "b")]
    op.drop_column(TABLE, "c", schema="public")

"""tables with every kind of column

Revision ID: a01
"""
from typing import Sequence, Union

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "a01"
down_revision: Union[str, Sequence[str], None] = None
branch_labels = ("first",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "types",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("a", sa.String(50), server_default="x'y"),
        sa.Column("b", sa.String(length=10, collation="C")),
        sa.Column("c", sa.Text, nullable=False, server_default=""),
        sa.Column("d", sa.Unicode(5)),
        sa.Column("e", sa.CHAR(3)),
        sa.Column("f", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("g", sa.Numeric(10, 2), server_default=sa.text("0.00")),
        sa.Column("h", sa.Numeric(precision=8)),
        sa.Column("i", sa.DECIMAL(5, 0)),
        sa.Column("j", sa.Float(precision=24)),
        sa.Column("k", sa.REAL()),
        sa.Column("l", sa.Double()),
        sa.Column("m", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("n", sa.DateTime()),
        sa.Column("o", sa.TIMESTAMP(True), server_default=sa.func.current_timestamp()),
        sa.Column("p", postgresql.TIMESTAMP(timezone=True, precision=3)),
        sa.Column("q", sa.Time(timezone=True)),
        sa.Column("r", postgresql.TIME(precision=0)),
        sa.Column("s", sa.Interval()),
        sa.Column("t", postgresql.INTERVAL(fields="YEAR TO MONTH")),
        sa.Column("u", postgresql.INTERVAL(precision=2)),
        sa.Column("v", sa.LargeBinary()),
        sa.Column("w", sa.PickleType()),
        sa.Column("x", sa.Uuid(), server_default=sa.text("gen_random_uuid()")),
        sa.Column("y", postgresql.UUID(as_uuid=True)),
        sa.Column("z", sa.JSON()),
        sa.Column("aa", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb")),
        sa.Column("ab", sa.ARRAY(sa.String(20), dimensions=2)),
        sa.Column("ac", postgresql.ARRAY(sa.Integer())),
        sa.Column("ad", sqlmodel.sql.sqltypes.AutoString(length=30)),
        sa.Column("ae", sqlmodel.sql.sqltypes.AutoString()),
        sa.Column("af", postgresql.BIT(4)),
        sa.Column("ag", postgresql.BIT(varying=True)),
        sa.Column("ah", postgresql.INET()),
        sa.Column("ai", postgresql.TSVECTOR()),
        sa.Column("aj", postgresql.TSTZRANGE()),
        sa.Column("ak", postgresql.HSTORE(text_type=sa.Text())),
        sa.Column("al", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.Column("am", sa.Date, server_default=sa.text("CURRENT_DATE")),
        sa.Column("an", sa.SmallInteger()),
        sa.Column("ao", postgresql.BYTEA()),
        sa.Column("ap", postgresql.DOUBLE_PRECISION(precision=53)),
        sa.Column("aq", postgresql.CITEXT()),
        sa.Column("ar", sa.Uuid(native_uuid=False)),
        sa.Column("as", sa.Enum("red", "blue", name="not_native", native_enum=False, length=40)),
        sa.Column("User", sa.Integer()),
        sa.Column("with space", sa.Integer()),
        sa.Column("größe", sa.Integer()),
        sa.Column("order", sa.Integer(), sa.Computed("an * 2", persisted=True)),
        sa.Column("at", sa.Integer(), sa.Identity(always=True, start=10, increment=2, cycle=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_types")),
        comment="what it's for",
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(), nullable=False, unique=True, comment="it's the login"),
        sa.Column("slug", sa.String(10), index=True),
        sa.Column("type_id", sa.BigInteger(), sa.ForeignKey("types.id", ondelete="SET NULL", name="fk_type")),
        sa.Column("age", sa.Integer(), sa.CheckConstraint("age > 0", name="old_enough")),
        sa.Column("other_id", sa.Integer(), sa.ForeignKey("keys.id")),
        sa.CheckConstraint("length(slug) > 2"),
        sa.UniqueConstraint("slug", "email", name="uq_keys", deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(
            ["type_id"], ["types.id"], onupdate="CASCADE", ondelete="CASCADE", deferrable=True, initially="IMMEDIATE"
        ),
    )
    op.create_table(
        "pairs",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
        postgresql_partition_by="RANGE (a)",
    )
    op.create_table(
        "many",
        sa.Column("a", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("b", sa.String(), primary_key=True),
        sa.Column("c", sa.Integer(), sa.ForeignKey("keys.id"), unique=True, comment="c"),
        sa.Column("d", sa.Integer(), sa.ForeignKey("keys.id"), sa.ForeignKey("types.id"), nullable=False),
        sa.Column("e", sa.Integer(), unique=True, index=True),
        sa.UniqueConstraint("d"),
        sa.Index("ix_many", "c", "d", unique=True) if False else sa.CheckConstraint(sa.column("c") != sa.column("d"), name=op.f("ck")),
        schema="Other",
    )
    op.create_table("quantities", sa.Column("id", sa.Numeric(10, 0), primary_key=True), sa.Column("n", sa.Integer()), sa.Index("ix_n", "n"))
    op.create_table("owned", sa.Column("id", sa.Integer(), sa.ForeignKey("keys.id"), primary_key=True))
    op.create_table("texts", sa.Column("id", sa.String(), primary_key=True), schema="Other")
    op.create_table("small", sa.Column("id", sa.SmallInteger(), primary_key=True), if_not_exists=True)
    op.create_table("plain", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False))
    op.create_table("counted", sa.Column("id", sa.Integer(), sa.Identity(), primary_key=True), prefixes=["UNLOGGED"])
    op.create_table("defaulted", sa.Column("id", sa.Integer(), primary_key=True, server_default=sa.text("7")))
    op.create_table(
        "excluded",
        sa.Column("during", postgresql.TSRANGE()),
        postgresql.ExcludeConstraint(("during", "&&"), name="no_overlap", using="gist"),
    )


def downgrade() -> None:
    op.drop_table("excluded", if_exists=True)
    for name in ("defaulted", "counted", "plain", "small"):
        op.drop_table(name)
    op.drop_table("texts", schema="Other")
    op.drop_table("owned")
    op.drop_table("pairs")
    op.drop_table("keys")
    op.drop_table("types")

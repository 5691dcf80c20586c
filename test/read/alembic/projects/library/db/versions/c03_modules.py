"""what other modules of the repository give"""

import app.steps
import sqlalchemy as sa
from alembic import context, op
from app import steps as shared
from app.models import SHELVES, Book
from app.steps import create, drop
from app.types import Color, Counter, Fixed, Key, Money, Point, Short, Stamp

revision = "c03"
down_revision = "c02"


def upgrade():
    create(SHELVES, sa.Column("room", sa.Text()), comment="where books stand")
    trigger = shared.touch(SHELVES)
    op.execute(f"COMMENT ON TRIGGER {trigger} ON {SHELVES} IS 'x'")
    op.create_table(
        "typed",
        sa.Column("id", Counter(), primary_key=True),
        sa.Column("key", Key(), nullable=False),
        sa.Column("short", Short(12)),
        sa.Column("fixed", Fixed()),
        sa.Column("fixed_too", Fixed(99)),
        sa.Column("money", Money()),
        sa.Column("point", Point()),
        sa.Column("stamp", Stamp(timezone=True)),
        sa.Column("color", sa.Enum(Color)),
        sa.Column("colors", sa.Enum(Color, native_enum=False, create_constraint=True)),
    )
    for column in app.steps.columns(nullable=False):
        op.add_column(Book.__tablename__, column)
    if op.get_context().dialect.name == "postgresql" and context.get_context().dialect.name != "mysql":
        op.execute("CREATE EXTENSION IF NOT EXISTS citext")
    if op.get_bind().engine.dialect.name == "sqlite":
        op.execute("PRAGMA x")
    with op.get_context().begin_transaction():
        op.execute(sa.insert(Book).values(id=1, title="One"))
    with (
        op.batch_alter_table("typed") as typed,  # a comment, with a comma
        op.batch_alter_table("shelves") as shelves,
    ):
        typed.add_column(sa.Column("note", sa.Text()))
        shelves.drop_column("room")


def downgrade():
    with (op.batch_alter_table("books") as books):
        books.drop_column("state")
        books.drop_column("created_at")
    for table in ("typed", SHELVES):
        drop(table)

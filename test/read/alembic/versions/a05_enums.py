"""enum types"""
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a05"
down_revision = "a04"


class Colour(str, enum.Enum):
    RED = "red"
    DARK_BLUE = "dark blue"


class Size(enum.Enum):
    s = 1
    m = 2


mood = postgresql.ENUM("sad", "it's ok", name="mood", create_type=False)
status = sa.Enum("on", "off", name="status")


def upgrade():
    mood.create(op.get_bind(), checkfirst=True)
    op.create_table(
        "moods",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mood", mood, nullable=False, server_default="sad"),
        sa.Column("colour", sa.Enum(Colour), server_default=Colour.RED.name),
        sa.Column("size", sa.Enum(Size, name="Size", schema="Other")),
        sa.Column("value", sa.Enum(Colour, name="colour_value", values_callable=lambda cls: [member.value for member in cls])),
        sa.Column("status", status),
        sa.Column("status2", status),
        sa.Column("many", postgresql.ARRAY(sa.Enum("x", "y", name="xy"))),
        sa.Column("owned", sa.Enum("p", name="with_metadata", metadata=sa.MetaData())),
        schema="Other",
    )
    op.create_table("moods2", sa.Column("status", sa.Enum("on", "off", name="status")))
    op.add_column("moods2", sa.Column("colour", sa.Enum("red", name="added")))
    op.alter_column(
        "moods2",
        "status",
        type_=sa.Enum("on", "off", "broken", name="status_new"),
        existing_type=status,
        postgresql_using="status::text::status_new",
    )
    op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy'")


def downgrade():
    op.drop_table("moods", schema="Other")
    sa.Enum(name="xy").drop(op.get_bind(), checkfirst=False)
    mood.drop(op.get_bind())
    postgresql.ENUM(name="Size", schema="Other").drop(bind=op.get_bind())

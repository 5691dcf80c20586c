"""names that nobody gives"""

import sqlalchemy as sa
from alembic import op

revision = "c01"
down_revision = None


def upgrade():
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(255), nullable=False, unique=True),
        sa.Column("city", sa.String(80)),
        sa.Column("code", sa.String(9), sa.CheckConstraint("code <> ''", name="code_filled"), unique=True),
        sa.Column("kind", sa.Enum("a", "b", name="kind", native_enum=False, create_constraint=True)),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("city", "age"),
        sa.CheckConstraint("age > 0", name="positive"),
        sa.CheckConstraint("age < 200", name=op.f("age_final")),
        sa.Index(None, "age", "city"),
    )
    op.create_table(
        "loans",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("book", sa.Text(), primary_key=True),
        sa.Column("first", sa.Integer()),
        sa.Column("second", sa.Integer()),
        sa.ForeignKeyConstraint(["first", "second"], ["people.age", "people.city"]),
        sa.ForeignKeyConstraint(["first"], ["people.id"], name="fk_given"),
        schema="lending",
    )
    op.create_table(
        "a_table_with_a_name_that_is_longer_than_most_names_are",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("and_a_column_with_a_long_name_as_well", sa.Integer(), unique=True, index=False),
        sa.Column("indexed", sa.Integer(), unique=True, index=True),
    )


def downgrade():
    op.drop_table("a_table_with_a_name_that_is_longer_than_most_names_are")
    op.drop_table("loans", schema="lending")
    op.drop_table("people")

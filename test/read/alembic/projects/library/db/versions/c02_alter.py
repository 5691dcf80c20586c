"""names in what is altered"""

import sqlalchemy as sa
from alembic import op

revision = "c02"
down_revision = "c01"

Kind = sa.Enum("a", "b", "c", name="kind", native_enum=False, create_constraint=True)


def upgrade():
    op.create_unique_constraint(None, "people", ["age", "city"])
    op.create_unique_constraint("uq_given", "people", ["age"])
    op.create_foreign_key(None, "people", "cities", ["city"], ["name"], referent_schema="geo")
    op.create_check_constraint("adult", "people", "age > 17")
    op.create_index(None, "people", ["city", "age"], unique=True)
    op.create_primary_key(None, "keyless", ["a", "b"])
    op.add_column("people", sa.Column("phone", sa.String(20), unique=True))
    op.add_column("people", sa.Column("boss", sa.Integer(), sa.ForeignKey("people.id"), index=True))
    op.alter_column(
        "people",
        "kind",
        existing_type=sa.Enum("a", "b", name="kind", native_enum=False, create_constraint=True),
        type_=Kind,
    )
    op.alter_column("people", "state", type_=sa.Enum("x", "y", name="states", native_enum=False, create_constraint=True))
    op.add_column("people", sa.Column("mood", Kind))
    op.alter_column("people", "id", server_default=sa.Identity(always=True, start=5))
    op.alter_column(
        "people",
        "id",
        existing_server_default=sa.Identity(always=True, start=5),
        server_default=sa.Identity(always=False, start=7, increment=2, cycle=True, minvalue=1),
    )
    op.drop_constraint("adult", "people", type_="check")
    op.drop_constraint("uq_given", "people", "unique")
    op.drop_constraint(op.f("ck_people_final"), "people", type_="check")
    with op.batch_alter_table("people") as batch_op:
        batch_op.create_unique_constraint(None, ["phone"])
        batch_op.create_check_constraint("has_phone", "phone IS NOT NULL")
        batch_op.drop_constraint("has_phone", type_="check")
        batch_op.create_index(None, ["phone"])


def downgrade():
    op.drop_constraint(op.f("uq_people_age"), "people", type_="unique")
    op.alter_column(
        "people",
        "id",
        existing_server_default=sa.Identity(always=False, start=7, increment=2),
        server_default=sa.Identity(always=True, start=7, increment=3, cache=5),
    )

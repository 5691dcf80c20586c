"""indexes and constraints"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import func
from sqlalchemy.dialects import postgresql as pg

revision = "a03"
down_revision = ("a02",)

keys = sa.table("keys", sa.column("email", sa.String), sa.column("slug", sa.String), sa.column("age", sa.Integer))
LONG = "ix_a_name_that_is_longer_than_the_sixty_three_characters_that_postgresql_keeps"


def upgrade():
    op.create_index("ix1", "keys", ["email"])
    op.create_index(op.f("ix2"), "keys", ["email", "slug"], unique=True, schema="public")
    op.create_index(op.f(LONG), "keys", ["email"])
    op.create_index("ix3", "keys", [sa.text("lower(email)"), sa.text("slug DESC NULLS LAST")])
    op.create_index("ix4", "keys", [func.lower(sa.column("email")), sa.column("slug").desc()])
    op.create_index(
        "ix5",
        "keys",
        ["email"],
        postgresql_where=sa.text("slug IS NOT NULL"),
        postgresql_include=["age"],
        postgresql_using="btree",
        postgresql_with={"fillfactor": 70},
        postgresql_ops={"email": "text_pattern_ops"},
        postgresql_nulls_not_distinct=True,
        mysql_length=10,
        unique=True,
    )
    op.create_index("ix6", "keys", ["age"], postgresql_where=keys.c.age > 18)
    op.create_index("ix7", "keys", ["age"], postgresql_where=sa.and_(keys.c.age == 1, sa.or_(keys.c.slug == None, keys.c.email.in_(["a", "b"]))), if_not_exists=True)
    with op.get_context().autocommit_block():
        op.create_index("ix8", "keys", ["slug"], postgresql_concurrently=True)
        op.drop_index("ix8", table_name="keys", postgresql_concurrently=True, if_exists=True)
    op.create_index("ix9", "keys", [sa.text("(age + 1)")], postgresql_using="gin")
    op.create_index("ix10", "types", [sa.literal_column("lower(a)"), "b"], postgresql_tablespace="fast")

    op.create_index(None, "keys", ["a", "email"], schema="public")
    op.create_index(None, "keys", ["slug"], unique=True)
    op.create_index("ix11", "keys", [sa.cast(sa.column("age"), sa.Text), sa.column("b") + 1, sa.desc("c")])

    op.create_unique_constraint("uq1", "keys", ["slug", "User"])
    op.create_unique_constraint(None, "keys", ["slug"], deferrable=False)
    op.create_unique_constraint("uq2", "keys", ["slug"], postgresql_nulls_not_distinct=True)
    op.create_check_constraint("ck1", "keys", "age > 1 AND slug <> ''")
    op.create_check_constraint("ck2", "keys", sa.text("age IN (1, 2)"), postgresql_not_valid=True)
    op.create_check_constraint("ck3", "keys", sa.column("age").between(1, 2))
    op.create_check_constraint("ck4", "keys", func.length(sa.column("slug")) > 5, schema="public")
    op.create_foreign_key("fk1", "keys", "types", ["type_id"], ["id"], ondelete="SET NULL", onupdate="CASCADE")
    op.create_foreign_key(
        None, "keys", "texts", ["slug", "email"], ["id", "b"], source_schema="public", referent_schema="Other",
        match="FULL", deferrable=True, initially="DEFERRED", postgresql_not_valid=True, use_alter=True
    )
    op.create_primary_key("pk1", "owned", ["id", "a"])
    op.create_exclude_constraint("ex1", "types", ("aj", "&&"), ("a", "="), where=sa.text("a <> ''"), using="gist")
    op.drop_constraint("ck1", "keys", type_="check")
    op.drop_constraint(op.f("fk1"), "keys", "foreignkey", if_exists=True)
    op.execute(sa.schema.CreateSequence(sa.Sequence("ids", start=5, increment=2)))
    op.execute("ALTER TABLE keys VALIDATE CONSTRAINT ck2")


def downgrade():
    op.execute(sa.schema.DropSequence(sa.Sequence("ids")))
    op.drop_constraint("pk1", "owned", schema="public")
    op.drop_index("ix1")
    op.drop_index(op.f("ix2"), "keys", schema="public")
    op.drop_index(LONG[:10], if_exists=True)
    for index in range(3, 8):
        op.drop_index(f"ix{index}", table_name="keys")

'''statements in strings
with more than one line'''
from textwrap import dedent

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql import table, column

revision = "a04"
down_revision = "a03"

PREFIX = "my_"
TABLES = ["one", "two"]
COLUMNS = {"one": "int", "two": "text"}
QUERY = """
    SELECT 1;
    SELECT 'a;b';
"""
users = table("users", column("id", sa.Integer), column("name", sa.String), column("active", sa.Boolean), column("data", sa.JSON))
other = table("other", column("id", sa.Integer), column("user_id", sa.Integer), schema="public")
mapped = sa.Table("mapped", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("user_id", sa.Integer))


def drop(kind, name, *, cascade=False):
    """Helper."""
    op.execute(f"DROP {kind} IF EXISTS {name}" + (" CASCADE" if cascade else ""))


def upgrade():
    op.execute("UPDATE a SET b = 'it''s' WHERE c = \"d\"")
    op.execute('UPDATE a SET b = 1, '
               'c = 2')
    op.execute(QUERY)
    op.execute(sa.text("UPDATE a SET b = :b, c = :c WHERE d = :b").bindparams(b="x", c=5))
    op.execute(sa.text("SELECT '12\\:30', a::text FROM b WHERE c = :v").bindparams(sa.bindparam("v", value=None)))
    op.execute(f"CREATE TABLE {PREFIX}table (id int)")
    op.execute("CREATE TABLE %s_%d (id %s)" % ("t", 5, "int"))
    op.execute("CREATE TABLE {}_{name} (id int)".format("t", name="x"))
    op.execute("\n".join(["SELECT 1,", "  2"]))
    op.execute(dedent("""
        CREATE FUNCTION f() RETURNS trigger AS $$
            BEGIN
                RETURN NEW;
            END;
        $$ LANGUAGE plpgsql
    """))
    for name in TABLES:
        op.execute(f"ALTER TABLE {name} ADD COLUMN x {COLUMNS[name]}")
    for name, kind in COLUMNS.items():
        if kind == "text":
            continue
        op.execute("COMMENT ON TABLE " + name + " IS NULL")
    for i, (a, b) in enumerate(zip(TABLES, ["x", "y"]), start=1):
        op.execute(f"SELECT '{a}', '{b!s}', {i}, {TABLES}[1]" if False else f"SELECT '{a.upper()}', '{b}', {i:02d}")
    drop("TABLE", "gone")
    drop(kind="VIEW", name="gone", cascade=True)
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        bind.execute(sa.text("SELECT 'postgresql'"))
    else:
        op.execute("SELECT 'another'")
    if op.get_context().dialect.name != "postgresql":
        return
    try:
        op.execute("SELECT 'tried'")
    except Exception:
        print("failed")
    else:
        op.execute("SELECT 'else'")
    finally:
        op.execute("SELECT 'finally'")
    op.execute(users.update().where(users.c.id == op.inline_literal(5)).values(name=op.inline_literal("x"), active=sa.true()))
    op.execute(sa.update(users).values({"name": "it's", users.c.active: None}))
    op.execute(users.update().values(name=users.c.name + "!").where(users.c.name.like("a_b")).where(users.c.id > 1))
    op.execute(users.insert().values(id=1, name="a", active=True))
    op.execute(sa.insert(users).values([{"id": 2, "name": "b"}, {"id": 3, "name": "c"}]))
    op.execute(users.delete().where(sa.or_(users.c.id.in_([1, 2]), sa.not_(users.c.active))))
    op.execute(sa.delete(other).where(other.c.user_id.is_(None)))
    op.execute(users.delete().where(users.c.id == other.c.user_id))
    op.execute(users.update().values(name=sa.func.upper(users.c.name)).where(users.c.id == other.c.user_id))
    op.execute(sa.insert(other).from_select(["id", "user_id"], sa.select(users.c.id, sa.func.count(users.c.name)).group_by(users.c.id).where(users.c.active)))
    op.execute(
        users.update().values(
            name=sa.select(sa.cast(other.c.id, sa.String)).where(other.c.user_id == users.c.id).limit(1).scalar_subquery()
        )
    )
    op.execute(users.update().values(name=sa.case((users.c.id > 1, "x"), else_=None)).where(~users.c.id.in_([1])))
    op.execute(users.delete().where((users.c.id > 1) & (users.c.id < 5) | (users.c.id == 9)).where(~(users.c.id * 2 + 1 > 3)))
    op.execute(sa.DDL("CREATE EXTENSION IF NOT EXISTS %(name)s", context={"name": "citext"}))
    op.execute(mapped.update().where(mapped.c.user_id == 5).values(user_id=mapped.c.id + 1))
    op.execute(sa.delete(mapped).where(sa.and_(mapped.c.user_id.isnot(None), mapped.c.id != 1)))
    op.bulk_insert(users, [{"name": "x", "id": 1}, {"id": 2, "name": None, "active": False}])
    op.bulk_insert(users, [{"id": n, "name": f"user {n}"} for n in range(3)])
    made = op.create_table("made", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(10)))
    op.bulk_insert(made, [{"name": "first"}])
    op.rename_table("one", "Two")
    op.rename_table("two", "three", schema="public")
    op.create_table_comment("made", "it's", schema=None)
    op.drop_table_comment("made", existing_comment="it's")


def downgrade():
    """Nothing to do."""
    pass

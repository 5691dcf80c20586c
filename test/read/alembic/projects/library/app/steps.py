"""What several migrations do."""

import sqlalchemy as sa
from alembic import op

from app.models import SHELVES, STATES

GRANT = """
GRANT SELECT
    ON {table} TO PUBLIC
"""


def is_postgresql():
    return op.get_bind().dialect.name == "postgresql"


def columns(*, nullable=True):
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=nullable, server_default=sa.func.now()),
        sa.Column("state", sa.Enum(*STATES, name="state", native_enum=False), nullable=False),
    ]


def create(table, *more, **options):
    op.create_table(table, sa.Column("id", sa.Integer, primary_key=True), *more, *columns(), **options)
    if is_postgresql():
        op.execute(GRANT.format(table=table))


def drop(table):
    op.drop_table(table)


def touch(table: str):
    name = f"{table}_touch"
    op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} EXECUTE FUNCTION touch()")
    return name

"""queries of several tables"""

import sqlalchemy as sa
from alembic import op
from app.models import Book

revision = "c04"
down_revision = "c03"

loans = sa.table("loans", sa.column("book_id"), sa.column("person_id"))
people = sa.table("people", sa.column("id"), sa.column("name"))
log = sa.table("log", sa.column("a"), sa.column("b"))


def upgrade():
    books = Book.__table__
    on = loans.c.book_id == books.c.id
    for query in [
        sa.select(loans.c.book_id, books.c.title).select_from(loans.join(books, on)),
        sa.select(loans.c.book_id, books.c.title).join(books, on),
        sa.select(loans.c.book_id, people.c.name)
        .select_from(sa.join(loans, books, on).outerjoin(people, people.c.id == loans.c.person_id))
        .where(books.c.title == "x"),
        sa.select(loans.c.book_id, people.c.name).join(books, on, isouter=True).join(people, people.c.id == loans.c.person_id)
        if False
        else sa.select(loans.c.book_id, loans.c.person_id).outerjoin(books, on).join(people, people.c.id == loans.c.person_id),
        sa.select(loans.c.book_id, people.c.name).select_from(sa.outerjoin(loans, books, on)),
        sa.select(loans.c.book_id, people.c.name).select_from(sa.join(loans, books, on, full=True)),
    ]:
        op.execute(log.insert().from_select(["a", "b"], query))
    op.execute(log.delete().where(log.c.a > books.c.id).where(books.c.id < log.c.b).where(log.c.a == Book.id))


def downgrade():
    pass

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase

from . import names

if TYPE_CHECKING:
    from nowhere import Nothing

SHELVES = "shelves"
STATES = ["lent", "here"]


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention=names.CONVENTION)


class Book(Base):
    __tablename__ = "books"

    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.Text)

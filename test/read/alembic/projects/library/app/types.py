import enum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, UserDefinedType


class Key(TypeDecorator[str]):
    """One type for each database."""

    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(36))


class Short(TypeDecorator):
    impl = sa.String
    cache_ok = True


class Fixed(TypeDecorator):
    impl = sa.String(7)
    cache_ok = True


class Money(Fixed):
    impl = sa.Numeric(10, 2)
    cache_ok = True


class Counter(TypeDecorator):
    impl = sa.BigInteger
    cache_ok = True


class Point(UserDefinedType):
    def get_col_spec(self, **kw):
        return "POINT"


class Stamp(sa.DateTime):
    pass


class Color(enum.Enum):
    red = "r"
    blue = "b"

"""The application's tables."""

import uuid
from datetime import datetime, timezone

from sqlalchemy import Column, DateTime, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel


def now() -> datetime:
    return datetime.now(timezone.utc)


class UserTable(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    first_name: str | None = Field(default=None, max_length=255)
    last_name: str | None = Field(default=None, max_length=255)
    email: str = Field(max_length=255, unique=True, index=True)
    phone: str | None = Field(default=None, max_length=50)
    created_at: datetime = Field(
        default_factory=now, sa_column=Column(DateTime(timezone=True), nullable=False)
    )
    updated_at: datetime = Field(
        default_factory=now, sa_column=Column(DateTime(timezone=True), nullable=False)
    )

    identities: list["UserIdentityTable"] = Relationship(
        back_populates="user", cascade_delete=True
    )


class UserIdentityTable(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("provider", "provider_user_id"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    user_id: uuid.UUID = Field(
        foreign_key="usertable.id", ondelete="CASCADE", index=True
    )
    provider: str = Field(max_length=50)
    provider_user_id: str = Field(max_length=255)
    created_at: datetime = Field(
        default_factory=now, sa_column=Column(DateTime(timezone=True), nullable=False)
    )

    user: UserTable = Relationship(back_populates="identities")

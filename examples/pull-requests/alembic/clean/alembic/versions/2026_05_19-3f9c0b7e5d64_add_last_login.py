"""add last login

Revision ID: 3f9c0b7e5d64
Revises: 41d7c3f0b2aa
Create Date: 2026-05-19 08:20:31.556610

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '3f9c0b7e5d64'
down_revision: Union[str, Sequence[str], None] = '41d7c3f0b2aa'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('usertable', sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('usertable', 'last_login_at')

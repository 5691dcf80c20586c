"""add full name

Revision ID: 9b3e5a7c1d20
Revises: 41d7c3f0b2aa
Create Date: 2026-05-20 10:02:13.004512

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '9b3e5a7c1d20'
down_revision: Union[str, Sequence[str], None] = '41d7c3f0b2aa'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('usertable', sa.Column('full_name', sa.String(length=511), nullable=True))
    op.execute(
        """
        UPDATE usertable
        SET full_name = coalesce(first_name, '') || ' ' || coalesce(last_name, '')
        """
    )
    op.alter_column('usertable', 'full_name', existing_type=sa.String(length=511), nullable=False)


def downgrade() -> None:
    op.drop_column('usertable', 'full_name')

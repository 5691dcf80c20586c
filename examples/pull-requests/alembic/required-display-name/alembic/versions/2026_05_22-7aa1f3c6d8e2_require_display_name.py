"""require display name

Revision ID: 7aa1f3c6d8e2
Revises: 41d7c3f0b2aa
Create Date: 2026-05-22 09:15:27.310448

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '7aa1f3c6d8e2'
down_revision: Union[str, Sequence[str], None] = '41d7c3f0b2aa'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('usertable', sa.Column('display_name', sa.String(length=255), nullable=True))
    op.alter_column('usertable', 'display_name', existing_type=sa.String(length=255), nullable=False)


def downgrade() -> None:
    op.drop_column('usertable', 'display_name')

"""add user locale

Revision ID: c1f27a904be3
Revises: 8ee09634b618
Create Date: 2026-04-09 10:12:07.331902

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'c1f27a904be3'
down_revision: Union[str, Sequence[str], None] = '8ee09634b618'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('usertable', sa.Column('locale', sa.String(length=10), nullable=True))


def downgrade() -> None:
    op.drop_column('usertable', 'locale')

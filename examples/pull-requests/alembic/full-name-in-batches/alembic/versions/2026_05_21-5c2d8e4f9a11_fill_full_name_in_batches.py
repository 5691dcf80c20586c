"""fill full name in batches

Revision ID: 5c2d8e4f9a11
Revises: 41d7c3f0b2aa
Create Date: 2026-05-21 16:30:44.771003

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '5c2d8e4f9a11'
down_revision: Union[str, Sequence[str], None] = '41d7c3f0b2aa'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('usertable', sa.Column('full_name', sa.String(length=511), nullable=True))

    connection = op.get_bind()
    batch_size = 1000
    while True:
        result = connection.execute(
            sa.text(
                f"""
                UPDATE usertable
                SET full_name = first_name || ' ' || last_name
                WHERE full_name IS NULL
                LIMIT {batch_size}
                """
            )
        )
        if result.rowcount == 0:
            break


def downgrade() -> None:
    op.drop_column('usertable', 'full_name')

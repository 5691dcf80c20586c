from alembic import context
from app.models import Base
from sqlalchemy import create_engine

target_metadata = Base.metadata


def offline():
    context.configure(
        url="postgresql+psycopg2://", target_metadata=target_metadata, literal_binds=True, dialect_opts={"paramstyle": "named"}
    )
    with context.begin_transaction():
        context.run_migrations()


def online():
    with create_engine("postgresql+psycopg2://").connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    offline()
else:
    online()

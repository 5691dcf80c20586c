"""The application's settings."""

import os

DATABASE_URL = os.environ.get(
    "DATABASE_URL", "postgresql+psycopg2://app:app@db.example.test:5432/app"
)

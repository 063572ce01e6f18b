"""Alembic migrations: the only place where tables are made and changed."""

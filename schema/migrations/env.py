"""Run by Alembic: migrate the connection that schema.database hands over, within its transaction."""

from alembic import context

from schema.tables import metadata

connection = context.config.attributes["connection"]
if connection is None:
    raise SystemExit("Run `hubbub db upgrade`; Alembic's own command line is not used here.")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()

"""What Alembic runs the scripts on: the connection and transaction that ``db.upgrade`` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()

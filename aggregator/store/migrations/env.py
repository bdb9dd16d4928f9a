"""Runs the migrations on the connection that `open_store` hands over; nothing to add here."""

from alembic import context

from aggregator.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can only alter a table by copying it
)
with context.begin_transaction():
    context.run_migrations()

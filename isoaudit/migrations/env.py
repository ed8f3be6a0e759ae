"""Alembic's environment: runs on the connection that `isoaudit.migrations` hands over."""

from typing import Any, Literal

from alembic import context

from isoaudit.db import Base, Instant


def _render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Migrations name plain types, so that they do not change with the program."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Instant) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=_render,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()

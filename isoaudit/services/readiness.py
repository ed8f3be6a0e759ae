"""Whether an instance may be served to others: its database is at the program's version, and no account of the
demonstration is open unless that was allowed. The keys are looked at in `isoaudit.config`."""

from sqlalchemy import select

from isoaudit import migrations
from isoaudit.db import User
from isoaudit.db.engine import Sessions
from isoaudit.domain.errors import Conflict


def refuse_unready(sessions: Sessions, *, allow_demo_accounts: bool) -> None:
    """Raises Conflict naming what has to be done first."""
    with sessions.engine.connect() as connection:
        if migrations.current(connection) != migrations.newest():
            raise Conflict("serve.behind")
    if allow_demo_accounts:
        return
    with sessions.reading() as session:
        names = session.scalars(
            select(User.username).where(User.example.is_(True), User.active.is_(True)).order_by(User.username)
        ).all()
    if names:
        raise Conflict("serve.demo_accounts", names=", ".join(names))

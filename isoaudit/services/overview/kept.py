"""Small answers kept in the process until the data change, as the roll-up itself is (`services.rollup.cache`)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, func, select
from sqlalchemy.orm import Session

from isoaudit.db import Province

MOST = 64

Value = TypeVar("Value")

_KEPT: WeakKeyDictionary[Dialect, OrderedDict[Hashable, object]] = WeakKeyDictionary()
_LOCK = Lock()


def kept(session: Session, key: Hashable, make: Callable[[], Value]) -> Value:
    """What `make` gave for this key and version of the data; one query.

    A writing session always makes it anew: it may see what is never committed.
    """
    connection = session.connection()
    if not connection.get_execution_options().get("isoaudit_reading", False):
        return make()
    whole = key, session.scalar(select(func.sum(Province.data_version)))
    with _LOCK:
        answers = _KEPT.setdefault(connection.dialect, OrderedDict())
        if whole in answers:
            answers.move_to_end(whole)
            return cast(Value, answers[whole])
    made = make()
    with _LOCK:
        answers[whole] = made
        while len(answers) > MOST:
            answers.popitem(last=False)
    return made

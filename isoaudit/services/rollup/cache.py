"""Roll-ups that were counted, kept in the process: a few for each database, the least used go first.

The key holds the version of the data, so nothing here ever has to be thrown away because of a change.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine

from isoaudit.domain.figures import Rollup

MOST = 16
"""Roll-ups kept for one database; one of ten thousand units takes some ten megabytes."""


class Cache:
    """At most `most` roll-ups, made once however many threads ask at the same time."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Future[Rollup]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Rollup]) -> Rollup:
        """The roll-up of that key; `make` is called when there is none, and what it raises is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            else:
                mine = self._kept[key] = Future()
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        if found is not None:
            return found.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is mine:
                    del self._kept[key]
            mine.set_exception(error)
            raise
        mine.set_result(made)
        return made


_CACHES: WeakKeyDictionary[Dialect, Cache] = WeakKeyDictionary()
_LOCK = Lock()


def cache_of(engine: Engine) -> Cache:
    """The cache of a database; engines made from another by options share its own, as they share its dialect."""
    with _LOCK:
        return _CACHES.setdefault(engine.dialect, Cache())

"""Passwords as argon2id hashes, and random first passwords. Nothing here touches the database."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from isoaudit.domain.passwords import LONGEST, normalised

_LOWER, _UPPER, _DIGITS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
_GROUPS, _GROUP = 4, 4
_LANE_KIB = 1024


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A first password and its hash: made before the database is asked for anything, because hashing takes long."""

    text: str
    hash: str


class Hasher:
    """argon2id with the memory (KiB) of the settings. `matches` takes the same time whether there is a hash or not."""

    def __init__(self, memory_kib: int) -> None:
        lanes = max(1, min(4, memory_kib // _LANE_KIB))  # a lane of less is filled before its thread has begun
        self._argon2 = PasswordHasher(time_cost=3, memory_cost=memory_kib, parallelism=lanes)
        self._nobody = self._argon2.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """The hash to store."""
        return self._argon2.hash(normalised(password))

    def first(self) -> FirstPassword:
        """A random first password."""
        text = first_password()
        return FirstPassword(text, self.hash(text))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password is the one; without a stored hash the same work is done for nothing."""
        text = normalised(password)[: LONGEST + 1]
        try:
            return self._argon2.verify(stored or self._nobody, text) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(stored)


def first_password() -> str:
    """A random password of four classes that can be read aloud: four groups of four, without l, 1, O, 0, I."""
    while True:
        groups = ("".join(secrets.choice(_LOWER + _UPPER + _DIGITS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        password = "-".join(groups)
        if all(any(each in kind for each in password) for kind in (_LOWER, _UPPER, _DIGITS)):
            return password

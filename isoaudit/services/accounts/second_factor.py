"""The second factor: one-time codes of an authenticator (TOTP, RFC 6238) and recovery codes.

The database keeps only a random number per account: the authenticator's secret is made from it with the instance's
account key, so that a copy of the database alone gives nobody a second factor. Failed codes are counted in `signing`.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from isoaudit.db import RecoveryCode, User
from isoaudit.domain.account import second_factor_due
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.passwords import weaknesses
from isoaudit.services import log, settings

STEP_SECONDS = 30
CODES = 10
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def seed() -> str:
    """A random number for an enrolment that has not been confirmed."""
    return secrets.token_hex(16)


def secret_of(key: str, user_id: int, number: str) -> str:
    """The authenticator's secret (base32) for an account's random number."""
    made = hmac.new(key.encode(), f"totp:{user_id}:{number}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def address(key: str, user: User, number: str) -> str:
    """The otpauth:// address that the QR code holds."""
    return pyotp.TOTP(secret_of(key, user.id, number)).provisioning_uri(name=user.username, issuer_name="isoaudit")


def enrol(session: Session, user: User, *, number: str, code: str, key: str, by: log.Actor, now: datetime) -> list[str]:
    """Turn the second factor on with a first right code; returns the recovery codes, which are shown once.

    Raises Conflict (already on), Invalid `second.wrong`.
    """
    if user.totp_secret is not None:
        raise Conflict("second.already", username=user.username)
    step = _step(secret_of(key, user.id, number), code, after=None, now=now)
    if step is None:
        raise Invalid("second.wrong", field="otp")
    user.totp_secret, user.totp_last_step = number, step
    _log(session, "account.second_factor_on", user, by, now)
    return _new_codes(session, user, key)


def accepts(session: Session, user: User, code: str, *, key: str, now: datetime) -> bool:
    """Whether the code is right: one of the authenticator (each only once) or an unused recovery code, then used up."""
    if user.totp_secret is None:
        return False
    step = _step(secret_of(key, user.id, user.totp_secret), code, after=user.totp_last_step, now=now)
    if step is not None:
        user.totp_last_step = step
        session.flush()
        return True
    row = session.scalar(
        select(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == _hashed(key, user.id, code),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        return False
    row.used_at = now
    session.flush()
    return True


def turn_off(session: Session, user: User, *, password: str, by: log.Actor, now: datetime) -> None:
    """Turn the second factor off; `password` is the present one, already checked.

    Refused for administrators, and while the password is too short to stand alone.
    """
    if second_factor_due([row.role for row in user.roles], enrolled=False, example=user.example):
        raise Invalid("second.required", username=user.username)
    if weaknesses(password, second_factor=False):
        raise Invalid("second.password_short", username=user.username)
    user.totp_secret = user.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    _log(session, "account.second_factor_off", user, by, now)


def renew_codes(session: Session, user: User, *, key: str, by: log.Actor, now: datetime) -> list[str]:
    """New recovery codes in place of the old ones."""
    if user.totp_secret is None:
        raise Conflict("second.off", username=user.username)
    _log(session, "account.recovery_codes", user, by, now)
    return _new_codes(session, user, key)


def codes_left(session: Session, user: User) -> int:
    """How many recovery codes are unused."""
    return (
        session.scalar(select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))) or 0
    )


def _step(secret: str, code: str, *, after: int | None, now: datetime) -> int | None:
    """The 30-second step whose code this is: the present one, the one before or the next; never one used before."""
    digits = "".join(each for each in code if each.isascii() and each.isdigit())
    if len(digits) != 6 or len(code.strip()) > 8:
        return None
    present = int(now.timestamp()) // STEP_SECONDS
    for step in (present - 1, present, present + 1):
        right = hmac.compare_digest(pyotp.HOTP(secret).at(step), digits)
        if right and (after is None or step > after):
            return step
    return None


def _new_codes(session: Session, user: User, key: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=user.id, code_hash=_hashed(key, user.id, code)) for code in codes)
    session.flush()
    return codes


def _hashed(key: str, user_id: int, code: str) -> str:
    plain = "".join(each for each in code.upper() if each in _ALPHABET)
    return hmac.new(key.encode(), f"recovery:{user_id}:{plain}".encode(), hashlib.sha256).hexdigest()


def _log(session: Session, action: str, user: User, by: log.Actor, now: datetime) -> None:
    session.flush()
    log.append(session, settings.home(session).id, action, user.username, by=by, now=now)

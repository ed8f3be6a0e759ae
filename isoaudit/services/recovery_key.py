"""The installation's recovery key: an RSA pair in `recovery-key.pem` of the instance folder, made once.

A tablet wraps the key of its data with the public half; when a PIN is forgotten, the office lets the server unwrap it
(`services.recovery`). Whose data it is stands in the label of the wrap: on a shared tablet everybody can read the wraps
of the others, and nobody can have one opened that is not their own. Backups hold the private half: without it no
forgotten PIN can be helped. RSA-OAEP with SHA-256 and a label (RFC 8017), as browsers have it (WebCrypto).
"""

import base64
import binascii
import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from isoaudit.domain.errors import Invalid

FILE = "recovery-key.pem"
BITS = 3072
SMALLEST_BITS = 2048
_LONGEST_SECRET = 64


def _oaep(label: bytes | None = None) -> padding.OAEP:
    return padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=label)


def label_of(user_id: int) -> bytes:
    """The label of the wrap of an account's data key (the tablet's store/keys.ts writes the same)."""
    return f"isoaudit {user_id}".encode()


@dataclass(frozen=True)
class RecoveryKey:
    """The pair: `id` names it (the beginning of the digest of its public half), `spki` is the public half in Base64."""

    private: rsa.RSAPrivateKey
    id: str
    spki: str

    def unwrap(self, wrapped: str, user_id: int) -> bytes:
        """The secret (at most 64 bytes) that an account wrapped under the public half, Base64. Raises Invalid
        (`recovery.wrapped`), also for what another account wrapped."""
        try:
            secret = self.private.decrypt(base64.b64decode(wrapped, validate=True), _oaep(label_of(user_id)))
        except (ValueError, binascii.Error):
            raise Invalid("recovery.wrapped", field="wrapped") from None
        if not 0 < len(secret) <= _LONGEST_SECRET:
            raise Invalid("recovery.wrapped", field="wrapped")
        return secret


def of(instance: Path) -> RecoveryKey:
    """The key of an instance folder, made when there is none (mode 0600)."""
    file = instance / FILE
    if not file.exists():
        _make(file)
    return _read(file, file.stat().st_mtime_ns)


def stored(instance: Path) -> bytes | None:
    """The key file for a backup; None while there is none."""
    file = instance / FILE
    return file.read_bytes() if file.exists() else None


def wrap(secret: bytes, public_key: str) -> str:
    """The secret under somebody's public key (SPKI, Base64); Base64. Raises Invalid (`recovery.public_key`)."""
    return base64.b64encode(public(public_key).encrypt(secret, _oaep())).decode()


def public(spki: str) -> rsa.RSAPublicKey:
    """A public key that a device sent. Raises Invalid (`recovery.public_key`) when it is no RSA key of 2048 bits."""
    try:
        key = serialization.load_der_public_key(base64.b64decode(spki, validate=True))
    except (ValueError, TypeError, binascii.Error, UnsupportedAlgorithm):
        raise Invalid("recovery.public_key", field="public_key") from None
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_BITS:
        raise Invalid("recovery.public_key", field="public_key")
    return key


def _make(file: Path) -> None:
    """Write a new key, unless another worker was faster."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(made)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> RecoveryKey:
    private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise ValueError(f"{file}: khóa khôi phục phải là khóa RSA (the recovery key has to be an RSA key)")
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return RecoveryKey(private, hashlib.sha256(spki).hexdigest()[:16], base64.b64encode(spki).decode())

"""The key of a tablet, by which a file of its unsent work is known to be its own.

Such a file passes through hands: the person exports it, somebody carries it, the office imports it, and what is in it
counts as that person's, a signature too. The digest in the file only says that it is whole. So each device gets a key
of its own at its first report (`PUT devices/{id}`), keeps it encrypted under its person's PIN, and writes into the file
a proof that it had it: HMAC-SHA-256 over the digest of all that the file says.

Decision of 22/11/2026. The key is no column: it is made from the installation's account key (`account-key` of the
instance folder, in every backup), the account's name and the device, so that a restored server knows the keys of
devices that the backup had never heard of, and of accounts that were made again. The server keeps only since when a
device has its key.

What it protects against: whoever has the office's role, or a file, or a copy of the database, cannot make up work in an
inspector's name. What it does not protect against: whoever can read the instance folder has the account key and can
make every proof; whoever can write to the database needs none; whoever signs in as the inspector (a password that was
reset, a session that was left open) or knows the PIN of the device works as the inspector, here as everywhere.

A file without a proof is taken only from a device that never had a key, and for what it is: its values bear nobody's
name, none stands, the head of the team chooses (`services.unsent`), and it can neither sign nor reopen. Nothing is
lost by that, and nothing is believed.
"""

import hashlib
import hmac


def key_of(account_key: str, username: str, device_id: str) -> str:
    """The key of a device of an account, 64 hexadecimal digits."""
    return _mac(account_key.encode(), f"isoaudit device {device_id} {username}")


def mark_of(key: str) -> str:
    """By this a device says which key it has, without saying the key: SHA-256 of its digits."""
    return hashlib.sha256(key.encode()).hexdigest()


def proof_of(key: str, digest: str) -> str:
    """What only the device and the server can write under that digest, 64 hexadecimal digits."""
    return _mac(bytes.fromhex(key), digest)


def proves(key: str, digest: str, proof: str) -> bool:
    """Whether the proof was written under that digest with that key."""
    return hmac.compare_digest(proof_of(key, digest).encode(), proof.encode())


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

"""Accounts: `hashing` of passwords, `people` (adding, editing, closing), `passwords` (changing, resetting), `signing`
(attempts, failures, locks), `second_factor`, `listing` (search, export), `importing` (CSV).

What a password or an account must be like is in `isoaudit.domain`; sessions and cookies are in `isoaudit.http`.
"""

"""The named refusals of the product. Each carries a stable code and the details that its message needs.

The sentences belong to `isoaudit.domain.messages`; how a refusal becomes a page, JSON or a line on standard error
belongs to `http` and the command line.
"""


class Refusal(Exception):
    """Something the product will not do. `code` names why (stable), `details` the record, the field and the value."""

    status = 400

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code}({told})"


class NotFound(Refusal):
    """The record does not exist, or not for this person."""

    status = 404


class Forbidden(Refusal):
    """The person may not do this."""

    status = 403


class Invalid(Refusal):
    """What was given breaks a rule. `field` in the details, when there, names the form's or file's field."""

    status = 422


class Conflict(Refusal):
    """What was given was right once, but the record has moved on since."""

    status = 409


class Refusals(Invalid):
    """Several refusals at once, in the order in which they were met: nothing was written."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("several", count=len(refusals))
        self.refusals = refusals

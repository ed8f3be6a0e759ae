"""What a person is shown before an import: the report, everything that is wrong, what would be read otherwise than
written, and which rows would be written."""

from dataclasses import dataclass

from isoaudit.services.importing.listing import Listing
from isoaudit.services.importing.problems import Problems
from isoaudit.services.importing.report import Report


@dataclass(frozen=True, slots=True)
class Outlook:
    """`digest` tells whether an import would still do what was shown."""

    report: Report
    problems: Problems
    listing: Listing
    digest: str

"""How official documents write days (NĐ 30/2020/NĐ-CP): days below 10 and months 1 and 2 take a zero.

Numbers are in `numbers`; the layout of documents belongs to the writers.
"""

from datetime import date

BEGINNING = date(1900, 1, 1)
"""The start given to units whose real start is not known."""


def long_date(day: date) -> str:
    """The day as a document is dated: "ngày 05 tháng 3 năm 2020"."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year:04}"


def short_date(day: date) -> str:
    """The day inside a text or table: 27/02/2020, 29/4/2020."""
    return f"{day.day:02}/{_month(day)}/{day.year:04}"


def cited(number: str, issued_on: date | None) -> str:
    """A document as others cite it after "số": "41/KH-SKHCN ngày 14/9/2020"; the number alone while no day is known."""
    return f"{number} ngày {short_date(issued_on)}" if issued_on else number


def start_date(day: date, known_from: date) -> str:
    """The day from which something is, or "trước …" for one whose real start is not known.

    `known_from` is the first day of which the register tells.
    """
    return f"trước {short_date(known_from)}" if day <= BEGINNING else short_date(day)


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)

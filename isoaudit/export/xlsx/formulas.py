"""Cells that calculate: the formula of each and the value that the roll-up gives it.

Only functions that Excel and LibreOffice share and that work on whole numbers are used: INT of a quotient of whole
numbers is exact where ROUND of a decimal may not be (RULES §9).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name

from isoaudit.domain.numbers import NOTHING, json_number, share
from isoaudit.export.tables import Added, Counted, Difference, Percent, Share, Spread, Summed, Total, Where
from isoaudit.export.xlsx.places import Place

Value = int | float | str
Live = Counted | Summed | Total | Added | Share | Percent | Difference | Spread
_LONG = 1000
"""From here on counts are written with a dot between thousands."""


class Formulas:
    """Writes formulas for the cells of one workbook."""

    def __init__(self, known: Mapping[str, Place], decimals: int) -> None:
        self._known = known
        self._decimals = decimals

    def formula(self, cell: Live, place: Place, row: int, column: int) -> tuple[str, Value]:
        """The formula of a cell of the table at `place`, and its value."""
        match cell:
            case Counted():
                return self._counted(cell, place), cell.value
            case Summed():
                return self._summed(cell, place), cell.value
            case Total():
                return _total(place, column), cell.value
            case Added():
                plus = "+".join(place.cell(key, row) for key in cell.plus)
                return "=" + "-".join([plus, *(place.cell(key, row) for key in cell.minus)]), cell.value
            case Share():
                return _share(cell, place, row), share(cell.part, cell.whole)
            case Percent():
                part, whole = place.cell(cell.part_key, row), place.cell(cell.whole_key, row)
                return self._percent(part, whole), shown(cell.rounded(self._decimals))
            case Difference():
                now, before = place.cell(cell.now_key, row), place.cell(cell.before_key, row)
                found = f"ROUND({now}-{before},{self._decimals})"
                return f'=IF(COUNT({now},{before})=2,{found},"{NOTHING}")', shown(cell.rounded(self._decimals))
            case Spread():
                return self._spread(cell, place), shown(cell.rounded(self._decimals))

    def _counted(self, cell: Counted, place: Place) -> str:
        over = self._known[cell.over]
        foreign = over.sheet != place.sheet
        if not cell.where:
            return f"=COUNTA({over.range('name', foreign=foreign)})"
        if any(each.value is None for each in cell.where):
            return f"=SUMPRODUCT({'*'.join(_test(each, over, foreign) for each in cell.where)})"
        return f"=COUNTIFS({_conditions(cell.where, over, foreign)})"

    def _summed(self, cell: Summed, place: Place) -> str:
        over = self._known[cell.over]
        foreign = over.sheet != place.sheet
        return f"=SUMIFS({over.range(cell.column, foreign=foreign)},{_conditions(cell.where, over, foreign)})"

    def _percent(self, part: str, whole: str) -> str:
        unit = 10**self._decimals
        rounded = f"INT(({200 * unit}*{part}+{whole})/(2*{whole}))"
        kept = f"MAX(1,MIN({100 * unit - 1},{rounded}))/{unit}"
        return f'=IF({whole}=0,"{NOTHING}",IF({part}={whole},100,IF({part}=0,0,{kept})))'

    def _spread(self, cell: Spread, place: Place) -> str:
        over = self._known[cell.over]
        foreign = over.sheet != place.sheet
        part, whole = (over.range(key, foreign=foreign) for key in (cell.part_key, cell.whole_key))
        chosen = f'({over.range(cell.where.key, foreign=foreign)}="{cell.where.value}")*({whole}>0)'
        found = f"{cell.what.upper()}(IF({chosen},{part}/{whole}))"
        most = 100 * 10**self._decimals
        rounded = f"ROUND(ROUND({most}*{found},6),0)"
        kept = f"MAX(IF({found}=0,0,1),MIN(IF({found}=1,{most},{most - 1}),{rounded}))"
        return f"{{={kept}/{10**self._decimals}}}"


def shown(value: Fraction | None) -> Value:
    """The value that a percentage cell holds."""
    number = json_number(value)
    return NOTHING if number is None else number


def _total(place: Place, column: int) -> str:
    letter = xl_col_to_name(column)
    runs = ",".join(f"{letter}{first + 1}:{letter}{last + 1}" for first, last in place.body)
    return f"=SUM({runs})" if runs else "=0"


def _share(cell: Share, place: Place, row: int) -> str:
    part, whole = place.cell(cell.part_key, row), place.cell(cell.whole_key, row)
    written = (_dotted(part), _dotted(whole)) if max(cell.part, cell.whole) >= _LONG else (part, whole)
    return f'=IF({whole}=0,"{NOTHING}",{written[0]}&"/"&{written[1]})'


def _dotted(cell: str) -> str:
    """The cell's number as text with dots between thousands, whatever the language of the program."""
    return f'IF({cell}<{_LONG},{cell},INT({cell}/{_LONG})&"."&TEXT(MOD({cell},{_LONG}),"000"))'


def _conditions(where: Iterable[Where], over: Place, foreign: bool) -> str:
    return ",".join(f"{over.range(each.key, foreign=foreign)},{_criterion(each)}" for each in where)


def _test(where: Where, over: Place, foreign: bool) -> str:
    """The condition as a product's factor: LibreOffice's COUNTIFS misses empty cells at the end of a range."""
    cells, value = over.range(where.key, foreign=foreign), where.value
    if isinstance(value, date):
        filled = "" if where.sign == "<>" else f'({cells}<>"")*'
        return f"{filled}({cells}{where.sign}DATE({value.year},{value.month},{value.day}))"
    text = (value or "").replace('"', '""')
    return f'({cells}{where.sign}"{text}")'


def _criterion(where: Where) -> str:
    value = where.value or ""
    if isinstance(value, date):
        return f'"{where.sign}"&DATE({value.year},{value.month},{value.day})'
    # ~ takes their meaning from the wildcards; a name that begins with = < > needs its = in front.
    text = value.replace("~", "~~").replace("*", "~*").replace("?", "~?").replace('"', '""')
    sign = where.sign if where.sign != "=" or text[:1] in "=<>" else ""
    return f'"{sign}{text}"'

"""RULES §2–§6 and §9 for one unit on one day, each rule by itself, word for word where words suffice.

Nothing is remembered between calls and nothing is quick: what matters is that it can be read against RULES.
"""

from datetime import date
from fractions import Fraction

from tests.oracle.register import ONE_DAY, Province, editions
from tests.oracle.rows import Audit, Data, Declaration, Nonconformity, Procedures, holds

Number = int | float | None
CONDITIONS = ("internal_audit", "management_review")


def percent(part: Fraction | int, whole: Fraction | int) -> Number:
    """RULES §9: one decimal, half up from exact counts; never 100 unless x = y, never 0 unless x = 0; null for 0/0
    (reading: a whole number stands in JSON without a decimal point)."""
    if whole == 0:
        return None
    if part in (0, whole):
        return 0 if part == 0 else 100
    tenths = int(Fraction(part) / Fraction(whole) * 1000 + Fraction(1, 2))
    tenths = min(max(tenths, 1), 999)
    return tenths / 10 if tenths % 10 else tenths // 10


def block(kind: str) -> str:
    """RULES §2: agency, sub_agency → agency; district → district; the rest → commune."""
    return {"agency": "agency", "sub_agency": "agency", "district": "district"}.get(kind, "commune")


def order(edition: str) -> int:
    """RULES §3: editions are ordered (2008 < 2015 < 2026)."""
    return int(editions()[edition]["order"])


def accepted(edition: str, day: date) -> bool:
    """RULES §3: each edition has accepted_from, accepted_until (2008: until 30/6/2021, that day included)."""
    known = editions()[edition]
    since, until = known.get("accepted_from"), known.get("accepted_until")
    return since is not None and since <= day and (until is None or day <= until)


def declarations(province: Province, unit: int, day: date, seen: date | None = None) -> list[Declaration]:
    """The unit's declarations dated ≤ D in order, same day as entered (RULES §3).

    `seen` is the day as of which the successions count, when it is another one.
    """
    rows = province.chain(unit, seen or day)
    return sorted((d for d in province.declarations if d.unit in rows and d.on <= day), key=lambda d: d.when)


def current_edition(province: Province, unit: int, day: date, seen: date | None = None) -> str | None:
    """RULES §3: declaring sets it, `withdraw` clears it when it names it and changes nothing otherwise."""
    edition: str | None = None
    for each in declarations(province, unit, day, seen):
        if each.declares:
            edition = each.edition
        elif each.edition == edition:
            edition = None
    return edition


def exempt(province: Province, unit: int, day: date) -> bool:
    """RULES §2: an exemption is in force when from ≤ D and (to is empty or D < to)."""
    rows = province.chain(unit, day)
    return any(each.unit in rows and holds(each.start, each.end, day) for each in province.exemptions)


def obligation(province: Province, unit: int, day: date) -> str:
    """RULES §2: by its entry; without one agency, sub_agency, district → mandatory, the commune block → encouraged.

    (reading: of several entries in force, the one that began last.)
    """
    rows = province.chain(unit, day)
    standing = [each for each in province.obligations if each.unit in rows and holds(each.start, each.end, day)]
    if standing:
        return max(standing, key=lambda each: (each.start, each.place)).level
    return "encouraged" if block(province.units[unit].kind) == "commune" else "mandatory"


def achieved(province: Province, unit: int, day: date, conversion: Data) -> set[str]:
    """RULES §3: steps by milestones dated ≤ D; `declared` while the current edition is B or later, never typed in."""
    rows = province.chain(unit, day)
    steps = {m.what for m in province.milestones if m.unit in rows and m.whole == conversion["id"] and m.on <= day}
    edition = current_edition(province, unit, day)
    reached = edition is not None and order(edition) >= order(conversion["to"])
    return steps | {"declared"} if reached else steps - {"declared"}


def last_day(province: Province, predecessor: int, passed_on: date, day: date) -> date:
    """RULES §4: a predecessor's last day (reading: of one that goes on after a split, the day before the split)."""
    ended = province.units[predecessor].valid_to
    return (ended if ended and ended <= day else passed_on) - ONE_DAY


def status(province: Province, unit: int, day: date, conversion: Data) -> str:
    """RULES §4, the table: the first line that fits."""
    if exempt(province, unit, day):
        return "exempt"
    target = order(conversion["to"])
    edition = current_edition(province, unit, day)
    declared = [each for each in declarations(province, unit, day) if each.declares]
    before = province.predecessors(unit, day)
    if edition and order(edition) >= target:
        first = min(each.when for each in declared if order(each.edition) >= target)
        of_all = declared + [d for each in before for d in declarations(province, each, day) if d.declares]
        older_before = any(order(each.edition) < target and each.when < first for each in of_all)
        return "converted" if older_before else "newly_applied"
    steps = achieved(province, unit, day, conversion)
    if edition:
        return "converting" if steps else "not_converted"
    if declared:
        return "stopped"
    if any(current_edition(province, each, last_day(province, each, on, day)) for each, on in before.items()):
        return "to_redeclare"
    return "building" if steps else "not_started"


def in_baseline(province: Province, unit: int, day: date, conversion: Data) -> bool:
    """RULES §4, the baseline: in force on D, not exempt, and the unit or a predecessor had on β (on D, if D is earlier;
    on its last day, if it ended before) a current edition, and had declared A by then.

    (reading: a conversion without a baseline day has no baseline.)
    """
    if "baseline" not in conversion or not province.units[unit].in_force(day) or exempt(province, unit, day):
        return False
    for each in (unit, *province.predecessors(unit, day)):
        looked_at = min(conversion["baseline"], day)
        ended = province.units[each].valid_to
        if ended and ended <= looked_at:
            looked_at = ended - ONE_DAY
        past = declarations(province, each, looked_at, day)
        declared_a = any(d.declares and d.edition == conversion["from"] for d in past)
        if declared_a and current_edition(province, each, looked_at, day):
            return True
    return False


def procedures(province: Province, unit: int, day: date, since: date = date.min) -> Procedures | None:
    """The unit's latest row of TTHC dated ≤ D, from `since` on (CONTRACT §4, `tthc`)."""
    rows = province.chain(unit, day)
    found = [each for each in province.procedures if each.unit in rows and since <= each.as_of <= day]
    return max(found, key=lambda each: each.as_of, default=None)


def redeclaration_due(province: Province, unit: int, day: date, conversion: Data) -> bool:
    """RULES §3: the TTHC covered differ from the scope declared, or a unit was taken over since the last declaration;
    RULES §2: and for the receiver whose status is `to_redeclare`.

    (reading: only a declaration that still stands can be due again; the scope is its number of TTHC, compared where it
    was given; one made on the very day of a merger knows of the merger.)
    """
    if not current_edition(province, unit, day):
        return status(province, unit, day, conversion) == "to_redeclare"
    last = [each for each in declarations(province, unit, day) if each.declares][-1]
    known = procedures(province, unit, day)
    if known and last.covered is not None and known.covered != last.covered:
        return True
    return any(each.on > last.on for each in province.received(unit, day))


def counted_nonconformities(province: Province, day: date) -> list[Nonconformity]:
    """RULES §7: those of minuted audits that are not `self`, from `minuted_on`."""
    return [
        each
        for each in province.nonconformities
        if each.audit.mode != "self" and each.audit.minuted_on and each.audit.minuted_on <= day
    ]


def is_open(nonconformity: Nonconformity, day: date) -> bool:
    """RULES §7: not closed by that day."""
    return not (nonconformity.closed_on and nonconformity.closed_on <= day)


def audit_of(province: Province, unit: int, since: date, day: date) -> Audit | None:
    """RULES §6: the latest `full`, `on_site` audit minuted in the period; same day: the greater reference."""
    full = [a for a in visits(province, unit, since, day) if a.mode == "on_site" and a.purpose == "full"]
    return max(full, key=lambda a: (a.minuted_on or date.min, a.reference), default=None)


def visits(province: Province, unit: int, since: date, day: date) -> list[Audit]:
    """RULES §6: every minuted audit in the period but `self`."""
    rows = province.chain(unit, day)
    return [
        each
        for each in province.audits.values()
        if each.unit in rows and each.mode != "self" and each.minuted_on and since <= each.minuted_on <= day
    ]


def maintained(province: Province, unit: int, year: int, day: date) -> tuple[str, list[str]]:
    """RULES §5, with the activities that are missing; both are due on 31/12, never before D in Y."""
    if exempt(province, unit, day) or not current_edition(province, unit, date(year, 1, 1), day):
        return "not_applicable", []
    rows = province.chain(unit, day)
    done = {
        each.what for each in province.activities if each.unit in rows and each.whole == str(year) and each.on <= day
    }
    missing = [each for each in CONDITIONS if each not in done]
    of_unit = [each for each in counted_nonconformities(province, day) if each.audit.unit in rows]
    if any(each.grade == "major" and is_open(each, day) for each in of_unit):
        return "failing", missing
    if missing:
        return "not_due", missing
    return ("verified" if audit_of(province, unit, date(year, 1, 1), day) else "reported"), missing


def left_unasked(criterion: Data, audit: Audit, kind: str) -> bool:
    """RULES §6: unanswered, and `applies_to` or `when` leaves it unasked: counts as not applicable."""
    when = criterion.get("when")
    asked = when is None or audit.answers.get(when["criterion"]) in when["grade"]
    asked = asked and kind in criterion.get("applies_to", [kind])
    return criterion["code"] not in audit.answers and not asked


def value(checklist: Data, grade: str) -> Fraction:
    """RULES §6: v from the checklist (1, 1, 0.5, 0)."""
    return Fraction(str(checklist["scoring"][grade]))


def evaluated(province: Province, audit: Audit) -> Data:
    """RULES §6: score and band of an audit, as CONTRACT §4 prints them."""
    checklist, answers, kind = audit.checklist, audit.answers, province.units[audit.unit].kind
    weights = {each["code"]: each["weight"] for each in checklist["criterion"]}
    answered = {code: grade for code, grade in answers.items() if grade != "not_applicable"}
    unanswered = [
        each for each in checklist["criterion"] if each["code"] not in answers and not left_unasked(each, audit, kind)
    ]
    weight = sum(weights[code] for code in answered)
    points = sum(weights[code] * value(checklist, grade) for code, grade in answered.items())
    minor, major = (sum(grade == bad for grade in answered.values()) for bad in ("minor", "major"))
    band = None
    enough = weight * 10 >= (weight + sum(each["weight"] for each in unanswered)) * 9
    if weight and enough and all(each["weight"] != 3 for each in unanswered):
        gates = {each["code"] for each in checklist["criterion"] if each.get("gate")}
        gates_hold = not any(code in gates and grade in ("minor", "major") for code, grade in answered.items())
        for each in checklist["band"]:
            if (
                100 * points >= Fraction(str(each["min_score"])) * weight
                and major <= each.get("max_major", major)
                and minor <= each.get("max_minor", minor)
                and (gates_hold or not each.get("gates_hold"))
            ):
                band = each["code"]
                break
    return {"audit": audit.reference, "score": percent(points, weight), "band": band, "minor": minor, "major": major}

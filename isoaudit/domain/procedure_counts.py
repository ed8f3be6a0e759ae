"""How the yearly figures of administrative procedures (TTHC) and their dossiers must add up (CONTRACT §3, sheet
`procedures`; issue: "they must add up"). One rule for the page, the command line and the import.

What was not stated is not guessed: a sum is asked to be exact only where all its parts are given, and to stay possible
otherwise.
"""

from collections.abc import Iterator, Mapping

from isoaudit.domain.errors import Invalid

LINKS = ("not_linked", "linked_same_level", "linked_between_levels")
ONLINE = ("online_full", "online_partial")
CAME = ("received_online", "received_in_person")
RECEIVED = ("carried_over", *CAME)
HANDLED = ("resolved", "in_progress")
COUNTS = ("total", "covered", *LINKS, *ONLINE, *RECEIVED, *HANDLED, "late")

Counts = Mapping[str, int | None]


def wrong(counts: Counts) -> Iterator[Invalid]:
    """What does not add up, each refusal with the figures compared; `field` is the first of them.

    TTHC: covered ≤ total; the three kinds of linking = total; online levels ≤ total. Dossiers: carried over + received
    = resolved + in progress; late ≤ resolved + in progress.
    """
    yield from _covered(counts)
    yield from _linked(counts)
    yield from _dossiers(counts)


def _covered(counts: Counts) -> Iterator[Invalid]:
    total, covered = counts.get("total"), counts.get("covered")
    if total is not None and covered is not None and covered > total:
        yield Invalid("procedures.covered_above_total", field="covered", covered=covered, total=total)


def _linked(counts: Counts) -> Iterator[Invalid]:
    total = counts.get("total")
    if total is None:
        return
    kinds = [counts.get(name) for name in LINKS]
    if all(kind is not None for kind in kinds) and _sum(counts, LINKS) != total:
        alone, same, between = kinds
        summed = _sum(counts, LINKS)
        yield Invalid(
            "procedures.kinds_differ", field=LINKS[0], alone=alone, same=same, between=between, sum=summed, total=total
        )
    elif _sum(counts, LINKS) > total:
        yield Invalid("procedures.parts_above_total", field=LINKS[0], sum=_sum(counts, LINKS), total=total)
    if _sum(counts, ONLINE) > total:
        yield Invalid("procedures.parts_above_total", field=ONLINE[0], sum=_sum(counts, ONLINE), total=total)


def _dossiers(counts: Counts) -> Iterator[Invalid]:
    carried, came = counts.get("carried_over"), _sum(counts, CAME)
    resolved, waiting, late = counts.get("resolved"), counts.get("in_progress"), counts.get("late")
    handled, all_came = _sum(counts, HANDLED), _stated(counts, CAME)
    if resolved is not None and waiting is not None:
        if carried is not None and all_came and carried + came != handled:
            yield Invalid(
                "procedures.dossiers_differ",
                field="resolved",
                carried=carried,
                came=came,
                resolved=resolved,
                waiting=waiting,
                whole=carried + came,
                handled=handled,
            )
        elif carried is None and all_came and came > handled:
            yield Invalid(
                "procedures.dossiers_lost",
                field="resolved",
                came=came,
                resolved=resolved,
                waiting=waiting,
                handled=handled,
            )
        if late is not None and late > handled:
            yield Invalid("procedures.late_above_handled", field="late", late=late, handled=handled)
    elif carried is not None and all_came and handled > carried + came:
        yield Invalid("procedures.handled_above_received", field="resolved", handled=handled, received=carried + came)


def _stated(counts: Counts, names: tuple[str, ...]) -> bool:
    return all(counts.get(name) is not None for name in names)


def _sum(counts: Counts, names: tuple[str, ...]) -> int:
    return sum(counts.get(name) or 0 for name in names)

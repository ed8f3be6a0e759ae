"""The page of the units that next year's programme should take in. Planning them is `programmes`' business."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from isoaudit.domain.access import Permission
from isoaudit.domain.proposal import Reason
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Word
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.services import proposals
from isoaudit.web import paging, words
from isoaudit.web.audits.lists import word
from isoaudit.web.audits.programmes import pages


@pages.get("/de-xuat")
@requires(Permission.PROGRAMME_READ)
def proposal() -> str:
    """The units that next year's programme should take in, with the reason for each, by block and by reason; the counts
    of either are those within what is chosen of the other."""
    today, asked = clock.today(), request.args.get("nam", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4 and "2000" < asked <= "2100"
        else today.year + 1
    )
    found = proposals.for_year(database.session(), year, today)
    reason, block = word(Reason, request.args.get("ly-do", "")), word(Block, request.args.get("khoi", ""))
    for_reason = [each for each in found if reason is None or reason in each.reasons]
    of_block = [each for each in found if block is None or BLOCK_OF[each.unit.kind] is block]
    blocks = Counter(BLOCK_OF[each.unit.kind] for each in for_reason)
    reasons = Counter(one for each in of_block for one in each.reasons)
    return render_template(
        "web/programmes/proposal.html",
        year=year,
        as_of=proposals.day_of(year, today),
        page=paging.cut([each for each in of_block if reason is None or reason in each.reasons]),
        blocks=_chips(Block, len(for_reason), blocks, block),
        reasons=_chips(Reason, len(of_block), reasons, reason),
    )


def _chips(
    kind: Iterable[Word], total: int, counts: Mapping[Any, int], chosen: Word | None
) -> list[tuple[str, str, int]]:
    """All, then each word of the list that is counted or chosen."""
    found = [each for each in kind if counts[each] or each is chosen]
    return [("", _("Tất cả"), total), *((each.value, words.label(each), counts[each]) for each in found)]

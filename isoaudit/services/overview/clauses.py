"""The clause table of a roll-up block by block: over the same audits and by the same rule, so that the scores of a
single block are those of the table (RULES §6)."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit
from isoaudit.domain.audit import ClauseLine, clause_table
from isoaudit.domain.facts import ClauseRow, Marking
from isoaudit.domain.figures import Rollup
from isoaudit.domain.gradesheet import SheetReader
from isoaudit.domain.vocabulary import Block
from isoaudit.services import checklists
from isoaudit.services.overview.answered import places, portions
from isoaudit.services.rollup import sheets


def by_block(session: Session, rollup: Rollup) -> Mapping[Block, Mapping[str, ClauseLine]]:
    """Block → clause of the second level ("" for part A) → its line; only what was answered. Two queries for every 900
    audits, and the checklists."""
    counted = [line for line in rollup.units if line.audit is not None and not line.exempt]
    whose = places(session, counted)
    pinned = {place: int(line.audit.fact.checklist) for place, line in whose.items() if line.audit is not None}
    versions = checklists.contents(session, set(pinned.values()))
    connection = session.connection()
    answers: defaultdict[tuple[Block, int], list[str]] = defaultdict(list)
    for province, audits in portions(whose):
        wanted = select(Audit.id).where(Audit.province_id == province, Audit.id.in_(audits))
        found = sheets.stored(connection, province, wanted)
        lacking = {audit: pinned[province, audit] for audit in audits if audit not in found}
        if lacking:
            found |= sheets.made(connection, province, list(lacking), lacking, versions)
        for audit in audits:
            answers[whose[province, audit].block, pinned[province, audit]].append(found[audit])
    marking = {str(key): Marking(each.scoring, each.bands) for key, each in versions.items()}
    rows: defaultdict[Block, list[ClauseRow]] = defaultdict(list)
    for (block, version), some in answers.items():
        rows[block] += SheetReader(versions[version]).clause_rows(str(version), some)
    tables = {block: clause_table(of_block, marking) for block, of_block in rows.items()}
    return {
        block: {line.clause: line for line in (part_a, *clauses) if line.counts}
        for block, (part_a, clauses) in tables.items()
    }

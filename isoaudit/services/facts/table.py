"""All kinds of facts about a unit, by name, in the order in which pages show them."""

from isoaudit.services.facts import activities, declarations, exemptions, milestones, obligations, procedures
from isoaudit.services.facts.kinds import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        declarations.KIND,
        milestones.KIND,
        activities.KIND,
        procedures.KIND,
        obligations.KIND,
        exemptions.KIND,
    )
}

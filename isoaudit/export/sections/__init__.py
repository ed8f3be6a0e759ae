"""The layout of the yearly report, decided once for all writers: which sheets, which tables, in which order."""

from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.clauses import clause_results
from isoaudit.export.sections.compared_lines import compared_territories, compared_units
from isoaudit.export.sections.comparison import comparison
from isoaudit.export.sections.conversion import conversion
from isoaudit.export.sections.declared import declarations, reform_index
from isoaudit.export.sections.eachyear import each_year
from isoaudit.export.sections.figures import summary
from isoaudit.export.sections.findings import nonconformities, tasks
from isoaudit.export.sections.papers import documents, method
from isoaudit.export.sections.plans import next_plan, plan
from isoaudit.export.sections.procedures import procedures
from isoaudit.export.sections.ranking import ranking
from isoaudit.export.sections.units import unit_list
from isoaudit.export.sections.yearly import yearly
from isoaudit.export.tables import Sheet


def report(content: ReportContent) -> tuple[Sheet, ...]:
    """Every sheet of the yearly report, in order."""
    return (
        summary(content),
        conversion(content),
        unit_list(content),
        declarations(content),
        reform_index(content),
        clause_results(content),
        ranking(content),
        nonconformities(content),
        tasks(content),
        procedures(content),
        plan(content),
        next_plan(content),
        *yearly(content),
        *each_year(content),
        comparison(content),
        compared_units(content),
        compared_territories(content),
        documents(content),
        method(content),
    )


__all__ = ["report"]

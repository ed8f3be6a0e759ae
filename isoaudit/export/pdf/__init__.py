"""Official papers as PDF/A, in the form of NĐ 30/2020/NĐ-CP. The home of typst, which works in a process of its own."""

from isoaudit.export.pdf.render import write_pdf

__all__ = ["write_pdf"]

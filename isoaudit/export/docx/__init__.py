"""Official papers as DOCX, in the form of NĐ 30/2020/NĐ-CP. The only home of python-docx."""

from isoaudit.export.docx.render import write_docx

__all__ = ["write_docx"]

"""The report as a Word document (核查报告 DOCX)."""

from tanhe.report.docx.writer import write_docx

__all__ = ["write_docx"]

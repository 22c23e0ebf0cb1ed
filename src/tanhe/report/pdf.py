"""The report as PDF/A-2b (报告的 PDF): the same bytes for the same report, every font embedded, none of the system's."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tanhe.fonts import font_folders
from tanhe.messages import TanheError, speaking, text
from tanhe.report.charts import draw
from tanhe.report.content import Report
from tanhe.report.typst.source import to_source

if TYPE_CHECKING:
    from typst import Fonts

TIMESTAMP: Final = 946_684_800
"""The creation time written into every PDF, 2000-01-01 UTC: the real one would make the bytes differ each time."""


def write_pdf(report: Report, path: str | os.PathLike[str]) -> None:
    """Write ``report`` as PDF/A-2b to ``path``; see :func:`to_pdf`."""
    Path(path).write_bytes(to_pdf(report))


def to_pdf(report: Report) -> bytes:
    """The report as the bytes of a PDF/A-2b file.

    Raises TanheError when the report cannot be set, with the typesetter's words.
    """
    import typst

    source = to_source(report)
    with speaking(report.language):
        charts = {f"chart-{n}": draw(chart, "svg").decode() for n, chart in enumerate(source.charts)}
    try:
        with as_file(files("tanhe.report") / "typst") as folder:
            compiler = typst.Compiler(root=str(folder), font_paths=_fonts(), ignore_system_fonts=True)
            made = compiler.compile(
                source.text.encode(),
                format="pdf",
                sys_inputs=charts,
                pdf_standards=["a-2b"],
                timestamp=TIMESTAMP,
            )
    except typst.TypstError as error:
        raise TanheError(
            text(f"PDF 报告无法排版：{error}", f"the PDF report cannot be typeset: {error}")
        ) from error
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    import typst

    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)

"""Makes the layout variants of this folder: ``python tests/reading/layouts/make.py [text|binary]`` (版式变体的生成).

The variants are kept as files, so that the reader is tested on what other programs once wrote. Text needs nothing;
the binary ones need LibreOffice (``soffice``) and Chromium, and a CJK font.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import printers
from base import REPORT

HERE = Path(__file__).parent


def texts() -> None:
    """Every text layout."""
    for name, make in printers.TEXTS.items():
        (HERE / name).write_text(make(), encoding="utf-8")


def own() -> None:
    """By the project's own writers of DOCX and PDF."""
    from tanhe.report.content import Cell, Heading, Paragraph, Report, Table
    from tanhe.report.docx import write_docx
    from tanhe.report.pdf import write_pdf

    blocks: list[Heading | Paragraph | Table] = []
    for block in REPORT:
        if block[0] == "h":
            blocks.append(Heading(block[1], f"{block[2]} {block[3]}"))
        elif block[0] == "p":
            blocks.append(Paragraph(block[1]))
        elif block[0] == "t":
            rows = tuple(
                tuple(Cell(said, across, down) for said, down, across in map(printers.parts, row)) for row in block[2]
            )
            wide = len(printers.grid(block[2])[0])
            blocks.append(Table(block[1], rows, (1.0,) * wide, header_rows=0))
    report = Report("温室气体排放核查报告", "青岚纸品 2023 年度", blocks)
    write_docx(report, HERE / "own.docx")
    write_pdf(report, HERE / "own.pdf")


def others() -> None:
    """By LibreOffice (DOCX) and Chromium (PDF)."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(printers.page(), encoding="utf-8")
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        subprocess.run([*office, "--convert-to", "odt:writer8", "--infilter=HTML (StarWriter)", "--outdir", folder, str(page)], check=True)
        subprocess.run([*office, "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, f"{folder}/report.odt"], check=True)
        (HERE / "libreoffice.docx").write_bytes((Path(folder) / "report.docx").read_bytes())
        target = HERE / "chromium.pdf"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={target}", f"file://{page}"], check=True)


def scan() -> None:
    """The Chromium pages as pictures of 150 dots per inch in a PDF without text."""
    import pypdfium2

    with pypdfium2.PdfDocument(HERE / "chromium.pdf") as document:
        pages = [page.render(scale=150 / 72, grayscale=True).to_pil().point(lambda grey: 255 * (grey > 150), "1") for page in document]
    pages[0].save(HERE / "scan.pdf", save_all=True, append_images=pages[1:], resolution=150)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["text", "binary"]
    if "text" in wanted:
        texts()
    if "binary" in wanted:
        own()
        others()
        scan()

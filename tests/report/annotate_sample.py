"""A finished report as DOCX and PDF, and what its annotated copies say (样例报告与批注的读回)."""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tanhe.dossier.marks import Mark, Marks
from tanhe.dossier.places import Place

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2025, 6, 30)


def module(path: str) -> ModuleType:
    """A helper of another folder of tests."""
    spec = importlib.util.spec_from_file_location(Path(path).stem + "_of_annotate", ROOT / path)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


_read = module("cli/test_read.py")
paper = module("reading/pdf_sample.py")
word = module("reading/docx_sample.py")
REPORT: str = _read.REPORT.replace(f"排放总量为 {_read.TOTAL}", "排放总量为 9999.99")
"""The barrel works, its total wrong in the conclusion."""


def parts(text: str) -> Iterator[list[str] | list[list[str]]]:
    """Paragraphs as one line each, tables as rows of cells."""
    for table, lines in groupby(filter(None, text.split("\n")), key=lambda line: "\t" in line):
        if table:
            rows = [line.split("\t") for line in lines]
            width = max(map(len, rows))
            yield [row + [""] * (width - len(row)) for row in rows]
        else:
            yield list(lines)


def write_docx(path: Path, text: str = REPORT) -> Path:
    document = docx.Document()
    for part in parts(text):
        if isinstance(part[0], str):
            for line in part:
                document.add_paragraph(line)
        else:
            table = document.add_table(len(part), len(part[0]), style="Table Grid")
            for row, said in zip(table.rows, part, strict=True):
                for cell, words in zip(row.cells, said, strict=True):
                    cell.text = words
    document.save(str(path))
    return path


def write_pdf(path: Path, text: str = REPORT) -> Path:
    out = []
    for part in parts(text):
        if isinstance(part[0], str):
            out += [f"#par[#{json.dumps(line, ensure_ascii=False)}]" for line in part]
        else:
            cells = ", ".join(f"[#{json.dumps(words, ensure_ascii=False)}]" for row in part for words in row)
            out.append(f"#table(columns: {len(part[0])}, {cells})")
    path.write_bytes(paper.pdf("\n\n".join(out)))
    return path


def marks(*found: Mark) -> Marks:
    return Marks(DAY, ("碳核批注",), found)


def mark(code: str, kind: Any = "material", number: str = "", **place: Any) -> Mark:
    return Mark(kind, (f"[重要] {code} 标题", f"{code} 的说明"), Place("报告", **place) if place else None, number)


def annotations(data: bytes) -> list[tuple[int, str, list[tuple[float, ...]], str, int]]:
    """Page, contents, rectangles (left, bottom, right, top), appearance and kind of every annotation with contents."""
    found = []
    with pdfium.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            for n in range(raw.FPDFPage_GetAnnotCount(page.raw)):
                one = raw.FPDFPage_GetAnnot(page.raw, n)
                contents = _string(lambda b, s, one=one: raw.FPDFAnnot_GetStringValue(one, b"Contents", b, s))
                look = _string(lambda b, s, one=one: raw.FPDFAnnot_GetAP(one, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, b, s))
                if contents:
                    found.append((number + 1, contents, _quads(one), look, raw.FPDFAnnot_GetSubtype(one)))
                raw.FPDFPage_CloseAnnot(one)
            page.close()
    return found


def _quads(one: Any) -> list[tuple[float, ...]]:
    quad, out = raw.FS_QUADPOINTSF(), []
    for n in range(raw.FPDFAnnot_CountAttachmentPoints(one)):
        raw.FPDFAnnot_GetAttachmentPoints(one, n, quad)
        out.append((quad.x1, quad.y3, quad.x2, quad.y1))
    if not out:
        rectangle = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(one, rectangle)
        out.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
    return out


def _string(get: Any) -> str:
    import ctypes

    size = get(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le").replace("\r", "\n")


def bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def marked(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a record that are to be marked."""
    return [f for f in record["findings"] if f["severity"] != "note" and not f.get("waiver")]

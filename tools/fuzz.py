"""Coverage-guided fuzzing of the readers: ``python tools/fuzz.py text|docx|xml|pdf [options of libFuzzer]``.

Needs the package ``atheris`` in the environment (not among the project's dependencies). Whatever the bytes, reading ends
in a report or a document, or in a ``TanheError``. For anything else the input is written to the folder ``fuzz-found``,
one for each place in the code, and the run goes on. What was found belongs, made small, into ``tests/reading/corpus``.
"""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tanhe.reading"]):
    from tanhe.reading.documents.docx import read_docx
    from tanhe.reading.documents.pdf import read_pdf
    from tanhe.reading.documents.text import text_document
    from tanhe.reading.service import from_document
from tanhe.messages import TanheError

FILE = Path(tempfile.mkdtemp()) / "fuzz"
HEAD = "《工业其他行业企业温室气体排放核算方法与报告指南（试行）》2024年度温室气体排放核查报告\n受核查方名称\t某某有限公司\n".encode()


def text(data: bytes) -> None:
    """A report of a few lines, read to the end: claims, dossier, closure."""
    from_document(text_document(HEAD + data, "fuzz.txt"), strict=True)


def docx(data: bytes) -> None:
    """The bytes of a package."""
    FILE.write_bytes(data)
    read_docx(FILE)


def xml(data: bytes) -> None:
    """The main part of a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", data)
    docx(out.getvalue())


def pdf(data: bytes) -> None:
    """The bytes of a PDF."""
    FILE.write_bytes(data)
    read_pdf(FILE, strict=True)


def main() -> None:
    """Run the reader named by the first argument."""
    reader = {"text": text, "docx": docx, "xml": xml, "pdf": pdf}[sys.argv.pop(1)]

    found = Path("fuzz-found")
    found.mkdir(exist_ok=True)

    def one(data: bytes) -> None:
        try:
            reader(data)
        except TanheError:
            return  # refusing the input is a proper answer
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            file = found / f"{reader.__name__}-{Path(at.filename).stem}-{at.lineno}-{type(error).__name__}"
            if not file.exists():
                file.write_bytes(data)
                print("".join(traceback.format_exception(error)[-3:]), file=sys.stderr)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

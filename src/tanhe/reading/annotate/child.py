"""The child process that puts remarks on a document (批注子进程): remarks on standard input, the copy on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from tanhe.dossier.marks import from_json
from tanhe.reading.annotate import suffix_of
from tanhe.reading.documents.child import MEMORY, confined


def main(path: str) -> int:
    """Limits first; 2 and the error as JSON when there is one."""
    from tanhe.reading.annotate.docx import annotated_docx
    from tanhe.reading.annotate.pdf import annotated_pdf

    marks = from_json(sys.stdin.buffer.read())
    make = annotated_pdf if suffix_of(path) == ".pdf" else annotated_docx
    return confined(path, MEMORY, lambda: make(Path(path), marks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

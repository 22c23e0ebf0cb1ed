"""Documents to blocks with places (文档 → 块): text, DOCX and PDF, told apart by content."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tanhe import messages
from tanhe.messages import TanheError
from tanhe.reading.blocks import Document
from tanhe.reading.documents.dump import dump
from tanhe.reading.documents.sections import numbered
from tanhe.reading.documents.text import read_text, text_document

__all__ = ["dump", "read", "read_text", "text_document"]

_HEAD: Final = 4096
_SAVE: Final = ("，请用 Word 或 WPS 另存为 .docx", "; save it as .docx with Word or WPS")
_REFUSED: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        (f"旧版 Office 文件（.doc）或加密的 Office 文件{_SAVE[0]}（不设密码）", f"an old (.doc) or encrypted Office file{_SAVE[1]}, without a password"),
    ),
    (b"{\\rtf", (f" RTF 文件{_SAVE[0]}", f"an RTF file{_SAVE[1]}")),
    (b"\x89PNG", ("图片", "a picture")),
    (b"\xff\xd8\xff", ("图片", "a picture")),
    (b"II*\x00", ("图片", "a picture")),
    (b"MM\x00*", ("图片", "a picture")),
    (b"GIF8", ("图片", "a picture")),
    (b"7z\xbc\xaf\x27\x1c", ("压缩包", "an archive")),
    (b"Rar!", ("压缩包", "an archive")),
    (b"\x1f\x8b", ("压缩包", "an archive")),
    (b"\x7fELF", ("程序", "a program")),
)


def read(path: str | os.PathLike[str]) -> Document:
    """Read a report into blocks with places (读取文档).

    The content decides what the file is, not its suffix. Headings come with dotted numbers (第三章 → 3).
    Raises TanheError for a folder, a missing or empty file, an unknown or encrypted kind, and for anything above
    the limits.
    """
    file = os.fspath(path)
    head = _opened(file)
    reader = _reader(head, file)
    document = reader(path)
    return replace(document, blocks=numbered(document.blocks))


def _opened(file: str) -> bytes:
    """The first bytes of a regular, readable, non-empty file."""
    try:
        mode = os.stat(file).st_mode
        if stat.S_ISDIR(mode):
            raise _not_read(file, messages.text("是文件夹，不是报告", "is a folder, not a report"))
        if not stat.S_ISREG(mode):
            raise _not_read(file, messages.text("不是普通文件", "is no regular file"))
        with open(file, "rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError) as error:
        raise _not_read(file, messages.why_refused(error)) from error
    if not head:
        raise _not_read(file, messages.text("文件是空的", "the file is empty"))
    return head


def _not_read(file: str, why: str) -> TanheError:
    expected = messages.text("文本（.txt、.md）、DOCX 或 PDF 文件", "a text (.txt, .md), DOCX or PDF file")
    return TanheError(why, file=file, expected=expected)


def _reader(head: bytes, file: str) -> Callable[[str | os.PathLike[str]], Document]:
    if b"%PDF-" in head[:1024]:
        return _pdf
    if head[30:].startswith(b"mimetypeapplication/vnd.oasis"):
        raise _not_read(file, messages.text(f"是 OpenDocument 文件{_SAVE[0]}", f"is an OpenDocument file{_SAVE[1]}"))
    if head.startswith(b"PK\x03\x04"):
        if not _is_word(file):
            raise _not_read(file, messages.text("压缩包里没有 Word 文档", "the package has no Word document"))
        return _docx
    for mark, (zh, en) in _REFUSED:
        if head.startswith(mark):
            raise _not_read(file, messages.text(f"是{zh}", f"is {en}"))
    return read_text


def _is_word(file: str) -> bool:
    """Whether a package is Word's; a damaged one is left to the reader of DOCX, which says what is wrong."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True
    return (
        any(name.replace("\\", "/").startswith("word/") for name in names)
        or "[Content_Types].xml" not in names
    )


def _pdf(path: str | os.PathLike[str]) -> Document:
    from tanhe.reading.documents.pdf import read_pdf

    return read_pdf(Path(path))


def _docx(path: str | os.PathLike[str]) -> Document:
    from tanhe.reading.documents.docx import read_docx

    return read_docx(Path(path))

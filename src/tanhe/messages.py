"""The two languages Tanhe speaks (中文, English) and the error every floor raises to its user."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

Language = Literal["zh", "en"]

_VARIABLES: Final = ("TANHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_spoken: ContextVar[Language | None] = ContextVar("tanhe_language", default=None)


def language() -> Language:
    """The language messages are given in (提示语言).

    ``speaking`` decides first, then the first of ``TANHE_LANG``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG`` that
    is set: a value starting with ``en`` means English; any other, ``C`` and ``POSIX`` too, means Chinese.
    """
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    for name in _VARIABLES:
        value = os.environ.get(name, "").strip()
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


@contextmanager
def speaking(choice: Language | None) -> Iterator[None]:
    """Use one language inside the block, whatever the environment says; ``None`` changes nothing."""
    token = _spoken.set(choice if choice is not None else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def text(zh: str, en: str) -> str:
    """The message in the current language."""
    return en if language() == "en" else zh


def why_refused(error: Exception) -> str:
    """Why the system refused a file, without its name; an impossible name counts as a file that is not there."""
    number = getattr(error, "errno", None)
    if isinstance(error, ValueError) or number in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return text("找不到文件", "no such file")
    if isinstance(error, IsADirectoryError):
        return text("这是文件夹，不是文件", "this is a folder, not a file")
    if isinstance(error, PermissionError):
        return text("没有权限，或正被其他程序占用", "permission denied, or in use by another program")
    if number == errno.ENOSPC:
        return text("磁盘已满", "no space left on the disk")
    return str(getattr(error, "strerror", None) or type(error).__name__)


class TanheError(Exception):
    """Something the user can mend (用户可以改正的错误): what is wrong, where, and what was expected.

    ``str(error)`` is one line, for example ``dossier.yaml:41: 氧化率为 98；应为 0 到 1 之间的小数``. A place
    in a workbook reads ``底稿.xlsx[电力!B3]``. The message and the expectation come from ``text``.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | os.PathLike[str] | None = None,
        line: int | None = None,
        column: int | None = None,
        sheet: str | None = None,
        cell: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = None if file is None else os.fspath(file)
        self.line = line
        self.column = column
        self.sheet = sheet
        self.cell = cell
        self.expected = expected

    @property
    def place(self) -> str:
        """Where, as ``file:line:column`` or ``file[sheet!cell]``; empty when nothing is known."""
        at = self.file or ""
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        if inside:
            at += f"[{inside}]"
        if self.line is not None:
            at += f":{self.line}" if at else text(f"第 {self.line} 行", f"line {self.line}")
            if self.column is not None:
                at += f":{self.column}"
        return at

    def __str__(self) -> str:
        said = self.message
        if self.expected:
            said = text(f"{said}；应为 {self.expected}", f"{said}; expected {self.expected}")
        return f"{self.place}: {said}" if self.place else said

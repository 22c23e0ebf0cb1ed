"""What is written to the terminal (终端输出), safe on consoles that know neither UTF-8 nor Chinese."""

import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction

from tanhe.messages import text


def forgive_encoding() -> None:
    """Characters the console cannot show become ``?`` instead of ending the program (GBK has no ²)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_json(value: object) -> None:
    """Write one JSON document to standard output; escaped where that is not UTF-8, so nothing is lost."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not plain, indent=2) + "\n")


def plain(value: object) -> object:
    """A value as JSON takes it: numbers as strings with their digits, what is empty as ``null``."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal | Fraction):
        return str(value)
    return None if value == "" else value


def complain(line: str) -> None:
    """Write one line to standard error; a closed standard error is no reason to fail."""
    with suppress(OSError, ValueError):
        print(line, file=sys.stderr, flush=True)


def internal_error(error: BaseException) -> str:
    """One line for an error of the program itself; its traceback goes to a file only the user can read."""
    if os.environ.get("TANHE_DEBUG") == "1":
        traceback.print_exception(error)
    kind = type(error).__name__
    kept = _keep(error)
    if kept is None:
        return text(
            f"程序内部错误（{kind}）；设 TANHE_DEBUG=1 可显示详情",
            f"internal error ({kind}); TANHE_DEBUG=1 shows it",
        )
    return text(
        f"程序内部错误（{kind}）；详情写在 {kept}，报告问题时请附上",
        f"internal error ({kind}); the details are in {kept}: please attach it to a bug report",
    )


def _keep(error: BaseException) -> str | None:
    with suppress(OSError):
        handle, name = tempfile.mkstemp(prefix="tanhe-error-", suffix=".txt")
        with open(handle, "w", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
        return name
    return None


def drop_output() -> None:
    """After the reader of a pipe has gone: keep Python from complaining when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

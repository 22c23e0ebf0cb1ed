"""Reading in a child process (子进程读取): time and memory limited, nothing written, no network, no program started.

A document comes from anyone; should the PDF or XML library fail on it, only the child dies. On Windows, which has
no such limits, the time limit alone holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import tanhe
from tanhe.messages import TanheError, language, speaking, text
from tanhe.reading.blocks import Document
from tanhe.reading.documents.wire import from_json, to_json

SECONDS: Final = 180.0
"""Time for one file; a report of 100 pages takes about 2 s, a page by OCR about 5 s."""
SECONDS_PER_SCAN: Final = 30.0
"""More time for every page, when text recognition is installed."""
MEMORY: Final = 2 << 30
"""Address space of the child; with text recognition twice as much."""
ANSWER: Final = 256 << 20
"""Bytes the child may answer."""
_FAST: Final = 2 << 20
_BINARY: Final = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FORBIDDEN: Final = frozenset(
    {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.fork"}
    | {"os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate", "shutil.rmtree"}
)  # fmt: skip


def read_safely(path: str | os.PathLike[str], seconds: float | None = None) -> Document:
    """Read a document whoever it comes from: small texts here, everything else in a child process.

    Raises TanheError when it cannot be read, takes too long or too much memory.
    """
    from tanhe.reading.documents import read

    if _is_small_text(Path(path)):
        return read(path)
    return _parsed(path, _in_child(Path(path), _time(Path(path)) if seconds is None else seconds))


def _is_small_text(path: Path) -> bool:
    """Whether the fast path will do; what cannot be opened is left to it too, for its message."""
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return True
        with path.open("rb") as file:
            head = file.read(1024)
        return path.stat().st_size < _FAST and not any(mark in head for mark in _BINARY)
    except (OSError, ValueError):
        return True


def _time(path: Path) -> float:
    """More for a PDF when its pages may have to be recognised; the number of pages is only guessed here."""
    from tanhe.reading.documents.ocr import available

    if not available():
        return SECONDS
    pages = min(200, 1 + path.stat().st_size // (100 << 10))
    return SECONDS + SECONDS_PER_SCAN * pages


def _in_child(
    path: Path, seconds: float, module: str = "tanhe.reading.documents.child", told: bytes = b""
) -> tuple[int, bytes, bool]:
    """Exit code, answer, and whether the time ran out; the child gets ``told`` on its standard input."""
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m", module, os.fspath(path)]
    root = str(Path(tanhe.__file__).resolve().parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", "")))),
        "TANHE_LANG": language(),
        "ORT_DISABLE_TELEMETRY": "1",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
    late = threading.Event()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as child:

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            assert child.stdout is not None and child.stdin is not None
            with suppress(OSError):
                child.stdin.write(told)
                child.stdin.close()
            answer = child.stdout.read(ANSWER + 1)
            if len(answer) > ANSWER:
                child.kill()
            child.wait()
        finally:
            timer.cancel()
            child.kill()
    return child.returncode, answer, late.is_set()


def answer_of(path: Path, module: str, told: bytes, seconds: float = SECONDS) -> bytes:
    """What a module that works as this one answers about ``path``; raises TanheError as ``read_safely`` does."""
    result = code, answer, late = _in_child(path, seconds, module, told)
    if late or code != 0 or len(answer) > ANSWER:
        raise _failure(path, result)
    return answer


def _parsed(path: str | os.PathLike[str], result: tuple[int, bytes, bool]) -> Document:
    code, answer, late = result
    if late or code != 0 or len(answer) > ANSWER:
        raise _failure(path, result)
    try:
        return from_json(answer)
    except ValueError as error:
        raise _stopped(path, code) from error


def _failure(path: str | os.PathLike[str], result: tuple[int, bytes, bool]) -> TanheError:
    code, answer, late = result
    if late:
        return TanheError(
            text("读取超过时间上限，已停止；文件可能已损坏，请另存一份再读", "reading took too long and was stopped; save the file again and retry"),
            file=path,
        )  # fmt: skip
    return _told(answer) if code == 2 else _stopped(path, code)


def _stopped(path: str | os.PathLike[str], code: int) -> TanheError:
    return TanheError(
        text(f"文件读取时解析程序中止（{code}）：文件已损坏、过大，或是恶意构造；请另存一份再读", f"the parser stopped ({code}): the file is damaged, too large or hostile; save it again and retry"),
        file=path,
    )  # fmt: skip


def _told(answer: bytes) -> TanheError:
    """The child's own error."""
    try:
        said: dict[str, Any] = json.loads(answer)
        expected = said["expected"]
        return TanheError(
            str(said["message"]),
            file=None if said["file"] is None else str(said["file"]),
            line=None if said["line"] is None else int(said["line"]),
            expected=None if expected is None else str(expected),
        )
    except (ValueError, KeyError, TypeError):
        return TanheError(text("文件读不了", "the file cannot be read"))


def main(path: str) -> int:
    """The child: limits first, then the document as JSON on the standard output; 2 and the error when there is one."""
    from tanhe.reading.documents import ocr, read

    return confined(path, MEMORY * (2 if ocr.available() else 1), lambda: to_json(read(path)).encode())


def confined(path: str, memory: int, work: Callable[[], bytes]) -> int:
    """Do the work under the limits and write its answer; 2 and the error as JSON when there is one."""
    sys.setrecursionlimit(4_000)
    _limit(memory)
    sys.addaudithook(_guard)
    with speaking(language()):
        try:
            answer, code = work(), 0
        except TanheError as error:
            said = {"message": error.message, "file": error.file, "line": error.line, "expected": error.expected}
            answer, code = json.dumps(said).encode(), 2
        except (MemoryError, RecursionError):
            said = {"message": text("文件占用内存过多或嵌套过深，没有读", "the file takes too much memory or is nested too deep"), "file": path, "line": None, "expected": None}  # fmt: skip
            answer, code = json.dumps(said).encode(), 2
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return code


def _limit(memory: int) -> None:
    """Memory, no new files, no core file; where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError, AttributeError):
            continue


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses what no reader of documents has to do."""
    if event in _FORBIDDEN:
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(f"{event} {arguments[0]!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Files written whole or not at all (完整写入，或者不写): a temporary name, then a rename."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tanhe.messages import TanheError, text, why_refused

StrPath = str | os.PathLike[str]


def write_bytes(path: StrPath, data: bytes, force: bool = False) -> None:
    """Write ``data`` to ``path``; an existing file is kept, with an error, unless ``force``."""
    with atomic(path, force) as temporary:
        temporary.write_bytes(data)


def write_text(path: StrPath, data: str, force: bool = False) -> None:
    """Write ``data`` as UTF-8, line ends as they are; otherwise like ``write_bytes``."""
    write_bytes(path, data.encode(), force)


@contextmanager
def atomic(path: StrPath, force: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside ``path``, same suffix, that gets its name when the block ends well.

    Raises ``TanheError`` when the file exists and ``force`` is false, or when the folder cannot be written.
    """
    target = Path(path)
    with OutputSet(target.parent, force, names=[target.name]) as outputs:
        yield outputs.path(target.name)


class OutputSet:
    """Several files of one folder, all written or none (一组文件，要么全部写成，要么一个不写).

    >>> with OutputSet("out", names=["record.json", "核查报告.docx"]) as outputs:  # doctest: +SKIP
    ...     outputs.path("record.json").write_text("{}")

    Names given at once are checked for conflicts before any work is done; ``path`` gives the temporary file
    to write. When the block ends, all files take their names; when it fails, nothing of it stays, not even a
    folder made for it, and files that were there before are as they were.
    """

    def __init__(self, directory: StrPath, force: bool = False, names: Iterable[str] = ()) -> None:
        self.directory = Path(directory)
        self.force = force
        self._names = tuple(dict.fromkeys(names))
        self._temporary: dict[str, Path] = {}
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        for name in self._names:
            self._check(name)
        try:
            self._make_directory()
            for name in self._names:
                self.path(name)
        except BaseException:
            self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        committed = False
        try:
            if kind is None:
                self._commit()
                committed = True
        finally:
            self._discard(keep_directory=committed)
        for name, temporary in self._temporary.items():
            if isinstance(error, OSError) and error.filename in (str(temporary), temporary):
                raise _unwritable(self.directory / name, error) from error

    def path(self, name: str) -> Path:
        """The temporary path that becomes ``name``; the same path each time it is asked for."""
        if name not in self._temporary:
            self._check(name)
            temporary = self.directory / f".tanhe-{secrets.token_hex(6)}{Path(name).suffix}"
            try:
                temporary.open("xb").close()
            except OSError as error:
                raise _unwritable(self.directory / name, error) from error
            self._temporary[name] = temporary
        return self._temporary[name]

    def leave_out(self, name: str) -> None:
        """Do not write ``name`` after all; a file of that name stays as it is."""
        temporary = self._temporary.pop(name, None)
        if temporary is not None:
            temporary.unlink(missing_ok=True)

    def written(self) -> list[Path]:
        """The files of this set under their final names, in the order they were asked for."""
        return [self.directory / name for name in self._temporary]

    def _check(self, name: str) -> None:
        target = self.directory / name
        try:
            if target.is_dir():
                raise TanheError(
                    text("这是一个文件夹，不能写成文件", "this is a folder, not a file"), file=target
                )
            if not self.force and os.path.lexists(target):
                raise _exists(target)
        except OSError as error:
            raise _unwritable(target, error) from error

    def _make_directory(self) -> None:
        missing = [self.directory, *self.directory.parents]
        try:
            for folder in reversed([folder for folder in missing if not folder.exists()]):
                folder.mkdir()
                self._made.append(folder)
            if not self.directory.is_dir():
                raise TanheError(text("这不是文件夹", "this is not a folder"), file=self.directory)
        except OSError as error:
            raise _unwritable(self.directory, error) from error

    def _commit(self) -> None:
        for name in self._temporary:
            self._check(name)
        done: list[tuple[Path, Path | None]] = []
        try:
            for name, temporary in self._temporary.items():
                target = self.directory / name
                try:
                    done.append((target, _replace(temporary, target)))
                except OSError as error:
                    raise _unwritable(target, error) from error
        except BaseException:
            for target, former in reversed(done):
                _restore(target, former)
            raise
        for _, former in done:
            if former is not None:
                with suppress(OSError):
                    former.unlink()

    def _discard(self, keep_directory: bool = False) -> None:
        for temporary in self._temporary.values():
            with suppress(OSError):
                temporary.unlink()
        if not keep_directory:
            for folder in reversed(self._made):
                with suppress(OSError):
                    folder.rmdir()


def _replace(temporary: Path, target: Path) -> Path | None:
    """Give ``temporary`` its name; answer where the target's former content was put aside."""
    former = None
    if os.path.lexists(target):
        former = target.with_name(f".tanhe-{secrets.token_hex(6)}{target.suffix}")
        os.replace(target, former)
    try:
        os.replace(temporary, target)
    except BaseException:
        if former is not None:
            os.replace(former, target)
        raise
    return former


def _restore(target: Path, former: Path | None) -> None:
    with suppress(OSError):
        if former is not None:
            os.replace(former, target)
        else:
            target.unlink()


def _exists(target: Path) -> TanheError:
    return TanheError(
        text("文件已存在，没有覆盖；加 --force 可覆盖", "the file exists; --force overwrites it"),
        file=target,
    )


def _unwritable(path: Path, error: OSError) -> TanheError:
    why = why_refused(error)
    return TanheError(
        text(f"无法写入（{why}）；请换一个可写的文件夹", f"cannot be written ({why}); choose another folder"),
        file=path,
    )

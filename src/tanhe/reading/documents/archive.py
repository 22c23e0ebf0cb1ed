"""The parts of a Word package, read with limits (受限读取 DOCX 压缩包): zip bombs, entities and encryption refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from tanhe.messages import TanheError, text

PARTS: Final = 5_000
"""More files than this are in no report."""
UNZIPPED: Final = 512 << 20
"""Bytes that all parts together may have."""
PART: Final = 96 << 20
"""Bytes that one XML part may have; a report of 100 pages has about 3 MB."""
RATIO: Final = 400
"""A part of more than 1 MB packed tighter than this is a bomb: real documents reach about 60."""

STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)  # fmt: skip


class Package:
    """An opened DOCX: parts by name, each read at most once and never written to disk.

    Raises TanheError when the file is no package, is encrypted, damaged, or larger than the limits.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _damaged(path, str(error)) from error
        self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self._check()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._infos)

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when there is no such part."""
        if name not in self._infos:
            return None
        data = self._read(name)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        return parsed(data, self.path, name)

    def items(self) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        """Every part with its bytes as they are, in the order of the file."""
        for name, info in self._infos.items():
            yield info, self._read(name)

    def _check(self) -> None:
        if len(self._infos) > PARTS:
            raise _too_large(self.path, text(f"{len(self._infos)} 个部件", f"{len(self._infos)} parts"))
        if sum(info.file_size for info in self._infos.values()) > UNZIPPED:
            raise _too_large(self.path, text("解压后超过 512 MB", "more than 512 MB unzipped"))
        for info in self._infos.values():
            if info.flag_bits & 1:
                raise encrypted(self.path)
            if info.file_size > (1 << 20) and info.file_size > RATIO * max(1, info.compress_size):
                raise _too_large(self.path, text(f"{info.filename} 的压缩比过高（疑为压缩炸弹）", f"{info.filename} is a zip bomb"))

    def _read(self, name: str) -> bytes:
        """The bytes of a part; what the directory says of its size is not believed."""
        try:
            with self._zip.open(self._infos[name]) as part:
                data = part.read(PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise _damaged(self.path, f"{name}: {error}") from error
        if len(data) > PART:
            raise _too_large(self.path, text(f"{name} 超过 96 MB", f"{name} has more than 96 MB"))
        return data


def parsed(data: bytes, path: Path, name: str) -> etree._Element:
    """XML parsed with no entities, no network and the parser's own limits on depth; a DTD is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _damaged(path, f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _damaged(path, text(f"{name} 含有 DTD 或实体定义，已拒绝", f"{name} has a DTD or entities; refused"))
    return root


def encrypted(path: Path) -> TanheError:
    """The error for a file that wants a password."""
    return TanheError(
        text("文件有打开密码，读不了；请去掉密码另存后再读", "the file wants a password; save it without one and try again"),
        file=path,
    )


def _damaged(path: Path, why: str) -> TanheError:
    return TanheError(
        text(f"DOCX 文件已损坏，读不了（{why[:200]}）；请用 Word 或 WPS 打开修复后另存", f"the DOCX is damaged ({why[:200]}); open it in Word or WPS, repair it and save it again"),
        file=path,
    )  # fmt: skip


def _too_large(path: Path, why: str) -> TanheError:
    return TanheError(
        text(f"DOCX 文件超出限制：{why}；不像一份报告，没有读", f"the DOCX exceeds the limits: {why}; it does not look like a report and was not read"),
        file=path,
    )  # fmt: skip

"""The parts of a DOCX around its comments (批注部件): where the comments are kept, and the package written again."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lxml import etree

from tanhe.messages import TanheError, text
from tanhe.reading.documents.archive import STRICT, Package, parsed
from tanhe.reading.documents.docx_styles import W

_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES: Final = "[Content_Types].xml"


class Held:
    """A package with its parts as they are, and the part that keeps the comments of ``main``.

    Raises TanheError when it lacks the list of content types.
    """

    def __init__(self, path: Path, package: Package, main: str) -> None:
        self.path, self.main, self._package = path, main, package
        self._parts = {info.filename.lstrip("/"): (info, data) for info, data in package.items()}
        if _TYPES not in self._parts:
            raise no_place(path)
        self._kept = _comments_part(package, main)
        self._name = self._kept or _free(f"{posixpath.dirname(main)}/comments.xml".lstrip("/"), self._parts)

    def comments(self) -> etree._Element:
        """The comments there are; a new, empty list when there are none."""
        kept = self._package.xml(self._name) if self._kept else None
        return etree.Element(W + "comments", nsmap={"w": W[1:-1]}) if kept is None else kept

    def written(self, root: etree._Element, comments: etree._Element) -> bytes:
        """The package with these two, every other part byte for byte."""
        strict = STRICT[0][0] in self._parts[self.main][1]
        changed = {self.main: _bytes(root, strict), self._name: _bytes(comments, strict)}
        if self._kept is None:
            relations = _relations_name(self.main)
            changed[relations] = _with_relation(self._parts, relations, self.main, self._name, strict, self.path)
        changed[_TYPES] = _with_type(parsed(self._parts[_TYPES][1], self.path, _TYPES), self._name)
        return _packed(self._parts, changed)


def no_place(path: Path) -> TanheError:
    """The error for a document that can hold no comment."""
    return TanheError(text("DOCX 没有可挂批注的段落，或缺少必需的部件", "the DOCX has no paragraph to hold a comment, or lacks a part"), file=path)


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _comments_part(package: Package, main: str) -> str | None:
    """The part that holds the document's comments already, if there is one."""
    relations = package.xml(_relations_name(main))
    for relation in () if relations is None else relations:
        if str(relation.get("Type", "")) in (_COMMENTS, _COMMENTS_STRICT) and relation.get("TargetMode") != "External":
            name = posixpath.normpath(posixpath.join("/", posixpath.dirname(main), str(relation.get("Target", "")))).lstrip("/")
            return name if name in package.names else None
    return None


def _free(name: str, taken: Mapping[str, object]) -> str:
    stem, number = name.removesuffix(".xml"), 0
    while name in taken:
        number += 1
        name = f"{stem}{number}.xml"
    return name


def _with_relation(
    parts: Mapping[str, tuple[zipfile.ZipInfo, bytes]], relations: str, main: str, name: str, strict: bool, path: Path
) -> bytes:
    if relations in parts:
        root = parsed(parts[relations][1], path, relations)
    else:
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    kinds = (_COMMENTS, _COMMENTS_STRICT)
    for idle in [r for r in root if str(r.get("Type", "")) in kinds]:
        root.remove(idle)
    used, number = {str(r.get("Id", "")) for r in root}, 1
    while f"rIdTanhe{number}" in used:
        number += 1
    new = etree.SubElement(root, _like(root, "Relationship"))
    new.set("Id", f"rIdTanhe{number}")
    new.set("Type", kinds[strict])
    new.set("Target", posixpath.relpath(name, posixpath.dirname(main) or "."))
    return _bytes(root, False)


def _with_type(root: etree._Element, name: str) -> bytes:
    known = {str(e.get("PartName", "")).lower() for e in root}
    if f"/{name}".lower() not in known:
        new = etree.SubElement(root, _like(root, "Override"))
        new.set("PartName", f"/{name}")
        new.set("ContentType", _CONTENT)
    return _bytes(root, False)


def _like(root: etree._Element, name: str) -> str:
    """A name in the namespace of the root."""
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}" if space else name


def _bytes(root: etree._Element, strict: bool) -> bytes:
    data = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    if strict:
        for old, usual in STRICT:
            data = data.replace(b'"' + usual + b'"', b'"' + old + b'"')
    return data


def _packed(parts: Mapping[str, tuple[zipfile.ZipInfo, bytes]], changed: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, (info, data) in parts.items():
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.external_attr = info.external_attr
            entry.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, changed.get(name, data))
        for name, data in changed.items():
            if name not in parts:
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()

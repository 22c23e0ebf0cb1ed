"""The file around the document (打包): the parts of a DOCX and their links, the same bytes for the same content.

Nothing in it depends on the clock or the machine: entries carry the earliest date a ZIP knows, and no creation
time is claimed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tanhe.report.docx.markup import NAMESPACES, PROLOG, safe
from tanhe.report.docx.styles import font_table_xml, styles_xml

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3

_SETTINGS: Final = (
    f'{PROLOG}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><m:mathPr><m:mathFont m:val="Cambria Math"/><m:dispDef/><m:defJc m:val="left"/></m:mathPr>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    "</w:settings>"
)


@dataclass
class Package:
    """The parts that the document refers to, in the order they were added."""

    parts: dict[str, bytes] = field(default_factory=dict)
    _types: list[tuple[str, str]] = field(default_factory=list)
    _relations: list[tuple[str, str]] = field(default_factory=list)

    def part(self, kind: str, xml: str) -> str:
        """Add a header or footer; the id by which the document names it."""
        name = f"{kind}{1 + sum(relation == kind for relation, _ in self._relations)}.xml"
        self._types.append((f"/word/{name}", f"{_WORD}.{kind}+xml"))
        return self._add(kind, name, xml.encode())

    def picture(self, data: bytes) -> str:
        """Add a PNG picture; the id by which the document names it."""
        return self._add(
            "image", f"media/image{1 + sum(kind == 'image' for kind, _ in self._relations)}.png", data
        )

    def _add(self, kind: str, name: str, data: bytes) -> str:
        self.parts[f"word/{name}"] = data
        self._relations.append((kind, name))
        return f"rId{len(self._relations)}"

    def write(self, path: str | os.PathLike[str], document: str, title: str, language: str) -> None:
        """Write the DOCX with ``document`` as its main part."""
        fixed = (("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml"))
        entries = {
            "[Content_Types].xml": self._content_types().encode(),
            "_rels/.rels": _root_relations().encode(),
            "docProps/core.xml": _core(title, language).encode(),
            "docProps/app.xml": _APP.encode(),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _relations([*self._relations, *fixed]).encode(),
            "word/styles.xml": styles_xml().encode(),
            "word/settings.xml": _SETTINGS.encode(),
            "word/fontTable.xml": font_table_xml().encode(),
            **self.parts,
        }
        with ZipFile(path, "w") as archive:
            for name, data in entries.items():
                entry = ZipInfo(name, _EARLIEST)
                entry.compress_type, entry.create_system, entry.external_attr = (
                    ZIP_DEFLATED,
                    _UNIX,
                    0o644 << 16,
                )
                archive.writestr(entry, data)

    def _content_types(self) -> str:
        core = "application/vnd.openxmlformats-package.core-properties+xml"
        app = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        listed = [
            ("/word/document.xml", f"{_WORD}.document.main+xml"),
            ("/word/styles.xml", f"{_WORD}.styles+xml"),
            ("/word/settings.xml", f"{_WORD}.settings+xml"),
            ("/word/fontTable.xml", f"{_WORD}.fontTable+xml"),
            ("/docProps/core.xml", core),
            ("/docProps/app.xml", app),
            *self._types,
        ]
        overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in listed)
        return (
            f'{PROLOG}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
        )


_APP: Final = (
    f'{PROLOG}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Tanhe</Application></Properties>"
)


def _relations(relations: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, 1)
    )
    return f'{PROLOG}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _root_relations() -> str:
    return (
        f'{PROLOG}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )


def _core(title: str, language: str) -> str:
    return (
        f'{PROLOG}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{safe(title)}</dc:title>'
        f"<dc:creator>Tanhe 碳核</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
    )

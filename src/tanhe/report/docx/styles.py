"""Styles of the Word report (样式): fonts, sizes and spacing, once, for the writer and for the page estimate.

Body text is 宋体 12 pt, headings 黑体, Latin letters and digits Times New Roman. Theme fonts are not used: they
would win over the East Asian font named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tanhe.report.docx.markup import NAMESPACES, PROLOG

SONG: Final = "宋体"
HEI: Final = "黑体"
LATIN: Final = "Times New Roman"


@dataclass(frozen=True)
class Look:
    """A paragraph style: sizes in points, line spacing exact in points (0 = as the content needs)."""

    id: str
    name: str
    size: float
    line: float = 0
    before: float = 0
    after: float = 0
    font: str = SONG
    align: str = "left"
    first: float = 0
    left: float = 0
    hanging: float = 0
    bold: bool = False
    color: str = ""
    keep_next: bool = False
    level: int | None = None
    listed: bool = True
    extra: str = ""


_RIGHT_DOTS: Final = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9072"/></w:tabs>'
_RIGHT: Final = '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>'
_LINE_BELOW: Final = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="808080"/></w:pBdr>'
_SIDES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="B3261E"/>'
    for side in ("top", "left", "bottom", "right")
)
_RED_BOX: Final = f'<w:pBdr>{_SIDES}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFF1F0"/>'

LOOKS: Final = {
    look.id: look
    for look in (
        Look("BodyText", "Body Text", 12, 22, 0, 4, align="both", first=2),
        Look("Plain", "无缩进正文", 12, 22, 0, 4, align="both"),
        Look("Centered", "居中正文", 12, 22, 0, 4, align="center"),
        Look("Note", "注释", 9, 14, 2, 4, align="both", color="404040"),
        Look("ListText", "条目", 12, 22, 0, 4, align="both", left=3, hanging=1),
        Look("Heading1", "heading 1", 16, 26, 18, 12, font=HEI, keep_next=True, level=0),
        Look("Heading2", "heading 2", 14, 24, 12, 8, font=HEI, keep_next=True, level=1),
        Look("Heading3", "heading 3", 12, 22, 10, 6, font=HEI, keep_next=True, level=2),
        Look("Heading4", "heading 4", 12, 22, 6, 4, font=HEI, keep_next=True, level=3),
        Look("Caption", "caption", 10.5, 16, 8, 4, font=HEI, align="center", keep_next=True),
        Look("FigureCaption", "图题", 10.5, 16, 2, 10, font=HEI, align="center"),
        Look("Figure", "图", 12, 0, 8, 2, align="center", keep_next=True),
        Look("Equation", "公式", 12, 0, 6, 6, left=2, extra=_RIGHT),
        Look("TableText", "表格文字", 10.5, 15),
        Look("TableSmall", "表格小字", 9, 12.5),
        Look("CoverNumber", "封面编号", 12, 20, align="right"),
        Look("CoverEntity", "封面企业", 22, 34, 150, 12, font=HEI, align="center"),
        Look("CoverYear", "封面年度", 20, 32, 0, 12, font=HEI, align="center"),
        Look("CoverTitle", "Title", 26, 42, 0, 0, font=HEI, align="center"),
        Look("CoverLine", "封面落款", 14, 26, 0, 6, align="center"),
        Look("CoverNote", "封面注释", 9, 14, 12, 0, align="center", color="404040"),
        Look("ContentsTitle", "目录标题", 16, 28, 0, 12, font=HEI, align="center", keep_next=True),
        Look("TOC1", "toc 1", 12, 20, 4, 0, font=HEI, extra=_RIGHT_DOTS, listed=False),
        Look("TOC2", "toc 2", 12, 20, 0, 0, left=1.5, extra=_RIGHT_DOTS, listed=False),
        Look("TOC3", "toc 3", 12, 20, 0, 0, left=3, extra=_RIGHT_DOTS, listed=False),
        Look("TOC4", "toc 4", 12, 20, 0, 0, left=4.5, extra=_RIGHT_DOTS, listed=False),
        Look("Header", "header", 9, 0, 0, 0, align="center", color="404040", extra=_LINE_BELOW, listed=False),
        Look("Footer", "footer", 9, 0, 0, 0, align="center", color="404040", listed=False),
        Look(
            "Banner",
            "状态提示",
            9,
            14,
            0,
            6,
            font=HEI,
            align="center",
            bold=True,
            color="8C1D18",
            extra=_RED_BOX,
        ),
        Look("Seam", "分隔", 1, 1, listed=False),
    )
}


def fonts(east_asian: str = SONG, latin: str = LATIN) -> str:
    """``w:rFonts`` naming every script's font outright."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


def twips(points: float) -> int:
    """Points as twentieths of a point, the unit of most Word lengths."""
    return int(points * 20)


def style_xml(look: Look) -> str:
    """One paragraph style."""
    follows = "" if look.id in ("BodyText", "ListText") else '<w:next w:val="BodyText"/>'
    quick = "<w:qFormat/>" if look.listed else ""
    custom = "" if look.name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="Normal"/>{follows}<w:uiPriority w:val="1"/>{quick}'
        f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_run_properties(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if look.keep_next else ""
    exact = f' w:line="{twips(look.line)}" w:lineRule="exact"' if look.line else ""
    spacing = f'<w:spacing w:before="{twips(look.before)}" w:after="{twips(look.after)}"{exact}/>'
    outline = "" if look.level is None else f'<w:outlineLvl w:val="{look.level}"/>'
    return f'{keep}{look.extra}{spacing}{_indent(look)}<w:jc w:val="{look.align}"/>{outline}'


def _indent(look: Look) -> str:
    """Indents in characters, with the same length in twips for programs that do not count characters."""
    parts = []
    for name, chars in (("left", look.left), ("hanging", look.hanging), ("firstLine", look.first)):
        if chars:
            parts.append(f'w:{name}Chars="{int(chars * 100)}" w:{name}="{twips(chars * look.size)}"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def _run_properties(look: Look) -> str:
    bold = "<w:b/>" if look.bold else ""
    color = f'<w:color w:val="{look.color}"/>' if look.color else ""
    half = int(look.size * 2)
    return f'{fonts(look.font)}{bold}{color}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_DEFAULTS: Final = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts()}"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CELL_SIDE: Final = 4
CELL_TOP: Final = 2
"""Margins of a table cell in points."""
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="报告表格"/>'
    f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>'
    f'<w:tblCellMar><w:top w:w="{twips(CELL_TOP)}" w:type="dxa"/><w:left w:w="{twips(CELL_SIDE)}" w:type="dxa"/>'
    f'<w:bottom w:w="{twips(CELL_TOP)}" w:type="dxa"/><w:right w:w="{twips(CELL_SIDE)}" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)


def styles_xml() -> str:
    """The whole ``word/styles.xml``."""
    looks = "".join(style_xml(look) for look in LOOKS.values())
    return f"{PROLOG}<w:styles {NAMESPACES}>{_DEFAULTS}{_TABLES}{looks}</w:styles>"


def font_table_xml() -> str:
    """``word/fontTable.xml``: the other names by which a computer may know the Chinese fonts."""
    known = (
        (SONG, '<w:altName w:val="SimSun"/>', "02010600030101010101", "86"),
        (HEI, '<w:altName w:val="SimHei"/>', "02010609060101010101", "86"),
        (LATIN, "", "02020603050405020304", "00"),
        ("Cambria Math", "", "02040503050406030204", "00"),
    )
    listed = "".join(
        f'<w:font w:name="{name}">{other}<w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other, panose, charset in known
    )
    return f"{PROLOG}<w:fonts {NAMESPACES}>{listed}</w:fonts>"

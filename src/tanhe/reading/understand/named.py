"""Documents called by several names (文件名称前后不一): within a table, and between tables of data and the list of evidence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.view import View

_DOCUMENT = re.compile(r"《([^《》]{4,50})》")
_KIND = re.compile(r"(?:统计)?(?:表|台账|台帐|记录|清单|汇总|报表|明细)$")
_SIGNS = re.compile(r"[、，,·\-—/()（）\s]|[和与及的]")
_NORMS = re.compile("指南|通则|办法|通知|标准|规范|导则|规程|条例|计划|排放报告|补充数据|执照|因子|方法学|分类|《?法》?$|GB")
MOST = 80
"""Names of documents that are compared with each other."""


@dataclass(frozen=True)
class Named:
    """A document's name as printed, where, and the name without signs, year and firm."""

    said: Said
    where: str
    core: str


def named(v: View) -> Iterator[Listed]:
    """Names of one document that differ in a few signs: the rarer one, with the one it should be."""
    found = list(_names(v))
    counted: dict[str, int] = {}
    first: dict[str, Named] = {}
    for name in found:
        counted[name.said.text] = counted.get(name.said.text, 0) + 1
        first.setdefault(name.said.text, name)
    names = list(first.values())[:MOST]
    for n, one in enumerate(names):
        for other in names[n + 1:]:
            if _same_document(one, other):
                rare, usual = (one, other) if counted[one.said.text] < counted[other.said.text] else (other, one)
                yield statement("document-name", rare.said, rare.where, text=f"{usual.said.text}（{usual.where}）")


def _names(v: View) -> Iterator[Named]:
    firm = re.sub(r"(有限|股份|责任|集团)*公司$", "", fold(v.entity.text)) if v.entity is not None else ""
    for sheet in v.outline.sheets:
        if sheet.topic == "criteria":
            continue
        listed = sheet.listing is not None and sheet.listing.kind.name == "documents"
        for row in sheet.grid:
            for cell in row:
                if cell is None:
                    continue
                for match in _DOCUMENT.finditer(cell.text):
                    yield from _name(match[1], Said(f"《{match[1]}》", cell.place), sheet.where, firm)
        for row_ in sheet.listing.rows if listed and sheet.listing is not None else ():
            title = row_.get("title")
            if title is not None and "《" not in title.text and 4 <= len(fold(title.text)) <= 50:
                yield from _name(title.text, title, sheet.where, firm)
    for line in v.lines:
        if line.kind == "paragraph" and line.topic not in ("criteria", "purpose", "cover") and "《" in line.text:
            for match in _DOCUMENT.finditer(line.text):
                yield from _name(match[1], Said(f"《{match[1]}》", line.place), line.where, firm)


def _name(title: str, said: Said, where: str, firm: str) -> Iterator[Named]:
    folded = fold(title)
    if not _NORMS.search(folded):
        core = _SIGNS.sub("", re.sub(r"^20\d\d年度?", "", folded.replace(firm, "") if len(firm) > 3 else folded))
        if len(core) >= 4:
            yield Named(Said(fold(said.text).strip("《》") and f"《{folded}》", said.place), where, core)


def _same_document(one: Named, other: Named) -> bool:
    if one.said.text == other.said.text:
        return False
    years = [re.match(r"20\d\d", fold(n.said.text).strip("《")) for n in (one, other)]
    if all(years) and years[0][0] != years[1][0]:  # type: ignore[index]
        return False
    short, long = sorted((one.core, other.core), key=len)
    if short == long:
        return _bare(one) != _bare(other)
    if long.startswith(short) and long[len(short):] in ("表", "统计表", "台账", "清单", "记录", "报表", "汇总表"):
        return True
    close = len(short) > 8 and difflib.SequenceMatcher(None, short, long).ratio() > 0.93
    kinds = [m[0] if (m := _KIND.search(x)) else "" for x in (short, long)]
    return close and kinds[0] == kinds[1] and not re.search(r"\d", short + long)


def _bare(name: Named) -> str:
    """The name without the year and blanks: a list may leave the year out."""
    return re.sub(r"20\d\d年度?|[《》]", "", name.said.text)

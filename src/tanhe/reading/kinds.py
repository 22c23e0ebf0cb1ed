"""Numbers that are no quantities (编号与日期): dates, codes, sections, tables, counts of a list, constants of a formula."""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.printed import Printed

_DATE_BEFORE: Final = re.compile(r"(?:19|20)\d\d[年./-](?:\d{1,2}[月./-])?$|\d月$|[至到~-]$")
_LABEL: Final = re.compile(r"^(?:[)）、．:：]|\.(?!\d))|^$")
_PROCESS: Final = re.compile(
    r"^(?:[~-]\d+(?:\.\d+)?)?(?:±\d+)?(?:°?C?℃|℃|°|度|mm|cm|m(?![a-z])|μm|目|k?Pa|MPa|MPA|h(?![a-z])|min|小时|分钟|秒|s(?![a-z])|r/min|转|kW|KW|kVA|V(?![a-z])|A(?![a-z])|"
    r"Hz|根|倍|层|次|人|名|个|项|家|亩|只|台|套|条|级|种|期|匝|K(?![a-zA-Z])|万(?:只|台|套|件)|吨/年|t/a|t/h|万吨/年|小时带|份|批|岁|元|天|/\d{3}天)"
)
_INTERVAL: Final = re.compile(
    r"^(?:个?月(?:自行|一次|校验|$)|年(?:一次|检定|校)|天(?:一次)|日(?:一次))|^个?月"
)
CONSTANTS: Final = frozenset(
    {"44", "12", "44/12", "83.74", "1000", "100", "310", "21", "20", "4.1868", "0.11", "1.06", "0.8", "3600"}
)


def kind_of(number: Printed, line: str) -> str | None:
    """What a number that is no quantity is; None for what must be a quantity."""
    text, before, after = number.text, number.before, number.after
    if text.count(".") > 1:
        return "date" if re.fullmatch(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}", text) else "number of a section"
    if (
        re.search(r"[A-Za-z_φΦ*×/.]$", before)
        and re.search(r"[A-Za-zφΦ]", before[-6:])
        and not re.search(r"[=＝:：]$", before)
    ):
        return "code"
    if _is_date(text, before, after):
        return "date"
    if re.search(r"[A-Z]{1,4}[/T]*\d*[-–]?\d*[-–.]$|GB/?T?\d*[-.]?$|DL/T\d*-?$|JJG\d*-?$", before) or (
        len(text) >= 11 and "." not in text
    ):
        return "code"
    if re.search(r"〔\d*$|\[\d{4}$|令第$|第$|〔\d{4}〕$|\(\d{4}\)$", before) or re.match(
        r"^号|^〕|^\]", after
    ):
        return "number of a document"
    if re.match(r"^[A-Za-z]{1,2}\d|^[-–][A-Z]", after) or (
        re.match(r"^[A-Z]", after) and not re.match(r"^(?:MW|GJ|MPa|TJ|KW|Nm|K)", after)
    ):
        return "code"
    if re.search(r"[(（](?:\d+\.\d+-)?$", before) and re.match(r"^(?:-\d+)?[)）]", after) and "." in text + before:
        return "numbering"
    if (re.search(r"附\d*-?$|数据$|因子$|系数$", before) and re.match(r"^[-:：]", after)) or re.search(r"附\d+-$", before):
        return "numbering"
    if _is_numbering(number, line):
        return "numbering"
    if re.search(r"(?:代码|编码|编号)[)）]?[:：]?$", before) or (text.startswith("0") and re.match(r"^-\d{6,}", after)):
        return "code"
    if re.match(r"^表[)）》]", after) or (re.match(r"^[*×]\d{2,4}(?!\.)\d*[A-Za-z]*\d*$|^[*×]\d{2,4}\d", after) and "." not in text):
        return "code"
    if re.search(r"\d-$|-\d+-$", before) and re.match(r"^\d{3,}$", text) and text.startswith("0"):
        return "code"
    if (
        text in CONSTANTS
        and re.search(r"[*×/÷^{(=\-−+Xx]$|times$|div$|\\$|frac\{?$|当于$|等于$|取$|^$", before)
    ) or (text in ("44", "12") and "44" in line):
        return "constant"
    return None


def _is_date(text: str, before: str, after: str) -> bool:
    whole = text.isdigit()
    if re.fullmatch(r"(?:19|20)\d\d", text) and _year(before, after):
        return True
    if whole and _DATE_BEFORE.search(before) and re.match(r"^[日月]|^$|^[-/.]\d", after):
        return True
    if whole and len(text) <= 2 and re.match(r"^[月日]", after):
        return True
    if whole and len(text) <= 2 and re.match(r"^[-~至到]\d{1,2}月", after):
        return True
    return bool(re.fullmatch(r"(?:19|20)\d\d\.\d{1,2}", text) and re.match(r"^[.月]", after))


def _year(before: str, after: str) -> bool:
    """A four-digit number of this age is a year, unless a unit of a quantity follows or a sign of arithmetic stands before."""
    if re.match(r"^(?:年|[-/.]\d|[)）〕\]])", after):
        return True
    unit = re.match(r"^(?:\.\d|t(?!C?/|C)|吨|万|元|MWh|GJ|kW|人|台|套|只|个)", after)
    return unit is None and re.search(r"[*×=＝+]$", before) is None


def _is_numbering(number: Printed, line: str) -> bool:
    text, before, after = number.text, number.before, number.after
    short = re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", text) is not None
    if re.search(r"(?:表|图|附件|附录|附表|公式|式|序号|页)[\d.]*[-–]?[(（]?$", before):
        return True
    if (
        short
        and re.search(r"(?:^|[|\t])\s*(?:[-•·*]\s*)?(?:\*\*)?[(（]?$", line[: number.start])
        and (
            _LABEL.match(after)
            or re.match(r"^[\t|一-鿿A-Za-z《—]", line[number.start + len(text) :].lstrip(" ")[:1] or "|")
        )
    ):
        return True
    if short and re.search(r"[(（]$", before) and re.match(r"^[)）]", after):
        return True
    if short and re.search(r"[。；;：:，,]$", before) and re.match(r"^[、)）]|^\.(?!\d)", after):
        return True
    if re.search(r"(?:版本?[:：]?|[vV])$", before) or (short and re.match(r"^版", after)):
        return True
    return (
        short
        and bool(re.search(r"(?:见|[、与和及,，])$", before))
        and bool(re.match(r"^(?:[、与和及,，。]|之和|$)", after))
        and "." in text
    )


def is_process(number: Printed) -> bool:
    """A temperature, size, count or interval told in prose."""
    after = number.after.removeprefix("%") if number.percent else number.after
    return bool(
        _PROCESS.match(after)
        or _INTERVAL.match(after)
        or (re.search(r"(?:约|每|至|~|-|±)$", number.before) and _PROCESS.match(after))
    )

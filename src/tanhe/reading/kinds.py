"""Numbers that are no quantities (编号与日期): dates, codes, sections, tables, counts of a list, constants of a formula.

A label must be one by its surroundings; a figure that only looks like a label is left to be explained by its value.
"""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.printed import Printed, folded

_REACH: Final = 400
"""Characters looked at on either side of a number."""
_UNIT_WORD: Final = re.compile(r"(?:MWh|kWh|GJ|TJ|tCO2e?|tC|tce|Nm3|kg|[^A-Za-z]t|%)$")
_TOKEN: Final = re.compile(r"[^\s|,，。;；：:()（）<>《》“”\u4e00-\u9fff]*$")
_DATE_BEFORE: Final = re.compile(r"(?:19|20)\d\d[年./-](?:\d{1,2}[月./-])?$|\d月$|[至到~-]$")
_COUNTED: Final = re.compile(r"^(?:t(?![A-Z])|吨|万|元|MWh|GJ|kW|人|台|套|只|个|%|℃|mm|m|h|天|年|月|日|次)")
_STANDARD: Final = re.compile(r"(?:GB/?T?|DL/?T?|JJ[GF]|HJ|AQ|YB/?T?|T/|ISO)\s?[\d.]*\s?[-–—]?\s?$")
_DOCUMENT: Final = re.compile(r"〔\d*$|\[\d{4}$|令第$|第$|〔\d{4}〕(?:第)?$|\(\d{4}\)(?:第)?$|\[\d{4}\](?:第)?$")
_CAPTION: Final = re.compile(r"(?:表|图|附件|附录|附表|附|公式|式|序号|页|数据|因子|系数)[\d.]*[-–]?[(（]?$")
_PROCESS: Final = re.compile(
    r"^(?:[~-]\d+(?:\.\d+)?)?(?:±\d+)?(?:°?C?℃|℃|°|度|mm|cm|m(?![a-z])|μm|目|k?Pa|MPa|MPA|h(?![a-z])|min|小时|分钟|秒|s(?![a-z])|r/min|转|kW|KW|kVA|V(?![a-z])|"
    r"A(?![a-z])|Hz|根|倍|层|次|人|名|位|个|项|家|亩|只|台|套|条|级|种|期|匝|K(?![a-zA-Z])|万(?:只|台|套|件)|吨/年|t/a|t/h|万吨/年|份|批|岁|元|天|/\d{3}天)"
)
_INTERVAL: Final = re.compile(r"^(?:个?月(?:自行|一次|校验|$)|年(?:一次|检定|校)|天(?:一次)|日(?:一次))|^个?月")
CONSTANTS: Final = frozenset(
    {"44", "12", "44/12", "83.74", "1000", "100", "310", "21", "20", "4.1868", "0.11", "1.06", "0.8", "3600"}
)
"""Figures of the guidelines' formulas and of the supplementary form."""


def kind_of(number: Printed, line: str) -> str | None:
    """What a number that is no quantity is; None for what must be a quantity."""
    end = number.start + len(number.text)
    prefix, rest = folded(line[max(0, number.start - _REACH): number.start]), folded(line[end: end + _REACH])
    line = line[max(0, number.start - _REACH): end + _REACH]
    if number.text.count(".") > 1:
        return "date" if re.fullmatch(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}", number.text) else "number of a section"
    for name, found in (
        ("date", _is_date(number, prefix)), ("number of a document", _is_document(number)), ("code", _is_code(number, prefix, rest)),
        ("numbering", _is_numbering(number, prefix, rest)), ("constant", _is_constant(number, line)),
    ):
        if found:
            return name
    return None


def _is_date(number: Printed, prefix: str) -> bool:
    text, before, after = number.text, number.before, number.after
    if re.fullmatch(r"(?:19|20)\d\d", text) and (re.match(r"^(?:年|[-/.]\d|[)）〕\]])", after) or _bare_year(prefix, after)):
        return True
    if text.isdigit() and len(text) <= 2:
        ends = re.match(r"^[月日]", after) or re.match(r"^[-~至到、]\d{1,2}月", after)
        return bool(ends or (_DATE_BEFORE.search(before) and re.match(r"^日|^$|^[-/.]\d", after) and re.search(r"\d{4}[年./-]", before)))
    return bool(re.fullmatch(r"(?:19|20)\d\d\.\d{1,2}", text) and re.match(r"^[.月日]|^$", after))


def _bare_year(prefix: str, after: str) -> bool:
    """Four digits of this age without 年: a year, unless a unit follows or arithmetic stands before."""
    return (_COUNTED.match(after.lstrip()) is None and re.search(r"[*×=＝+/.]\s*$", prefix) is None) or re.match(r"^tt?C/", after) is not None


def _is_document(number: Printed) -> bool:
    return bool(_DOCUMENT.search(number.before) or re.match(r"^号|^〕|^\]", number.after))


def _is_code(number: Printed, prefix: str, rest: str) -> bool:
    """Digits inside a word of letters: a model, a standard, a class of industry, a telephone number."""
    text, token = number.text, (_TOKEN.search(prefix) or [""])[0]
    if re.search(r"[A-Za-zφΦ]", token) and not token.endswith("=") and not _UNIT_WORD.search(token):
        return True
    if _STANDARD.search(prefix) or re.search(r"(?:代码|编码|编号)[)）]?[:：]?\s*$", prefix):
        return True
    if (11 <= len(text) <= 60 and "." not in text) or (re.match(r"^[-–]?[A-Za-z]{1,3}\d", rest) and not re.match(r"^(?:tCO|CO|Nm)", rest)):
        return True
    if re.match(r"^[A-Z]", rest) and not re.match(r"^(?:MW|GJ|MPa|TJ|KW|Nm|K\b|K[^A-Za-z]|CO|℃)", rest):
        return True
    phone = text.startswith("0") and "." not in text and len(text) > 1
    measure = re.match(r"^\s?[*×]\s?\d{2,4}(?!\.)", rest) or re.search(r"\d\s?[*×]\s?$", prefix)
    return phone or re.match(r"^\s?表[)）》]", rest) is not None or (measure is not None and text.isdigit() and not re.search(r"[=＝]", rest))


def _is_numbering(number: Printed, prefix: str, rest: str) -> bool:
    text, before, after = number.text, number.before, number.after
    if _CAPTION.search(before) and not re.search(r"(?:数据|因子|系数|附)[\d.]*$", before):
        return True
    if (re.search(r"(?:数据|因子|系数)$", before) and re.match(r"^[:：]", after)) or (re.search(r"附\d*-?$", before) and re.match(r"^-\d|^[^\d.]|^$", after)):
        return True
    if re.search(r"[(（](?:\d+\.\d+-)?$", before) and re.match(r"^(?:-\d+)?[)）]", after) and ("." in text + before[-5:] or len(text) <= 2):
        return True
    if re.search(r"(?:版本?[:：]?|(?<![A-Za-z])[vV])$", before) or re.match(r"^版", after):
        return True
    if re.fullmatch(r"\d{1,2}", text) and re.search(r"(?:^|[\u4e00-\u9fff\s])\*\s*$", prefix) and re.match(r"^\s*[\u4e00-\u9fff]", rest):
        return True
    opens = re.search(r"(?:^|[|\t])\s*(?:[-•·*]\s*)*[(（]?$", prefix) is not None
    first = re.fullmatch(r"[\s|(（*•·-]*", prefix) is not None
    if text.isdigit() and len(text) <= 3:
        listed = re.match(r"^\s*[、)）]|^\s*[.．](?!\d)", rest) and (opens or re.search(r"[。；;：:，,]$", before))
        return bool(listed or (first and re.match(r"^\s*[\t|]\s*\S", rest)))
    summed = re.match(r"^(?:之和|[、与和及,，]\d\.\d)", after) is not None
    if re.fullmatch(r"\d\.\d{1,2}", text) and opens and not summed:
        return re.match(r"^\s?[\u4e00-\u9fff]", rest) is not None and not _COUNTED.match(rest.strip())
    return "." in text and bool(re.search(r"(?:[见、与和及,，\d]|^)$", before)) and bool(re.match(r"^(?:之和|[、与和及,，]\d\.\d)", after))


def _is_constant(number: Printed, line: str) -> bool:
    if number.text not in CONSTANTS or (_COUNTED.match(number.after) and number.text != "100"):
        return number.text in ("44", "12") and re.search(r"44\s*[/÷}\\]", line) is not None
    return re.search(r"(?:[*×/÷^{(=\-−+]|times|div|\\|frac\{?|当于|等于|取|1:)$", number.before) is not None or (
        re.match(r"^年时间尺度", number.after) is not None)


def is_process(number: Printed) -> bool:
    """A temperature, size, count or interval told in prose."""
    after = number.after.removeprefix("%") if number.percent else number.after
    return bool(_PROCESS.match(after) or _INTERVAL.match(after))

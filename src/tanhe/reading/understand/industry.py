"""Names, codes, addresses as printed (名称、代码、地址的写法): taken apart."""

from __future__ import annotations

import re
from functools import lru_cache

from tanhe.reading.claims import Said
from tanhe.reading.understand.flat import fold, iso
from tanhe.reading.understand.lexicon import core, data, guideline_titles

_CODE = re.compile(r"(?<![\dA-Za-z])([A-T]?\d{4}|[A-T]\d{2,3})(?![\d年])")
_TITLE = re.compile(r"《([^《》]{6,60}?(?:核算方法与报告(?:格式)?指南|核算与报告指南|核算和报告指南)[^《》]{0,30})》")
USCC = re.compile(r"(?<![0-9A-Za-z])([0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-Z]{10}|\d{18}|\d{15})(?![0-9A-Za-z])")
_DATE_TAIL = re.compile(r"[\s/，,]{0,6}(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}(?!\d)\s*日?.*$")
_DATE_IN_BRACKETS = re.compile(r"[（(]\s*(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?\s*[)）]\s*$")


_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


@lru_cache(maxsize=1)
def _sectors() -> tuple[str, ...]:
    """Names of the trades that guidelines are for, which may stand before the industry: 机械设备制造 …"""
    return tuple(sorted({title for title, _ in guideline_titles()}, key=len, reverse=True))


def industry(said: Said) -> tuple[Said | None, Said | None]:
    """Code and name of an industry as printed: ``化工（2619 其他基础化学原料制造）``, ``… C3099``; the wider word is left."""
    words = re.split(r"[，,；;]", said.text)[0]
    code = _CODE.search(words)
    inner = re.search(r"[（(]([^（）()]{0,60})[）)]", words)
    if code and inner and inner.start() < code.start() < inner.end() and re.sub(r"[A-Z\d\s]", "", inner[1]):
        words = inner[1]
    elif code and _HAN.search(words[code.end():]) and not re.search(r"[（(]", words[:code.end()]):
        words = words[code.start():]
    name = re.sub(r"[（(]\s*[）)]|^\W+|\W+$", "", _CODE.sub(" ", words)).strip()
    name = re.sub(r"\s*[（(]\s*GB[^（）()]*[）)]?$", "", name)
    name = next((name[len(c):].strip() for c in _sectors() if re.match(re.escape(c) + r"\s+\S", name)), name)
    name = re.sub(r"^生产(?=.{4,})", "", name)
    return (Said(code[1], said.place) if code else None, Said(name, said.place) if len(name) > 1 else None)


def guideline_of(words: str) -> tuple[str, str] | None:
    """Id and printed title of the accounting guideline named in the words; None where there is none or it is unknown."""
    for match in _TITLE.finditer(words):
        wanted = core(match[1].replace("(", "（").replace(")", "）"))
        exact = [i for title, i in guideline_titles() if title == wanted]
        near = [i for title, i in guideline_titles() if wanted and (title.startswith(wanted) or wanted.startswith(title))]
        if exact or near:
            return (exact or near)[0], match[0]
    return None


def version_and_date(said: Said) -> tuple[Said | None, Said | None]:
    """``第 02 版本 /2019 年 6 月 10 日``: the version's words and the date; a date in brackets belongs to both."""
    day = iso(said.text)
    version = said.text.strip() if _DATE_IN_BRACKETS.search(said.text) else _DATE_TAIL.sub("", said.text).strip(" /（(，,")
    return (Said(version, said.place) if version else None, Said(day, said.place) if day else None)


def province(*texts: str) -> str | None:
    """The province the first text that tells begins with, or names as 行政辖区."""
    names = data("terms")["provinces"].split()
    for words in texts:
        folded = fold(words)
        found = next((p for p in names if folded.startswith(p)), None) or next((p for p in names if f"{p}省行政" in folded), None)
        if found:
            return str(found)
    return None


def choice(words: str) -> str | None:
    """Which of 是 and 否 is checked; None where no box tells."""
    match = re.search(r"[☑☒■√✓✔]\s*(是|否)|(是|否)\s*[☑☒■√✓✔](?!\s*[是否])", words)
    return (match[1] or match[2]) if match else None

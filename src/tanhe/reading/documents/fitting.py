"""How well words fit a column (文字与列的相合): by what the column's header means, for tables without any layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from tanhe.reading.documents.cells import is_figure, is_number
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import data, fuels

_DAY: Final = re.compile(
    r"(?:(?:19|20)\d\d)?[年.\-/]?(?:\d{1,2}[月.\-/]\d{1,2}日?|\d{1,2}月(?:份)?|[上中下]旬)(?:[-~至到].{1,14})?(?:[上下]午)?.{0,6}"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?度?")
_NAMES: Final = re.compile(r"(?:[\u4e00-\u9fff]{2,4}[\s、,，;；/]+){0,11}[\u4e00-\u9fff]{2,4}")
_CONTACT: Final = re.compile(r"[\d\-+()/ *xX]{7,}|.{1,40}@.{1,40}")
_ROLE: Final = re.compile(r"组长|组员|成员|评审|复审|复核|审核|核查员|批准|专家|经理|主管|主任|部长|工程师|总监|厂长|科长|员$")
_INTERVAL: Final = re.compile(r"[每一二三两半\d年月日季周次度/.、,至及个强制检定校准首内到期换]{1,16}|.{0,8}(?:一次|[年月日]/次|次/[年月日]|周期).{0,6}")
_COUNT: Final = re.compile(r"[\d,.]+\s?(?:台|套|块|个|辆|只|支|条|座|组|具|把|部)?(?:\(.{1,6}\))?|若干|[一二三四五六七八九十]{1,2}(?:台|套)?")
_ACCURACY: Final = re.compile(r"[±<≤]?\d*\.?\d+\s?[级sS%℃]?(?:级|[Ss]级?)?|[ⅠⅡⅢⅣI]{1,3}\s?级?|[一二三四]级|.{0,10}级")
_GAS: Final = re.compile(r"(?:(?:CO2|CH4|N2O|SF6|HFCs?|PFCs?|NF3|二氧化碳|甲烷|六氟化硫|氧化亚氮)[、,/和及\s]*)+", re.IGNORECASE)
_PLACE: Final = re.compile(r"车间|室|部|厂|库|房|区|处|科|站|内|院|楼|线|场|堂|工序|生产|全|办公|井|口|单元|工段")
_UNIT: Final = re.compile(r"(?:万|千|亿|10\^?4)?(?:t|吨|kg|g|m3|Nm3|L|升|台|套|只|件|米|m2?|平方米|立方米|GJ|MWh|kWh|度|标煤|tce|%)/?.{0,6}", re.IGNORECASE)
_STATUS: Final = re.compile(r"正常|运行|在用|停|备用|完好|良好|合格|报废|有效|闲置")
_CATEGORY: Final = re.compile(r"排放|燃烧|过程|电力|热力|泄漏|间接|直接|固定|移动|回收|购入|输出")
_CLOSED: Final = re.compile(r"关闭|符合|整改|通过|确认|无|-|/")
_MODEL: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z×*Φφ/.\-]).{2,80}")
_SHARE: Final = re.compile(r"%|一致|无|没有|相同")
_NARRATIVE: Final = re.compile(r"综上|经核查|核查组|受核查方|本次|通过(?:查阅|核查|现场)")
_Rule = Callable[[str, str, bool], float]

_EMPTY: Final = frozenset({"/", "-", "--", "—", "——", "无", "／", "－", "\\", "N/A"})
_SENTENCE: Final = re.compile(r"[。；;]$")

DATES: Final = frozenset({"date", "calibrated", "valid_to"})
FIGURES: Final = frozenset(
    "total_assets fixed_assets revenue gross_output value_added profit tax debt_ratio research employees output value "
    "comprehensive_energy including supplementary capacity".split()
)
SOLID: Final = frozenset({"serial", "year", "date", "name", "title", "description", "item", "work", "category"})
"""Columns whose cell is hardly ever left empty in the first row."""


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset("".join(data("terms")["surnames"].split()))


@lru_cache(maxsize=1)
def _no_names() -> re.Pattern[str]:
    return re.compile(f"(?:{data('terms')['not-names']})$")


def persons(said: str) -> bool:
    """Whether words are names of persons, set apart by blanks or commas."""
    if len(said) > 60 or not _NAMES.fullmatch(said):
        return False
    parts = re.split(r"[\s、,，;；/]+", said)
    return all(p[0] in _surnames() and not _no_names().search(p) for p in parts if p)


def fit(field: str, kind: str, said: str) -> float:
    """From −6 (cannot stand in this column) to 4 (can stand only there); words of no column are about 0.5."""
    return _fit(field, kind, said if len(said) <= 200 else said[:150] + said[-50:])


@lru_cache(maxsize=8192)
def _fit(field: str, kind: str, said: str) -> float:
    folded = fold(said)
    if folded in _EMPTY:
        return -6.0 if field == "serial" else (-1.5 if field in ("name", "title", "date", "year") else 0.4)
    number = is_number(said)
    rule = _RULES.get((kind, field)) or _RULES.get(("", field))
    if rule is not None:
        return rule(said, folded, number)
    if number:
        return -2.0 if field in ("title", "description", "name", "use", "location", "facility", "content") else -0.4
    return _words(folded)


def _words(folded: str) -> float:
    if _NARRATIVE.match(folded) and len(folded) > 24:
        return -1.5
    if _YEAR.fullmatch(folded) or (len(folded) < 24 and _DAY.fullmatch(folded)):
        return -1.5
    return 0.5


def _serial(said: str, folded: str, number: bool) -> float:
    return 2.0 if folded.isdigit() and len(folded) <= 3 else -6.0


def _date(said: str, folded: str, number: bool) -> float:
    if len(folded) <= 40 and _DAY.match(folded):
        return 3.0
    return -0.5 if folded in ("长期", "/") else -3.0


def _year(said: str, folded: str, number: bool) -> float:
    return 3.0 if _YEAR.fullmatch(folded) else -6.0


def _person(said: str, folded: str, number: bool) -> float:
    return 3.0 if persons(said.strip()) else (-3.0 if len(folded) > 12 or number else -0.8)


def _role(said: str, folded: str, number: bool) -> float:
    return 2.0 if len(folded) <= 16 and _ROLE.search(folded) else (-2.0 if len(folded) > 16 or number else 0.2)


def _figure(said: str, folded: str, number: bool) -> float:
    return 1.5 if is_figure(said) else (-0.5 if re.match(r"[\d.,]+", folded) and len(folded) < 16 else -3.0)


def _row_of_results(said: str, folded: str, number: bool) -> float:
    """The source of emissions a row is about, or a total."""
    if number or len(folded) > 50:
        return -3.0
    return 1.2 if re.search(r"排放|燃烧|回收|净购入|电力|热力|总量|合计|小计|过程|泄漏", folded) else -0.5


def _formula(said: str, folded: str, number: bool) -> float:
    """What a figure was worked out from: 17.7097 × 389.31 …, 各期合计."""
    return -2.0 if number else (1.5 if re.search(r"[×*÷=+−]|合计|之和", said) else -1.0)


def _verdict(said: str, folded: str, number: bool) -> float:
    return -2.5 if number or len(folded) > 16 else (0.9 if re.search(r"复现|一致|符合|填报|精度|差异|错|误", folded) else 0.1)


def _under(said: str, folded: str, number: bool) -> float:
    """A row below a row: 其中 …, one of several amounts, with or without purchased energy."""
    return -2.0 if number else (0.8 if re.search(r"回收|销毁|不?包括|其中|自用|外供", folded) else -0.6)


def _amount(said: str, folded: str, number: bool) -> float:
    """A figure, with or without its unit."""
    return 1.5 if number or (len(folded) < 24 and re.match(r"[\d,.]+[^\d年月]{0,10}$", folded)) else -2.5


def _count(said: str, folded: str, number: bool) -> float:
    return 2.0 if _COUNT.fullmatch(folded) and not re.fullmatch(r"\d+\.\d+", folded) else -2.5


def _shape(pattern: re.Pattern[str], good: float, bad: float, most: int = 40) -> _Rule:
    def rule(said: str, folded: str, number: bool) -> float:
        return good if len(folded) <= most and pattern.fullmatch(folded) else bad
    return rule


def _inside(pattern: re.Pattern[str], good: float, bad: float, most: int = 60, numbers: float = -2.0) -> _Rule:
    def rule(said: str, folded: str, number: bool) -> float:
        if number:
            return numbers
        return good if len(folded) <= most and pattern.search(folded) else bad
    return rule


def _text(said: str, folded: str, number: bool) -> float:
    """Duties, contents of an interview, descriptions: the longer the surer."""
    if number:
        return -2.0
    if len(folded) < 24 and (_YEAR.fullmatch(folded) or _DAY.fullmatch(folded)):
        return -1.5
    return 2.0 if len(folded) > 24 or _SENTENCE.search(folded) else 0.4


def _short(said: str, folded: str, number: bool) -> float:
    """Names of things: short, no sentence."""
    if number:
        return -2.0
    if len(folded) > 40 or folded.endswith("。"):
        return -2.5
    return -1.0 if _words(folded) < 0 or re.match(r"[A-Z]{1,5}\d", folded) else 0.6


def _category(said: str, folded: str, number: bool) -> float:
    if number or len(folded) > 28 or folded.endswith(("。", ";", ",")) or "，" in folded:
        return -2.5
    return 1.2 if _CATEGORY.search(folded) else -0.8


def _energy(said: str, folded: str, number: bool) -> float:
    if number or len(folded) > 30 or re.match(r"[A-Z]{1,5}\d", folded):
        return -3.0
    return 1.6 if fuels().search(folded) or re.search("电|煤|油|气|焊丝|石灰石|蒸汽|水", folded) else -0.3


def _model(said: str, folded: str, number: bool) -> float:
    if len(folded) > 80:
        return -2.0
    return 1.2 if _MODEL.fullmatch(folded) else (-0.2 if not number else 0.3)


_RULES: Final[Mapping[tuple[str, str], _Rule]] = {
    ("", "serial"): _serial, ("documents", "number"): _serial, ("nc", "number"): _serial, ("suggestions", "number"): _serial,
    ("", "date"): _date, ("", "calibrated"): _date, ("", "valid_to"): _date, ("", "year"): _year,
    ("team", "name"): _person, ("visits", "participants"): _person, ("interviews", "interviewees"): _person, ("interviews", "verifiers"): _person,
    ("", "role"): _role, ("", "contact"): _shape(_CONTACT, 2.0, -1.5), ("", "count"): _count,
    ("", "accuracy"): _shape(_ACCURACY, 1.6, -1.2, 16), ("", "interval"): _shape(_INTERVAL, 1.8, -1.2, 24),
    ("", "gas"): _shape(_GAS, 2.0, -1.5, 60), ("", "unit"): _shape(_UNIT, 1.2, -0.3, 12), ("products", "unit"): _shape(_UNIT, 1.2, -2.0, 12),
    ("equipment", "unit"): _short, ("", "location"): _inside(_PLACE, 1.0, -0.2), ("", "place"): _inside(_PLACE, 1.0, -0.2, 200),
    ("", "department"): _inside(_PLACE, 1.0, -0.2), ("", "status"): _inside(_STATUS, 1.6, -0.3, 30),
    ("", "category"): _category, ("", "conclusion"): _inside(_CLOSED, 1.0, 0.2, 400),
    ("", "energy"): _energy, ("energy", "name"): _energy, ("", "model"): _model,
    ("equipment", "name"): _short, ("meters", "name"): _short, ("products", "name"): _short, ("", "item"): _short, ("", "work"): _text,
    ("", "duties"): _text, ("", "content"): _text, ("", "description"): _text, ("", "cause"): _text, ("", "correction"): _text,
    ("parameters", "item"): _short, ("parameters", "source"): _text, ("parameters", "unit"): _shape(_UNIT, 1.4, -1.0, 16),
    ("cross", "source"): _short, ("cross", "value"): _amount, ("cross", "deviation"): _inside(_SHARE, 1.5, -1.5, numbers=0.5),
    ("cross", "explanation"): _text, ("cross", "result"): _amount,
    ("results", "label"): _row_of_results, ("results", "sub"): _under, ("results", "figure"): _figure,
    ("steps", "step"): _short, ("steps", "by"): _short,
    ("results", "formula"): _formula, ("results", "verdict"): _verdict,
    ("", "reported"): _figure, ("", "verified"): _figure, ("parameters", "energy"): _short,
    **{("", field): _figure for field in FIGURES},
}  # fmt: skip

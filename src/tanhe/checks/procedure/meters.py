"""Meters (计量器具): calibration and certificates, accuracy classes, counts and models (T10, T11, K3–K6)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tanhe.checks.engine import Context, Family, Result, check, fail, not_run, review, unsettled
from tanhe.checks.procedure._helpers import plain_words, table
from tanhe.dossier.operations import Meter
from tanhe.messages import text

_CLASS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?\s*S?|I{1,4}|Ⅰ|Ⅱ|Ⅲ|Ⅳ|[A-E])\s*(?:级|%)?(?![\w.])", re.IGNORECASE)
_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IIII", "IV": "IIII"}
_INHERITED = re.compile("承接|移交|沿用|原有|转入|受让|接收|继承|前身|收购")
_OTHERS = re.compile("供电公司|电力公司|供气公司|燃气公司|供热公司|供应商|供应方|产权")
_NUMBERS: dict[str, int | Decimal] = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十二": 12, "半": Decimal("0.5")}


def _id(n: int, meter: Meter) -> str:
    return f"meters/{meter.number or n}"


def _called(meter: Meter) -> str:
    return " ".join(filter(None, (meter.name, meter.number and text(f"（编号 {meter.number}）", f"(no. {meter.number})"))))


@check("PRC050", Family.PROCEDURE, "minor", needs=("meters", "entity.founded"), covers=("T10",))
def calibrated_before_founding(c: Context) -> Iterator[Result]:
    """检定日期不早于企业成立 | no meter was calibrated before the enterprise was founded"""
    founded = _founded(c.dossier.entity.founded)
    if founded is None:
        yield not_run(text("成立日期读不出来", "the date of founding cannot be read"))
        return
    told = None
    for n, meter in enumerate(c.dossier.meters):
        when = meter.calibrated or meter.valid_from
        if when is None or when >= founded:
            continue
        if told is None:
            told = _taken_over(c)
        own = f"{meter.name}{meter.location}{meter.status}"
        inherited = told or bool(_INHERITED.search(own) or _OTHERS.search(own))
        yield review(text(f"{_called(meter)}于 {when} 检定，早于企业成立（{founded}）。" + ("已说明为承接或供应方的器具，请查证书" if inherited
                          else "若为承接的器具请说明，否则核对证书"),
                          f"{_called(meter)} was calibrated on {when}, before the founding ({founded}). " + ("It is said to be taken over, or "
                          "the supplier's; see the certificate" if inherited else "Say so if it was taken over, else check the certificate")),
                     _id(n, meter), (*c.place("meters", n), *c.place("entity", "founded")), severity="note" if inherited else "minor")


def _taken_over(c: Context) -> bool:
    """Whether a text says that meters were taken over from somebody."""
    d = c.dossier
    texts = (*d.boundary.notes, d.boundary.changes, *d.quality_assurance, *d.other_findings, d.energy_management)
    return any(_INHERITED.search(part) and re.search("计量|仪表|表计|电能表|器具", part) for words in texts for part in re.split("[。；]", words))


def _founded(printed: str) -> date | None:
    """The day of founding; the first of the month or year where no more is printed."""
    parts = [int(p) for p in re.findall(r"\d+", printed)][:3]
    try:
        return date(*[*parts, 1, 1][:3]) if parts and parts[0] > 1000 else None
    except ValueError:
        return None


@check("PRC051", Family.PROCEDURE, "minor", needs=("meters",), clause="GB 17167；核查指南：监测设备校验", covers=("T11",))
def certificate_covers_year(c: Context) -> Iterator[Result]:
    """检定或校准的有效期覆盖整个核算年度 | calibration is valid for the whole reporting year"""
    first, last = date(c.dossier.year, 1, 1), date(c.dossier.year, 12, 31)
    dated = [(n, m, *_validity(m)) for n, m in enumerate(c.dossier.meters)]
    if all(begin is None and end is None for _, _, begin, end in dated):
        yield not_run(text("计量器具没有检定日期（见 PRC053）", "the meters have no calibration dates (see PRC053)"))
        return
    for n, meter, begin, end in dated:
        places = c.place("meters", n)
        if begin and end and begin > end:
            yield fail(text(f"{_called(meter)}的有效期自 {begin} 至 {end}，起讫颠倒。请核对证书", f"{_called(meter)}: valid from {begin} to {end}, "
                            "the wrong way round. Check the certificate"), _id(n, meter), places)
        elif end is not None and end < last:
            yield fail(text(f"{_called(meter)}的检定有效期到 {end}，未覆盖 {max(first, end)} 至 {last}。请补充后续证书，否则该段数据按未校验从严处理",
                            f"{_called(meter)}: calibration valid to {end}, not for {max(first, end)} to {last}. Supply the next "
                            "certificate, else treat the data conservatively"), _id(n, meter), places)
        elif begin is not None and begin > first:
            yield unsettled(text(f"{_called(meter)}的检定自 {begin} 起有效，{first} 至该日未覆盖。请补充上一期证书",
                                 f"{_called(meter)}: calibration valid from {begin}, not from {first}. Supply the certificate before it"),
                            _id(n, meter), places)


def _validity(meter: Meter) -> tuple[date | None, date | None]:
    """First and last day of the calibration, the last one from the interval when it is not printed."""
    begin = meter.valid_from or meter.calibrated
    if meter.valid_to is not None or begin is None:
        return begin, meter.valid_to
    months = _months(meter.interval)
    if months is None:
        return begin, None
    return begin, after_months(begin, months)


def after_months(begin: date, months: int) -> date:
    """The day so many months later; the last of the month where it has no such day."""
    total = begin.month - 1 + months
    year, month = begin.year + total // 12, total % 12 + 1
    return date(year, month, min(begin.day, calendar.monthrange(year, month)[1]))


def _months(interval: str) -> int | None:
    """The calibration interval in months: ``每年一次``, ``每半年一次``, ``12个月``, ``8 年一次``."""
    found = re.search(r"每?\s*(\d+|[一两二三四五六八半]|十二)?\s*个?\s*(年|月)", interval)
    if found is None:
        return None
    count = _NUMBERS.get(found[1] or "一") or Decimal(found[1])
    return int(count * (12 if found[2] == "年" else 1))


@check("PRC052", Family.PROCEDURE, "editorial", needs=("meters",), clause="GB 17167-2006 表4", covers=("K4",))
def accuracy(c: Context) -> Iterator[Result]:
    """准确度等级存在于该类器具，并符合配备要求 | the accuracy class exists for such a meter and complies"""
    for n, meter in enumerate(c.dossier.meters):
        kind = _kind(meter.name)
        printed = plain_words(meter.accuracy)
        if kind is None or not printed:
            continue
        found = [_folded(mark) for mark in _CLASS.findall(printed)]
        known = kind["classes"].split()
        odd = [mark for mark in found if mark not in known]
        if odd or not found:
            yield review(text(f"{_called(meter)}的准确度等级印作“{meter.accuracy}”，{kind['zh']}没有此等级（有 {'、'.join(known)}）。请对照铭牌和证书",
                              f"{_called(meter)}: accuracy class {meter.accuracy!r} does not exist for such a meter ({', '.join(known)}). "
                              "Compare plate and certificate"), _id(n, meter), c.place("meters", n, "accuracy"))
            continue
        coarse = [mark for mark in found if kind["worst"] and _value(mark) is not None and (_value(mark) or 0) > Decimal(kind["worst"])]
        if coarse:
            yield fail(text(f"{_called(meter)}为 {coarse[0]} 级，低于配备要求的 {kind['worst']} 级。请核对；若属实按超差从严处理",
                            f"{_called(meter)} is of class {coarse[0]}, coarser than the required {kind['worst']}. Check; else treat the data "
                            "conservatively"), _id(n, meter), c.place("meters", n, "accuracy"), severity="minor")


@lru_cache(maxsize=1024)
def _kind(name: str) -> dict[str, str] | None:
    """The row of ``meter_classes.csv`` for a meter's name; not to be changed."""
    return next((row for row in table("meter_classes.csv") if re.search(row["pattern"], name)), None)


def _folded(mark: str) -> str:
    clean = mark.strip().upper().replace(" ", "")
    clean = _ROMAN.get(clean, clean)
    if re.fullmatch(r"\d+\.0+", clean):
        return clean.partition(".")[0]
    return clean


def _value(mark: str) -> Decimal | None:
    found = re.match(r"\d+(\.\d+)?", mark)
    return Decimal(found[0]) if found else None


@check("PRC053", Family.PROCEDURE, "editorial", needs=("meters",), clause="核查指南：监测设备校验", covers=("K5",))
def certificates(c: Context) -> Iterator[Result]:
    """检定证书有编号和日期 | certificates have number and dates"""
    bare, half = [], []
    for n, meter in enumerate(c.dossier.meters):
        dated = meter.calibrated or meter.valid_from or meter.valid_to
        if not dated and not plain_words(meter.certificate):
            bare.append((n, meter))
        elif not dated or not plain_words(meter.certificate):
            half.append((n, meter))
    for kind, group in (("none", bare), ("part", half)):
        if group:
            names = "、".join(dict.fromkeys(m.name for _, m in group))
            zh = "没有检定证书的编号和日期" if kind == "none" else "检定证书的编号或日期不全"
            en = "have neither number nor dates of a certificate" if kind == "none" else "lack number or dates of the certificate"
            yield unsettled(text(f"{len(group)} 项计量器具（{names}）{zh}。请补充证书", f"{len(group)} entries of meters ({names}) {en}. Supply it"),
                            f"certificate/{kind}", [p for n, _ in group for p in c.place("meters", n)])


@check("PRC054", Family.PROCEDURE, "editorial", needs=("meters",), clause="", covers=("K6",))
def counts(c: Context) -> Iterator[Result]:
    """计量器具的数量是数字 | the number of meters is a number"""
    bare = [(n, m) for n, m in enumerate(c.dossier.meters) if m.count and not plain_words(m.count)]
    if bare:
        names = "、".join(dict.fromkeys(m.name for _, m in bare))
        yield unsettled(text(f"{len(bare)} 项计量器具（{names}）的数量印作“{bare[0][1].count.strip()}”，没有填写。请清点后补充",
                             f"{len(bare)} entries of meters ({names}) have {bare[0][1].count.strip()!r} for their count. Count them"),
                        "count/none", [p for n, _ in bare for p in c.place("meters", n, "count")])
    for n, meter in enumerate(c.dossier.meters):
        if plain_words(meter.count) and not re.fullmatch(r"\s*[1-9]\d*\s*[台块只套个支具]?\s*", meter.count):
            yield fail(text(f"{_called(meter)}的数量印作“{meter.count}”，应为数字。请清点", f"{_called(meter)}: the count is printed {meter.count!r}; "
                            "it should be a number. Count them"), _id(n, meter), c.place("meters", n, "count"))


@check("PRC055", Family.PROCEDURE, "editorial", needs=("meters",), clause="", covers=("K3",))
def models(c: Context) -> Iterator[Result]:
    """计量器具有型号，型号与类型相称 | meters have a model that fits their type"""
    bare = [(n, m) for n, m in enumerate(c.dossier.meters) if not plain_words(m.model)]
    if bare:
        names = "、".join(dict.fromkeys(m.name for _, m in bare))
        yield unsettled(text(f"{len(bare)} 项计量器具（{names}）没有型号。请补充", f"{len(bare)} entries of meters ({names}) have no model. Supply it"),
                        "model/none", [p for n, _ in bare for p in c.place("meters", n)])
    for n, meter in enumerate(c.dossier.meters):
        own = _kind(meter.name)
        meant = _kind_of_model(meter.model)
        wide = re.fullmatch(r"DN\s*\d+", meter.model.strip())
        if own is not None and meant is not None and meant["zh"] not in (own["zh"],) and own["zh"] != "标准电能表":
            yield review(text(f"{_called(meter)}的型号“{meter.model}”是{meant['zh']}的型号。请对照铭牌",
                              f"{_called(meter)}: {meter.model!r} is the model of another kind of meter. Compare the plate"),
                         f"{_id(n, meter)}/model", c.place("meters", n, "model"))
        elif wide:
            yield review(text(f"{_called(meter)}的型号印作“{meter.model}”，这是公称通径，不是型号。请对照铭牌", f"{_called(meter)}: {meter.model!r} "
                              "is a nominal bore, no model. Compare the plate"), f"{_id(n, meter)}/model", c.place("meters", n, "model"))


@lru_cache(maxsize=1024)
def _kind_of_model(model: str) -> dict[str, str] | None:
    """The kind of meter whose models begin like this one."""
    return next((row for row in table("meter_classes.csv") for mark in row["model_prefixes"].split()
                 if re.match(rf"{mark}[\dA-Z]*\d", model)), None)

"""Quantities of prose (文字所述的数量): consumption, output, factors, shares, growth and counts are the tables' (C3, A21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.consistency._helpers import Claim, Said, claim, converted, effect_of, silent, statements
from tanhe.checks.consistency._subjects import (
    Own,
    agrees,
    is_of,
    is_rate,
    known_values,
    near,
    owns,
    substance,
)
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.checks.findings import Effect, Severity
from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

_ASIDE = re.compile("上年|上一年|去年|往年|历年|设计|产能|能力|规模|额定|铭牌|最大|最小|平均(?!低位|值?为)|参考|限值|相差|差异|差值|差额|偏差|误差|每|单位产品|单耗|期初|期末|库存|"
                    r"入库|出库|销售|外售|标准煤|标煤|\d月|月份|其中|其它|其他|计划|预计|例如|大于|小于|以上|以下|超过|密度|压力|温度|焓|若|假设|外供|自发|光伏|退")
_QUANTITY = re.compile("消[耗费]量?|用量|使用量|购入|购进|外购|产量|生产量|排放量|因子|含碳量|发热[量值]|热值|氧化率|供热量|用电量|电量|数据|统计|为$|共|总计|合计")
_FACTOR = re.compile("因子|含碳量|发热[量值]|热值|氧化率|系数")
_EMITTED = re.compile("排放量(?:为|是|:|约|合计)*$")
_TOTAL = re.compile("总量|总排放量|排放总计")
_NOT_TOTAL = re.compile("相差|差异|差额|偏差|上年|上一年|同比|相比|补充数据|初始|占|配额|其中")
LONG = 6
"""Digits from which a figure that differs in one of them from a known one is taken for it, whatever it is about."""

_USE = re.compile("点火|车用|叉车|铲车|食堂|发电|运输|生活|办公|空分|锅炉|窑|采暖")
_YEAR = re.compile(r"20\d\d")
_NOUN = re.compile("(?:[年期][初末])?(?:库存|购入|供应|销售|结存|盘点|领用)量?$")


@check("CON034", Family.CONSISTENCY, "minor", clause="", covers=("C3",))
def amounts(c: Context) -> Iterator[Result]:
    """文字所述的消耗量、产量、因子和排放量与数据表相同 | consumption, output, factors and emissions told in prose are the tables'"""
    found = statements(c, "told.amount")
    if not found:
        yield silent(c, text("文字中的数量", "quantities of prose"))
        return
    known, candidates = known_values(c), owns(c)
    products = [p.name for p in c.dossier.products]
    totals = {(s.where, s.spec.value) for s in statements(c, "totals.", "subtotals.", "supplementary.", "previous.")}
    seen: set[tuple[str, str]] = set()
    for said in found:
        number = claim(said.spec.value)
        if number is None or number.low.normalize() in known or (said.where, said.spec.value) in totals:
            continue
        own = _total(c, said, number) or _meant(c, said, number.low, candidates, products)
        if own is None or (said.where, said.spec.value) in seen:
            continue
        seen.add((said.where, said.spec.value))
        shown = f"{said.spec.value}{said.spec.unit}"
        inside = converted(number.low, said.spec.unit, str(own.unit)) if own.datum and not own.aside else None
        change = effect_of(c, own.datum, inside, own.value) if inside is not None else None
        yield fail(text(f"{said.where}的文字“……{said.spec.text[-24:]}{shown}”，数据表中“{own.item}”为 {plain(own.value)}{own.unit}。请按原始凭证统一",
                        f"{said.where} says “… {said.spec.text[-24:]}{shown}”; the table of {own.item!r} has {plain(own.value)}{own.unit}. "
                        "Settle by the records"), f"told/{said.where}/{said.spec.value}", (*said.places, *c.place(*own.path)), effect=change,
                   severity=_severity(c, change))


def _severity(c: Context, change: Effect | None) -> Severity:
    """Material where using the told figure would move the total by more than the limit."""
    total = abs(c.inventory.including.verified_value)
    if change is None or not total:
        return "minor"
    return "material" if max(abs(change.low), abs(change.high)) * 100 > c.policy.number("told.effect") * total else "minor"


def _meant(c: Context, said: Said, value: Decimal, candidates: list[Own], products: list[str]) -> Own | None:
    """The value the text means and misses; None when it agrees with one, or when it cannot be told which it means."""
    clause = "，".join(re.split("[，:]", said.spec.text)[-2:])
    number, thing = claim(said.spec.value), substance(said.spec.text, products)
    rate = is_rate(said.spec.unit)
    emission = "CO2" in said.spec.unit or "二氧化碳" in said.spec.unit or _EMITTED.search(said.spec.text) is not None
    unit = "tCO2" if emission and said.spec.unit in ("t", "吨") else said.spec.unit
    years = set() if rate else set(_YEAR.findall(clause))
    if number is None or (years and str(c.dossier.year) not in years) or (unit == "%" and "氧化率" not in clause):
        return None
    uses = _USE.findall(re.split("[，:]", said.spec.text)[-1])
    fitting, alike = [], []
    for own in candidates:
        same = agrees(number, unit, own)
        if same:
            return None
        if same is False and near(value, own.value) and _digits(own.value) >= LONG:
            alike.append(own)
        if same is False and thing is not None and is_of(own.item, thing) and _same_quantity(clause, own, rate, emission) \
                and all(word in own.item for word in uses):
            fitting.append(own)
    close = [own for own in fitting if near(value, own.value) and (not own.aside or _digits(own.value) > 3)] or alike
    named = _NOUN.search(clause)
    if thing is None and not close and named:
        close = [own for own in candidates if named[0] in own.item and agrees(number, unit, own) is False and near(value, own.value)]
    if close:
        return close[0]
    told = {own.value for own in fitting if not own.aside}
    if thing is None or _ASIDE.search(clause) or not _QUANTITY.search(clause) or len(told) != 1:
        return None
    return next(own for own in fitting if not own.aside)


def _total(c: Context, said: Said, number: Claim) -> Own | None:
    """The total of the report, where a sentence speaks of a total and gives none the report has."""
    clause = "，".join(re.split("[，:]", said.spec.text)[-2:])
    years = set(_YEAR.findall(clause))
    if ("CO2" not in said.spec.unit and "二氧化碳" not in said.spec.unit) or not _TOTAL.search(clause) or _NOT_TOTAL.search(said.spec.text):
        return None
    sums = [v for t in (c.inventory.including, c.inventory.excluding) for v in (t.reported, t.value, t.verified_value) if v is not None]
    sums += [v for t in c.inventory.subtotals.values() for v in (t.reported, t.value, t.verified_value) if v is not None]
    found = [Own(text("企业温室气体排放总量", "total emissions"), v, "tCO2e", ("totals", "including_purchased_energy")) for v in sums]
    if not found or (years and str(c.dossier.year) not in years) or any(agrees(number, said.spec.unit.replace("CO2e", "CO2"), x) for x in found):
        return None
    return found[0] if all(agrees(number, said.spec.unit, x) is not True for x in found) else None


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _same_quantity(clause: str, own: Own, rate: bool, emission: bool) -> bool:
    """Whether the words before the figure speak of the kind of quantity the value is."""
    if rate:
        wanted = _FACTOR.findall(clause)
        return bool(wanted) and any(w[:2] in own.item or (w[:2] in ("热值", "发热") and "热" in own.item) for w in wanted)
    return ("排放" in own.item) == emission and not _FACTOR.search(own.item)


@check("CON035", Family.CONSISTENCY, "minor", clause="", covers=("C3", "A23"))
def shares(c: Context) -> Iterator[Result]:
    """文字所述的占比、增减幅度由表中数值得出 | shares and changes told in prose follow from the tables"""
    found = statements(c, "told.share", "told.growth")
    if not found:
        yield silent(c, text("占比和增减幅度", "shares and changes"))
    for said in found:
        number = claim(said.spec.value)
        own = _shares(c, said.spec.text) if said.about == "told.share" else _growth(c, said.spec.text)
        if number is None or not own or said.spec.value in c.dossier.conclusions.fluctuation:
            continue
        if not any(number.agrees(abs(value)) and _direction(said.spec.text, value, said.about) for value in own):
            rounded = "、".join(f"{plain(half_up(v, max(number.digits, 2)))}%" for v in own[:3])
            yield fail(text(f"{said.where}的文字“……{said.spec.text[-24:]}{said.spec.value}%”，由表中数值得 {rounded}。请改正",
                            f"{said.where} says “… {said.spec.text[-24:]}{said.spec.value} %”; the tables give {rounded}. Correct it"),
                       f"{said.about}/{said.where}/{said.spec.value}", said.places)


_PARTS = (("combustion", "化石燃料|燃料燃烧"), ("electricity", "电力"), ("heat", "热力|蒸汽"), ("process", "过程"), ("purchased", "电力(?:和|、|与)热力"))


def _shares(c: Context, words: str) -> list[Decimal]:
    """The share of the part named last, of both totals, in both columns."""
    subject = re.split("占", words)[0] if "占" in words else words
    named = [(m.end(), name) for name, pattern in _PARTS for m in re.finditer(pattern, subject)]
    inventory = c.inventory
    if not named:
        thing = substance(subject, ())
        lines = [x for x in inventory.lines if thing is not None and is_of(f"{x.item}{x.spec.fuel or ''}", thing)]
        values = [v for v in (sum((x.reported or Decimal(0) for x in lines), Decimal(0)),
                              sum((x.verified_value or Decimal(0) for x in lines), Decimal(0)))] if lines else []
    else:
        part = inventory.subtotals.get(max(named)[1])
        values = [v for v in (part.reported, part.value, part.verified_value) if v is not None] if part is not None else []
    wholes = [v for t in (inventory.including, inventory.excluding) for v in (t.reported, t.value, t.verified_value) if v]
    return list(dict.fromkeys(v / w * 100 for v in values for w in wholes))


def _growth(c: Context, words: str) -> list[Decimal]:
    """The change against the year before of what is named: output, money, emissions."""
    d = c.dossier
    clause = re.split("[，。;]", words)[-1] + "".join(re.split("[，。;]", words)[-2:-1])
    fields = {"产值": "gross_output", "收入": "revenue", "利润": "profit", "税": "tax", "综合能耗": "comprehensive_energy", "产量": "output"}
    pairs: list[tuple[Decimal, Decimal]] = []
    rows = {e.year: e for e in d.economics}
    for word, field in fields.items():
        now, before = (getattr(rows.get(y), field, None) for y in (d.year, d.year - 1))
        if word in clause and now is not None and before:
            pairs.append((now, before))
    if "产量" in clause:
        made = {(p.name, p.year): p.output for p in d.products}
        pairs += [(now, before) for (name, year), now in made.items()
                  if year == d.year and now is not None and (before := made.get((name, d.year - 1)))]
    if "排放" in clause:
        past = [n.low for s in statements(c, "previous.") if (n := claim(s.spec.value)) is not None]
        total = c.inventory.including
        pairs += [(v, b) for v in (total.reported, total.verified_value) if v is not None for b in past if b]
    return [(now - before) / before * 100 for now, before in pairs]


def _direction(words: str, value: Decimal, about: str) -> bool:
    if about != "told.growth":
        return True
    down = bool(re.search("(?:下降|减少|降低|下滑)[了约达到为]*$", words))
    return down == (value < 0) or value == 0


@check("CON036", Family.CONSISTENCY, "editorial", clause="", covers=("A21", "B17"))
def counts(c: Context) -> Iterator[Result]:
    """文字所述的人数、份数、台数与清单相同 | numbers of people, documents and devices told in prose are the lists'"""
    found = statements(c, "told.count.")
    if not found:
        yield silent(c, text("人数、份数、台数", "counts"))
    for said in found:
        number, own = _numeral(said.spec.value), _listed(c, said)
        if number is None or own is None or number in own[0]:
            continue
        listed = min(own[0])
        yield fail(text(f"{said.where}的文字为 {said.spec.value}（{own[1]}），清单为 {listed}。请统一",
                        f"{said.where} says {said.spec.value} ({own[2]}), the list has {listed}. Make them agree"),
                   f"{said.about}/{said.where}", (*said.places, *c.place(own[3])))


def _numeral(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    digits = {mark: n for n, mark in enumerate("一二三四五六七八九", 1)} | {"两": 2}
    tens, ten, ones = printed.partition("十")
    if not ten:
        return digits.get(printed)
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)


def _listed(c: Context, said: Said) -> tuple[set[int], str, str, str] | None:
    """The counts of the list a count of prose may mean; None when there is no such list."""
    d = c.dossier
    if said.about.endswith(".team"):
        members = sum(p.role in ("leader", "member") for p in d.team)
        reviewers = sum(p.role == "technical-reviewer" for p in d.team)
        return ({members, members + reviewers, len(d.team)}, "核查组人数", "people in the team", "team") if members else None
    if said.about.endswith(".documents"):
        return ({len(d.documents)}, "支持性文件", "documents", "documents") if d.documents else None
    if said.about.endswith(".meters"):
        each = [_numeral(m.count or "1") for m in d.meters]
        total = sum(n for n in each if n is not None)
        return ({len(d.meters), total}, "计量器具", "meters", "meters") if each and None not in each else None
    chosen = [e for e in d.equipment if e.name and said.spec.text.startswith(e.name)]
    devices = [_numeral(re.sub(r"[台套辆座]$", "", e.count)) for e in chosen]
    if not devices or None in devices:
        return None
    return {sum(n for n in devices if n is not None)}, chosen[0].name, chosen[0].name, "equipment"

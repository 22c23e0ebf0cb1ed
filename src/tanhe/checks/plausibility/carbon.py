"""Carbon in and out (碳平衡): stoichiometry of products, conversion, coal quality, twelve assays alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

import yaml

from tanhe.checks.amounts import ZERO, evaluation, shown, signed, symbol, value
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.checks.plausibility.heat import CARBON_TO_CO2
from tanhe.inventory.model import Line
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

COALS = frozenset({"anthracite", "bituminous", "lignite", "raw_coal", "washed_coal", "other_washed_coal", "coal"})
PER_TONNE, PER_GJ = unit("tC/t"), unit("tC/GJ")


@lru_cache(maxsize=1)
def carbon_contents() -> Mapping[str, tuple[str, Decimal]]:
    """Name → formula and tC/t by stoichiometry, from ``molecules.yaml``."""
    raw = yaml.safe_load(files(__package__).joinpath("molecules.yaml").read_text("utf-8"))
    atoms = {k: Decimal(v) for k, v in raw["atoms"].items()}
    found: dict[str, tuple[str, Decimal]] = {}
    for compound in raw["compounds"]:
        counts = [(a, int(n or 1)) for a, n in re.findall(r"([A-Z][a-z]?)(\d*)", compound["formula"])]
        mass = sum((atoms[a] * n for a, n in counts), ZERO)
        carbon = sum((atoms[a] * n for a, n in counts if a == "C"), ZERO)
        found |= {name: (compound["formula"], carbon / mass) for name in compound["names"]}
    return found


def _molecule(item: str) -> tuple[str, Decimal] | None:
    known = carbon_contents()
    name = max((k for k in known if k in item.lower()), key=len, default=None)
    return known[name] if name else None


def _balanced(c: Context) -> Iterator[Line]:
    for line in c.inventory.lines:
        if line.spec.direction is not None and not line.memo:
            yield line


@check("PLA003", Family.PLAUSIBILITY, "material", needs=("lines",), covers=("N4",), clause="产品含碳量不大于化学计量值（A级）")
def carbon_of_product(c: Context) -> Iterator[Result]:
    """产品含碳量不大于化学计量值 | no more carbon in a product than its formula has"""
    checked = False
    margin = 1 + c.policy.number("carbon.stoichiometric.margin") / 100
    for line in _balanced(c):
        carbon, amount, known = symbol(evaluation(line), "CC"), symbol(evaluation(line), "AD"), _molecule(line.item)
        if carbon is None or amount is None or known is None or carbon.unit != PER_TONNE:
            continue
        checked = True
        formula, most = known
        if carbon.value <= most * margin:
            continue
        gap = half_up(amount.value * (carbon.value - most) * CARBON_TO_CO2, 2) * (1 if line.spec.direction == "out" else -1)
        yield fail(text(
            f"{line.item}含碳量 {carbon.value} tC/t，按分子式 {formula} 至多 {shown(most, 4)}；影响按超出部分全部计算，核对化验单或缺省值表",
            f"{line.item}: carbon content {carbon.value} tC/t; by its formula {formula} at most "
            f"{shown(most, 4)}. The effect takes all of the excess; "
            "look at the assay or the default table"),
            line.id, ((carbon.place,) if carbon.place else c.place("lines")), effect=effect(gap))
    if not checked:
        yield not_applicable(text("没有分子式已知的含碳产品", "no carbon product of known formula"))


@check("PLA004", Family.PLAUSIBILITY, "material", needs=("lines",), covers=("N3",), clause="碳平衡：输出碳不大于输入碳（A级）")
def carbon_conversion(c: Context) -> Iterator[Result]:
    """输出碳与输入碳之比在0–1之间 | carbon out over carbon in lies between 0 and 1"""
    flows: dict[str, list[Line]] = defaultdict(list)
    for line in _balanced(c):
        flows[line.source.id].append(line)
    checked = False
    for source, lines in flows.items():
        into = sum((signed(x) or ZERO for x in lines if x.spec.direction == "in"), ZERO)
        out = -sum((signed(x) or ZERO for x in lines if x.spec.direction == "out"), ZERO)
        if not out or any(signed(x) is None for x in lines):
            continue
        checked = True
        if into > 0 and ZERO <= out / into <= 1:
            continue
        share = f"{shown(out / into * 100, 1)}%" if into else "—"
        yield fail(text(
            f"{lines[0].source.zh}：输出碳折 {shown(out)} tCO2，输入碳折 {shown(into)} tCO2，转化率 {share}，应在 0–100% 之间；"
            "影响为使排放不为负的最小改正，查输入品种是否漏列、产量与含碳量的单位",
            f"{lines[0].source.en}: carbon out {shown(out)} tCO2, carbon in {shown(into)} tCO2, conversion "
            f"{share}; it lies between 0 and 100%. "
            "The effect is the least correction that keeps emissions from being negative; look for a missing "
            "input and at the units"),
            source, [p for x in lines if (p := x.place) is not None], effect=effect(half_up(out - into, 2)))
    if not checked:
        yield not_applicable(text("没有既有输入又有输出的碳平衡", "no carbon balance with both in and out"))


@check("PLA023", Family.PLAUSIBILITY, "material", needs=("lines",), covers=("Q4",),
       clause="煤的元素碳与低位发热量之比（tC/GJ）的经验范围（B级；各煤种均值A级）")
def carbon_of_coal(c: Context) -> Iterator[Result]:
    """煤的含碳量与热值之比在经验范围内 | carbon per heat of coal in its band"""
    low, high, checked = c.policy.number("coal.carbon.min"), c.policy.number("coal.carbon.max"), False
    for line in c.inventory.lines:
        carbon = symbol(evaluation(line), "CC")
        if line.spec.fuel not in COALS or carbon is None or carbon.factor is not None:
            continue
        ratio = carbon.value if carbon.unit == PER_GJ else _per_heat(c, line, carbon.value)
        if ratio is None:
            continue
        checked = True
        if not low <= ratio <= high:
            yield review(text(
                f"{line.item}：含碳量与低位发热量之比为 {shown(ratio, 5)} tC/GJ，经验范围 {low}–{high}；核对化验报告的基准（收到基、空干基）、水分和原始记录",
                f"{line.item}: carbon over net calorific value is {shown(ratio, 5)} tC/GJ, usual {low}–{high}; "
                "check the basis (ar, ad), moisture and the "
                "laboratory's records"),
                line.id, [p for p in (carbon.place, line.place) if p is not None])
    if not checked:
        yield not_applicable(text("没有实测含碳量和热值的煤", "no coal with measured carbon and calorific value"))


def _per_heat(c: Context, line: Line, carbon: Decimal) -> Decimal | None:
    """tC/GJ of a coal in carbon form, with the calorific value its datum names."""
    given = symbol(evaluation(line), "CC")
    datum = c.dossier.data.get(given.datum) if given is not None and given.datum else None
    name = datum.derive.inputs.get("NCV") if datum is not None and datum.derive is not None else None
    heat = value(c, name) if isinstance(name, str) else None
    if not heat or not isinstance(name, str):
        return None
    return carbon / scale(heat, c.dossier.data[name].unit.factor_to(unit("GJ/t")))


@check("PLA024", Family.PLAUSIBILITY, "minor", needs=("tables",), covers=("Q9",), clause="12个月化验值的分散程度（C级）")
def assays_vary(c: Context) -> Iterator[Result]:
    """各月化验值有正常的分散 | monthly assays vary as measurements do"""
    checked, most = False, int(c.policy.number("assay.alike.max"))
    for table, series in c.dossier.all_series.items():
        for name, column in c.dossier.tables[table].columns.items():
            cells = [v for v in series.values[name] if v is not None and v]
            if column.aggregate not in ("weighted-mean", "mean") or len(cells) < 6:
                continue
            checked = True
            common, times = Counter(cells).most_common(1)[0]
            if times > most:
                where = [series.place(name, n) for n, v in enumerate(series.values[name]) if v == common]
                yield review(text(f"{column.title}有 {times} 个月同为 {common}；核对各月化验报告的编号、日期和原始记录",
                                  f"{column.title} is {common} in {times} months; compare numbers, dates and "
                                  "raw records of the laboratory reports"),
                             f"{table}.{name}", where)
    if not checked:
        yield not_applicable(text("没有月度化验值", "no monthly assays"))

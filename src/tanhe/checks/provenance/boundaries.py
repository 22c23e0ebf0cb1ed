"""Where and how often an electricity factor is used (电力排放因子的区域与个数)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run
from tanhe.checks.provenance._electricity import GREEN, PER_MWH, area, meant, scope, uses
from tanhe.checks.whatif import change
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.inventory.model import Line
from tanhe.messages import text
from tanhe.quantity.quantity import plain


@check("PRO005", Family.PROVENANCE, "material", needs=("data", "entity.province"), covers=("F11",),
       clause="区域电网划分（省级行政区所属区域）")
def region_contains_province(c: Context) -> Iterator[Result]:
    """区域电网包含受核查方所在省份 | the grid region contains the province"""
    try:
        province = library().province(c.dossier.entity.province)
    except FactorNotFound as why:
        yield not_run(str(why))
        return
    found = list(uses(c))
    if not found:
        yield not_applicable(text("没有电力排放因子", "there is no electricity factor"))
    for use in found:
        factor = use.claim or meant(use)
        if factor is None or scope(factor).startswith("national"):
            continue
        right = {"regional6": province.region6, "regional7": province.region7}.get(scope(factor), province.name_zh)
        if area(factor) == right or (scope(factor) == "provincial" and province.name_zh.startswith(area(factor))):
            continue
        try:
            own = library().electricity(province.name_zh, scope=scope(factor), data_year=factor.data_year).factor
        except FactorNotFound:
            own = None
        value, moved = "", None
        if own is not None:
            value = text(f"，同年的值为 {own.value_text}", f", whose value of that year is {own.value_text}")
            moved = change(c.inventory, use.id, own.value, PER_MWH)
        yield fail(text(f"{use.datum.item}用{area(factor)}的因子 {factor.value_text}，而{province.name_zh}"
                        f"属{right}{value}",
                        f"{use.datum.item} uses the factor of {area(factor)}, {factor.value_text}; "
                        f"{province.name_en} lies in {right}{value}"),
                   use.id, (*use.places, *c.place("entity", "province")), effect=moved)


@check("PRO006", Family.PROVENANCE, "minor", needs=("lines",), clause="同一核算边界的净购入电力用同一因子", covers=("F13",))
def one_electricity_factor_per_boundary(c: Context) -> Iterator[Result]:
    """同一边界只用一个电力排放因子 | one electricity factor per boundary"""
    boundaries = [("", c.inventory.lines), *((f"supplementary/{t.product}", t.lines) for t in c.inventory.supplementary)]
    for name, lines in boundaries:
        values: dict[Decimal, list[Line]] = {}
        for line in lines:
            if line.source.id != "electricity" or GREEN.search(line.item) or line.reported_evaluation is None:
                continue
            for item in line.reported_evaluation.inputs:
                if item.symbol == "EF" and item.value:
                    values.setdefault(item.value, []).append(line)
        if len(values) > 1:
            shown = text("、", ", ").join(f"{plain(v)}（{', '.join(x.item for x in ls)}）" for v, ls in values.items())
            yield fail(text(f"同一边界用了 {len(values)} 个电力排放因子：{shown}；说明各自的依据或统一",
                            f"{len(values)} electricity factors in one boundary: {shown}; give the reason "
                            "for each or use one"),
                       f"{name}electricity-factors", tuple(p for ls in values.values() for x in ls if (p := x.place)))

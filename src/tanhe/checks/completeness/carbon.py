"""Coal ranks, and fuel against feed (煤种依据、燃料与原料)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.amounts import signed
from tanhe.checks.completeness._estimates import of_datum, rounded
from tanhe.checks.completeness._lexicon import kinds
from tanhe.checks.completeness._survey import Counted, survey
from tanhe.checks.completeness._words import estimate
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.checks.findings import Effect
from tanhe.messages import text

RANKS = ("anthracite", "bituminous", "lignite")
_ASSAY = re.compile("挥发分|化验|检测报告|检验报告|分析报告|煤质|质检|GB/?T ?5751|GB/?T ?212|工业分析")
_GASIFIER = re.compile("气化炉|造气炉|煤气发生炉|转化炉")


@check("CMP021", Family.COMPLETENESS, "material", needs=("lines",), clause="GB/T 5751；各指南缺省值表的煤种", covers=("B13",))
def coal_rank_evidenced(c: Context) -> Iterator[Result]:
    """煤种有化验依据 | the rank of coal is evidenced"""
    coals = [line for line in survey(c.inventory).lines if line.kinds & {*RANKS, "coal"}]
    if not coals:
        yield not_applicable(text("没有煤", "there is no coal"))
        return
    d = c.dossier
    common = " ".join((*d.boundary.notes, *d.method_notes, *d.other_findings, *(x.title for x in d.documents)))
    if _ASSAY.search(common):
        return
    for line in coals:
        names = _data(c, line)
        if any(_ASSAY.search(f"{d.data[n].source}{d.data[n].method}{d.data[n].note}") for n in names):
            continue
        size = _other_rank(c, line, names)
        said = estimate(size, "改按烟煤、无烟煤、褐煤的缺省值计算的差值", "the difference if it were another rank at its defaults")
        yield unsettled(
            text(f"“{d.lines[line.place].item}”没有煤种依据（挥发分、煤质化验或GB/T 5751的判定），缺省值随煤种而变{said}。请提供化验单",
                 f"the rank of {d.lines[line.place].item!r} is not evidenced (volatile matter, assay, GB/T 5751); the defaults depend on "
                 f"it{said}. Supply the assay"),
            line.id, c.place("lines", line.place), effect=size,
        )


def _data(c: Context, line: Counted) -> list[str]:
    given = c.dossier.lines[line.place].inputs.values()
    flat = [r for reference in given for r in (reference if isinstance(reference, list) else [reference])]
    return [r for r in flat if isinstance(r, str) and r in c.dossier.data]


def _other_rank(c: Context, line: Counted, names: list[str]) -> Effect | None:
    """Span of the change in emission over the other ranks' defaults."""
    now = _emitted(c, line)
    amounts = [n for n in names if c.dossier.data[n].kind == "activity" and line.use == "fuel"]
    if now is None or not amounts:
        return None
    others = [e.low - now for rank in RANKS if rank not in line.kinds and (e := of_datum(c, amounts[0], kinds()[rank]))]
    return rounded(min(others), max(others)) if others else None


@check("CMP022", Family.COMPLETENESS, "material", needs=("lines",), clause="化工指南“原材料消耗”：燃料与原料不重不漏", covers=("B14",))
def fuel_and_feed_disjoint(c: Context) -> Iterator[Result]:
    """燃料与原料的用途不重不漏 | fuel and feed are disjoint and complete"""
    found = survey(c.inventory)
    feeds, fuels = ([line for line in found.lines if line.use == use] for use in ("feed", "fuel"))
    if not feeds and "raw-material" not in found.known:
        yield not_applicable(text("核算指南没有原材料碳平衡", "the guideline has no carbon balance"))
        return
    yield from _twice(c, fuels, feeds)
    yield from _facilities(c, fuels, feeds)
    ways = {c.dossier.lines[line.place].direction for line in feeds}
    if feeds and ways in ({"in"}, {"out"}):
        zh, en = ("输出（产品、副产品）", "output (products, by-products)") if "in" in ways else ("输入（原料）", "input (feed)")
        yield fail(text(f"原材料碳平衡没有碳{zh}的计算行。请补列，或说明为何没有",
                        f"the carbon balance has no line of carbon {en}. Add it, or say why there is none"),
                   "balance", tuple(p for line in feeds for p in c.place("lines", line.place)))


def _twice(c: Context, fuels: list[Counted], feeds: list[Counted]) -> Iterator[Result]:
    """The same activity datum under combustion and under feed."""
    eaten = {n: line for line in feeds for n in _data(c, line) if c.dossier.data[n].kind == "activity"}
    for fuel in fuels:
        for name in (n for n in _data(c, fuel) if n in eaten):
            feed = eaten[name]
            yield fail(text(f"数据项“{c.dossier.data[name].item}”同时进入燃烧与原材料两行，同一吨碳计了两次。请按用途拆分数量",
                            f"the datum {c.dossier.data[name].item!r} enters both combustion and feed: one tonne is counted twice. "
                            "Split the amount by use"),
                       f"twice/{name}", (*c.place("lines", fuel.place), *c.place("lines", feed.place)), effect=_overlap(c, fuel, feed))


def _facilities(c: Context, fuels: list[Counted], feeds: list[Counted]) -> Iterator[Result]:
    """A facility of the feed that is listed under combustion."""
    d = c.dossier
    burners = {line.id: line for line in fuels}
    used = {w for line in feeds for n in _data(c, line) for w in _names(d.data[n].facility)}
    eaten = {k: line for line in reversed(feeds) for k in line.kinds}
    for n, entry in enumerate(d.sources):
        fuel = burners.get(entry.line or "")
        if fuel is None:
            continue
        shared = [w for w in _names(entry.facility) if w in used or (feeds and _GASIFIER.search(w))]
        feed = next((eaten[k] for k in sorted(fuel.kinds) if k in eaten), None)
        if not shared or feed is None:
            continue
        size = _overlap(c, fuel, feed)
        said = estimate(size, "两行中较小者至多重复计入", "at most the smaller of the two lines is counted twice")
        yield fail(
            text(f"设施“{'、'.join(shared)}”列在燃烧排放源（{entry.energy}）下，而它的用煤作为原料计入碳平衡{said}。请按用途分开设施和数量",
                 f"the facility {', '.join(shared)} is listed under combustion ({entry.energy}), while what it uses is feed of the carbon "
                 f"balance{said}. Separate facilities and amounts by use"),
            f"facility/{shared[0]}", (*c.place("sources", n), *c.place("lines", feed.place)), effect=size,
        )


def _names(facility: str) -> list[str]:
    return [w for w in re.split("[、，,；;/和及]", facility) if len(w) > 1]


def _overlap(c: Context, fuel: Counted, feed: Counted) -> Effect | None:
    values = [abs(v) for line in (fuel, feed) if (v := _emitted(c, line)) is not None]
    return rounded(-min(values), Decimal(0)) if len(values) == 2 else None


def _emitted(c: Context, line: Counted) -> Decimal | None:
    """What the line adds to the total; the inventory keeps the dossier's order of lines."""
    found = c.inventory.lines[line.place] if line.place < len(c.inventory.lines) else None
    return signed(found) if found is not None and found.id == line.id else None

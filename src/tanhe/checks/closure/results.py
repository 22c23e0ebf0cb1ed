"""The result table (排放量汇总表): rows, deductions, gas mass, the report's formula, difference of the two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.closure._helpers import (
    digits_of,
    groups,
    half_unit,
    line_places,
    printed,
    rounds_to,
    show,
    totals,
)
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, not_run, review
from tanhe.checks.partial import own_part_unknown
from tanhe.checks.whatif import weight
from tanhe.guidelines.model import ResultRow
from tanhe.inventory.model import Line
from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse
from tanhe.quantity.rounding import half_up

_NO_DIFFERENCE = re.compile(r"无偏差|没有偏差|无差异|没有差异|一致|不存在偏差|无变化")
_NOT = re.compile(r"不一致|存在(偏差|差异)")


@check("CLO015", Family.CLOSURE, "editorial", clause="核算指南 附录一 报告格式：各行列出，无排放填0", covers=("C15",))
def result_rows_are_there(c: Context) -> Iterator[Result]:
    """汇总表列出指南的每一行 | the result table shows every row of the guideline"""
    if c.inventory.guideline.partial:
        yield own_part_unknown()
        return
    said = [(n, s) for n, s in enumerate(c.dossier.statements) if s.about == "result-rows"]
    shown = [name for _, s in said for name in re.split(r"[,，、\s]+", s.value) if name]
    if not shown and not c.dossier.subtotals:
        yield not_run(text("案卷没有录入排放量汇总表的行（subtotals 或 result-rows）", "the rows of the result table are "
                                                                      "not recorded"))
        return
    where = (*(p for n, _ in said for p in c.place("statements", n)), *c.place("subtotals"))
    left_out = _left_out(c, shown, listed=True) if shown else []
    sure = {row.id for row, _ in left_out}
    if c.dossier.subtotals:
        inferred = _left_out(c, list(c.dossier.subtotals), listed=False)
        left_out += [(row, lines) for row, lines in inferred if row.id not in sure and (lines or not shown)]
    for row, lines in left_out:
        if lines:
            raised = fail if row.id in sure else review
            added = sum((x.sign * printed(x) for x in lines), Decimal(0))
            yield raised(text(f"排放量汇总表没有“{row.zh}”一行，而案卷有这一源的排放量 {show(added)} tCO2e"
                              f"（{'、'.join(x.item for x in lines)}）。补列该行，再核对合计",
                              f"the result table has no row {row.id!r}, yet the dossier has {show(added)} tCO2e of it "
                              f"({', '.join(x.id for x in lines)}). Add the row and check the sum"),
                         f"result-table/{row.id}", (*where, *line_places(c, lines)), severity="minor")
    bare = [row for row, lines in left_out if not lines]
    if bare:
        raised = fail if shown else review
        yield raised(text(f"排放量汇总表缺少：{'、'.join(r.zh for r in bare)}；指南的各行都应列出，没有排放的填 0",
                          f"the result table lacks {len(bare)} rows: {', '.join(r.id for r in bare)}; "
                          "rows without emission show 0"),
                     "result-table", where)


def _left_out(c: Context, shown: list[str], listed: bool) -> list[tuple[ResultRow, list[Line]]]:
    """Rows of the guideline that are not shown, each with its lines that emit something.

    Where the rows were only inferred from the subtotals recorded, a row without emission may be one the sources
    exclude with a reason, and a subtotal that is broken down into some of its rows must show the others that emit.
    """
    guideline = c.inventory.guideline
    rows = {r.id: r.sources for r in guideline.rows}
    wholes = {s.id: s.sources for s in guideline.subtotals}
    own = {s for name in shown for s in rows.get(name, () if name in wholes else (name,))}
    parted = [set(wholes[w]) for w in shown if w in wholes and not listed and w not in rows and own & set(wholes[w])]
    covered = own | {s for name in shown for s in wholes.get(name, ())}
    reasoned = re.sub(r"\s", "", "|".join(f"{s.category}{s.energy}" for s in c.dossier.sources if s.excluded))

    def told(row: ResultRow) -> bool:
        excluded = any(s.zh in reasoned for sid in row.sources if (s := guideline.source(sid)))
        return excluded or any(x.source.id in row.sources and x.reported is not None for x in c.inventory.lines)

    found: list[tuple[ResultRow, list[Line]]] = []
    for row in guideline.rows:
        lines = [x for x in c.inventory.lines if x.source.id in row.sources and x.source.id not in own and printed(x)]
        if not set(row.sources) <= covered:
            lines = [x for x in lines if x.source.id not in covered]
            if lines or listed or not told(row):
                found.append((row, lines))
        elif lines and not own & set(row.sources) and any(set(row.sources) <= whole for whole in parted):
            found.append((row, lines))
    return found


@check("CLO016", Family.CLOSURE, "material", needs=("lines",), clause="核算指南 总量公式中的扣减项", covers=("C16",))
def deductions_are_subtracted(c: Context) -> Iterator[Result]:
    """扣减项以减号计入 | deductions are subtracted"""
    if not any(x.sign < 0 for x in c.inventory.lines):
        yield not_applicable(text("没有扣减项", "nothing is deducted"))
    for line in c.inventory.lines:
        if line.sign < 0 and line.reported is not None and line.reported < 0:
            yield review(text(f"{line.item}是扣减项，又印作负数 {show(line.reported)}；按正数列出，在合计中减去",
                              f"{line.item} is deducted and printed negative, {show(line.reported)}; print "
                              "it positive and subtract it"),
                         line.id, line_places(c, [line]), severity="minor")
    for name, found, members, path in (*groups(c.inventory), *totals(c.inventory)):
        cut = [x for x in members if x.sign < 0 and printed(x)]
        figure = found.reported
        if figure is None or not cut:
            continue
        right = sum((x.sign * printed(x) for x in members), Decimal(0))
        wrong = right + sum((2 * printed(x) for x in cut), Decimal(0))
        near = half_unit(digits_of(figure)) * (len(members) + 1)
        if abs(right - figure) > near and abs(wrong - figure) <= near:
            items = "、".join(x.item for x in cut)
            yield fail(text(f"{found.zh}印作 {show(figure)}，恰为把{items}加上的结果；减去后为 {show(right)}",
                            f"{found.zh} is printed {show(figure)}: the deductions were added; subtracted "
                            f"it is {show(right)}"),
                       f"sum/{name}", (*c.place(*path), *line_places(c, cut)), effect=effect(half_up(right - figure, 2)))


@check("CLO017", Family.CLOSURE, "material", clause="核算指南 温室气体排放总量公式", covers=("C4",))
def formula_has_every_term(c: Context) -> Iterator[Result]:
    """报告所用总量公式不缺指南的项 | the report's total formula has every term of the guideline"""
    if c.inventory.guideline.partial:
        yield own_part_unknown()
        return
    said = [(n, s) for n, s in enumerate(c.dossier.statements) if s.about == "formula.total" and s.value]
    if not said:
        yield not_run(text("案卷没有录入报告所用的总量公式（statements 中的 formula.total）",
                           "the report's total formula is not recorded (formula.total among the statements)"))
    guideline = c.inventory.guideline
    known: dict[str, tuple[str, ...]] = {s.id: (s.id,) for s in guideline.sources}
    known |= {s.id: s.sources for s in guideline.rows} | {s.id: s.sources for s in guideline.subtotals}
    for n, statement in said:
        terms = {p for name in re.split(r"[,，、\s]+", statement.value) for p in known.get(name.strip(), (name.strip(),))}
        lacking = [s for s in guideline.sources if not s.memo and s.id not in terms and s.id != "other"]
        if not lacking:
            continue
        left = sum((x.sign * x.exact for x in c.inventory.lines if x.exact is not None and x.source in lacking), Decimal(0))
        zh, en = "、".join(s.zh for s in lacking), ", ".join(s.en for s in lacking)
        yield fail(text(f"报告的总量公式缺少指南的项：{zh}；不涉及的项也应写出并说明为 0",
                        f"the report's total formula lacks terms of the guideline: {en}; what does not "
                        "occur is shown as 0 with the reason"),
                   "formula.total", (*c.place("statements", n), *c.place("method_notes")),
                   effect=effect(half_up(left, 2)) if left else None)


@check("CLO018", Family.CLOSURE, "minor", clause="核查指南 初始报告与核查结果的差异说明", covers=("P15",))
def difference_follows_from_parameters(c: Context) -> Iterator[Result]:
    """填报与核查之差等于各参数改动之和 | the difference between report and verification follows from its parameters"""
    changed = [(n, d) for n, d in c.dossier.data.items()
               if d.reported is not None and d.verified is not None and d.reported_unit is None and d.reported != d.verified]
    names = "、".join(d.item for _, d in changed)
    parts = [(x, x.sign * (x.verified - x.exact)) for x in c.inventory.lines
             if x.verified is not None and x.exact is not None and x.verified != x.exact]
    total = sum((gap for _, gap in parts), Decimal(0))
    listed = "；".join(f"{x.item} {show(gap, 2)}" for x, gap in parts)
    words = c.dossier.conclusions.difference
    if changed and _NO_DIFFERENCE.search(words) and not _NOT.search(words):
        yield fail(text(f"结论称填报与核查没有差异，而{names}的核查值不同于填报值（{listed or '不影响排放量'}）；改正结论或数值",
                        "the conclusion sees no difference, yet verified values differ from reported ones "
                        f"({len(changed)} data); correct one"),
                   "difference/claim",
                   (*c.place("conclusions", "difference"), *(p for n, _ in changed for p in c.place("data", n))),
                   effect=effect(half_up(total, 2)) if parts else None)
    for n, statement in enumerate(c.dossier.statements):
        if statement.about == "difference.including":
            yield from _stated(c, n, statement.value, total, listed)
    untold = [(n, d) for n, d in changed if not words and not _told(c, n, d.item)]
    for name, datum in untold:
        yield review(text(f"{datum.item}的填报值 {show(datum.reported or Decimal(0))} 改为 "
                          f"{show(datum.verified or Decimal(0))}，"
                          "没有不符合项或差异说明；补充改动的原因",
                          f"{datum.item}: {show(datum.reported or Decimal(0))} became "
                          f"{show(datum.verified or Decimal(0))} without a finding or a word; give "
                          "the reason"),
                     f"{name}/changed", (*c.place("data", name, "reported"), *c.place("data", name, "verified")))


def _told(c: Context, name: str, item: str) -> bool:
    core = re.split(r"[（(]", item)[0]
    return any(f.parameter in (name, item) or core in f.description + f.correction for f in c.dossier.findings)


def _stated(c: Context, at: int, words: str, total: Decimal, listed: str) -> Iterator[Result]:
    """A stated difference against the sum of what the parameters change."""
    try:
        said = parse(words).value
    except TanheError:
        return
    if not rounds_to(total, said) and not rounds_to(-total, said):
        yield fail(text(f"报告称核查与填报相差 {show(said)} tCO2e，各参数改动之和为 {show(total, 2)}（{listed or '没有改动'}）",
                        f"the report states a difference of {show(said)} tCO2e; the changed parameters "
                        f"make {show(total, 2)}"),
                   "difference/stated", c.place("statements", at), effect=effect(half_up(total - said, 2)),
                   severity=weight(total - said, c.inventory))


@check("CLO025", Family.CLOSURE, "material", needs=("lines",), clause="核算指南 汇总表注：气体本身质量与tCO2e分列", covers=("C14",))
def gas_mass_is_not_added(c: Context) -> Iterator[Result]:
    """气体质量不与tCO2e相加 | masses of other gases are not added to tCO2e"""
    gases = [x for x in c.inventory.lines if x.gas_mass is not None and not x.memo]
    if not gases:
        yield not_applicable(text("没有非CO2气体", "no gas but CO2"))
        return
    for name, found, members, path in (*groups(c.inventory), *totals(c.inventory)):
        figure, here = found.reported, [x for x in members if x in gases]
        if figure is None or not here:
            continue
        right = sum((x.sign * printed(x) for x in members), Decimal(0))
        wrong = right - sum((x.sign * (printed(x) - (x.gas_mass or Decimal(0))) for x in here), Decimal(0))
        near = half_unit(digits_of(figure)) * (len(members) + 1)
        if abs(right - figure) > near and abs(wrong - figure) <= near:
            yield _mass(c, name, found.zh, figure, right, here, path)


def _mass(
    c: Context, name: str, zh: str, figure: Decimal, right: Decimal, here: list[Line], path: tuple[str | int, ...]
) -> Result:
    items = "、".join(x.item for x in here)
    return fail(text(f"{zh}印作 {show(figure)}，是把{items}的气体质量（t）当作 tCO2e 相加；应为 {show(right)}",
                     f"{zh} is printed {show(figure)}: masses of gas (t) added as tCO2e; it should be "
                     f"{show(right)}"),
                f"sum/{name}", (*c.place(*path), *line_places(c, here)), effect=effect(half_up(right - figure, 2)))

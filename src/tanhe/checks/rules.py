"""The rules every computation runs (基本检查): readable data, complete inventory, units, replays, library values.

Each rule is one function from inventory and reading problems to findings; None means it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanhe.checks.findings import Effect, Finding, Outcome, Severity
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.inventory.model import Grade, Inventory, Line
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

DATA_TITLES = {
    "DAT001": ("活动数据为负", "negative activity data"),
    "DAT002": ("份额不在 0–1 之间", "a share outside 0–1"),
    "DAT003": ("日期在将来", "a date that lies ahead"),
    "DAT004": ("引用的证据不在清单中", "evidence not in the list"),
    "DAT005": ("引用的数据项、列或公式不存在", "a reference to nothing"),
    "DAT006": ("编号重复", "an id that stands twice"),
    "DAT007": ("公式没有这个方法或符号", "no such method or symbol"),
    "SER003": ("同一月份或周期出现多次", "a period that stands twice"),
    "SER005": ("合计的列有空格", "an empty cell in a column that is summed"),
}


@dataclass(frozen=True)
class Context:
    """What a rule may look at."""

    inventory: Inventory
    problems: tuple[Problem, ...]


Rule = Callable[[Context], "Iterator[Finding] | None"]


def data_rule(code: str) -> Rule:
    """A rule that passes on the reader's problems of one code."""

    def rule(context: Context) -> Iterator[Finding]:
        title = text(*DATA_TITLES[code])
        for problem in context.problems:
            if problem.code == code:
                places = (problem.place,) if problem.place else ()
                expected = text(f"；应为 {problem.expected}", f"; expected {problem.expected}") if problem.expected else ""
                severity: Severity = "minor" if code in ("DAT004", "DAT006") else "material"
                yield Finding(code, "fail", severity, title, problem.message + expected, problem.datum or problem.message,
                              places)

    return rule


def incomplete(context: Context) -> Iterator[Finding]:
    """CMP001 An identified source has no data: totals are incomplete (排放源缺数据)."""
    inventory = context.inventory
    title = text("已识别的排放源缺数据", "identified source without data")
    if not inventory.lines:
        message = text("没有任何排放量计算行。总量因此不完整", "there is no emission line. The totals are incomplete")
        yield Finding("CMP001", "open", "material", title, message, "lines")
    for line in (*inventory.lines, *(x for t in inventory.supplementary for x in t.lines)):
        if line.verified is None and not line.memo:
            message = text(f"“{line.item}”无法计算：{'；'.join(line.missing)}。总量因此不完整",
                           f"{line.item} cannot be computed: {'; '.join(line.missing)}. The totals are incomplete")
            places = (line.place,) if line.place else ()
            yield Finding("CMP001", "open", "material", title, message, line.id, places, line.source.clause or None)
    known = {line.id for line in inventory.lines}
    for n, source in enumerate(inventory.dossier.sources):
        if source.line in known or source.excluded:
            continue
        what = "/".join(filter(None, (source.category, source.energy, source.facility)))
        place = inventory.dossier.place("sources", n)
        message = text(f"{what}：已识别的排放源没有数据。总量因此不完整", f"{what}: identified, no data. The totals are incomplete")
        yield Finding("CMP001", "open", "material", title, message, what, (place,) if place else ())


def coverage(context: Context) -> Iterator[Finding]:
    """PER001 A series does not cover the reporting year exactly (周期未覆盖核算年度)."""
    dossier = context.inventory.dossier
    for name, series in dossier.all_series.items():
        covered = series.coverage
        if covered is None or covered.exact:
            continue
        title = text("周期没有恰好覆盖核算年度", "periods that do not cover the reporting year exactly")
        severity: Severity = "material" if covered.gaps or covered.overlaps else "minor"
        message = f"{dossier.tables[name].title}：{covered.summary()}"
        yield Finding("PER001", "review", severity, title, message, name, (Place(series.file),))


def unit_conflict(context: Context) -> Iterator[Finding]:
    """UNI001 Units of factor and activity do not fit (单位不相配)."""
    for line in context.inventory.lines:
        if not line.conflict:
            continue
        difference = None
        if line.verified is not None and line.exact is not None:
            gap = half_up(line.verified - line.exact, 2)
            difference = Effect(gap, gap)
        yield Finding("UNI001", "fail", "material", text("因子与活动数据的单位不相配", "units that do not fit"),
                      _conflict_message(line), line.id, (line.place,) if line.place else (), line.source.clause or None,
                      difference)


def _conflict_message(line: Line) -> str:
    verified = text("，按指南取值核算为 ", "; by the guideline's values it is ") + str(line.verified_value) \
        if line.verified_value is not None else ""
    return f"{line.item}: {line.conflict}{verified}"


def not_reproduced(context: Context) -> Iterator[Finding]:
    """REP001 A reported figure cannot be reproduced from its own inputs (填报数不能复现)."""
    inventory = context.inventory
    lines = [*inventory.lines, *(x for t in inventory.supplementary for x in t.lines)]
    sums = [(f"sum/{s.id}", s) for s in (*inventory.subtotals.values(), inventory.excluding, inventory.including)]
    sums += [(f"supplementary/{t.table}/{t.product}/{t.unit_name}", t.total) for t in inventory.supplementary]
    title = text("填报数不能由其输入复现", "a reported figure that its inputs do not give")
    for line in lines:
        if line.replay.grade is Grade.NOT_REPRODUCED and line.exact is not None and line.reported is not None:
            gap = half_up(line.exact - line.reported, 2)
            yield Finding("REP001", "fail", _weight(gap, inventory), title, f"{line.item}: {line.replay.reason}",
                          line.id, (line.place,) if line.place else (), line.source.clause or None, Effect(gap, gap))
    for name, total in sums:
        if total.replay.grade is Grade.NOT_REPRODUCED and total.reported is not None:
            gap = half_up(total.exact - total.reported, 2)
            yield Finding("REP001", "fail", _weight(gap, inventory), title, f"{total.zh}: {total.replay.reason}",
                          name, (total.place,) if total.place else (), None, Effect(gap, gap))
    for datum in inventory.data.values():
        if datum.replay.grade is Grade.NOT_REPRODUCED:
            yield Finding("REP001", "fail", "minor", title, f"{datum.datum.item}: {datum.replay.reason}", f"data/{datum.id}",
                          (datum.place,) if datum.place else ())


def hidden_precision(context: Context) -> Iterator[Finding]:
    """REP002 A reported figure reproduces only with digits that are not printed (隐含精度)."""
    inventory = context.inventory
    for line in inventory.lines:
        if line.replay.grade is Grade.HIDDEN_PRECISION:
            yield Finding("REP002", "review", "note", text("填报数用了未印出的位数", "digits that are not printed"),
                          f"{line.item}: {line.replay.reason}", line.id, (line.place,) if line.place else ())


def library_value(context: Context) -> Iterator[Finding]:
    """LIB001 A value is not what the document it claims says (引用值与出处不符)."""
    title = text("引用值与所称出处不符", "a value that its source does not say")
    for result in context.inventory.data.values():
        stated = result.reported if result.reported is not None else result.verified
        if result.factor is None or stated is None:
            continue
        its_unit = result.datum.reported_unit or result.datum.unit
        if not its_unit.fits(unit(result.factor.unit)):
            continue
        value = scale(stated, its_unit.factor_to(unit(result.factor.unit)))
        if value == result.factor.value:
            continue
        digits = max(0, -int(stated.as_tuple().exponent))
        rounded = half_up(result.factor.value, digits) == value
        message = text(
            f"{result.datum.item}填 {stated}，《{result.factor.document}》{result.factor.place} 为 {result.factor.value_text}"
            f"（{result.factor.grade}级）" + ("，是后者的修约" if rounded else ""),
            f"{result.datum.item} is {stated}; {result.factor.document} {result.factor.place} says "
            f"{result.factor.value_text} (grade {result.factor.grade})" + (", of which it is a rounding" if rounded else ""),
        )
        yield Finding("LIB001", "review" if rounded else "fail", "editorial" if rounded else "material", title, message,
                      result.id, (result.place,) if result.place else (), result.factor.place or None)


def _weight(gap: Decimal, inventory: Inventory) -> Severity:
    """Material from one tonne or 0.1 % of the total on, else minor."""
    return "material" if abs(gap) >= max(Decimal(1), abs(inventory.including.exact) / 1000) else "minor"


RULES: dict[str, Rule] = {
    **{code: data_rule(code) for code in DATA_TITLES},
    "CMP001": incomplete,
    "PER001": coverage,
    "UNI001": unit_conflict,
    "REP001": not_reproduced,
    "REP002": hidden_precision,
    "LIB001": library_value,
}


def run(inventory: Inventory, problems: tuple[Problem, ...]) -> Outcome:
    """All rules, ordered by severity; a rule that fails itself is counted as not run, with the reason."""
    context = Context(inventory, problems)
    findings: list[Finding] = []
    passed = failed = 0
    not_run: list[tuple[str, str]] = []
    for code, rule in RULES.items():
        try:
            found = list(rule(context) or ())
        except Exception as error:  # a rule never stops the others (Law 7)
            not_run.append((code, f"{type(error).__name__}: {error}"))
            continue
        findings += found
        passed, failed = (passed, failed + 1) if found else (passed + 1, failed)
    order = ("material", "minor", "editorial", "note")
    findings.sort(key=lambda f: order.index(f.severity))
    return Outcome(tuple(findings), passed + failed, passed, failed, 0, tuple(not_run))

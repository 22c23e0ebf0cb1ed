"""Rounding (修约): cut instead of rounded, effect of rounded intermediates, one number of decimals in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from tanhe.checks.closure._helpers import digits_of, groups, line_places, rounds_to, show, totals
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, review
from tanhe.checks.whatif import all_lines
from tanhe.dossier.places import Place
from tanhe.inventory.model import Grade, Line
from tanhe.messages import text
from tanhe.quantity.rounding import half_up, truncate


@check("CLO019", Family.CLOSURE, "minor", needs=("lines",), clause="GB/T 8170 数值修约", covers=("C8",))
def figures_are_rounded_not_cut(c: Context) -> Iterator[Result]:
    """数值四舍五入而不是截尾 | figures are rounded, not cut off"""
    for line, _ in all_lines(c.inventory):
        exact, figure = line.exact, line.reported
        if exact is None or figure is None or not _cut(exact, figure):
            continue
        if line.replay.grade is Grade.HIDDEN_PRECISION and line.replay.value != exact:
            continue
        yield _result(line.item, exact, figure, line.id, line_places(c, [line]), line.sign)
    for name, found, members, path in (*groups(c.inventory), *totals(c.inventory)):
        figure = found.reported
        added = sum((x.sign * x.reported for x in members if x.reported is not None), Decimal(0))
        if figure is not None and members and _cut(found.exact, figure) and not rounds_to(added, figure):
            yield _result(found.zh, found.exact, figure, f"sum/{name}", c.place(*path), 1)


def _cut(exact: Decimal, figure: Decimal) -> bool:
    return not rounds_to(exact, figure) and truncate(exact, digits_of(figure)) == figure


def _result(item: str, exact: Decimal, figure: Decimal, datum: str, where: Iterable[Place], sign: int) -> Result:
    d = digits_of(figure)
    return fail(text(f"{item}复算 {show(exact, d + 2)}，四舍五入为 {show(exact, d)}，印作 {show(figure)}：截去了尾数",
                     f"{item} recomputes to {show(exact, d + 2)}, rounded {show(exact, d)}, printed "
                     f"{show(figure)}: digits were cut off"),
                datum, where, effect=effect(half_up(sign * (exact - figure), 2)))


@check("CLO020", Family.CLOSURE, "minor", needs=("lines", "data"), clause="GB/T 8170 中间结果不修约或多保留位数", covers=("C9",))
def rounded_intermediates_matter_little(c: Context) -> Iterator[Result]:
    """中间结果的修约影响很小 | rounding of intermediates changes little"""
    seen: set[str] = set()
    for line, supplementary in all_lines(c.inventory):
        if line.full is None or line.exact is None or line.full == line.exact or line.replay.grade is Grade.NOT_REPRODUCED:
            continue
        gap = line.sign * (line.full - line.exact)
        own = abs(gap) >= 1 and abs(gap) >= abs(line.exact) * c.policy.number("rounding.effect.line") / 100
        whole = abs(c.inventory.including.exact) * c.policy.number("rounding.effect.total") / 100
        rounded = _rounded(c, line)
        if not (own or (not supplementary and abs(gap) >= max(whole, Decimal(1)))) or not rounded or rounded in seen:
            continue
        seen.add(rounded)
        names = rounded.split("|")
        said = "、".join(f"{c.dossier.data[n].item} "
                        f"{_shown(c, n, line.full / line.exact if len(names) == 1 and line.exact else None)}" for n in names)
        yield review(text(f"{line.item}：{said}；不修约时排放量为 {show(line.full, 2)}，印刷值算得 {show(line.exact, 2)}，"
                          f"差 {show(gap, 2)} tCO2。增加保留位数",
                          f"{line.item}: {said}; unrounded the emission is {show(line.full, 2)}, from "
                          "printed digits "
                          f"{show(line.exact, 2)}: {show(gap, 2)} tCO2. Keep more digits"),
                     f"{line.id}/{'+'.join(names)}", (*line_places(c, [line]), *_data_places(c, names)),
                     effect=effect(half_up(gap, 2)))


def _data_places(c: Context, names: Iterable[str]) -> tuple[Place, ...]:
    return tuple(p for n in names for p in c.place("data", n, "reported"))


def _rounded(c: Context, line: Line) -> str:
    """The derived data whose rounding moves the line, joined by ``|``; what moves it a hundredth as much is left out."""
    given = line.reported_evaluation.inputs if line.reported_evaluation is not None else ()
    moved: dict[str, Decimal] = {}
    for item in given:
        found = c.inventory.data.get(item.datum or "")
        if found is None or found.evaluation is None or found.evaluation.exact is None or not found.reported:
            continue
        moved[found.id] = abs(found.evaluation.exact / found.reported - 1)
    most = max(moved.values(), default=Decimal(0))
    return "|".join(n for n, share in moved.items() if share and share * 100 >= most)


def _shown(c: Context, name: str, ratio: Decimal | None) -> str:
    """The unrounded value beside the printed one; ``ratio`` carries the digits of the whole chain behind it."""
    found = c.inventory.data[name]
    exact = found.evaluation.exact if found.evaluation is not None else None
    if exact is None or found.reported is None:
        return ""
    whole = show(found.reported * ratio if ratio is not None else exact, digits_of(found.reported) + 3)
    return text(f"{whole} 印作 {show(found.reported)}", f"{whole} printed {show(found.reported)}")


@check("CLO021", Family.CLOSURE, "note", clause="核查报告编写习惯：同表同列位数一致", covers=("C18",))
def digits_are_constant(c: Context) -> Iterator[Result]:
    """同一列的小数位数一致 | one number of decimals in a column"""
    for name, series in c.dossier.all_series.items():
        for key, values in series.values.items():
            digits = {digits_of(v) for v in values if v}
            if len(digits) > 1:
                yield review(text(f"{c.dossier.tables[name].title}"
                                  f"“{c.dossier.tables[name].columns[key].title}”各期小数位数为 {_set(digits)}",
                                  f"{c.dossier.tables[name].title}, {key}: decimals differ ({_set(digits)})"),
                             f"{name}.{key}", (Place(series.file),))
    figures = {x.id: x.reported for x in c.inventory.lines if x.reported}
    digits = {digits_of(v) for v in figures.values()}
    if len(digits) > 1:
        yield review(text(f"各行排放量的小数位数为 {_set(digits)}；统一为两位", f"the lines have {_set(digits)} decimals; "
                                                               "keep two"),
                     "lines", line_places(c, [x for x in c.inventory.lines if x.reported]))


def _set(digits: set[int]) -> str:
    return "、".join(map(str, sorted(digits)))

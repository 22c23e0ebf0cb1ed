"""Calculation tables as printed (印出的计算表): no result is left blank, and the formula of the header gives the results."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, unsettled
from tanhe.dossier.places import Place
from tanhe.messages import text


def _said(c: Context, about: str) -> Iterator[tuple[str, str, str, tuple[Place, ...]]]:
    """Value, place in words, text and place of the statements about one thing."""
    for n, s in enumerate(c.dossier.statements):
        if s.about == about:
            yield s.value, s.where or text("排放量计算表", "a calculation table"), s.text, c.place("statements", n)


@check("CLO027", Family.CLOSURE, "minor", clause="核算指南 报告格式：逐行列出计算结果", covers=("C1", "C2"))
def results_are_printed(c: Context) -> Iterator[Result]:
    """计算表每一行和合计都印有结果 | every row and every total of a calculation table has its result"""
    if not c.dossier.statements:
        yield not_run(text("案卷没有录入报告的表述（statements）", "the dossier records no statements of the report"))
    for item, where, none, places in _said(c, "result.empty"):
        if none:
            yield unsettled(text(f"{where}只有表头，没有填有输入数据和结果的行。请补上数据行", f"{where} has a header and no row with inputs and "
                                 "a result. Supply the row"), f"empty/{where}", places)
            continue
        yield unsettled(text(f"{where}“{item}”一行有输入数据，没有结果。请补上结果，再核对合计",
                             f"{where}: the row {item!r} has its inputs and no result. Supply it and check the total"),
                        f"empty/{where}/{item}", places)


@check("CLO028", Family.CLOSURE, "minor", clause="核算指南的公式", covers=("C1", "C19"))
def header_formula_gives_the_results(c: Context) -> Iterator[Result]:
    """计算表表头的公式得出该表印出的结果 | the formula in the header of a calculation table gives its printed results"""
    if not c.dossier.statements:
        yield not_run(text("案卷没有录入报告的表述（statements）", "the dossier records no statements of the report"))
    for formula, where, right, places in _said(c, "formula.figures"):
        yield fail(text(f"{where}的公式印作“{formula}”，由所列输入得不出所列结果{f'；{right} 才得出' if right else ''}。请改正公式，或查明结果",
                        f"{where} prints the formula {formula!r}; from the inputs listed it does not give the results"
                        f"{f'; {right} does' if right else ''}. Correct the formula, or settle the results"),
                   f"formula/{where}", places)


@check("CLO029", Family.CLOSURE, "material", needs=("lines",), clause="核算指南：排放量不为负；扣减项按正数列出后减去", covers=("C16",))
def emissions_are_not_negative(c: Context) -> Iterator[Result]:
    """排放量、小计和总量不印作负数 | no emission, subtotal or total is printed negative"""
    for n, line in enumerate(c.dossier.lines):
        if line.reported is not None and line.reported < 0 and line.source not in ("electricity", "heat", "raw-material"):
            yield fail(text(f"{line.item}的排放量印作负数 {line.reported}。排放量不为负；请查正负号，扣减项按正数列出后减去",
                            f"the emission of {line.item} is printed negative, {line.reported}. Emissions are not negative; see the sign"),
                       f"negative/{line.id}", c.place("lines", n, "reported"))
    for value, where, item, places in _said(c, "result.negative"):
        yield fail(text(f"{where}“{item}”印作负数 {value}，而所列输入和各行都不为负。请查正负号",
                        f"{where} prints {value} for {item!r}, negative, though neither its inputs nor its rows are. See the sign"),
                   f"negative/{where}/{item}", places)


@check("CLO030", Family.CLOSURE, "minor", needs=("data", "lines"), clause="核查报告数据核查表：核查值", covers=("C1", "A13"))
def used_values_are_verified(c: Context) -> Iterator[Result]:
    """参与核查计算的数据项印有核查值 | every datum the verified calculation uses has a verified value"""
    users = {name: n for n, line in reversed(list(enumerate(c.dossier.lines))) for name in line.inputs.values() if isinstance(name, str)}
    used = {name: datum for name, datum in c.dossier.data.items() if name in users}
    lacking = [name for name, d in used.items() if d.verified is None and d.reported is not None and d.derive is None]
    if len(lacking) * 2 >= len(used):
        yield not_applicable(text("案卷只录有填报值，没有核查值一栏", "the dossier has filed values only, no column of verified ones"))
        return
    for name in lacking:
        datum = used[name]
        yield unsettled(text(f"{datum.item}只有填报值 {datum.reported}，没有核查值，而排放量按此数计算。请填写核查值，或查明两栏是否颠倒",
                             f"{datum.item} has a filed value, {datum.reported}, and no verified one, yet the emission is computed with it. "
                             "Supply the verified value, or see whether the columns are exchanged"),
                        f"verified/{name}", (*c.place("data", name, "reported"), *c.place("lines", users[name])))

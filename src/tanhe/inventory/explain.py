"""One number written out as a person would (算式说明): symbols, numbers, units, sources with clause, replay."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal

from tanhe.factors.model import Factor
from tanhe.inventory.model import Column, DatumResult, Evaluation, Input, Inventory, Line, Replay, Sum
from tanhe.messages import TanheError, language, text
from tanhe.quantity.quantity import exact_text, plain
from tanhe.quantity.units import DIMENSIONLESS, Unit


def explain(inventory: Inventory, name: str) -> str:
    """The explanation of a line, datum, subtotal or total by its id; unknown ids name the nearest."""
    line = inventory.line(name)
    if line is not None:
        return "\n".join(_line(inventory, line))
    if name in inventory.data:
        return "\n".join(_datum(inventory, inventory.data[name], 0))
    sums = sums_by_name(inventory)
    if name in sums:
        return "\n".join(_sum(inventory, sums[name]))
    known = known_names(inventory)
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.2) or known[:3]
    raise TanheError(
        text(f"没有“{name}”，最接近的是：{'、'.join(near)}", f"there is no {name!r}; nearest: {', '.join(near)}"),
        expected=text("排放行、数据项、小计或总量的编号", "the id of a line, datum, subtotal or total"),
    )


def sums_by_name(inventory: Inventory) -> dict[str, Sum]:
    """Subtotals, both totals and the supplementary totals by the name to ask for."""
    found = {name: total for name, total in inventory.subtotals.items()}
    found |= {"excluding": inventory.excluding, "including": inventory.including}
    return found | {f"supplementary/{t.product}": t.total for t in inventory.supplementary}


def known_names(inventory: Inventory) -> list[str]:
    """Everything that can be explained."""
    lines = [line.id for line in inventory.lines] + [x.id for t in inventory.supplementary for x in t.lines]
    return [*lines, *sums_by_name(inventory), *inventory.data]


def _line(inventory: Inventory, line: Line) -> Iterator[str]:
    yield f"{line.id}  {line.source.zh if language() == 'zh' else line.source.en}：{line.item}"
    guideline = inventory.guideline
    yield text(f"依据：《{guideline.title}》（{guideline.number}）{line.source.clause}，{line.source.grade}级",
               f"by {guideline.title} ({guideline.number}) {line.source.clause}, grade {line.source.grade}")
    if line.place:
        yield text(f"位置：{line.place}", f"at {line.place}")
    columns = [(Column.REPORTED, line.reported_evaluation)]
    if line.corrected:
        columns.append((Column.VERIFIED, line.verified_evaluation))
    for column, evaluation in columns:
        if evaluation is not None:
            title = text("填报", "reported") if column is Column.REPORTED else text("核查", "verified")
            yield ""
            yield text(f"【{title}】", f"[{title}]") if line.corrected else ""
            value = line.value if column is Column.REPORTED else line.verified_value
            yield from _evaluation(inventory, evaluation, value, line.unit, 0)
    yield ""
    yield from _replay(line.reported, line.replay, line.unit)
    if line.full is not None and line.exact is not None and line.full != line.exact:
        yield text(f"全精度（不修约中间值）：{exact_text(line.full, 18)}，相差 {exact_text(line.full - line.exact, 8)} {line.unit}",
                   f"full precision: {exact_text(line.full, 18)}, a difference of {exact_text(line.full - line.exact, 8)}")


def _evaluation(
    inventory: Inventory, evaluation: Evaluation, value: Decimal | None, unit: str, depth: int
) -> Iterator[str]:
    pad = "  " * depth
    formula = evaluation.formula
    name = formula.zh if language() == "zh" else formula.en
    yield f"{pad}{name}：{formula.result_symbol} = {evaluation.expression}"
    if evaluation.missing:
        for missing in evaluation.missing:
            yield f"{pad}  " + text(f"缺：{missing}", f"missing: {missing}")
    if not any(i.spec.many and len(i.values) > 4 for i in evaluation.inputs) and not evaluation.missing:
        yield f"{pad}  = {evaluation.with_numbers}"
    if evaluation.exact is not None:
        shown = f"{pad}  = {exact_text(evaluation.exact)} {evaluation.unit}"
        yield shown + (f" ≈ {plain(value)} {unit}" if value is not None else "")
    if evaluation.conflict:
        yield f"{pad}  ! {evaluation.conflict}"
    for item in evaluation.inputs:
        yield from _input(inventory, item, depth)


def _input(inventory: Inventory, item: Input, depth: int) -> Iterator[str]:
    pad = "  " * (depth + 1)
    meaning = item.spec.zh if language() == "zh" else item.spec.en
    stated_value, stated_unit = item.stated
    if item.spec.many:
        shown = text(f"{len(item.values)} 个数值", f"{len(item.values)} values")
    else:
        shown = f"{plain(item.value)} {_unit(item.unit)}".rstrip()
        if stated_unit != item.unit:
            shown += text(f"（原为 {plain(stated_value)} {stated_unit.zh}）", f" (stated {plain(stated_value)} {stated_unit})")
    yield f"{pad}{item.symbol}  {meaning} = {shown}"
    where = f"［{item.place}］" if item.place else ""
    yield f"{pad}    {item.origin}{where}"
    if item.factor is not None and item.datum is not None:
        yield f"{pad}    {_factor(item.factor, item)}"
    if item.datum is not None and depth < 4:
        result = inventory.data.get(item.datum)
        if result is not None and (result.evaluation is not None or result.readings):
            yield from _derivation(inventory, result, depth + 2)


def _bare(unit: str) -> str:
    return "" if unit == "1" else f" {unit}"


def _unit(unit: Unit) -> str:
    return "" if unit == DIMENSIONLESS else unit.zh if language() == "zh" else str(unit)


def _factor(factor: Factor, item: Input) -> str:
    same = text("与所引一致", "equals its source") if item.from_library else text("与所引不同", "differs from its source")
    number = f"（{factor.document_number}）" if factor.document_number else ""
    dates = text(f"，{factor.issued}发布", f", issued {factor.issued}") if factor.issued else ""
    return text(
        f"所引：《{factor.document}》{number}{factor.place} {factor.value_text}{_bare(factor.unit)}{dates}，{factor.grade}级"
        f"（{factor.status_words}）；{same}",
        f"source: {factor.document} {number}{factor.place} {factor.value_text}{_bare(factor.unit)}{dates}, grade {factor.grade}"
        f" ({factor.status_words}); {same}",
    )


def _derivation(inventory: Inventory, result: DatumResult, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if result.evaluation is not None:
        yield f"{pad}" + text(f"由来（{result.replay.grade.zh}）：", f"derived ({result.replay.grade.value}):")
        yield from _evaluation(inventory, result.evaluation, result.reported or result.verified,
                               str(result.datum.unit), depth)
    for reading in result.readings:
        yield f"{pad}" + text("参照：", "compare: ") + f"{reading.method} {plain(reading.value)} {reading.unit}"


def _datum(inventory: Inventory, result: DatumResult, depth: int) -> Iterator[str]:
    datum = result.datum
    yield f"{result.id}  {datum.item}"
    if result.place:
        yield text(f"位置：{result.place}", f"at {result.place}")
    for title, value in ((text("填报", "reported"), result.reported), (text("核查", "verified"), result.verified)):
        if value is not None:
            yield f"{title}：{plain(value)} {_unit(datum.unit)}"
    rows = (("数据来源", "source", datum.source), ("监测方法", "method", datum.method), ("监测频次", "frequency", datum.frequency),
            ("核查结论", "conclusion", datum.conclusion))
    for zh, en, words in rows:
        if words:
            yield f"{text(zh, en)}：{words.strip()}"
    yield from _derivation(inventory, result, depth)
    if result.evaluation is not None:
        yield from _replay(result.reported if result.reported is not None else result.verified, result.replay,
                           str(datum.unit))
    if result.factor is not None:
        factor = result.factor
        yield text(f"所称出处：《{factor.document}》{factor.place} {factor.value_text}{_bare(factor.unit)}，{factor.grade}级",
                   f"claimed source: {factor.document} {factor.place} {factor.value_text}{_bare(factor.unit)}, grade {factor.grade}")
    if result.library_note:
        yield result.library_note


def _sum(inventory: Inventory, total: Sum) -> Iterator[str]:
    yield f"{total.id}  {total.zh}"
    members = _members(inventory, total)
    for line in members:
        sign = "−" if line.sign < 0 else "+"
        exact = exact_text(line.exact, 18) if line.exact is not None else text("缺数据", "no data")
        shown = f"（≈ {plain(line.value)}）" if line.value is not None else ""
        yield f"  {sign} {exact} {shown}  {line.id}  {line.item}"
    yield f"  = {exact_text(total.exact)} tCO2e ≈ {plain(total.value)}"
    if total.verified != total.exact:
        yield text(f"  核查值：{exact_text(total.verified)} ≈ {plain(total.verified_value)} tCO2e",
                   f"  verified: {exact_text(total.verified)} ≈ {plain(total.verified_value)} tCO2e")
    for missing in total.missing:
        yield text(f"  不完整：{missing}", f"  incomplete: {missing}")
    yield from _replay(total.reported, total.replay, "tCO2e")


def _members(inventory: Inventory, total: Sum) -> list[Line]:
    for table in inventory.supplementary:
        if total is table.total:
            return list(table.lines)
    if total is inventory.including:
        return [line for line in inventory.lines if not line.memo]
    if total is inventory.excluding:
        return [line for line in inventory.lines if not line.memo and not line.source.purchased]
    group = next((s.sources for s in inventory.guideline.subtotals if s.id == total.id), (total.id,))
    return [line for line in inventory.lines if line.source.id in group]


def _replay(reported: Decimal | None, replay: Replay, unit: str) -> Iterator[str]:
    if reported is None:
        yield text("填报值：无", "reported: none")
        return
    grade = text(replay.grade.zh, replay.grade.value)
    yield text(f"填报值：{plain(reported)} {unit}，{grade}", f"reported: {plain(reported)} {unit}, {grade}") + (
        f"：{replay.reason}" if replay.reason else "")

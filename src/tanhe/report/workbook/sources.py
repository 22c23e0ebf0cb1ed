"""One sheet for each emission source (排放源页): its lines, each with its inputs, formula and both results."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal

from tanhe.guidelines.model import Source
from tanhe.inventory.compute import policy_of
from tanhe.inventory.model import Column, Grade, Line
from tanhe.quantity.rounding import Kind
from tanhe.report.workbook.amounts import difference, rounded, signed_sum
from tanhe.report.workbook.blocks import LEFT, Sides, write_result, write_terms, write_values
from tanhe.report.workbook.grid import Calc, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sides import Side, line_side
from tanhe.report.workbook.styles import decimals, full_format, printed_format


def write_source(sheet: Sheet, source: Source, references: References) -> None:
    """A source's sheet: its sum at the top, then a block for each line."""
    numbered = [(n, line) for n, line in enumerate(references.inventory.lines) if line.source.id == source.id]
    sheet.put(0, 0, source.zh, "title")
    facts = [f"条款：{source.clause or '未注明'}", f"条款等级：{source.grade}", f"气体：{source.gas}"]
    facts += ["计入总量时取负号"] * (source.sign < 0) + ["单列，不计入总量"] * source.memo
    sheet.put(1, 0, "　".join(facts), "subtitle")
    row = write_overview(sheet, 3, ("source", source.id), numbered, source.sign)
    write_lines(sheet, row + 1, numbered, references)


def write_overview(
    sheet: Sheet, row: int, key: tuple[Hashable, ...], numbered: Sequence[tuple[int, Line]], sign: int
) -> int:
    """The lines of one source with their results and their sum in both columns; returns the next row."""
    book = sheet.book
    sheet.put_row(row, ("±", "排放行", "核查（全精度）", "核查（修约）", "说明", "填报口径（全精度）", "修约", "复算结论"), "head")
    for n, line in numbered:
        row += 1
        sheet.put(row, 0, "+" if line.sign * sign > 0 else "−", "center")
        sheet.put(row, 1, line.item, "strong")
        for column, exact, value in _figures(line):
            at = LEFT[column]
            conflict = column is Column.REPORTED and line.conflict
            style = "bad-number" if conflict else "calc"
            for offset, name, figure in ((0, "exact", exact), (1, "value", value)):
                shown = Calc(book.at("line", n, column, name), figure if figure is not None else "")
                fillable = figure is not None or _open(line, column)
                look = full_format(figure) if offset == 0 else printed_format(value) if value is not None else decimals(2)
                sheet.put(row, at + offset, shown if fillable else None, style if fillable else "missing", format=look)
        told, bad = _remark(line)
        sheet.put(row, 4, told, "bad" if bad else "text")
        sheet.put(row, 7, f"{line.replay.grade.zh}{'：' if line.replay.reason else ''}{line.replay.reason}", grade_style(line))
    _write_sum_of_lines(sheet, row + 1, key, numbered, sign)
    return row + 2


def _write_sum_of_lines(
    sheet: Sheet, row: int, key: tuple[Hashable, ...], numbered: Sequence[tuple[int, Line]], sign: int
) -> None:
    """The exact sum in both columns, and how many lines have a number."""
    book = sheet.book
    sheet.put_row(row, ("Σ", "合计"), "total-text")
    for column in (Column.VERIFIED, Column.REPORTED):
        terms = [(line.sign * sign, book.at("line", n, column, "exact")) for n, line in numbered]
        figures = [(line.sign * sign, _exact(line, column)) for n, line in numbered]
        total = sum((s * figure for s, figure in figures if figure is not None), Decimal(0))
        spoilt = column is Column.REPORTED and any(line.conflict for _, line in numbered)
        sheet.put(row, LEFT[column], Calc(signed_sum(terms), total), "bad-number" if spoilt else "total",
                  format=full_format(total), anchor=(*key, column))
        terms = [(line.sign * sign, book.at("line", n, column, "value")) for n, line in numbered]
        shown = [(line.sign * sign, _rounded(line, column)) for _, line in numbered]
        settled = sum((s * figure for s, figure in shown if figure is not None), Decimal(0))
        sheet.put(row, LEFT[column] + 1, Calc(signed_sum(terms), settled), "bad-number" if spoilt else "calc",
                  format=printed_format(settled), anchor=(*key, column, "rounded"))
    book.anchors[book.number((*key, "first"))] = (sheet.name, row - len(numbered), LEFT[Column.VERIFIED])
    book.anchors[book.number((*key, "last"))] = (sheet.name, row - 1, LEFT[Column.VERIFIED])
    filled = sum(line.verified is not None for _, line in numbered)
    count = Calc(f"COUNT({book.at(*key, 'first')}:{book.at(*key, 'last')})", Decimal(filled))
    sheet.put(row, 4, count, "calc" if filled == len(numbered) else "bad-number",
              format=f'"{len(numbered)} 行中有数的行："0', anchor=(*key, "count"))
    sheet.put(row, 7, "含单位不相配的行，仅为重现填报数" if any(line.conflict for _, line in numbered) else "", "text")


def _figures(line: Line) -> tuple[tuple[Column, Decimal | None, Decimal | None], ...]:
    return ((Column.VERIFIED, line.verified, line.verified_value), (Column.REPORTED, line.exact, line.value))


def _exact(line: Line, column: Column) -> Decimal | None:
    return line.verified if column is Column.VERIFIED else line.exact


def _rounded(line: Line, column: Column) -> Decimal | None:
    return line.verified_value if column is Column.VERIFIED else line.value


def _open(line: Line, column: Column) -> bool:
    """Whether the line waits for an input that can be filled in."""
    evaluation = line.verified_evaluation if column is Column.VERIFIED else line.reported_evaluation
    if evaluation is None or evaluation.exact is not None:
        return evaluation is not None
    given = {item.symbol for item in evaluation.inputs}
    absent = [spec for symbol, spec in evaluation.formula.symbols.items() if symbol not in given]
    return bool(absent) and not any(spec.many for spec in absent)


def _remark(line: Line) -> tuple[str, bool]:
    if line.verified is None:
        return "；".join(line.missing), True
    if line.conflict:
        return "填报口径单位不相配，见下；核查值未采用", True
    return ("核查值与填报口径不同" if line.corrected else "", False)


def grade_style(figure: object) -> str:
    """The look of a replay's grade."""
    grade = getattr(figure, "replay").grade  # noqa: B009
    return {Grade.NOT_REPRODUCED: "bad", Grade.HIDDEN_PRECISION: "warn", Grade.WITHIN_ROUNDING: "warn"}.get(grade, "text")


def write_lines(sheet: Sheet, row: int, numbered: Sequence[tuple[int, Line]], references: References) -> int:
    """A block for each line."""
    for n, line in numbered:
        row = _write_line(sheet, row, n, line, references) + 1
    return row


def _write_line(sheet: Sheet, row: int, n: int, line: Line, references: References) -> int:
    sides = Sides(line_side(line, Column.VERIFIED, references), line_side(line, Column.REPORTED, references))
    flow = {"in": "（输入，加）", "out": "（输出，减）"}.get(line.spec.direction or "", "")
    sheet.put_row(row, (f"{line.item}{flow}", *[None] * 6, str(line.place or line.id)), "item")
    row = write_terms(sheet, row + 1, ("line", n), sides)
    row = write_result(sheet, row, ("line", n), "排放量（全精度）", sides)
    values = {side.column: _value(sheet, n, line, side, references) for side in sides.each}
    row = write_values(sheet, row, ("line", n), "排放量（修约）", sides, values, line.value)
    if line.gas_mass is not None:
        row = _write_mass(sheet, row, n, line)
    row = _write_published(sheet, row, n, line)
    if line.spec.note:
        sheet.put_row(row, ("注", line.spec.note), "plain")
        row += 1
    for problem in dict.fromkeys((*([line.conflict] if line.conflict else []), *line.problems)):
        sheet.put(row, 0, f"！{problem}", "bad-line")
        row += 1
    return row


def _value(sheet: Sheet, n: int, line: Line, side: Side, references: References) -> Calc | None:
    mark = sheet.book.at("line", n, side.column, "exact")
    value = line.verified_value if side.column is Column.VERIFIED else line.value
    if side.exact is not None and value is not None:
        return rounded(mark, side.exact, value)
    if not _open(line, side.column):
        return None
    inventory = references.inventory
    digits = policy_of(inventory.dossier, inventory.guideline).digits.get(Kind.EMISSION_LINE)
    return Calc(f'IF({mark}="","",ROUND({mark},{12 if digits is None else digits}))', "")


def _write_mass(sheet: Sheet, row: int, n: int, line: Line) -> int:
    book = sheet.book
    text = f"{book.at('line', n, Column.VERIFIED, 'exact')}/{book.at('line', n, Column.VERIFIED, 'GWP')}"
    assert line.gas_mass is not None
    sheet.put(row, 0, "", "center")
    sheet.put(row, 1, "其中：气体质量", "strong")
    sheet.put(row, 2, Calc(text, line.gas_mass), "calc", format=full_format(line.gas_mass), anchor=("line", n, "mass"))
    sheet.put(row, 3, f"t{line.source.gas}", "center")
    sheet.put(row, 4, "排放量 ÷ 全球变暖潜势")
    return row + 1


def _write_published(sheet: Sheet, row: int, n: int, line: Line) -> int:
    """The published figure, its difference from the recomputation, grade and reason."""
    if line.reported is None:
        sheet.put_row(row, ("", "填报的排放量", "", "", ""), "strong")
        sheet.put_row(row, ("未填报", "", ""), "center", LEFT[Column.REPORTED])
        return row + 1
    look = printed_format(line.reported)
    grade = f"{line.replay.grade.zh}{'：' if line.replay.reason else ''}{line.replay.reason}"
    sheet.put_row(row, ("", "填报的排放量", "", "", ""), "strong")
    sheet.put(row, 5, line.reported, "published", format=look, anchor=("line", n, "published"), comment=str(line.place or ""))
    sheet.put(row, 6, line.unit, "center")
    sheet.put(row, 7, grade, grade_style(line))
    if line.value is None:
        return row + 1
    row += 1
    mark = sheet.book.at("line", n, "published"), sheet.book.at("line", n, Column.REPORTED, "value")
    sheet.put_row(row, ("", "填报 − 复算", "", "", ""), "strong")
    sheet.put(row, 5, difference(*mark, line.reported, line.value), "calc", format=look)
    sheet.put(row, 6, line.unit, "center")
    sheet.put(row, 7, "由填报口径的输入算得的修约值与填报数之差")
    return row + 1


"""Which cell a value of the dossier stands in (取数单元格), by the same rules the inventory resolves it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tanhe.dossier.data import Datum, Literal_, Reference
from tanhe.factors.model import Factor
from tanhe.inventory.model import Column, Inventory, Line
from tanhe.inventory.resolve import cite
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.units import Unit, unit
from tanhe.report.workbook.grid import Book

ORDER: Mapping[Column, tuple[str, str]] = {
    Column.VERIFIED: ("verified", "reported"), Column.REPORTED: ("reported", "verified"),
}
"""Which of a datum's two figures a column takes first."""


@dataclass(frozen=True)
class Cited:
    """A value and where it stands: ``mark`` names its cell, empty when the number is typed at its place of use."""

    value: Decimal
    unit: Unit
    mark: str = ""
    origin: str = ""
    comment: str = ""
    style: str = "link"
    series: str = ""


@dataclass
class References:
    """Looks references up; ``lines`` numbers every line of the inventory and of the supplementary tables."""

    inventory: Inventory
    book: Book
    lines: list[Line] = field(default_factory=list)
    _busy: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        tables = self.inventory.supplementary
        self.lines = [*self.inventory.lines, *(line for table in tables for line in table.lines)]

    def find(self, reference: Reference, column: Column) -> tuple[Cited, ...]:
        """The cells a reference stands for; empty when it has no value."""
        if isinstance(reference, Literal_):
            return (Cited(reference.value, reference.unit, "", reference.note or "案卷直接给出", style="input"),)
        if reference.startswith("line:"):
            return self._line(reference.removeprefix("line:"), column)
        if reference in self.inventory.dossier.data:
            found = self.datum(reference, column)
            return (found,) if found else ()
        name, _, heading = reference.partition(".")
        return self._series(name, heading)

    def _line(self, line_id: str, column: Column) -> tuple[Cited, ...]:
        found = next(((n, line) for n, line in enumerate(self.lines) if line.id == line_id), None)
        if found is None:
            return ()
        n, line = found
        figure = line.reported if line.reported is not None else line.value
        if figure is None:
            return ()
        same = {Column.VERIFIED: line.verified_value, Column.REPORTED: line.value}[column] == figure
        mark = self.book.at("line", n, column, "value") if same else self.book.at("line", n, "published")
        return (Cited(figure, unit(line.unit), mark, f"排放行“{line.item}”{'' if same else '的填报数'}"),)

    def _series(self, name: str, heading: str) -> tuple[Cited, ...]:
        table = self.inventory.dossier.tables.get(name)
        series = self.inventory.dossier.all_series.get(name)
        if table is None or series is None or heading not in table.columns:
            return ()
        values, head = series.values[heading], table.columns[heading]
        if any(value is None for value in values):
            return ()
        origin = f"月度数据“{table.title}”的“{head.title}”列（{len(values)} 期）"
        return tuple(
            Cited(value, head.unit, self.book.at("month", name, heading, row), origin, series=f"{name}.{heading}")
            for row, value in enumerate(values) if value is not None
        )

    def datum(self, name: str, column: Column) -> Cited | None:
        """The cell of the 数据 sheet that a column takes for this datum."""
        result, datum = self.inventory.data[name], self.inventory.dossier.data[name]
        origin, comment = self.origin_of(name, datum), self.comment_of(name, datum)
        for key in ORDER[column]:
            value: Decimal | None = getattr(datum, key)
            if value is not None:
                its = datum.reported_unit if key == "reported" and datum.reported_unit else datum.unit
                return Cited(value, its, self.book.at("datum", name, key), origin, comment)
        if result.factor is not None:
            mark = self.book.at("datum", name, column.value)
            return Cited(result.factor.value, unit(result.factor.unit), mark, cite(result.factor), comment)
        value = self._derived(name, column)
        return None if value is None else Cited(value, datum.unit, self.book.at("datum", name, column.value), origin, comment)

    def _derived(self, name: str, column: Column) -> Decimal | None:
        from tanhe.report.workbook.sides import derivation_side

        if name in self._busy or self.inventory.dossier.data[name].derive is None:
            return None
        self._busy.add(name)
        try:
            side = derivation_side(name, column, self)
        finally:
            self._busy.discard(name)
        return None if side is None or side.conflict else side.exact

    def factor(self, factor: Factor) -> str:
        """The mark of a library value on the sheet of factors."""
        return self.book.at("factor", factor.key, factor.document, factor.place)

    def origin_of(self, name: str, datum: Datum) -> str:
        """Where a datum comes from, with the library value it claims to be, in one phrase."""
        factor = self.inventory.data[name].factor
        parts = [f"数据“{datum.item}”", datum.source]
        if factor is not None:
            value = datum.verified if datum.verified is not None else datum.reported
            fits = unit(factor.unit).fits(datum.unit)
            same = fits and scale(factor.value, unit(factor.unit).factor_to(datum.unit)) == value
            parts.append(cite(factor) + ("" if same or value is None else f"，库值 {plain(factor.value)} {unit(factor.unit).zh}"))
        return "；".join(part for part in parts if part)

    def comment_of(self, name: str, datum: Datum) -> str:
        """Place in the dossier, documents and method, for the comment on a cell."""
        dossier = self.inventory.dossier
        titles = {document.id: document.title for document in dossier.documents}
        documents = "；".join(f"{d} {titles.get(d, '')}".strip() for d in datum.documents)
        parts = (("案卷", str(self.inventory.data[name].place or "")), ("来源", datum.source), ("文件", documents),
                 ("监测方法", datum.method), ("核查结论", datum.conclusion), ("备注", datum.note))
        return "\n".join(f"{label}：{value}" for label, value in parts if value)


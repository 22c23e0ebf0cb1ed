"""Monthly tables (月度数据表 → 序列): columns with ids, CSV as printed, and the data they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from tanhe.dossier.places import Place
from tanhe.quantity.numbers import Printed
from tanhe.quantity.units import DIMENSIONLESS, Unit
from tanhe.reading.assemble.drafts import Draft, Pool, closes, number
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import FACTORS, Role, fresh, fuel_in, role_of, slug, squeeze, unit_of
from tanhe.reading.claims import Monthly, Said

_CAPTION_NUMBER = re.compile(r"^续?表\s*(?:附\s*)?\d+(?:\s*[.\-–—]\s*\d+)*\s*[:：]?\s*")
_STOCK = re.compile(r"库存|结存|存量|余额|月末|期末")
"""A level at the end of each month, of which there is no sum."""
_COLUMN_SLUGS = ((r"点火", "ignition"), (r"车(?!间)", "vehicles"), (r"合计|总", "total"), (r"空分", "air-separation"), (r"其[他它]", "other"))


@dataclass
class Column:
    """A column being assembled: title, unit, printed total, one cell a row."""

    id: str
    title: str
    unit: Unit
    role: Role
    cells: tuple[Said | None, ...]
    total: Said | None
    aggregate: str = "sum"
    weights: str | None = None

    @property
    def values(self) -> tuple[Printed | None, ...]:
        """The cells as numbers."""
        return tuple(number(c.text) if c else None for c in self.cells)


@dataclass
class Table:
    """A monthly table being assembled."""

    id: str
    title: str
    labels: tuple[Said, ...]
    columns: list[Column] = field(default_factory=list)
    place: Place | None = None
    note: Said | None = None

    @property
    def file(self) -> str:
        """The CSV file it is stored in."""
        return f"tables/{self.id}.csv"


def read_monthly(claims: Iterable[Monthly], pool: Pool, tree: Tree) -> list[Table]:
    """Tables with their columns; a table that repeats a column of an earlier one is joined to it."""
    tables: list[Table] = []
    for claim in claims:
        labels = tuple(Said(re.sub(r"\s", "", label.text), label.place) for label, _ in claim.rows)
        columns = _columns(claim)
        columns = [c for c in columns if any(v is not None for v in c.values)]
        if not labels or not columns:
            tree.unplaced.append((claim.place, f"月度表没有读出数值：{squeeze(claim.title)}"))
            continue
        home = next((t for t in tables if _same_labels(t, labels) and any(_known(t, c) for c in columns)), None)
        new = home is None
        if home is None:
            name = fresh(slug(claim.title, "", fuel_in(claim.title)), (t.id for t in tables))
            home = Table(name, _CAPTION_NUMBER.sub("", squeeze(claim.title)), labels, place=claim.place)
            tables.append(home)
        home.note = home.note or claim.note
        for column in columns:
            if new or not _known(home, column):
                column.id = fresh(column.id, (c.id for c in home.columns))
                home.columns.append(column)
        for said in (t for c in columns if (t := c.total) is not None and number(t.text) is None):
            tree.lose(said, "月度表的合计不是一个数")
    for table in tables:
        _aggregates(table)
    return tables


def _columns(claim: Monthly) -> list[Column]:
    found: list[Column] = []
    for n, (title, printed) in enumerate(claim.columns):
        its_unit = unit_of(printed)
        words = squeeze(title) or squeeze(claim.title)
        role = role_of(words, its_unit)
        cells = tuple(row[n] if n < len(row) else None for _, row in claim.rows)
        total = claim.totals[n] if n < len(claim.totals) else None
        name = next((s for pattern, s in _COLUMN_SLUGS if re.search(pattern, words)), None)
        name = name or {"amount": "amount", "ncv": "ncv"}.get(role, role)
        if unit_of(printed) is not None and str(its_unit) == "GJ":
            name = "heat"
        chosen = its_unit or DIMENSIONLESS
        found.append(Column(name, words, chosen, role, cells, total))
    return found


def _same_labels(table: Table, labels: tuple[Said, ...]) -> bool:
    return [said.text for said in table.labels] == [said.text for said in labels]


def _known(table: Table, column: Column) -> bool:
    return any([v.value if v else None for v in c.values] == [v.value if v else None for v in column.values] for c in table.columns)


def _aggregates(table: Table) -> None:
    """A printed total that is no sum but the mean weighted with another column says so."""
    amounts = [c for c in table.columns if c.role in ("amount", "output")]
    for column in table.columns:
        total = number(column.total.text) if column.total else None
        if column.role not in FACTORS:
            column.aggregate = "none" if total is None and _STOCK.search(column.title) else column.aggregate
            continue
        column.aggregate = "none"
        for weights in amounts:
            if total is not None and (mean := weighted(column, weights)) is not None and closes(mean, total):
                column.aggregate, column.weights = "weighted-mean", weights.id
        values = [v.value for v in column.values if v is not None]
        if column.aggregate == "none" and total is not None and values and closes(Fraction(sum(values)) / len(values), total):
            column.aggregate = "mean"
        if column.aggregate == "none" and amounts:
            column.aggregate, column.weights = "weighted-mean", amounts[0].id


def weighted(column: Column, weights: Column) -> Fraction | None:
    """Mean of the column weighted with another; None where a cell lacks."""
    pairs = [(v.value, w.value) for v, w in zip(column.values, weights.values, strict=True) if v is not None and w is not None]
    below = sum((Fraction(w) for _, w in pairs), Fraction(0))
    if not below or len(pairs) < len(column.cells):
        return None
    return sum((Fraction(v) * Fraction(w) for v, w in pairs), Fraction(0)) / below


def link(tables: list[Table], pool: Pool) -> None:
    """Tie every column to the datum whose figure is its total, and say by which arithmetic."""
    for table in tables:
        for column in table.columns:
            printed = total_of(column)
            draft = _owner(table, column, printed, pool) if printed is not None else None
            if draft is None and printed is not None and column.role in FACTORS and column.total is not None:
                draft = _of_column(table, column, pool)
            if draft is None or draft.series is not None:
                continue
            draft.series = f"{table.id}.{column.id}"
            if column.unit == DIMENSIONLESS:
                column.unit = draft.unit
            draft.derive = _derivation(table, column)


def total_of(column: Column) -> Printed | None:
    """The printed total, else the sum of the months at their digits."""
    if column.total is not None and (printed := number(column.total.text)) is not None:
        return printed
    values = [v for v in column.values if v is not None]
    if len(values) < len(column.cells) or not values or column.role in FACTORS:
        return None
    digits = max(v.digits for v in values)
    return Printed(sum((v.value for v in values), start=values[0].value * 0), "", digits)


def _owner(table: Table, column: Column, printed: Printed, pool: Pool) -> Draft | None:
    fits = [
        d for d in pool
        if d.value is not None and d.series is None and (d.value == printed.value or d.base == Fraction(printed.value) * column.unit.scale)
        and (d.unit.fits(column.unit) or column.unit == DIMENSIONLESS) and (d.role in FACTORS) == (column.role in FACTORS)
    ]
    return max(fits, key=lambda d: _likeness(d, table, column), default=None)


def _likeness(draft: Draft, table: Table, column: Column) -> int:
    shared = set(table.title + column.title) & set(draft.item.text)
    return 10 * (draft.role == column.role) + len(shared)


def _of_column(table: Table, column: Column, pool: Pool) -> Draft | None:
    """A datum for a factor that stands only as the mean of a monthly table; none without a unit, for it could not be computed with."""
    assert column.total is not None
    amount = next((d for d in pool if d.series is not None and d.series.startswith(f"{table.id}.") and d.role in ("amount", "output")), None)
    if column.unit == DIMENSIONLESS and column.role != "of" and not (column.role == "ncv" and amount is not None):
        return None
    thing = re.sub(r"(消耗量|消费量|用量|使用量)$", "", amount.item.text) if amount else ""
    item = Said(column.title if thing and thing in column.title else f"{thing}{column.title}", column.total.place)
    draft = pool.named(item, column.role, "factor", column.unit, fuel=amount.fuel if amount else fuel_in(table.title))
    if column.unit == DIMENSIONLESS and column.role == "ncv" and amount is not None:
        from tanhe.quantity.units import unit

        draft.unit = column.unit = unit("GJ") / amount.unit
    draft.reported = draft.verified = column.total
    draft.table = table.place
    draft.note.append(f"取自月度表“{table.title}”，没有单独的数据核查表")
    return draft


def _derivation(table: Table, column: Column) -> dict[str, object] | None:
    reference = f"{table.id}.{column.id}"
    if column.role not in FACTORS:
        return {"formula": "statistics.series_sum", "inputs": {"x": reference}}
    if column.aggregate == "weighted-mean" and column.weights:
        return {"formula": "statistics.weighted_mean", "inputs": {"x": reference, "w": f"{table.id}.{column.weights}"}}
    return None


def on_demand(tables: list[Table], value: Fraction, pool: Pool, item: Said) -> Draft | None:
    """A datum for a column total that a calculation uses although no parameter table stands behind it."""
    for table in tables:
        for column in table.columns:
            printed = total_of(column)
            if printed is None or Fraction(printed.value) * column.unit.scale != value or column.role in FACTORS:
                continue
            draft = pool.named(item, column.role, "activity", column.unit)
            draft.reported = draft.verified = column.total or item
            draft.series, draft.derive = f"{table.id}.{column.id}", _derivation(table, column)
            draft.table = table.place
            draft.note.append(f"取自月度表“{table.title}”的“{column.title}”一列")
            beside = next((d for d in pool if d is not draft and d.series is not None and d.series.startswith(f"{table.id}.")), None)
            if beside is not None and beside.unit == draft.unit and "source" in beside.fields:
                draft.fields["source"] = beside.fields["source"]
            return draft
    return None

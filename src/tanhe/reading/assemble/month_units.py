"""Units over monthly columns (月度表表头的单位): a column that is a datum's but for a power of ten bears the wrong unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from tanhe.quantity.units import DIMENSIONLESS, Unit, unit
from tanhe.reading.assemble.drafts import Draft, Pool
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.series import Column, Table, total_of
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import FACTORS
from tanhe.reading.claims import Said

_USUAL: Final = tuple(unit(u) for u in ("kWh", "MWh", "万kWh", "Nm3", "万Nm3", "kg", "t", "万t", "MJ", "GJ"))
_POWERS: Final = frozenset(Fraction(10) ** n for n in (-7, -6, -4, -3, 3, 4, 6, 7))


def say_month_units(tables: list[Table], pool: Pool, tree: Tree) -> None:
    """State the unit of each such column beside the one under which its total is the datum."""
    for table in tables:
        for column in table.columns:
            printed = total_of(column)
            if printed is None or not printed.value or column.unit == DIMENSIONLESS or column.role in FACTORS or table.place is None:
                continue
            found = _datum(f"{table.id}.{column.id}", Fraction(printed.value), table, column, pool)
            if found is not None:
                draft, right = found
                note_statement(tree, f"unit.{draft.id}", Said(column.unit.zh, table.place), f"{table.title} {column.title}", "", right.zh)


def _datum(name: str, total: Fraction, table: Table, column: Column, pool: Pool) -> tuple[Draft, Unit] | None:
    """The datum whose figure the total is under another unit of the kind; None where it is one under its own unit."""
    alike = [d for d in pool if d.base is not None and d.value is not None and d.role not in FACTORS and d.unit.fits(column.unit)]
    if any(d.base == total * column.unit.scale for d in alike):
        return None
    for draft in alike:
        ratio = (draft.base or Fraction(0)) / (total * column.unit.scale)
        own = draft.series == name or len(set(table.title + column.title) & set(draft.item.text)) > 1
        right = next((u for u in (draft.unit, *_USUAL) if u.fits(column.unit) and u.scale == column.unit.scale * ratio), None)
        if own and ratio in _POWERS and right is not None:
            return draft, right
    return None

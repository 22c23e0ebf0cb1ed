"""Choosing among rows of one key with different validity (按有效期选取)."""

from datetime import date

from tanhe.factors.dates import earliest, latest
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row


def covers(row: Row, day: date) -> bool:
    """Whether the validity of a row, open where empty, includes the day."""
    return (earliest(row["valid_from"]) or date.min) <= day <= (latest(row["valid_to"]) or date.max)


def in_force(rows: list[Row], on: date | None) -> Row:
    """The row valid on the day; without a day the one that begins last. Raises :class:`FactorNotFound`."""
    if on is None:
        return max(rows, key=lambda row: row["valid_from"])
    for row in rows:
        if covers(row, on):
            return row
    periods = [f"{row['valid_from'] or '…'} – {row['valid_to'] or '…'}" for row in rows]
    raise FactorNotFound(f"{on} 没有有效的值", f"no value is valid on {on}", periods)

"""Ten million rows, three formulas: DuckDB decimals from ``to_sql``, a blocked NumPy kernel, exact integers.

``python columns.py duckdb|numpy|exact ROWS FILE`` prints one line of JSON and stores the printed totals of each
enterprise in FILE. Each engine has a process of its own, so that its peak memory can be read.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import Any

import numpy as np
from data import COLUMNS, ROWS_OF_A_FIRM, best, blocks, floats, peak_mib, printed

TYPES = {"firm": "INTEGER", "ad": "DECIMAL(12,2)", "ncv": "DECIMAL(6,3)", "cc": "DECIMAL(6,5)",
         "oxidation": "DECIMAL(3,2)", "mwh": "DECIMAL(12,3)", "grid": "DECIMAL(5,4)", "gj": "DECIMAL(12,2)",
         "heat": "DECIMAL(5,4)"}
BINDING = {
    # DuckDB keeps a product of narrow decimals in 18 digits and raises beyond: one wide column makes it 38.
    "combustion.heat_form": {"AD": "CAST(ad AS DECIMAL(19,2))", "NCV": "ncv", "CC": "cc", "OF": "oxidation"},
    "electricity.net_electricity": {"AD": "mwh", "EF": "grid"},
    "heat.net_heat": {"AD": "gj", "EF": "heat"},
}
SAMPLE = 10_000


def duckdb_decimals(n: int, file: str) -> dict[str, Any]:
    """Exact decimals; every enterprise is printed, and a sample of rows is compared with the Decimal engine."""
    import duckdb

    from tanhe.formulas.registry import find
    from tanhe.formulas.render import to_sql
    from tanhe.quantity.rounding import half_up

    connection = duckdb.connect()
    _fill(connection, n)
    written = {name: to_sql(find(name).tree(), binding) for name, binding in BINDING.items()}
    sums = ", ".join(f"sum({column.sql}) AS c{i}" for i, column in enumerate(written.values()))
    whole, found = best(lambda: connection.execute(f"SELECT {sums} FROM rows").fetchone())
    grouped = f"CREATE OR REPLACE TEMP TABLE firms AS SELECT firm, {sums} FROM rows GROUP BY firm"
    by_firm, _ = best(lambda: connection.execute(grouped))
    peak = peak_mib()
    ratios = [column.ratio for column in written.values()]
    firms = connection.execute("SELECT c0, c1, c2 FROM firms ORDER BY firm").fetchall()
    shown = [[int(half_up(Fraction(x) * r, 2).scaleb(2)) for x, r in zip(row, ratios, strict=True)] for row in firms]
    np.save(file, np.array(shown, dtype=np.int64))
    return {"whole": whole, "by_firm": by_firm, "mib": peak, "wrong_rows": _wrong_rows(connection, written, n),
            "totals": [str(Fraction(x) * r) for x, r in zip(found, ratios, strict=True)]}


def _fill(connection: Any, n: int) -> None:
    connection.execute(f"CREATE TABLE rows ({', '.join(f'{k} {t}' for k, t in TYPES.items())})")
    shifted = ", ".join(f"CAST({name} AS DECIMAL(18,0)) * CAST({10.0**-d:.{d}f} AS DECIMAL({d + 1},{d}))"
                        for name, (d, _) in COLUMNS.items())
    for block in blocks(n):
        connection.register("block", block)
        connection.execute(f"INSERT INTO rows SELECT firm, {shifted} FROM block")
        connection.unregister("block")


def _wrong_rows(connection: Any, written: dict[str, Any], n: int) -> int:
    """Sampled rows whose emission differs from the Decimal engine's in a printed digit."""
    from tanhe.formulas.registry import find
    from tanhe.quantity.rounding import half_up

    wrong, every = 0, max(1, n // SAMPLE)
    for name, column in written.items():
        inputs = ", ".join(BINDING[name].values())
        query = f"SELECT {column.sql}, {inputs} FROM rows WHERE rowid % {every} = 0"
        for inner, *values in connection.execute(query).fetchall():
            exact = find(name).evaluate(dict(zip(BINDING[name], values, strict=True)))
            wrong += half_up(Fraction(inner) * column.ratio, 2) != half_up(exact, 2)
    return wrong


def numpy_blocked(n: int, file: str) -> dict[str, Any]:
    """The three products in doubles, in blocks that fit the cache."""
    c = floats(n)
    work = np.empty(1 << 15)

    def parts() -> Any:
        for start in range(0, n, len(work)):
            part = slice(start, min(start + len(work), n))
            w = work[: part.stop - start]
            np.multiply(c["ad"][part], c["ncv"][part], out=w)
            np.multiply(w, c["cc"][part], out=w)
            yield part, w

    def whole() -> Any:
        totals = np.zeros(3)
        for part, w in parts():
            totals += w @ c["oxidation"][part], c["mwh"][part] @ c["grid"][part], c["gj"][part] @ c["heat"][part]
        return totals * (44 / 12, 1, 1)

    def by_firm() -> Any:
        totals = np.zeros((n // ROWS_OF_A_FIRM + 1, 3))
        for part, w in parts():
            firm = c["firm"][part]
            at = firm - firm[0]
            rows = totals[firm[0] : firm[-1] + 1]
            rows[:, 0] += np.bincount(at, np.multiply(w, c["oxidation"][part], out=w))
            rows[:, 1] += np.bincount(at, np.multiply(c["mwh"][part], c["grid"][part], out=w))
            rows[:, 2] += np.bincount(at, np.multiply(c["gj"][part], c["heat"][part], out=w))
        return totals[: -(-n // ROWS_OF_A_FIRM)] * (44 / 12, 1, 1)

    seconds, totals = best(whole)
    grouped, firms = best(by_firm)
    peak = peak_mib()
    np.save(file, np.stack([printed(firms[:, i]) for i in range(3)], axis=1))
    return {"whole": seconds, "by_firm": grouped, "mib": peak, "totals": [str(Fraction(x)) for x in totals]}


def exact_integers(n: int, file: str) -> dict[str, Any]:
    """Scaled integers, without Tanhe and without floats: the oracle of this benchmark."""
    scales = (Fraction(44, 12) / 10**12, Fraction(1, 10**7), Fraction(1, 10**6))
    sums, firms = [0, 0, 0], []
    for b in blocks(n):
        energy, carbon = b["ad"] * b["ncv"], b["cc"] * b["oxidation"]
        high, low = (_by_firm(part * carbon) for part in (energy >> 20, energy & ((1 << 20) - 1)))
        combustion = [(h << 20) + x for h, x in zip(high, low, strict=True)]
        found = (combustion, _by_firm(b["mwh"] * b["grid"]), _by_firm(b["gj"] * b["heat"]))
        sums = [total + sum(part) for total, part in zip(sums, found, strict=True)]
        firms += list(zip(*found, strict=True))
    np.save(file, np.array([[_hundredths(x * s) for x, s in zip(row, scales, strict=True)] for row in firms], np.int64))
    return {"totals": [str(total * scale) for total, scale in zip(sums, scales, strict=True)]}


def _by_firm(products: np.ndarray) -> list[int]:
    """Sum of each enterprise: a hundred products stay within 64 bits."""
    starts = np.arange(0, len(products), ROWS_OF_A_FIRM)
    return [int(x) for x in np.add.reduceat(products, starts)]


def _hundredths(exact: Fraction) -> int:
    return int(exact * 100 + Fraction(1, 2))


ENGINES = {"duckdb": duckdb_decimals, "numpy": numpy_blocked, "exact": exact_integers}

if __name__ == "__main__":
    print(json.dumps(ENGINES[sys.argv[1]](int(sys.argv[2]), sys.argv[3])))

"""Ten tabular rules on monthly rows: the data for everyone, the dossiers that are wrong, and Tanhe's own rules.

Only :func:`ours` imports Tanhe, so that the peers' environment can read the same rows.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from typing import Any

SEED = 20240
ROWS = 10_000
MONTHS = 12
YEAR = 2024
FUELS = ("natural_gas", "diesel", "bituminous", "lpg")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = r"^[0-9A-HJ-NP-RTUWXY]{18}$"
NCV = (10, 450)
HALF = 0.005
RULES = ("sum", "range", "not_null", "unique", "code", "months", "order", "positive", "in_set", "product")
COLUMNS = ("dossier", "uscc", "fuel", "month", "read", "ad", "ncv", "energy", "total")

Row = dict[str, Any]


def dossiers(rows: int = ROWS) -> tuple[list[list[Row]], dict[str, set[int]]]:
    """Monthly rows by dossier as printed text, and for each rule the dossiers that break it: one in a hundred."""
    draw = random.Random(SEED)
    number = -(-rows // MONTHS)
    wrong: dict[str, set[int]] = {rule: set() for rule in RULES}
    found = []
    for n in range(number):
        made = _dossier(n, draw)
        if draw.random() < 0.1:
            rule = draw.choice(RULES)
            _spoil(rule, made, draw)
            wrong[rule].add(n)
        found.append(made)
    return found, wrong


def _dossier(n: int, draw: random.Random) -> list[Row]:
    code, fuel = "".join(draw.choice(ALPHABET) for _ in range(18)), draw.choice(FUELS)
    hundredths = [draw.randint(100, 900_000) for _ in range(MONTHS)]
    ncv = draw.randint(15_000, 43_000)
    total = sum(hundredths)
    return [
        {"dossier": n, "uscc": code, "fuel": fuel, "month": m, "read": f"{YEAR}-{m:02d}-25", "ad": _printed(h, 2),
         "ncv": _printed(ncv, 3), "energy": _printed((h * ncv + 500) // 1000, 2), "total": _printed(total, 2)}
        for m, h in enumerate(hundredths, 1)
    ]


def _printed(scaled: int, digits: int) -> str:
    figures = str(abs(scaled)).rjust(digits + 1, "0")
    return ("-" if scaled < 0 else "") + f"{figures[:-digits]}.{figures[-digits:]}"


def _spoil(rule: str, rows: list[Row], draw: random.Random) -> None:
    """Break one rule and no other."""
    row = rows[draw.randrange(2, MONTHS - 1)]
    if rule == "sum":
        for other in rows:
            other["total"] = _printed(int(other["total"].replace(".", "")) + 900, 2)
    elif rule == "range":
        for other in rows:
            other["ncv"], other["energy"] = "0.500", _printed((int(other["ad"].replace(".", "")) * 500 + 500) // 1000, 2)
    elif rule == "not_null":
        row["uscc"] = None
    elif rule == "unique":
        rows.insert(rows.index(row), dict(row, ad="0.01", energy=_printed((int(row["ncv"].replace(".", "")) + 500) // 1000, 2)))
        for other in rows:
            other["total"] = _printed(int(other["total"].replace(".", "")) + 1, 2)
    elif rule == "code":
        for other in rows:
            other["uscc"] = "O" + other["uscc"][1:]
    elif rule == "months":
        rows.remove(row)
        for other in rows:
            other["total"] = _printed(int(other["total"].replace(".", "")) - int(row["ad"].replace(".", "")), 2)
    elif rule == "order":
        row["read"] = f"{YEAR}-01-02"
    elif rule == "positive":
        moved = int(row["ad"].replace(".", "")) + 700
        row["ad"], row["energy"] = "-7.00", _printed(-((700 * int(row["ncv"].replace(".", "")) + 500) // 1000), 2)
        for other in rows:
            other["total"] = _printed(int(other["total"].replace(".", "")) - moved, 2)
    elif rule == "in_set":
        for other in rows:
            other["fuel"] = "unobtainium"
    else:
        row["energy"] = _printed(int(row["energy"].replace(".", "")) + 400, 2)


def verdict(found: dict[str, set[int]], wrong: dict[str, set[int]]) -> int:
    """Dossiers that a rule names wrongly or fails to name."""
    return sum(len(found.get(rule, set()) ^ wrong[rule]) for rule in RULES)


def ours(rows: int = ROWS) -> dict[str, float]:
    """Tanhe's engine on the same rows: one dossier after the other, exact decimals, every result with its place."""
    from datetime import date

    from tanhe.checks.engine import Context, run
    from tanhe.checks.policy import policy

    given, wrong = dossiers(rows)
    contexts = [Context(_inventory(part), (), policy({}), date(2026, 6, 30)) for part in given]
    rules = _rules()
    seconds, outcomes = float("inf"), []
    for _ in range(5):
        start = time.perf_counter()
        outcomes = [run(rules, context) for context in contexts]
        seconds = min(seconds, time.perf_counter() - start)
    found: dict[str, set[int]] = {}
    for n, outcome in enumerate(outcomes):
        for finding in outcome.findings:
            found.setdefault(finding.datum, set()).add(n)
    return {"rows": sum(map(len, given)) / seconds, "each": len(given) / seconds, "wrong": verdict(found, wrong)}


def _inventory(rows: list[Row]) -> Any:
    """A dossier with its twelve rows as a table, computed: the state in which rules find it."""
    from tanhe.dossier.model import Dossier
    from tanhe.dossier.series import read_csv
    from tanhe.inventory.compute import compute

    names = ("month", "read", "ad", "ncv", "energy")
    unit = {"month": "1", "read": "1", "ad": "t", "ncv": "GJ/t", "energy": "GJ"}
    columns = {name: {"title": name, "unit": unit[name]} for name in names}
    columns["ad"]["total"] = rows[0]["total"]
    first = rows[0]
    uscc = None if any(row["uscc"] is None for row in rows) else first["uscc"]
    dossier = Dossier.model_validate({
        "format": "tanhe.dossier/1", "guideline": "ndrc2015-industrial-other", "year": str(YEAR),
        "entity": {"name": "企业", **({"uscc": uscc} if uscc else {})},
        "tables": {"fuel": {"title": "燃料", "file": "fuel.csv", "columns": columns}},
        "lines": [{"id": "combustion/fuel", "source": "combustion", "item": "燃料", "fuel": first["fuel"]}],
    })
    body = "\n".join([",".join(("period", *names)), *(
        ",".join((f"{row['month']}月", str(row["month"]), row["read"].replace("-", ""), row["ad"], row["ncv"], row["energy"]))
        for row in rows)])
    series, _ = read_csv("fuel", "fuel.csv", body, list(columns), YEAR)
    return compute(dossier.attach("", "", {}, {"fuel": series} if series else {}))


def _rules() -> list[Any]:
    """The ten rules as functions of the engine."""
    from decimal import Decimal
    from itertools import pairwise

    from tanhe.checks.engine import Context, Family, Result, check, fail

    code, low, high, half = re.compile(CODE), Decimal(NCV[0]), Decimal(NCV[1]), Decimal("0.005")

    def column(c: Context, name: str) -> tuple[Decimal, ...]:
        return c.dossier.series("fuel").column(name)

    def broken(name: str, c: Context, *path: str) -> Result:
        return fail(f"{name} is broken", name, c.place(*path))

    def total(c: Context) -> Iterator[Result]:
        """合计 | the printed total is the sum of the months"""
        if sum(column(c, "ad")) != c.dossier.tables["fuel"].columns["ad"].total:
            yield broken("sum", c, "tables", "fuel")

    def band(c: Context) -> Iterator[Result]:
        """范围 | the calorific value lies in its band"""
        if not all(low <= v <= high for v in column(c, "ncv")):
            yield broken("range", c, "tables", "fuel")

    def present(c: Context) -> Iterator[Result]:
        """不空 | the code is given"""
        if c.dossier.entity.uscc is None:
            yield broken("not_null", c, "entity")

    def once(c: Context) -> Iterator[Result]:
        """不重 | each month once"""
        months = column(c, "month")
        if len(set(months)) != len(months):
            yield broken("unique", c, "tables", "fuel")

    def shape(c: Context) -> Iterator[Result]:
        """代码 | the code has its 18 characters"""
        if c.dossier.entity.uscc is not None and not code.match(c.dossier.entity.uscc):
            yield broken("code", c, "entity", "uscc")

    def complete(c: Context) -> Iterator[Result]:
        """月份齐全 | twelve months"""
        if len(set(column(c, "month"))) != MONTHS:
            yield broken("months", c, "tables", "fuel")

    def ordered(c: Context) -> Iterator[Result]:
        """次序 | readings one after the other"""
        if any(a > b for a, b in pairwise(column(c, "read"))):
            yield broken("order", c, "tables", "fuel")

    def positive(c: Context) -> Iterator[Result]:
        """为正 | amounts above zero"""
        if not all(v > 0 for v in column(c, "ad")):
            yield broken("positive", c, "tables", "fuel")

    def known(c: Context) -> Iterator[Result]:
        """在册 | a known fuel"""
        if c.dossier.lines[0].fuel not in FUELS:
            yield broken("in_set", c, "lines")

    def product(c: Context) -> Iterator[Result]:
        """乘积 | energy is amount times calorific value"""
        given = zip(column(c, "ad"), column(c, "ncv"), column(c, "energy"), strict=True)
        if any(abs(a * b - e) > half for a, b, e in given):
            yield broken("product", c, "tables", "fuel")

    functions = (total, band, present, once, shape, complete, ordered, positive, known, product)
    return [check(f"CLO9{n:02d}", Family.CLOSURE, "minor")(f) for n, f in enumerate(functions)]

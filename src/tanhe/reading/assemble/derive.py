"""How data follow from data (推算关系), found by arithmetic: only what closes at the printed digits is claimed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from tanhe.factors.library import library
from tanhe.factors.names import fold
from tanhe.quantity.numbers import Printed
from tanhe.quantity.units import Unit, unit
from tanhe.reading.assemble.drafts import Draft, Pool, closes, number
from tanhe.reading.assemble.equations import read_equations
from tanhe.reading.assemble.lines import Line
from tanhe.reading.assemble.products import Told, draft_of, named_in
from tanhe.reading.assemble.series import Table, on_demand
from tanhe.reading.assemble.words import role_of
from tanhe.reading.claims import Said

Figures = list[tuple[str, Printed]]
"""Published figures of emission lines, in tCO2."""

MOST = 40
"""Most candidates of one kind that are tried against each other; a report has about ten."""


def derive_all(pool: Pool, tables: list[Table], lines: Iterable[Line], elsewhere: Iterable[Told] = ()) -> None:
    """Give every datum without one the derivation that reproduces it, also from quantities told in its own table.

    A report that prints its derivations as equations below the tables is believed: no others are looked for.
    """
    figures = [(line.id, p) for line in lines if not line.supplementary and (p := number(line.reported.text)) is not None]
    told = list(elsewhere)
    own = _own_factors(told, pool)
    printed = any(d.equation is not None for d in pool)
    read_equations(pool)
    wanting = [d for d in pool if d.derive is None and d.series is None and d.role in ("ef", "amount", "cc") and (d.equation or not printed)]
    for draft in wanting:
        if _derive(draft, pool, tables, figures):
            continue
        _from_told(draft, [*named_in(draft), *told], pool, tables, figures)
    for draft in list(pool):
        better = draft.derive is None or draft.derive.get("formula") == "statistics.series_sum"
        better = better and (draft.equation is not None or not printed)
        if better and draft.role in ("cc", "amount", "emission", "ef"):
            _derive(draft, pool, tables, figures)
    _prune(pool, own)


def _own_factors(told: list[Told], pool: Pool) -> list[str]:
    """Carbon contents told by a fuel's own name, although another fuel has the same figure."""
    before = set(pool.drafts)
    for given in told:
        printed = number(given.said.text)
        if printed is not None and role_of(given.name, given.unit) == "ccpe" and not _known(given, printed, pool):
            draft_of(given, pool, "", given.said.place)
    return [name for name in pool.drafts if name not in before]


def _from_told(draft: Draft, told: list[Told], pool: Pool, tables: list[Table], figures: Figures) -> None:
    """Make data of the quantities told beside a datum; those that serve no derivation are taken away again."""
    before = set(pool.drafts)
    for given in told:
        printed = number(given.said.text)
        known = printed is None or _known(given, printed, pool) or any(p.value == printed.value for _, p in figures)
        odd = given.unit is not None and str(given.unit) in ("MPa", "K")
        if not known and not odd:
            draft_of(given, pool, draft.section, draft.table, draft.context)
    made = [d for d in pool if d.id not in before]
    _derive(draft, pool, tables, figures)
    for other in made:
        _derive(other, pool, tables, figures)
    _prune(pool, [d.id for d in made])


def _known(given: Told, printed: Printed, pool: Pool) -> bool:
    """Whether the figure is a datum's already; one carbon content may serve two fuels, each by its own name."""
    same = [d for d in pool if d.value == printed.value]
    if role_of(given.name, given.unit) != "ccpe":
        return bool(same)
    return any(fold(given.name) in fold(d.item.text) or fold(d.item.text) in fold(given.name) for d in same) or not re.search("煤|油|气", given.name)


def _prune(pool: Pool, names: list[str]) -> None:
    while True:
        used = {r for d in pool if d.derive for r in d.derive["inputs"].values()}
        idle = [n for n in names if n in pool.drafts and n not in used]
        if not idle:
            return
        for name in idle:
            del pool.drafts[name]


def _derive(draft: Draft, pool: Pool, tables: list[Table], figures: Figures) -> bool:
    printed = draft.printed
    if printed is None or not printed.value or (not draft.unit.powers and draft.role != "of"):
        return False
    ways: dict[str, Callable[[], Iterator[dict[str, object]]]] = {
        "cc": lambda: _carbon_content(draft, printed, pool),
        "ef": lambda: _boiler(draft, printed, pool),
        "emission": lambda: _emission(draft, printed, pool, figures),
        "amount": lambda: _amount(draft, printed, pool, tables),
    }
    found = next(ways.get(draft.role, lambda: iter(()))(), None)
    if found is not None:
        draft.derive = dict(found)
    return found is not None


def _carbon_content(draft: Draft, printed: Printed, pool: Pool) -> Iterator[dict[str, object]]:
    for ncv in _like(draft, pool.of_role("ncv")):
        for heat in _like(draft, pool.of_role("ccpe")):
            if ncv.value is not None and heat.value is not None and closes(Fraction(ncv.value) * Fraction(heat.value), printed):
                yield {"formula": "combustion.carbon_content", "inputs": {"NCV": ncv.id, "CC": heat.id}}


def _boiler(draft: Draft, printed: Printed, pool: Pool) -> Iterator[dict[str, object]]:
    if not draft.unit.fits(unit("tCO2/GJ")):
        return
    for emission in pool.of_role("emission")[:MOST]:
        for heat in _in(pool, "GJ"):
            if emission.value and heat.value and closes(Fraction(emission.value) / Fraction(heat.value), printed):
                yield {"formula": "supplementary.boiler_heat_factor", "inputs": {"E": emission.id, "Q": heat.id}}


def _emission(draft: Draft, printed: Printed, pool: Pool, figures: Figures) -> Iterator[dict[str, object]]:
    others: list[tuple[str, Fraction]] = [(f"line:{name}", Fraction(p.value)) for name, p in figures]
    others += [(d.id, Fraction(d.value)) for d in pool.of_role("emission") if d.value is not None and d is not draft]
    for (first, a), (second, b) in combinations(others[:MOST], 2):
        if a + b == Fraction(printed.value):
            yield {"formula": "statistics.sum_of_two", "inputs": {"a": first, "b": second}}
    for amount in pool.of_role("amount")[:MOST]:
        if amount.fuel is None or amount.value is None:
            continue
        for ncv in _of_fuel(amount.fuel, pool.of_role("ncv")):
            for heat in _of_fuel(amount.fuel, pool.of_role("ccpe")):
                for oxidation in _of_fuel(amount.fuel, pool.of_role("of")):
                    if _product(amount, ncv, heat, oxidation, printed):
                        inputs = {"AD": amount.id, "NCV": ncv.id, "CC": heat.id, "OF": oxidation.id}
                        yield {"formula": "combustion.heat_form", "inputs": inputs}


def _product(amount: Draft, ncv: Draft, heat: Draft, oxidation: Draft, printed: Printed) -> bool:
    if None in (amount.value, ncv.value, heat.value, oxidation.base):
        return False
    exact = Fraction(amount.value or 0) * Fraction(ncv.value or 0) * Fraction(heat.value or 0) * (oxidation.base or 0)
    return closes(exact * Fraction(44, 12), printed)


def _amount(draft: Draft, printed: Printed, pool: Pool, tables: list[Table]) -> Iterator[dict[str, object]]:
    if draft.unit.fits(unit("GJ")):
        yield from _steam(draft, printed, pool, tables)
    parts = [d for d in pool if d is not draft and d.table is not None and d.table == draft.table and d.unit == draft.unit and d.role == "amount"]
    for first, second in combinations(parts[:MOST], 2):
        if first.value is not None and second.value is not None and first.value + second.value == printed.value:
            yield {"formula": "statistics.sum_of_two", "inputs": {"a": first.id, "b": second.id}}


def _steam(draft: Draft, printed: Printed, pool: Pool, tables: list[Table]) -> Iterator[dict[str, object]]:
    reference = Fraction(library().process("heat", "steam_ref_enthalpy").value)
    for enthalpy in pool.of_role("enthalpy")[:MOST]:
        if enthalpy.value is None:
            continue
        rise = (Fraction(enthalpy.value) - reference) / 1000
        for mass in _in(pool, "t"):
            if mass.value is not None and closes(Fraction(mass.value) * rise, printed):
                yield {"formula": "heat.steam", "inputs": {"Ma": mass.id, "En": enthalpy.id}}
        for table in tables:
            for column in table.columns:
                total = number(column.total.text) if column.total else None
                if total is None or str(column.unit) != "t" or not closes(Fraction(total.value) * rise, printed):
                    continue
                item = Said(column.title, column.total.place if column.total else draft.item.place)
                made = on_demand(tables, Fraction(total.value), pool, item)
                if made is not None:
                    made.table, made.section, made.context = draft.table, draft.section, draft.context
                    yield {"formula": "heat.steam", "inputs": {"Ma": made.id, "En": enthalpy.id}}


def _in(pool: Pool, spelled: str) -> list[Draft]:
    wanted: Unit = unit(spelled)
    return [d for d in pool.of_role("amount", "output") if d.unit == wanted][:MOST]


def _of_fuel(fuel: str, drafts: list[Draft]) -> list[Draft]:
    return [d for d in drafts if d.fuel == fuel]


def _like(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """Candidates of the same fuel or of none, those whose names share most with the datum first."""
    fits = [d for d in drafts if draft.fuel is None or (d.fuel in (None, draft.fuel) and d.value is not None)]
    return sorted(fits, key=lambda d: -len(set(d.item.text) & set(draft.item.text)))[:MOST]

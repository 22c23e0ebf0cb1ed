"""The same work in other software; runs in .venv-bench and prints its measurements as JSON."""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
from data import ROWS, SYMBOLS, best, cases, floats, hundredths, oracle, peak_mib, printed, rate
from tabular_peers import in_great_expectations, in_pandera

EMISSION = {"combustion.heat_form": 44 / 12, "electricity.net_electricity": 1.0, "heat.net_heat": 1.0}


def atomic6() -> dict[str, float]:
    """Three fuels, electricity twice, steam once; US factors, no trace."""
    from atomic6ghg.formulas import Electricity, StationaryCombustion, Steam

    fuels = [("anthraciteCoal", 7184.95, "shortTon"), ("distillateFuelOilNo2", 56.18, "gallons"),
             ("naturalGas", 177097.0, "scf")]
    rows = [{"fuelCombusted": f, "quantityCombusted": q, "units": u} for f, q, u in fuels]
    power = [{"eGridSubregion": "camx", "electricityPurchased": x, "sourceId": str(i)} | {
        f"marketBasedEmissionFactors{gas}Emissions": None for gas in ("CO2", "CH4", "N2O")
    } for i, x in enumerate((23621.92, 1409.51))]
    steam = [{"sourceId": "1", "sourceDescription": "", "sourceArea": "", "fuelType": "naturalGas",
              "boilerEfficiency": 80.0, "steamPurchased": 5861.81}
             | {f"{basis}BasedEmissionFactors{gas}Factor": None for basis in ("market", "location")
                for gas in ("CO2", "CH4", "N2O")}]

    def once() -> object:
        return (StationaryCombustion({"stationarySourceFuelConsumption": rows}).to_dict(),
                Electricity({"totalElectricityPurchased": power}).to_dict(),
                Steam({"emissionFactorDataForSteamPurchased": steam}).to_dict())

    return {"traced": rate(once)}


def _tax_benefit_system() -> Any:
    """The three emissions as OpenFisca variables of an enterprise, and six lines with their total."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    firm = build_entity("firm", "firms", "", is_person=True)
    system = TaxBenefitSystem([firm])

    def add(name: str, formula: Callable[..., Any] | None = None) -> None:
        body: dict[str, Any] = {"value_type": float, "entity": firm, "definition_period": DateUnit.YEAR, "label": name}
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    lines = [("combustion.heat_form", "abc"), ("electricity.net_electricity", "de"), ("heat.net_heat", "f")]
    for formula_id, letters in lines:
        for letter in letters:
            names = [f"{letter}_{symbol}" for symbol in SYMBOLS[formula_id]]
            for name in names:
                add(name)

            def emission(firm: Any, period: Any, _: Any, names: list[str] = names,
                         ratio: float = EMISSION[formula_id]) -> Any:
                product = firm(names[0], period)
                for name in names[1:]:
                    product = product * firm(name, period)
                return product * np.float32(ratio)

            add(f"line_{letter}", emission)
    add("total", lambda firm, period, _: sum(firm(f"line_{letter}", period) for letter in "abcdef"))
    return system


def openfisca() -> dict[str, float]:
    """Six lines with trace on; and the random cases as one vector, in its own value type (32-bit floats)."""
    from openfisca_core.simulations import SimulationBuilder

    system = _tax_benefit_system()
    given = {"a": (7184.95, 24.515, 0.02749, 0.94), "b": (56.18, 43.33, 0.0202, 0.98), "c": (17.7097, 389.31, 0.0153, 0.99),
             "d": (23621.92, 0.7035), "e": (1409.51, 0.5568), "f": (5861.81, 0.11)}
    symbols = {letter: SYMBOLS["combustion.heat_form" if len(v) == 4 else "heat.net_heat"] for letter, v in given.items()}

    def once() -> object:
        simulation = SimulationBuilder().build_default_simulation(system, 1)
        simulation.trace = True
        for letter, values in given.items():
            for symbol, value in zip(symbols[letter], values, strict=True):
                simulation.set_input(f"{letter}_{symbol}", "2023", np.array([value]))
        return simulation.calculate("total", "2023"), simulation.tracer.get_flat_trace()

    return {"traced": rate(once), "wrong": _wrong_in_openfisca(system)}


def _wrong_in_openfisca(system: Any) -> int:
    from openfisca_core.simulations import SimulationBuilder

    wrong = 0
    for formula_id, letter in zip(SYMBOLS, "adf", strict=True):
        drawn = [case for case in cases() if case[0] == formula_id]
        simulation = SimulationBuilder().build_default_simulation(system, len(drawn))
        for i, symbol in enumerate(SYMBOLS[formula_id]):
            simulation.set_input(f"{letter}_{symbol}", "2023", np.array([float(numbers[i]) for _, numbers in drawn]))
        found = simulation.calculate(f"line_{letter}", "2023")
        wrong += sum(hundredths(float(x)) != oracle(*case) for x, case in zip(found, drawn, strict=True))
    return wrong


def country_template() -> dict[str, float]:
    """OpenFisca's own example: one salary to disposable income (a dozen variables), trace on."""
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_country_template import CountryTaxBenefitSystem

    system = CountryTaxBenefitSystem()
    household = {"persons": {"one": {"salary": {"2023-01": 3000}}}, "households": {"h": {"adults": ["one"]}}}

    def once() -> object:
        simulation = SimulationBuilder().build_from_entities(system, household)
        simulation.trace = True
        return simulation.calculate("disposable_income", "2023-01"), simulation.tracer.get_flat_trace()

    return {"traced": rate(once)}


def python_floats() -> dict[str, float]:
    """Plain Python floats and ``round``."""
    wrong = 0
    for name, numbers in cases():
        product = 1.0
        for number in numbers:
            product *= float(number)
        wrong += hundredths(round(product * EMISSION[name], 2)) != oracle(name, numbers)
    return {"wrong": wrong}


SUMS = {"c0": ("ad", "ncv", "cc", "oxidation"), "c1": ("mwh", "grid"), "c2": ("gj", "heat")}


def _measured(whole: Callable[[], Any], by_firm: Callable[[], Any], columns: Callable[[Any], Any], file: str) -> Any:
    seconds, _ = best(whole)
    grouped, firms = best(by_firm)
    peak = peak_mib()
    np.save(file, np.stack([printed(np.asarray(columns(firms)[name]) * r) for name, r in zip(SUMS, EMISSION.values(), strict=True)], 1))
    return {"whole": seconds, "by_firm": grouped, "mib": peak, "firms": file}


def in_polars(rows: int, file: str) -> Any:
    """Polars' expressions over doubles."""
    import polars as pl

    frame = pl.DataFrame(floats(rows))
    sums = []
    for name, factors in SUMS.items():
        product = pl.col(factors[0])
        for factor in factors[1:]:
            product = product * pl.col(factor)
        sums.append(product.sum().alias(name))
    return _measured(lambda: frame.lazy().select(sums).collect(),
                     lambda: frame.lazy().group_by("firm").agg(sums).collect(),
                     lambda found: found.sort("firm"), file)


def in_pandas(rows: int, file: str) -> Any:
    """Pandas columns of doubles."""
    import pandas as pd

    frame = pd.DataFrame(floats(rows))

    def products() -> Any:
        c = frame
        return {"c0": c["ad"] * c["ncv"] * c["cc"] * c["oxidation"], "c1": c["mwh"] * c["grid"], "c2": c["gj"] * c["heat"]}

    return _measured(lambda: [column.sum() for column in products().values()],
                     lambda: pd.DataFrame(products()).groupby(frame["firm"]).sum(),
                     lambda found: found, file)


SMALL = {f"atomic6ghg {version('atomic6ghg')}": atomic6, f"OpenFisca {version('openfisca-core')}": openfisca,
         "OpenFisca country template": country_template, "Python floats": python_floats,
         f"pandera {version('pandera')}": in_pandera, f"great_expectations {version('great_expectations')}": in_great_expectations}
COLUMNS = {"polars": in_polars, "pandas": in_pandas}


def main() -> None:
    """Everything small in this process; each column engine in its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--engine", choices=COLUMNS, help="measure only this one, for its peak memory")
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--folder", default=".", help="where the printed totals of the enterprises go")
    chosen = options.parse_args()
    if chosen.engine:
        print(json.dumps(COLUMNS[chosen.engine](chosen.rows, f"{chosen.folder}/{chosen.engine}.npy")))
        return
    measured: dict[str, Any] = {}
    with contextlib.redirect_stdout(sys.stderr):
        measured |= {name: measure() for name, measure in SMALL.items()}
    for name in COLUMNS:
        command = [sys.executable, __file__, "--engine", name, "--rows", str(chosen.rows), "--folder", chosen.folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        measured[f"{name} {version(name)}"] = json.loads(done.stdout)
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()

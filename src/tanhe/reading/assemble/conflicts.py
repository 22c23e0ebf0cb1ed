"""Printed parameters that cannot be multiplied (单位不相配的参数): they stay in the reported column only."""

from __future__ import annotations

from typing import Any

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.guidelines.model import Guideline, Source
from tanhe.inventory.lines import method_for
from tanhe.messages import TanheError
from tanhe.quantity.units import UnitError
from tanhe.reading.assemble.drafts import Pool
from tanhe.reading.assemble.lines import Line, Lines


def settle_conflicts(lines: Lines, guideline: Guideline, pool: Pool) -> None:
    """Where the printed parameters cannot be multiplied, they stay in the reported column only.

    The verified column then takes the guideline's defaults if there are any for the fuel; else it stays empty.
    """
    for line in lines.lines:
        source = guideline.source(line.source) if not line.supplementary else None
        if source is None or source.id != "combustion" or not _conflicts(source, line, pool):
            continue
        line.as_reported = dict(line.inputs)
        amount, content = line.inputs["AD"], pool.drafts[line.inputs["CC"]]
        content.verified = None
        if line.fuel is not None and _has_defaults(guideline.id, line.fuel):
            line.inputs = {"AD": amount, "NCV": "default", "CC": "default"}
            line.inputs |= {"OF": line.as_reported["OF"]} if "OF" in line.as_reported else {"OF": "default"}
            line.note = (f"所印含碳量的单位为{content.unit}，与消耗量的单位{pool.drafts[amount].unit.zh}不能相乘；核查一栏改用核算指南该燃料的缺省值")
        else:
            line.inputs = {"AD": amount}
            line.note = f"所印含碳量的单位为{content.unit}，与消耗量的单位{pool.drafts[amount].unit.zh}不能相乘；核查一栏没有可用的参数"


def _conflicts(source: Source, line: Line, pool: Pool) -> bool:
    given: dict[str, Any] = dict(line.inputs)
    if "AD" not in given or "CC" not in given:
        return False
    formula = method_for(source, given, None)
    units = {symbol: spec.units[0] for symbol, spec in formula.symbols.items() if symbol not in given and spec.units}
    for symbol, name in line.inputs.items():
        fitting = formula.symbols[symbol].fitting(pool.drafts[name].unit) if symbol in formula.symbols else None
        if fitting is None:
            return True
        units[symbol] = fitting
    try:
        formula.unit_of(units)
    except UnitError:
        return True
    except (TanheError, KeyError):
        return False
    return False


def _has_defaults(guideline: str, fuel: str) -> bool:
    try:
        found = library().fuel(guideline, fuel)
        for parameter in ("ncv", "carbon_content"):
            found.require(parameter)
    except FactorNotFound:
        return False
    return True

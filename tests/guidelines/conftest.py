"""Small dossiers written for one test: lines with their inputs, computed as a user's dossier would be."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanhe.dossier.load import load
from tanhe.dossier.model import EmissionLine
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory

Tree = dict[str, Any]


def _value(given: Any) -> Any:
    """``"100 t"`` is a number with its unit, a word without a space a reference."""
    if isinstance(given, list):
        return [_value(member) for member in given]
    if isinstance(given, str) and " " in given:
        number, _, its_unit = given.partition(" ")
        return {"value": number, "unit": its_unit}
    return given


def _inputs(given: Mapping[str, Any]) -> Tree:
    return {symbol: _value(value) for symbol, value in given.items()}


def _line(line_id: str, given: Mapping[str, Any]) -> Tree:
    """A line from its id ``source/name``; keys that are no field of a line are symbols of its formula."""
    own = {key: value for key, value in given.items() if key in EmissionLine.model_fields}
    if "as_reported" in own:
        own["as_reported"] = _inputs(own["as_reported"])
    symbols = {key: value for key, value in given.items() if key not in own}
    return {"id": line_id, "source": line_id.split("/")[0], "item": line_id, "inputs": _inputs(symbols)} | own


def _datum(name: str, given: Any) -> Tree:
    if isinstance(given, str):
        number, _, its_unit = given.partition(" ")
        return {"item": name, "unit": its_unit, "verified": number}
    datum = {"item": name} | given
    if "derive" in datum:
        formula, symbols = datum["derive"]
        datum["derive"] = {"formula": formula, "inputs": _inputs(symbols)}
    return datum


def _supplementary(given: Tree) -> Tree:
    lines = [_line(line_id, line) for line_id, line in given["lines"].items()]
    return {"table": "ndrc-methanol-2018", "product": "甲醇"} | given | {"lines": lines}


@pytest.fixture
def inventory_of(tmp_path: Path) -> Callable[..., Inventory]:
    """``inventory_of("ndrc2013-chemical", {"combustion/coal": {"AD": "100 t", "fuel": "anthracite"}}, data={…})``."""

    def build(guideline: str, lines: Mapping[str, Any], **parts: Any) -> Inventory:
        tree: Tree = {"format": "tanhe.dossier/1", "guideline": guideline, "year": 2022, "entity": {"name": "某某公司"}}
        tree |= parts
        tree["data"] = {name: _datum(name, given) for name, given in parts.get("data", {}).items()}
        tree["lines"] = [_line(line_id, given) for line_id, given in lines.items()]
        tree["supplementary"] = [_supplementary(given) for given in parts.get("supplementary", [])]
        written = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        (tmp_path / "dossier.yaml").write_text(written, encoding="utf-8")
        dossier, problems = load(tmp_path)
        assert problems == ()
        return compute(dossier)

    return build


@pytest.fixture
def same() -> Callable[[Decimal | None, Fraction], bool]:
    """Whether a result equals a ratio: to the last digit where that terminates, else to 45 decimals."""

    def equal(value: Decimal | None, expected: Fraction) -> bool:
        return value is not None and abs(Fraction(value) - expected) < Fraction(1, 10**45)

    return equal

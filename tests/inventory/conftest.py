"""The published reports recomputed once for all tests: case files, inventories and records by example."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest
import yaml

from tanhe.checks.findings import Outcome
from tanhe.dossier.load import load
from tanhe.examples import find
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory
from tanhe.report.record import record

NOTHING_RUN = Outcome((), 0, 0, 0, 0, ())
Cases = dict[str, dict[str, Any]]


def read_cases() -> Cases:
    """The case files beside the guidelines, written by hand from the reports, by example."""
    found = {}
    for folder in files("tanhe.guidelines").iterdir():
        cases = folder.joinpath("cases")
        for file in cases.iterdir() if cases.is_dir() else ():
            case = yaml.safe_load(file.read_text(encoding="utf-8"))
            found[case["example"]] = case | {"guideline": folder.name.replace("_", "-")}
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes ``name`` runs once for every case."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", sorted(read_cases()))


@pytest.fixture(scope="session")
def cases() -> Cases:
    return read_cases()


@pytest.fixture(scope="session")
def inventories(cases: Cases) -> Mapping[str, Inventory]:
    return {name: compute(load(find(name))[0]) for name in cases}


@pytest.fixture(scope="session")
def records(inventories: Mapping[str, Inventory]) -> Mapping[str, Any]:
    """The records as a reader gets them: through JSON text."""
    return {name: json.loads(json.dumps(record(inv, NOTHING_RUN, name))) for name, inv in inventories.items()}

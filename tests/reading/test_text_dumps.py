"""A report as other programs give its text (他人程序导出的文本): cell per line, columns by blanks, one blank between cells.

The texts in ``layouts/dumps`` were made by an office program and by a PDF extractor from the report of one example; the
figures that must be read are those of the example's own dossier.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier
from tanhe.reading.documents import read
from tanhe.reading.service import from_document

FOLDER = Path(__file__).with_name("layouts") / "dumps"
EXAMPLE = Path(__file__).parents[2] / "examples" / "haiyao-equipment-2022"
WHOLE = ("office.txt", "layout.txt")


@cache
def dossier(name: str) -> Dossier:
    return from_document(read(FOLDER / name)).dossier


@cache
def authored() -> Dossier:
    return load(EXAMPLE)[0]


def data(of: Dossier) -> list[tuple[str, str]]:
    return sorted(
        (str(datum.reported), str(datum.unit)) for datum in of.data.values() if datum.reported is not None
    )


def series(of: Dossier) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, values)) for one in of.all_series.values() for values in one.values.values())


@pytest.mark.parametrize("name", WHOLE)
def test_lines_and_totals_are_those_of_the_example(name: str) -> None:
    own = {(line.source, line.fuel): str(line.reported) for line in dossier(name).lines}
    assert own == {
        ("combustion", "natural_gas"): "382.92",
        ("combustion", "diesel"): "None",
        ("electricity", None): "3843.44",
    }
    assert str(dossier(name).totals.including_purchased_energy.reported) == "4226"


@pytest.mark.parametrize("name", (*WHOLE, "raw.txt"))
def test_every_datum_is_that_of_the_example(name: str) -> None:
    assert data(dossier(name)) == data(authored())


@pytest.mark.parametrize("name", WHOLE)
def test_every_period_is_that_of_the_example(name: str) -> None:
    assert series(dossier(name)) == series(authored())


@pytest.mark.parametrize("name", WHOLE)
def test_no_subtotal_is_invented(name: str) -> None:
    assert {key: str(figure.reported) for key, figure in dossier(name).subtotals.items()} == {
        "combustion": "382.92",
        "electricity": "3843.44",
    }


@pytest.mark.parametrize("name", WHOLE)
def test_lists_are_those_of_the_example(name: str) -> None:
    own = dossier(name)
    assert [meter.name for meter in own.meters] == ["电能表", "燃气流量计"]
    assert [item.name for item in own.equipment] == [item.name for item in authored().equipment]
    assert [person.role for person in own.team] == ["leader", "member", "technical-reviewer", "approver"]
    assert len(own.sources) == 3 and len(own.energy) == 3


@pytest.mark.parametrize("name", (*WHOLE, "raw.txt"))
def test_heads_and_feet_of_pages_are_no_text(name: str) -> None:
    document = read(FOLDER / name)
    words = [block.text for block in document.blocks if hasattr(block, "text")]
    assert not [said for said in words if "页 共" in said]

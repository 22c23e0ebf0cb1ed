"""Published verification reports recomputed: every figure a case file expects (已发布报告的复算).

The case files beside the guidelines were written by hand from the reports; nothing in them comes from this program.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tanhe.examples import names
from tanhe.inventory.model import Grade, Line
from tanhe.quantity.quantity import exact_text, plain


def shown(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def agrees(line: Line, expected: Mapping[str, Any]) -> bool:
    starts = expected.get("exact_starts", "")
    figures = (shown(line.reported), line.replay.grade.value) == (expected["reported"], expected["replay"])
    return figures and (not starts or exact_text(line.exact, 40).startswith(starts))


def test_every_example_has_a_case_and_every_case_an_example(cases):
    assert set(cases) == set(names())


def test_the_case_stands_in_the_folder_of_its_guideline(cases, inventories, name):
    assert inventories[name].guideline.id == cases[name]["guideline"]
    assert cases[name]["published"]


def test_lines(cases, inventories, name):
    inventory, expected = inventories[name], cases[name]["lines"]
    assert {line.id for line in inventory.lines} == set(expected)
    for line_id, figures in expected.items():
        assert agrees(inventory.line(line_id), figures), (line_id, inventory.line(line_id).replay)


def test_lines_that_reproduce_carry_the_printed_value(inventories, name):
    for line in inventories[name].lines:
        if line.replay.grade is Grade.EXACT:
            assert line.value == line.reported
        if line.replay.grade not in (Grade.EXACT, Grade.NOT_REPORTED):
            assert line.replay.reason


def test_data(cases, inventories, name):
    for datum_id, figures in (cases[name].get("data") or {}).items():
        result = inventories[name].data[datum_id]
        assert shown(result.reported) == figures["reported"], datum_id
        assert result.replay.grade.value == figures["replay"], (datum_id, result.replay)
        if "exact_starts" in figures:
            assert exact_text(result.evaluation.exact, 40).startswith(figures["exact_starts"]), datum_id


def test_subtotals(cases, inventories, name):
    for subtotal, figures in cases[name]["subtotals"].items():
        found = inventories[name].subtotals[subtotal]
        assert shown(found.reported) == figures["reported"], subtotal
        assert found.replay.grade in (Grade.EXACT, Grade.HIDDEN_PRECISION), (subtotal, found.replay)
        assert (found.value == found.reported) is (found.replay.grade is Grade.EXACT)


def test_totals(cases, inventories, name):
    inventory, expected = inventories[name], cases[name]["totals"]
    for total, key in ((inventory.excluding, "excluding_purchased_energy"),
                       (inventory.including, "including_purchased_energy")):
        assert shown(total.reported) == expected[key]["reported"]
        assert total.replay.grade is not Grade.NOT_REPRODUCED
        assert (total.replay.grade is Grade.NOT_REPORTED) is (expected[key]["reported"] is None)


def test_supplementary_tables(cases, inventories, name):
    expected = cases[name].get("supplementary") or {}
    assert {table.product for table in inventories[name].supplementary} == set(expected)
    for table in inventories[name].supplementary:
        figures = expected[table.product]
        assert {line.id for line in table.lines} == set(figures["lines"])
        assert all(agrees(line, figures["lines"][line.id]) for line in table.lines)
        assert shown(table.total.reported) == shown(table.total.value) == figures["total"]["reported"]
        assert table.total.replay.grade is Grade.EXACT


def test_the_record_carries_exactly_these_strings(cases, records, name):
    case, written = cases[name], records[name]["inventory"]
    lines = {line["id"]: line for line in written["lines"]}
    data = {datum["id"]: datum for datum in written["data"]}
    for found, expected in ((lines, case["lines"]), (data, case.get("data") or {})):
        for key, figures in expected.items():
            assert (found[key]["reported"], found[key]["replay"]) == (figures["reported"], figures["replay"]), key
            assert (found[key]["exact"] or "").startswith(figures.get("exact_starts", "")), key
    for key, figures in case["subtotals"].items():
        assert written["subtotals"][key]["reported"] == figures["reported"]
    for key, figures in case["totals"].items():
        assert written["totals"][key]["reported"] == figures["reported"]
    tables = {table["product"]: table for table in written["supplementary"]}
    for product, figures in (case.get("supplementary") or {}).items():
        assert tables[product]["total"]["reported"] == figures["total"]["reported"]
        assert {line["id"]: line["reported"] for line in tables[product]["lines"]} == {
            key: line["reported"] for key, line in figures["lines"].items()}


def test_every_number_in_a_record_is_text(records):
    def numbers(value: Any, key: str = "") -> list[str]:
        if isinstance(value, Mapping):
            return [found for name, part in value.items() for found in numbers(part, name)]
        if isinstance(value, list):
            return [found for part in value for found in numbers(part, key)]
        return [key] if isinstance(value, float) else []

    assert {name: numbers(written["inventory"]) for name, written in records.items()} == {name: [] for name in records}

"""Every guideline holds together: sources, rows, symbols, constants, clauses (指南自身的完整性)."""

from decimal import Decimal
from importlib.resources import files

import pytest

from tanhe.factors.library import library
from tanhe.formulas.expression import symbols_of
from tanhe.guidelines.registry import find, ids
from tanhe.guidelines.supplementary import TABLES
from tanhe.inventory.library import FUEL_PARAMETERS
from tanhe.inventory.resolve import CONSTANTS
from tanhe.messages import TanheError
from tanhe.quantity.units import unit

EVERY = pytest.mark.parametrize("guideline", [find(name) for name in ids()], ids=ids())
FLUORINATED = ("SF6", "HFC-134a", "HFC-23", "HFC-32", "HFC-125", "HFC-143a", "HFC-152a", "HFC-227ea", "HFC-236fa", "CF4")
TABLE_SOURCES = [(table.id, source) for table in TABLES.values() for source in table.sources]


def keys_of(source):
    """(symbol, key) of everything a source reads from the library."""
    return [*source.constants.items(), *source.defaults.items()]


def factors_of(guideline, key):
    """The library factors a key may stand for: one, or one per fuel or gas."""
    if key.category == "fuel":
        fuels = [library().fuel(guideline, f) for f in library().fuel_ids(guideline)]
        return [fuel.require(FUEL_PARAMETERS[key.item]) for fuel in fuels]
    if key.category == "gwp":
        gases = FLUORINATED if key.item == "{gas}" else (key.item,)
        return [library().gwp_for_guideline(gas, guideline) for gas in gases]
    return [library().process(key.category, key.item, guideline)]


def fits(formula, symbol, key, factor):
    """Whether the library's unit can stand for the symbol, or is restated by one that does and agrees in size."""
    wanted = formula.symbols[symbol]
    stands = unit(key.unit or factor.unit)
    return wanted.fitting(stands) is not None


def _wide(title):
    return title.replace("(", "（").replace(")", "）")


def test_the_three_guidelines_are_found():
    assert set(ids()) >= {"ndrc2013-chemical", "ndrc2015-industrial-other", "ndrc2015-machinery"}


def test_an_unknown_guideline_is_an_error_with_the_nearest():
    with pytest.raises(TanheError, match="ndrc2015-machinery"):
        find("ndrc2015-machine")


@EVERY
def test_the_folder_is_the_id_and_holds_cases_and_issues(guideline):
    folder = files("tanhe.guidelines").joinpath(guideline.id.replace("-", "_"))
    assert folder.joinpath("guideline.py").is_file()
    assert any(case.name.endswith(".yaml") for case in folder.joinpath("cases").iterdir())
    issues = folder.joinpath("issues.md").read_text(encoding="utf-8")
    assert guideline.title in issues and guideline.number in issues
    assert "## English summary" in issues


@EVERY
def test_title_and_number_are_those_of_the_library(guideline):
    known = library().guideline(guideline.id)
    assert _wide(known.title) == _wide(guideline.title)
    assert known.document_number == guideline.number
    assert guideline.number.endswith("号") and str(guideline.year) in guideline.number


@EVERY
def test_every_source_has_methods_clause_grade_and_both_names(guideline):
    assert len({source.id for source in guideline.sources}) == len(guideline.sources)
    for source in guideline.sources:
        assert source.methods, source.id
        assert source.clause, source.id
        assert source.grade in "ABC", source.id
        assert source.zh and source.en, source.id
        assert source.sign in (1, -1), source.id


@EVERY
def test_every_source_that_counts_stands_in_one_row_and_one_subtotal(guideline):
    counted = {source.id for source in guideline.sources if not source.memo}
    shown = [name for row in guideline.rows for name in row.sources]
    assert sorted(shown) == sorted(counted)
    summed = [name for subtotal in guideline.subtotals for name in subtotal.sources]
    assert len(summed) == len(set(summed))
    assert set(summed) <= counted
    assert counted - set(summed) <= {"other", "co2-recovery"}
    assert len({row.id for row in guideline.rows}) == len(guideline.rows)


@EVERY
def test_purchased_sources_are_electricity_and_heat(guideline):
    assert {source.id for source in guideline.sources if source.purchased} == {"electricity", "heat"}


@EVERY
def test_deductions_are_the_recoveries(guideline):
    deducted = {source.id for source in guideline.sources if source.sign == -1}
    assert deducted == {
        "ndrc2015-industrial-other": {"ch4-self-use", "ch4-sold", "ch4-flare", "co2-sold", "co2-feed"},
        "ndrc2013-chemical": {"co2-recovery"},
    }.get(guideline.id, set())


@EVERY
def test_every_symbol_of_the_total_is_explained(guideline):
    used = {symbol.name for symbol in symbols_of(guideline.equation)} | {guideline.result}
    assert used == set(guideline.symbols)
    assert all(guideline.symbols.values())


@EVERY
def test_what_is_read_from_the_library_is_there_with_a_fitting_unit(guideline):
    for source in guideline.sources:
        for symbol, key in keys_of(source):
            formulas = [f for f in source.methods if symbol in f.symbols]
            assert formulas, (source.id, symbol)
            for factor in factors_of(guideline.id, key):
                assert factor.value > 0
                assert any(fits(f, symbol, key, factor) for f in formulas), (source.id, symbol, factor.unit)


@EVERY
def test_a_restated_unit_has_the_size_of_the_librarys(guideline):
    """g/mol restated as kgCH4/kmol keeps its number; a slip by 1000 would not."""
    for source in guideline.sources:
        for _, key in keys_of(source):
            if key.unit is not None:
                assert {unit(f.unit).scale for f in factors_of(guideline.id, key)} == {unit(key.unit).scale}, key


@pytest.mark.parametrize(("formula_id", "symbol"), CONSTANTS)
def test_constants_of_derivations_are_in_the_library(formula_id, symbol):
    from tanhe.formulas.registry import find as formula

    key = CONSTANTS[formula_id, symbol]
    guideline = "ndrc2015-machinery" if key.category == "electrical_equipment" else "ndrc2015-industrial-other"
    for factor in factors_of(guideline, key):
        assert fits(formula(formula_id), symbol, key, factor)


@pytest.mark.parametrize(("table", "source"), TABLE_SOURCES, ids=lambda v: getattr(v, "id", v))
def test_sources_of_supplementary_tables(table, source):
    assert source.methods and source.clause and source.grade in "ABC"
    for symbol, key in keys_of(source):
        assert any(fits(f, symbol, key, factor) for f in source.methods for factor in factors_of("ndrc2013-chemical", key))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.id)
def test_rows_of_a_form_are_filled_by_something_that_exists(table):
    sources = {source.id for source in table.sources}
    assert len({row.number for row in table.rows}) == len(table.rows)
    for row in table.rows:
        head = row.fill.partition(".")[0].partition(":")[0]
        assert head in sources | {"total", "output", "row", "text"}, row.number


@pytest.mark.parametrize(("gas", "value"), [("CH4", 21), ("N2O", 310), ("SF6", 23900), ("HFC-134a", 1300)])
@EVERY
def test_warming_potentials_are_those_of_the_second_assessment(guideline, gas, value):
    assert guideline.gwp_set == "SAR"
    assert library().gwp_for_guideline(gas, guideline.id).value == Decimal(value)

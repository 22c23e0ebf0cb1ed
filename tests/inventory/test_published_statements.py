"""What is known of each published report beyond its tables, by fractions from its printed inputs."""

from decimal import Decimal
from fractions import Fraction as F

from tanhe.inventory.model import Grade
from tanhe.quantity.quantity import exact_text, plain
from tanhe.quantity.rounding import half_up

C_TO_CO2 = F(44, 12)


def shown(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


# mingquan-methanol-2018


def test_mingquan_weighted_means(inventories):
    data = inventories["mingquan-methanol-2018"].data
    assert exact_text(data["coal-fuel-ncv"].evaluation.exact).startswith("22.1633")
    assert (shown(data["coal-fuel-ncv"].reported), shown(data["feed-ncv"].reported)) == ("22.16", "24.21")
    assert data["feed-ncv"].replay.grade is Grade.EXACT


def test_mingquan_feed_carbon_content_as_printed(inventories):
    result = inventories["mingquan-methanol-2018"].data["feed-carbon-content"]
    assert F(result.evaluation.exact) == F("24.21") * F("0.02618")
    assert (shown(result.reported), result.replay.grade) == ("0.6338", Grade.EXACT)


def test_mingquan_full_precision_stands_beside_the_printed_feed(inventories):
    """Unrounded weighted mean and carbon content give 451 t more than the printed 0.6338."""
    line = inventories["mingquan-methanol-2018"].line("raw-material/feed-coal")
    assert 450 < line.full - line.exact < 452


def test_mingquan_totals(inventories):
    inventory = inventories["mingquan-methanol-2018"]
    combustion = (F("384583.00") * F("22.16") * F("0.02618") * F("0.93")
                  + F("59.56") * F("43.330") * F("0.0202") * F("0.98")) * C_TO_CO2
    process = (F("851066.34") * F("0.6338") - F("571642.24") * F("0.375")) * C_TO_CO2
    assert abs(F(inventory.excluding.exact) - combustion - process) < F(1, 10**40)
    assert abs(F(inventory.including.exact) - combustion - process - F("159852.500") * F("0.8843")) < F(1, 10**40)
    assert (shown(inventory.excluding.value), shown(inventory.including.value)) == ("1952824.08", "2094182")
    assert inventory.including.complete


def test_mingquan_supplementary_total(inventories):
    table = inventories["mingquan-methanol-2018"].supplementary[0]
    process = (F("851066.34") * F("0.6338") - F("571642.24") * F("0.375")) * C_TO_CO2
    expected = process + F("12545.210") * F("0.6101") + F("5861516.81") * F("0.078")
    assert abs(F(table.total.exact) - expected) < F(1, 10**40)
    assert shown(table.total.value) == "1656666"


def test_mingquan_steam_enthalpy_read_two_other_ways(inventories, records):
    result = inventories["mingquan-methanol-2018"].data["steam-enthalpy"]
    assert (shown(result.reported), [shown(r.value) for r in result.readings]) == ("3459.9", ["3461.17", "3462.64"])
    assert "指南蒸汽表" in result.readings[0].method and "IF97" in result.readings[1].method
    written = next(d for d in records["mingquan-methanol-2018"]["inventory"]["data"] if d["id"] == "steam-enthalpy")
    assert [(r["value"], r["unit"]) for r in written["readings"]] == [("3461.17", "kJ/kg"), ("3462.64", "kJ/kg")]


# tianma-feed-2019


def test_tianma_diesel_by_a_rounded_carbon_content(inventories):
    replay = inventories["tianma-feed-2019"].line("combustion/diesel").replay
    assert abs(F(replay.value) - F("56.18") * F("0.8753") * F("0.98") * C_TO_CO2) < F(1, 10**40)
    assert half_up(replay.value, 2) == Decimal("176.70")
    assert "0.8753" in replay.reason


def test_tianma_anthracite_names_what_was_hidden(inventories):
    line = inventories["tianma-feed-2019"].line("combustion/anthracite")
    assert shown(line.reported) == "16688.54"
    for figure in ("0.02749", "0.6739", "16688.5456"):
        assert figure in line.replay.reason
    hidden = F("7184.95") * F("0.6739") * F("0.94") * C_TO_CO2
    assert abs(F(line.replay.value) - hidden) < F(1, 10**40)
    assert shown(line.value) == "16695.05"


def test_tianma_totals_inherit_the_reason_of_their_lines(inventories):
    inventory = inventories["tianma-feed-2019"]
    for total, reported in ((inventory.excluding, "16865.24"), (inventory.including, "33483.26")):
        assert (shown(total.reported), total.replay.grade) == (reported, Grade.HIDDEN_PRECISION)
        assert "无烟煤" in total.replay.reason and "柴油" in total.replay.reason


# shenke-transformers-2023


def test_shenke_adds_before_it_rounds(inventories):
    inventory = inventories["shenke-transformers-2023"]
    exact = (F("1.58") * F("0.38294") * F("0.99") + F("0.25") * F("0.87527") * F("0.98")) * C_TO_CO2
    assert abs(F(inventory.excluding.exact) - exact) < F(1, 10**40)
    assert (shown(inventory.excluding.value), inventory.excluding.replay.grade) == ("2.98", Grade.EXACT)
    assert [shown(line.reported) for line in inventory.lines[:2]] == ["2.2", "0.79"]


def test_shenke_gas_has_a_conflict_and_a_corrected_column(inventories):
    line = inventories["shenke-transformers-2023"].line("combustion/natural-gas")
    assert (shown(line.value), line.replay.grade) == ("2.2", Grade.EXACT)
    assert "tC/t" in line.conflict and "万Nm³" in line.conflict
    assert F(line.verified) == F("1.58") * F("389.31") * F("0.0153") * F("0.99") * C_TO_CO2
    assert shown(line.verified_value) == "34.16"
    assert line.corrected


def test_shenke_verified_total(inventories, records):
    inventory = inventories["shenke-transformers-2023"]
    fuels = (F("1.58") * F("389.31") * F("0.0153") * F("0.99") + F("0.25") * F("0.87527") * F("0.98")) * C_TO_CO2
    expected = fuels + F("1409.51") * F("0.5568")
    assert abs(F(inventory.including.verified) - expected) < F(1, 10**40)
    written = records["shenke-transformers-2023"]["inventory"]["totals"]["including_purchased_energy"]
    assert (written["reported"], written["verified"]["value"]) == ("787.80", "819.76")


def test_shenke_record_shows_the_conflict(records):
    gas = records["shenke-transformers-2023"]["inventory"]["lines"][0]
    assert gas["conflict"]
    assert (gas["reported"], gas["value"], gas["verified"]["value"]) == ("2.2", "2.2", "34.16")
    assert gas["inputs"]["CC"]["unit"] == "tC/t" and gas["verified"]["inputs"]["NCV"]["value"] == "389.31"


# haiyao-equipment-2022


def test_haiyao_is_incomplete_everywhere(inventories, records):
    inventory = inventories["haiyao-equipment-2022"]
    diesel = inventory.line("combustion/diesel")
    assert diesel.value is None and diesel.verified_value is None and diesel.missing
    for total in (inventory.excluding, inventory.including, inventory.subtotals["combustion"]):
        assert not total.complete
        assert any("柴油" in why for why in total.missing)
    assert inventory.missing
    assert next(row for row in inventory.rows if row.id == "combustion").missing == (diesel.item,)
    written = records["haiyao-equipment-2022"]["inventory"]
    assert written["complete"] is False
    assert {total["complete"] for total in written["totals"].values()} == {False}
    assert next(line for line in written["lines"] if line["id"] == "combustion/diesel")["value"] is None


def test_only_haiyao_is_incomplete(records):
    assert {n for n, r in records.items() if not r["inventory"]["complete"]} == {"haiyao-equipment-2022"}


def test_haiyao_total_is_a_whole_number_as_printed(inventories):
    total = inventories["haiyao-equipment-2022"].including
    expected = F("17.7097") * F("389.31") * F("0.0153") * F("0.99") * C_TO_CO2 + F("4346.310") * F("0.8843")
    assert abs(F(total.exact) - expected) < F(1, 10**40)
    assert (shown(total.value), shown(total.reported), total.replay.grade) == ("4226", "4226", Grade.EXACT)

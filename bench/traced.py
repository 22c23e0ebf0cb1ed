"""Traced cases in one process: a dossier of six lines (three fuels, electricity twice, heat) through ``compute``."""

from __future__ import annotations

from typing import Any

from data import rate

FUELS = (
    ("anthracite", "7184.95", "t", "24.515", "GJ/t", "0.02749", "0.94", "16688.98"),
    ("diesel", "56.18", "t", "43.330", "GJ/t", "0.0202", "0.98", "176.69"),
    ("natural_gas", "17.7097", "万Nm³", "389.31", "GJ/万Nm³", "0.0153", "0.99", "382.92"),
)
PURCHASED = (
    ("electricity", "23621.92", "MWh", "0.7035", "tCO2/MWh", "16618.02"),
    ("electricity", "1409.51", "MWh", "0.5568", "tCO2/MWh", "784.82"),
    ("heat", "5861.81", "GJ", "0.11", "tCO2/GJ", "644.80"),
)
TOTAL = "35296.22"


def dossier(*, reported: bool) -> Any:
    """The six lines, with or without figures of the enterprise to replay."""
    from tanhe.dossier.model import Dossier

    lines = []
    for fuel, ad, ad_unit, ncv, ncv_unit, carbon, oxidation, figure in FUELS:
        inputs = {"AD": (ad, ad_unit), "NCV": (ncv, ncv_unit), "CC": (carbon, "tC/GJ"), "OF": (oxidation, "1")}
        lines.append({"id": fuel, "source": "combustion", "fuel": fuel, "inputs": inputs, "figure": figure})
    for number, (source, ad, ad_unit, factor, factor_unit, figure) in enumerate(PURCHASED):
        inputs = {"AD": (ad, ad_unit), "EF": (factor, factor_unit)}
        lines.append({"id": f"{source}-{number}", "source": source, "inputs": inputs, "figure": figure})
    for line in lines:
        figure = line.pop("figure")
        line["item"] = line["id"]
        line["inputs"] = {k: {"value": v, "unit": u} for k, (v, u) in line["inputs"].items()}
        if reported:
            line["reported"] = figure
    return Dossier.model_validate({
        "format": "tanhe.dossier/1", "guideline": "ndrc2015-industrial-other", "year": 2023,
        "entity": {"name": "示例企业", "province": "山东省"}, "lines": lines,
    })


def per_second(*, reported: bool) -> float:
    """Dossiers computed per second; raises if the total is not the one worked out by hand."""
    from tanhe.inventory.compute import compute

    given = dossier(reported=reported)
    total = compute(given).including.value
    if str(total) != TOTAL:
        raise AssertionError(f"total {total}, expected {TOTAL}")
    return rate(lambda: compute(given))

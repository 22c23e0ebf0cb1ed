"""The ten rules of tabular.py in pandera and in great_expectations; runs in .venv-bench.

Measured twice: one frame with all rows, as these libraries are meant to be used, and one frame for each dossier, as a
dossier on someone's desk is checked. Grouped rules are columns made by pandas beforehand, within the measured time.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import pandas as pd
from tabular import CODE, FUELS, HALF, MONTHS, NCV, ROWS, dossiers, verdict

EPSILON = 1e-6
Found = dict[str, set[int]]
Validate = Callable[[pd.DataFrame], Found]


def frames(rows: int) -> tuple[list[pd.DataFrame], dict[str, set[int]]]:
    """A frame of each dossier, numbers as floats."""
    given, wrong = dossiers(rows)
    every = [pd.DataFrame(part).astype({name: float for name in ("ad", "ncv", "energy", "total")}) for part in given]
    return every, wrong


def grouped(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that the grouped and the cross-column rules need."""
    by = frame.groupby("dossier", sort=False)
    return frame.assign(
        gap=by["ad"].transform("sum") - frame["total"], months=by["month"].transform("nunique"),
        ordered=(by["read"].shift() <= frame["read"]) | by["read"].shift().isna(),
        product=frame["ad"] * frame["ncv"] - frame["energy"])


def pandera() -> Validate:
    """A schema with the ten rules; lazy, so that every failure is reported."""
    import pandera.pandas as pa

    schema = pa.DataFrameSchema({
        "gap": pa.Column(float, pa.Check.in_range(-HALF, HALF)),
        "ncv": pa.Column(float, pa.Check.in_range(*NCV)),
        "uscc": pa.Column(None, pa.Check.str_matches(CODE), nullable=False),
        "months": pa.Column(int, pa.Check.eq(MONTHS)),
        "ordered": pa.Column(bool, pa.Check.eq(True)),
        "ad": pa.Column(float, pa.Check.gt(0)),
        "fuel": pa.Column(None, pa.Check.isin(FUELS)),
        "product": pa.Column(float, pa.Check.in_range(-HALF - EPSILON, HALF + EPSILON)),
    }, unique=["dossier", "month"])
    names = {"gap": "sum", "ncv": "range", "uscc": "code", "months": "months", "ordered": "order", "ad": "positive",
             "fuel": "in_set", "product": "product"}
    def validate(frame: pd.DataFrame) -> Found:
        wide = grouped(frame)
        try:
            schema.validate(wide, lazy=True)
            return {}
        except pa.errors.SchemaErrors as error:
            cases = error.failure_cases.dropna(subset=["index"])
            found: Found = {}
            for column, check, index in zip(cases["column"], cases["check"], cases["index"], strict=True):
                special = {"not_nullable": "not_null", "multiple_fields_uniqueness": "unique"}
                name = special.get(str(check)) or names[str(column)]
                found.setdefault(name, set()).add(int(wide["dossier"].loc[index]))
            return found

    return validate


def great_expectations() -> Validate:
    """A suite with the ten expectations, in an ephemeral context without progress bars and without telemetry."""
    import great_expectations as gx
    import great_expectations.expectations as ex

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    made = context.data_sources.add_pandas("bench").add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    expectations = {
        "sum": ex.ExpectColumnValuesToBeBetween(column="gap", min_value=-HALF, max_value=HALF),
        "range": ex.ExpectColumnValuesToBeBetween(column="ncv", min_value=NCV[0], max_value=NCV[1]),
        "not_null": ex.ExpectColumnValuesToNotBeNull(column="uscc"),
        "unique": ex.ExpectCompoundColumnsToBeUnique(column_list=["dossier", "month"]),
        "code": ex.ExpectColumnValuesToMatchRegex(column="uscc", regex=CODE),
        "months": ex.ExpectColumnValuesToBeBetween(column="months", min_value=MONTHS, max_value=MONTHS),
        "order": ex.ExpectColumnValuesToBeInSet(column="ordered", value_set=[True]),
        "positive": ex.ExpectColumnValuesToBeBetween(column="ad", min_value=0, strict_min=True),
        "in_set": ex.ExpectColumnValuesToBeInSet(column="fuel", value_set=list(FUELS)),
        "product": ex.ExpectColumnValuesToBeBetween(column="product", min_value=-HALF - EPSILON, max_value=HALF + EPSILON),
    }
    suite = context.suites.add(gx.ExpectationSuite(name="ten", expectations=list(expectations.values())))
    order = list(expectations)

    def validate(frame: pd.DataFrame) -> Found:
        wide = grouped(frame).reset_index(drop=True)
        batch = made.get_batch(batch_parameters={"dataframe": wide})
        results = batch.validate(suite, result_format="COMPLETE").results
        keyed = {(r.expectation_config.type, str(r.expectation_config.kwargs.get("column", ""))): r for r in results}
        found: Found = {}
        for name in order:
            result = keyed[_key(expectations[name])]
            for index in result.result.get("unexpected_index_list") or ():
                found.setdefault(name, set()).add(int(wide["dossier"].loc[index]))
        return found

    return validate


def _key(expectation: Any) -> tuple[str, str]:
    return expectation.expectation_type, str(getattr(expectation, "column", ""))


def measured(validate: Validate, each: int, rows: int = ROWS) -> dict[str, float]:
    """Rows a second in one frame, dossiers a second one by one (of the first ``each``), and wrong verdicts."""
    warnings.simplefilter("ignore")
    every, wrong = frames(rows)
    whole = pd.concat(every, ignore_index=True)
    fastest, found = float("inf"), {}
    for _ in range(5):
        start = time.perf_counter()
        found = validate(whole)
        fastest = min(fastest, time.perf_counter() - start)
    start = time.perf_counter()
    for frame in every[:each]:
        validate(frame)
    single = time.perf_counter() - start
    return {"tabular_rows": len(whole) / fastest, "tabular_each": each / single, "tabular_wrong": verdict(found, wrong)}


def in_pandera() -> dict[str, float]:
    """pandera's measurements."""
    return measured(pandera(), each=200)


def in_great_expectations() -> dict[str, float]:
    """great_expectations' measurements."""
    return measured(great_expectations(), each=30)

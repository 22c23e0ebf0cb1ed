"""The record: the contract's fields, numbers as strings, absent as null, fingerprints that last."""

import json
import re

import jsonschema
import pytest

from tanhe import examples

NUMBER = re.compile(r"-?\d+(\.\d+)?")
WHOLE = {"year", "line", "page", "data_year", "sign", "run", "passed", "failed", "not_applicable"}
EDITS = [
    (), (("10.00", "-10.00"),), (("98%", "98"),), (("AD: diesel", "AD: disel"),), (("reported: 10.00", "reported:"),),
    (("10.00", "0"),), (("10.00", "1e30"),), (("10.00", "1E-30"),), (("unit: t\n", "unit: MWh\n"),), (("[D01]", "[D02]"),),
    (("2023", "2099"),), (("inputs: {AD: diesel, OF: oxidation}", "inputs: {}"),), (("fuel: diesel", "fuel: 茅台"),),
    (("inputs: {AD: diesel, OF: oxidation}\n    reported: 31.45", "note: 没有数据"),), (("statistics.series_sum", "statistics.sum"),),
    (("id: electricity/grid", "id: combustion/diesel"),), (("unit: tCO2/MWh", "unit: tCO2/GJ"),),
    (("lines:", "supplementary:\n  - {table: ndrc-methanol-2018, product: 甲醇, lines: []}\nlines:"),),
    (("lines:", "sources:\n  - {category: 焊接, facility: 车间}\nlines:"),),
    (("lines:", "totals: {including_purchased_energy: {reported: 1}}\nsubtotals: {combustion: {reported: 2}}\nlines:"),),
]
TABLES = [None, "period,used\n", "period,used\n1月,\n", "period,used\n1月,1\n1月,1\n", "period,used\n2024-01,1\n", "period,used\n全年,-5\n"]


@pytest.fixture(scope="module")
def schema():
    from importlib.resources import files

    return jsonschema.Draft202012Validator(json.loads(files("tanhe.report").joinpath("record.schema.json").read_text("utf-8")))


def record_of(tanhe, *arguments) -> dict:
    ran = tanhe("verify", *arguments, "--json")
    assert ran.status in (0, 1), ran.err
    return json.loads(ran.out)


def keep_the_contract(record: dict) -> None:
    """No number but counts, years, lines and signs; nothing empty; every figure a plain string of digits."""

    def walk(value: object, key: str) -> None:
        assert not isinstance(value, float), key
        assert value != "", key
        if isinstance(value, int) and not isinstance(value, bool):
            assert key in WHOLE, key
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif key in ("exact", "value", "full_precision", "low", "high") and value is not None:
            assert NUMBER.fullmatch(str(value)), (key, value)

    walk(record, "")


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_satisfy_schema_and_contract(tanhe, schema, name):
    record = record_of(tanhe, "--example", name)
    assert [error.message for error in schema.iter_errors(record)] == []
    keep_the_contract(record)
    assert record["rules"]["run"] == record["rules"]["passed"] + record["rules"]["failed"]


@pytest.mark.parametrize("edits", EDITS)
def test_a_dossier_with_faults_satisfies_schema_and_contract(tanhe, small, schema, edits):
    record = record_of(tanhe, small.write(*edits))
    assert [error.message for error in schema.iter_errors(record)] == []
    keep_the_contract(record)


@pytest.mark.parametrize("csv", TABLES)
def test_a_dossier_with_a_faulty_table_satisfies_schema_and_contract(tanhe, small, schema, csv):
    record = record_of(tanhe, small.write(csv=csv))
    assert [error.message for error in schema.iter_errors(record)] == []
    keep_the_contract(record)


def test_a_dossier_with_the_required_keys_only(tanhe, small, schema):
    record = record_of(tanhe, small.write(text="format: tanhe.dossier/1\nguideline: ndrc2015-machinery\nyear: 2020\nentity: {name: 甲}\n"))
    assert [error.message for error in schema.iter_errors(record)] == []
    assert record["entity"] == {"name": "甲", "uscc": None}
    assert (record["inventory"]["lines"], record["inventory"]["complete"], record["reading"]) == ([], False, None)


def test_what_is_absent_is_null_and_what_is_there_keeps_its_digits(tanhe, small):
    record = record_of(tanhe, small.write(("reported: 10.00", "reported:"), ("reported: 44.48", "reported: 44.480")))
    diesel, power = record["inventory"]["lines"]
    assert (diesel["exact"], diesel["value"], diesel["verified"]["value"]) == (None, None, None)
    assert diesel["reported"] == "31.45" and diesel["missing"]
    assert (power["reported"], power["exact"], power["value"], power["replay"]) == ("44.480", "44.4834", "44.483", "within-rounding")
    assert record["inventory"]["totals"]["including_purchased_energy"]["reported"] is None
    assert [d["reported"] for d in record["inventory"]["data"]] == [None, "0.98", "78.0", "0.5703"]


@pytest.mark.parametrize(
    ("name", "excluding", "including"),
    [
        ("hongshi-calcium-aluminate-2024", "0", "4249.19"),
        ("shenke-transformers-2023", "2.98", "787.80"),
        ("haiyao-equipment-2022", None, "4226"),
        ("tianma-feed-2019", "16865.24", "33483.26"),
        ("mingquan-methanol-2018", None, "2094182"),
    ],
)
def test_published_totals_stand_as_strings(tanhe, name, excluding, including):
    totals = record_of(tanhe, "--example", name)["inventory"]["totals"]
    assert totals["including_purchased_energy"]["reported"] == including
    reported = totals["excluding_purchased_energy"]["reported"]
    assert excluding is None or float(reported) == float(excluding)


FAULTS = (("10.00", "-10.00"), ("[D01]", "[D02]"), ("98%", "98"), ("2024-01-31", "2099-01-31"), ("44.48", "99.99"), ("x: power.used", "x: power.usd"))
MOVES = [
    ("format:", "# 说明一\n# 说明二\n\nformat:"),
    ("documents:\n", "documents:\n  - {id: D00, title: 前面加一份}\n"),
    ("data:\n", "data:\n  other: {item: 其他, unit: t, kind: other, reported: 1}\n"),
    ("lines:\n", "lines:\n  - {id: heat/a, source: heat, item: 蒸汽, inputs: {AD: {value: 1, unit: GJ}, EF: {value: 0.11, unit: tCO2/GJ}}}\n"),
]


@pytest.mark.parametrize("move", MOVES)
def test_fingerprints_do_not_move_with_the_lines(tanhe, small, move):
    def found(*edits):
        findings = record_of(tanhe, small.write(*edits, csv=small.csv + "3月,9\n"))["findings"]
        return {(f["rule"], f["fingerprint"]) for f in findings}, {(p["file"], p["line"]) for f in findings for p in f["places"]}

    before, at = found(*FAULTS)
    after, moved = found(*FAULTS, move)
    assert {rule for rule, _ in before} >= {"DAT001", "DAT002", "DAT003", "DAT004", "DAT005", "SER003", "CMP001"}
    assert before <= after  # what was moved into the file may be found fault with, too
    assert at != moved


def test_fingerprints_are_the_same_in_either_language_and_of_different_things_differ(tanhe, small, monkeypatch):
    folder = small.write(*FAULTS, ("lines:", "sources:\n  - {category: 焊接, facility: 车间}\nlines:"))
    chinese = record_of(tanhe, folder)["findings"]
    monkeypatch.setenv("TANHE_LANG", "en")
    english = record_of(tanhe, folder)["findings"]
    assert sorted(f["fingerprint"] for f in chinese) == sorted(f["fingerprint"] for f in english)
    assert len({f["fingerprint"] for f in chinese}) == len(chinese)


def test_another_year_or_enterprise_has_other_fingerprints(tanhe, small):
    prints = [
        {f["fingerprint"] for f in record_of(tanhe, small.write(("[D01]", "[D02]"), *edit))["findings"]}
        for edit in ([], [("2023", "2022")], [("某某有限公司", "另一有限公司")])
    ]
    assert not (prints[0] & prints[1] or prints[0] & prints[2])


@pytest.mark.parametrize("name", examples.names())
def test_no_two_findings_of_an_example_share_a_fingerprint(tanhe, name):
    prints = [f["fingerprint"] for f in record_of(tanhe, "--example", name)["findings"]]
    assert len(set(prints)) == len(prints)


def test_the_same_input_gives_the_same_record(tanhe, small):
    first, second = record_of(tanhe, small.write()), record_of(tanhe, small.write())
    assert first == second
    assert re.fullmatch("[0-9a-f]{64}", first["input"]["sha256"])
    assert all(first["program"][key].startswith("sha256:") for key in ("factor_set", "rule_set"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record["inventory"]["lines"][0].update(value=1.5),
        lambda record: record["inventory"]["lines"][0].pop("replay"),
        lambda record: record["inventory"]["lines"][0].update(replay="perhaps"),
        lambda record: record["inventory"]["totals"].pop("including_purchased_energy"),
        lambda record: record.update(year="2023"),
        lambda record: record["entity"].update(uscc=12),
        lambda record: record.pop("reading"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(tanhe, small, schema, spoil):
    record = record_of(tanhe, small.write())
    spoil(record)
    assert list(schema.iter_errors(record))

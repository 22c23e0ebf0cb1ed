"""``tanhe explain``: any number of a dossier written out, down to the figure the record holds."""

import json
from functools import cache

import pytest

from tanhe import examples
from tanhe.cli.engagement import open_engagement
from tanhe.inventory.explain import explain, known_names
from tanhe.report.record import record


@cache
def opened(name):
    engagement = open_engagement(None, name)
    return engagement.inventory, record(engagement.inventory, engagement.outcome, name)["inventory"]


NAMES = [(example, name) for example in examples.names() for name in dict.fromkeys(known_names(opened(example)[0]))]


def sums(example: str) -> dict[str, dict]:
    inventory = opened(example)[1]
    totals = inventory["totals"]
    return {
        **inventory["subtotals"], "excluding": totals["excluding_purchased_energy"],
        "including": totals["including_purchased_energy"],
        **{f"supplementary/{t['product']}": t["total"] for t in inventory["supplementary"]},
    }


def all_lines(example: str) -> dict[str, dict]:
    inventory = opened(example)[1]
    tables = [line for table in inventory["supplementary"] for line in table["lines"]]
    return {line["id"]: line for line in (*inventory["lines"], *tables)}


@pytest.mark.parametrize(("example", "name"), NAMES)
def test_every_number_of_the_examples_ends_as_in_the_record(example, name):
    """Lines come before data, and data before sums, where two carry one name."""
    written = explain(opened(example)[0], name)
    data = {datum["id"]: datum for datum in opened(example)[1]["data"]}
    if name in all_lines(example):
        line = all_lines(example)[name]
        assert written.startswith(f"{name}  ")
        if line["exact"] is not None:
            assert f"  = {line['exact']} {line['unit']} ≈ {line['value']} {line['unit']}\n" in written
        assert all(missing in written for missing in line["missing"])
    elif name in data:
        assert written.startswith(f"{name}  {data[name]['item']}")
        assert all(data[name][key] is None or data[name][key] in written for key in ("exact", "reported", "verified"))
    else:
        total = sums(example)[name]
        assert f"  = {total['exact']} tCO2e ≈ {total['value']}\n" in written
        assert all(missing in written for missing in total["missing"])


def line_names():
    return [(example, line["id"]) for example in examples.names() for line in opened(example)[1]["lines"] if line["exact"]]


@pytest.mark.parametrize(("example", "name"), line_names())
def test_a_line_ends_with_the_reported_figure_and_how_it_replays(example, name):
    from tanhe.inventory.model import Grade

    (line,) = [line for line in opened(example)[1]["lines"] if line["id"] == name]
    grade = Grade(line["replay"]).zh
    closing = [row for row in explain(opened(example)[0], name).splitlines() if row.startswith("填报值")]
    assert closing
    if line["reported"] is not None:
        assert f"{line['reported']} {line['unit']}，{grade}" in closing[0]
        assert line["formula"] in explain(opened(example)[0], name)


def test_all_lines_data_and_sums_can_be_asked_for():
    for example in examples.names():
        inventory = opened(example)[1]
        known = known_names(opened(example)[0])
        asked = [line["id"] for line in inventory["lines"]] + [datum["id"] for datum in inventory["data"]]
        asked += [*inventory["subtotals"], "excluding", "including"]
        asked += [line["id"] for table in inventory["supplementary"] for line in table["lines"]]
        assert set(asked) <= set(known)


def test_the_list_of_names(tanhe, small):
    ran = tanhe("explain", small.write())
    assert (ran.status, ran.err) == (0, "")
    assert "  combustion/diesel\n" in ran.out and "  including\n" in ran.out
    assert "grid" in json.loads(tanhe("explain", small.folder, "--json").out)["names"]


def test_one_number_as_text_and_as_json(tanhe, small):
    ran = tanhe("explain", small.write(), "electricity/grid")
    assert (ran.status, ran.err) == (0, "")
    assert "E = AD*EF" in ran.out and "78.0" in ran.out and "0.5703" in ran.out and "44.48" in ran.out
    assert f"dossier.yaml:{small.line('    reported: 44.48')}" in ran.out
    asked = json.loads(tanhe("explain", small.folder, "electricity/grid", "--json").out)
    assert asked == {"id": "electricity/grid", "text": ran.out.removesuffix("\n")}


@pytest.mark.parametrize("word", ["combustion/dsl", "", "😀", "including "])
def test_an_unknown_name_names_the_nearest(tanhe, small, word):
    ran = tanhe("explain", small.write(), word)
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert "最接近的是" in ran.err


def test_wrong_calls_and_unreadable_dossiers_are_one_line(tanhe, small):
    folder = small.write(("10.00", "十"))
    for arguments in ([], ["没有 这里", "x"], [folder, "x"], [folder, "x", "y"], ["--example", "没有", "x"]):
        ran = tanhe("explain", *arguments)
        assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)


@pytest.mark.parametrize("edit", [("10.00", "-10.00"), ("98%", "98"), ("AD: diesel", "AD: disel"), ("reported: 10.00", "reported:")])
def test_what_could_not_be_computed_says_what_is_missing(tanhe, small, edit):
    ran = tanhe("explain", small.write(edit), "combustion/diesel")
    assert (ran.status, ran.err) == (0, "")
    assert "缺" in ran.out or "负值" in ran.out


def test_english(tanhe, small, monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    said = tanhe("explain", small.write(), "electricity/grid").out
    assert "reported: 44.48 tCO2, exact" in said

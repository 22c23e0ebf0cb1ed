"""Whether a dossier fits its guideline: what stops the computation, and what is a finding beside it."""

import pytest

from tanhe import examples
from tanhe.checks.fit import fit, misfits
from tanhe.dossier.load import load

UNIT = "supplementary:\n  - table: ndrc-methanol-2018\n    product: 甲醇\n    lines:\n      - {id: s/a, source: heat, item: 热, inputs: {AD: {value: 1, unit: GJ}}}\n"


def told(problems) -> list[tuple[str, str]]:
    return [(problem.code, str(problem)) for problem in problems]


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_fit(name):
    dossier, _ = load(examples.find(name))
    assert misfits(dossier) == () == fit(dossier)


def test_the_small_dossier_fits(small):
    dossier, _ = load(small.write())
    assert misfits(dossier) == () == fit(dossier)


def test_an_unknown_guideline_is_all_there_is_to_say(small):
    dossier, _ = load(small.write(("ndrc2015-industrial-other", "ndrc2015-machinry"), ("source: combustion", "source: x")))
    ((code, line),) = told(misfits(dossier))
    assert code == "DOS009"
    assert line.startswith("dossier.yaml:2:12: ") and "最接近的是“ndrc2015-machinery”" in line


def test_every_unknown_source_is_told_in_lines_and_supplementary_tables(small):
    text = small.text.replace("source: combustion", "source: combustoin") + UNIT.replace("source: heat", "source: heta")
    found = told(misfits(load(small.write(text=text))[0]))
    assert [code for code, _ in found] == ["DOS011", "DOS011"]
    assert "最接近的是“combustion”" in found[0][1] and "最接近的是“heat”" in found[1][1]


def test_a_source_of_another_guideline_is_unknown(small):
    dossier, _ = load(small.write(("ndrc2015-industrial-other", "ndrc2013-chemical"), ("source: combustion", "source: wastewater")))
    ((code, line),) = told(misfits(dossier))
    assert code == "DOS011" and f"dossier.yaml:{small.line('source: combustion')}:13" in line


def test_an_unknown_supplementary_table(small):
    ((code, line),) = told(misfits(load(small.write(text=small.text + UNIT.replace("methanol-2018", "methanol-2019")))[0]))
    assert code == "DOS011" and "没有补充数据表“ndrc-methanol-2019”；应为 ndrc-methanol-2018" in line


@pytest.mark.parametrize(
    ("edit", "code", "line", "said"),
    [
        (("fuel: diesel", "method: carbonform"), "DAT007", 40, "没有方法“carbonform”"),
        (("OF: oxidation", "of: oxidation"), "DAT007", 41, "没有符号“of”；应为 AD, NCV, CC, OF"),
        (("AD: electricity, EF: grid", "AD: electricity, NCV: grid"), "DAT007", 46, "没有符号“NCV”"),
        (("98%", "98"), "DAT002", 24, "碳氧化率（OF）为 98"),
        (("98%", "-0.1"), "DAT002", 24, "碳氧化率（OF）为 -0.1"),
        (("reported: 98%", "reported: 98%\n    verified: 98"), "DAT002", 25, "碳氧化率（OF）为 98"),
        (("OF: oxidation", 'OF: {value: 98, unit: "1"}'), "DAT002", 41, "单位（unit）写 %"),
        (("reported: 31.45", 'as_reported: {AD: diesel, OF: {value: 98, unit: "1"}}'), "DAT002", 42, "单位（unit）写 %"),
        (("lines:", "subtotals: {electricty: {}}\nlines:"), "DAT005", 36, "没有小计“electricty”；应为 已有的编号，最接近的是“electricity”"),
    ],
)
def test_one_mistake_is_one_finding_with_its_line(small, edit, code, line, said):
    ((its_code, words),) = told(fit(load(small.write(edit))[0]))
    assert its_code == code
    assert words.startswith(f"dossier.yaml:{line}:") and said in words


@pytest.mark.parametrize("share", ["0", "1", "0.98", "98%", "100%"])
def test_a_share_may_be_anything_from_0_to_1(small, share):
    assert fit(load(small.write(("98%", share)))[0]) == ()


def test_a_percentage_with_the_unit_percent_fits_and_one_above_100_does_not(small):
    percent = ('unit: "1"', 'unit: "%"')
    assert fit(load(small.write(percent, ("98%", "98")))[0]) == ()
    assert [p.code for p in fit(load(small.write(percent, ("98%", "101")))[0])] == ["DAT002"]


def test_names_for_the_fingerprint_hold_ids_not_positions(small):
    edits = ("98%", "98"), ("EF: grid", "EX: grid")
    names = {p.datum for p in fit(load(small.write(*edits))[0])}
    assert names == {"data/oxidation/reported", "lines/electricity/grid/inputs/EX"}

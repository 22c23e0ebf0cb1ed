"""Problems of a dossier that reads: dates, references, ids, values; each with its line and a lasting name."""

import datetime

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.validate import check

TODAY = datetime.date(2025, 6, 1)


def told(folder) -> list[tuple[str, str]]:
    dossier, problems = load(folder)
    return [(problem.code, str(problem)) for problem in (*problems, *check(dossier, TODAY))]


def test_the_small_dossier_has_none(small):
    assert told(small.write()) == []


@pytest.mark.parametrize(
    ("edit", "code", "at", "said"),
    [
        (("10.00", "-10.00"), "DAT001", "10.00", "柴油消费量为负值 -10.00；应为 不小于 0 的数"),
        (("2024-01-31", "2025-06-02"), "DAT003", "2024-01-31", "日期 2025-06-02 在今天之后；应为 不晚于 2025-06-01"),
        (("year: 2023", "year: 2026"), "DAT003", "year:", "核算年度 2026 尚未到来"),
        (("[D01]", "[D02]"), "DAT004", "[D01]", "证据清单里没有“D02”；应为 已有的编号，最接近的是“D01”"),
        (("AD: diesel", "AD: disel"), "DAT005", "AD: diesel", "引用了不存在的“disel”；应为 已有的编号，最接近的是“diesel”"),
        (("x: power.used", "x: power.usd"), "DAT005", "x: power.used", "最接近的是“power.used”"),
        (("x: power.used", "x: [power.usd, 1]"), "DAT005", "x: power.used", "最接近的是“power.used”"),
        (("series: power.used", "series: pwr.used"), "DAT005", "series:", "没有数据列“pwr.used”"),
        (("AD: diesel", 'AD: "line:electricity/gird"'), "DAT005", "AD: diesel", "最接近的是“line:electricity/grid”"),
        (("unit: MWh}", "unit: MWh, weights: usd}"), "DAT005", "unit: MWh}", "没有权重列“usd”"),
        (("statistics.series_sum", "statistics.serie_sum"), "DAT005", "statistics", "最接近的是“statistics.series_sum”"),
        (("inputs: {x:", "inputs: {y:"), "DAT007", "inputs: {x:", "公式 statistics.series_sum 没有符号“y”；应为 x"),
        (("  - {id: D01", "  - {id: D01, title: 甲}\n  - {id: D01"), "DAT006", "tables:", "编号“D01”重复，第 7 行已有"),
        (("id: electricity/grid", "id: combustion/diesel"), "DAT006", "id: electricity", "编号“combustion/diesel”重复，第 37 行已有"),
        (("tables:", "sources:\n  - {category: 电, line: electricity/gird}\ntables:"), "DAT005", "  power:", "没有排放行“electricity/gird”"),
    ],
)
def test_one_mistake_is_one_line(small, edit, code, at, said):
    found = [line for its_code, line in told(small.write(edit)) if its_code == code]
    assert any(line.startswith(f"dossier.yaml:{small.line(at)}:") and said in line for line in found), found


def test_an_empty_cell_of_a_summed_column_has_its_line(small):
    ((code, line),) = told(small.write(csv=small.csv.replace("12.0", "")))
    assert (code, line) == ("SER005", "tables/power.csv:13: 列“used”12月是空格；应为 一个数；确为零时写 0")


@pytest.mark.parametrize("mark", ["/", "-", "—"])
def test_a_mark_for_no_data_is_an_empty_cell(small, mark):
    assert [code for code, _ in told(small.write(csv=small.csv.replace("12.0", mark)))] == ["SER005"]


def test_a_column_nobody_uses_or_has_begun_may_be_empty(small):
    unused = small.write(("    series: power.used\n", ""), ("x: power.used", "x: diesel"), csv=small.csv.replace("12.0", ""))
    assert told(unused) == []
    not_begun = small.write(csv="period,used\n" + "".join(f"{n}月,\n" for n in range(1, 13)))
    assert told(not_begun) == []


def test_a_negative_cell_has_its_line_but_electricity_may_be_sold(small):
    negative = small.csv.replace("12.0", "-12.0")
    assert told(small.write(csv=negative)) == []
    ((code, line),) = told(small.write(("title: 用电量, unit: MWh", "title: 用煤量, unit: t"), csv=negative))
    assert (code, line) == ("DAT001", "tables/power.csv:13: 列“used”12月为负值 -12.0；应为 不小于 0 的数")


def test_the_end_of_a_calibration_may_lie_ahead(small):
    assert told(small.write(("tables:", "meters:\n  - {name: 电表, valid_to: 2030-01-01}\ntables:"))) == []


def test_an_id_may_not_stand_in_a_line_and_a_supplementary_line(small):
    text = small.text + (
        "supplementary:\n  - table: ndrc-methanol-2018\n    product: 甲醇\n    lines:\n"
        "      - {id: electricity/grid, source: electricity, item: 电, inputs: {AD: electricity, EF: grid}}\n"
    )
    assert [code for code, _ in told(small.write(text=text))] == ["DAT006"]


def test_problems_keep_their_names_when_lines_move(small):
    edits = ("10.00", "-10.00"), ("[D01]", "[D02]"), ("AD: diesel", "AD: disel"), ("2024-01-31", "2026-01-31")

    def names(*more):
        dossier, _ = load(small.write(*edits, *more))
        return [(p.code, p.datum) for p in check(dossier, TODAY)]

    moved = ("documents:\n", "# 一行说明\ndocuments:\n  - {id: D00, title: 前面加一份}\n")
    assert names() == names(moved)
    assert ("DAT001", "data/diesel/reported") in names()
    assert ("DAT005", "lines/combustion/diesel/inputs/AD") in names()
    assert ("DAT003", "documents/D01/date") in names()

"""The closure of numbers: inputs, results and labels are explained, a figure that nothing gives is not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.dossier.places import Place
from tanhe.inventory.compute import compute
from tanhe.quantity.exact import half_up
from tanhe.reading.assemble import assemble
from tanhe.reading.blocks import Cell, Document, Table
from tanhe.reading.building import build
from tanhe.reading.claims import Calculation, CalculationRow, Fact, Parameter, Results, Said
from tanhe.reading.closure import close, explain
from tanhe.reading.printed import numbers

FILE = "r.txt"
EMISSION = str(half_up(Fraction("812.40") * Fraction("0.5703"), 2))


def said(text: str, line: int = 1) -> Said:
    return Said(text, Place(FILE, line))


def dossier():
    power = Parameter(said("净购入电量"), "activity", unit=said("MWh"), verified=said("812.40"), rows={"source": said("结算单")},
                      cross_checks=({"source": said("台账"), "value": said("800.00"), "unit": said("MWh")},))
    factor = Parameter(said("电力排放因子"), "factor", unit=said("tCO2/MWh"), verified=said("0.5703"))
    row = CalculationRow(said("电力"), (("用电量", "MWh", said("812.40")), ("排放因子", "tCO2/MWh", said("0.5703"))), said(EMISSION))
    frame = ((Place(FILE, 1), "2022年度"), (Place(FILE, 2), "《工业其他行业企业温室气体排放核算方法与报告指南》"))
    claims = [Fact(("entity", "name"), said("某某有限公司")), Fact(("entity", "profile"), said("占地91亩，窑温1370℃")), power, factor,
              Calculation("净购入电力", "", (row,), None, Place(FILE, 8), "3.4"), Results((), None, said(EMISSION), Place(FILE, 9), "3.4")]
    return build(assemble(Document("text", FILE, "0" * 64, (), frame), claims), FILE, "0" * 64)[0]


DOSSIER = dossier()
INVENTORY = compute(DOSSIER)


def kinds(*lines: str, furniture=()) -> list[tuple[str, str]]:
    document = Document("text", FILE, "0" * 64, (), tuple((Place(FILE, n), line) for n, line in enumerate(lines, 1)), furniture=furniture)
    return [(e.number.text, e.kind) for e in explain(document, DOSSIER, INVENTORY)]


@pytest.mark.parametrize(
    ("line", "number", "kind"),
    [
        ("净购入电量为812.40MWh", "812.40", "input"),
        ("排放量\t463 tCO2", "463", "result"),
        (f"总量为{EMISSION}吨二氧化碳当量", EMISSION, "input"),
        ("折合0.0463万吨", "0.0463", "result"),
        ("与台账相差1.55%", "1.55", "difference"),
        ("核查于2023年3月14日进行", "2023", "date"),
        ("依据发改办气候〔2015〕1722号", "1722", "number of a document"),
        ("符合GB 17167-2006的要求", "17167", "code"),
        ("3.4.1 活动水平数据", "3.4.1", "number of a section"),
        ("详见表 3.4-2", "3.4", "numbering"),
        ("（2）现场核查", "2", "numbering"),
        ("温度为1370℃", "1370", "text"),
        ("占地91亩", "91", "text"),
    ],
)
def test_a_number_is_explained_by_what_it_is(line, number, kind):
    assert (number, kind) in kinds(line)


def test_the_digits_of_a_column_of_ordinals_are_numbering_and_a_lone_figure_is_not():
    assert [kind for _, kind in kinds("1", "营业执照", "2", "平面图", "3", "89")] == ["numbering", "numbering", "numbering", ""]


@pytest.mark.parametrize("line", ["MWh\t821.40", "排放量\t46.3\ttCO2", "煤\t12.7\t93", "总量为463.91吨二氧化碳当量", "净购入电量为821.40MWh", "用煤 12.7 t", "排放因子\t0.5708\ttCO2/MWh", "相差1.75%"])
def test_a_figure_that_nothing_gives_is_unexplained(line):
    assert kinds(line)[0][1] == ""


def test_digits_of_formulas_units_and_tags_are_no_numbers():
    assert [n.text for n in numbers('CO₂ 与 CH4、N2O，10⁴ Nm³，<td colspan="2">7.5</td> tCO2e')] == ["7.5"]


def test_contents_and_page_furniture_do_not_count():
    lines = ("3.4 核算数据的核查\t16", "— 17 —", "用电 812.40 MWh")
    assert kinds(*lines, furniture=((Place(FILE, 2), "page number"),)) == [("812.40", "input")]


def test_the_reading_counts_and_lists_the_unexplained_with_place_and_words():
    document = Document("text", FILE, "0" * 64, (), ((Place(FILE, 5), "用电 812.40 MWh，用煤 12.7 t"),))
    reading = close(document, DOSSIER, INVENTORY, ((Place(FILE, 9), "一幅图没有读"),))
    assert (reading.numbers, reading.placed, str(reading.closure)) == (2, 1, "0.5")
    assert [(u.number, u.place.line) for u in reading.unplaced] == [("12.7", 5)] and "用煤" in reading.unplaced[0].text
    assert reading.notes[0][1] == "一幅图没有读"


@given(st.text(max_size=60))
def test_no_line_breaks_the_closure(line):
    document = Document("text", FILE, "0" * 64, (), ((Place(FILE, 1), line),))
    reading = close(document, DOSSIER, INVENTORY)
    assert reading.placed + len(reading.unplaced) == reading.numbers


def _table(*rows: str) -> tuple[Document, list[tuple[str, str]]]:
    cells = [[Cell(c.strip(), Place(FILE, n, sheet="表1", cell=f"{chr(65 + x)}{n}")) for x, c in enumerate(r.split("|"))] for n, r in enumerate(rows, 1)]
    lines = tuple((c.place, c.text) for row in cells for c in row)
    made = Document("docx", FILE, "0" * 64, (Table("", tuple(map(tuple, cells)), cells[0][0].place),), lines)
    return made, [(e.number.text, e.kind) for e in explain(made, DOSSIER, INVENTORY)]


def test_the_difference_of_two_figures_of_a_row_is_explained_and_a_wrong_one_is_not():
    _, right = _table("类别 | 填报值 | 核查值 | 差异 | 差异比例", "蒸汽 | 700.10 | 701.10 | 1.00 | 0.14%")
    _, wrong = _table("类别 | 填报值 | 核查值 | 差异 | 差异比例", "蒸汽 | 700.10 | 701.10 | 1.70 | 0.16%")
    assert [kind for _, kind in right] == ["", "", "difference", "difference"]
    assert [kind for _, kind in wrong] == ["", "", "", ""]


def test_running_numbers_are_told_by_their_header():
    _, found = _table("序号 | 名称 | 数量", "7 | 甲炉 | 7731", "9 | 乙炉 | 9")
    assert found == [("7", "numbering"), ("7731", ""), ("9", "numbering"), ("9", "")]


FINDINGS = ("规则 | 程度 | 内容 | 影响（tCO2e）", "CRO003 | 一般 | 相差 77.31 t | 12.34 至 56.78", "CON012 | 文字 | 印作 91.7 | /")


def test_the_figures_of_a_finding_of_the_program_are_a_findings_and_only_in_its_table():
    _, found = _table(*FINDINGS)
    assert {kind for _, kind in found} == {"finding", "code"}
    _, other = _table("设备 | 程度 | 内容 | 影响（tCO2e）", *FINDINGS[1:])
    assert [n for n, kind in other if not kind] == ["77.31", "12.34", "56.78", "91.7"]


def test_counts_of_findings_are_counted_again():
    def counted(*rows: str) -> set[str]:
        tables = [_table(*FINDINGS)[0], _table("层次 | 重要 | 一般 | 文字 | 提示", *rows)[0]]
        blocks = tuple(b for d in tables for b in d.blocks)
        last = Document("docx", FILE, "0" * 64, blocks, tables[1].lines)
        return {e.kind for e in explain(last, DOSSIER, INVENTORY) if e.line not in ("0", "1", "2")}

    assert counted("甲 | 0 | 11 | 1 | 0", "乙 | 0 | -10 | 0 | 0", "合计 | 0 | 1 | 1 | 0") == {"result"}
    assert counted("甲 | 0 | 11 | 1 | 0", "乙 | 0 | -9 | 0 | 0", "合计 | 0 | 2 | 1 | 0") == {""}

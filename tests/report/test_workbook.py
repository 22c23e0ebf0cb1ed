"""The calculation workbook: read back by other libraries, recomputed by an evaluator that shares nothing with it."""

import re
import shutil
import subprocess
import warnings
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import tanhe
from tanhe.dossier.load import load
from tanhe.inventory.compute import compute
from tanhe.report.workbook.book import write_workbook
from tanhe.report.workbook.grid import Book

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir())
MINGQUAN, SHENKE, HAIYAO = "mingquan-methanol-2018", "shenke-transformers-2023", "haiyao-equipment-2022"
COAL = Fraction("22.16") * Fraction("0.02618") * Fraction("0.93") * Fraction(44, 12)
"""tCO2 of one tonne of the coal."""

At = tuple[str, str]


def half_up(value: Fraction, digits: int) -> Fraction:
    size = 10**digits
    return Fraction((1 if value >= 0 else -1) * int(abs(value) * size + Fraction(1, 2)), size)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workbooks")
    made = {}
    for name in NAMES:
        made[name] = folder / f"{name}.xlsx"
        write_workbook(compute(load(EXAMPLES / name)[0]), made[name])
    return made


def altered(tmp_path: Path, example: str, *changes: tuple[str, str], tables: dict[str, str] | None = None) -> Path:
    """The workbook of an example whose dossier text was changed."""
    folder = tmp_path / "dossier"
    shutil.copytree(EXAMPLES / example, folder)
    text = (folder / "dossier.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "dossier.yaml").write_text(text, "utf-8")
    for file, content in (tables or {}).items():
        (folder / file).write_text(content, "utf-8")
    return from_folder(folder, tmp_path)


def from_folder(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    write_workbook(compute(load(folder)[0]), path)
    return path


def find(sheet: Any, text: str, column: int = 0, after: int = 0) -> int:
    """The row (from 1) whose cell in ``column`` (from 0) is ``text``."""
    for row in range(after + 1, sheet.max_row + 1):
        if sheet.cell(row, column + 1).value == text:
            return row
    raise AssertionError(f"no {text!r} in {sheet.title}")


def cached(path: Path) -> dict[At, Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {(page.title, cell.coordinate): cell.value for page in book for row in page for cell in row}


def agree(spreadsheet: Any, path: Path) -> int:
    """Every formula's stored value is what the evaluator finds; the number of formulas."""
    sheet, stored = spreadsheet(path), cached(path)
    wrong = []
    for at in sheet.formulas():
        expected, found = sheet.value(*at), stored[at]
        if isinstance(expected, Fraction):
            good = isinstance(found, (int, float)) and abs(Fraction(found) - expected) <= Fraction(1, 10**14) * max(1, abs(expected))
        else:
            good = (expected or "") == (found or "")
        if not good:
            wrong.append((at, str(sheet.book[at[0]][at[1]].value)[:80], str(expected), found))
    assert wrong == []
    return len(sheet.formulas())


@pytest.mark.parametrize("name", NAMES)
def test_every_stored_result_is_what_its_formula_gives(spreadsheet, written, name):
    assert agree(spreadsheet, written[name]) > 20


def test_published_totals_are_found_by_a_reader_that_does_not_calculate(written):
    rows = CalamineWorkbook.from_path(str(written[MINGQUAN])).get_sheet_by_name("汇总").to_python()
    total = next(row for row in rows if row[0] == "包括净购入电力和热力")
    assert (total[2], total[4], total[5], total[6]) == (2094182, 2094182, 2094182, 0)
    lines = {row[0]: row[2] for row in rows}
    assert lines["化石燃料燃烧CO2排放"] == 761010.72
    assert lines["工业生产过程CO2排放"] == 1191813.36
    rows = CalamineWorkbook.from_path(str(written[MINGQUAN])).get_sheet_by_name("补充数据表 甲醇").to_python()
    assert next(row for row in rows if row[0] == "1")[2] == 1656666


def test_changing_an_input_changes_line_subtotal_totals_and_result_table(spreadsheet, written):
    sheet = spreadsheet(written[MINGQUAN])
    summary, source = sheet.book["汇总"], sheet.book["化石燃料燃烧"]
    watched = [("化石燃料燃烧", f"C{find(source, '烟煤（动力煤）', 1)}"), ("化石燃料燃烧", f"C{find(source, '合计', 1)}"),
               ("汇总", f"B{find(summary, '化石燃料燃烧')}"), ("汇总", f"B{find(summary, '不包括净购入电力和热力')}"),
               ("汇总", f"B{find(summary, '包括净购入电力和热力')}"), ("汇总", f"B{find(summary, '化石燃料燃烧CO2排放')}")]
    before = [sheet.number(*at) for at in watched]
    sheet.set("数据", f"D{find(sheet.book['数据'], 'coal-fuel-amount')}", "384683.00")
    assert [sheet.number(*at) - old for at, old in zip(watched, before, strict=True)] == [100 * COAL] * len(watched)
    cover = sheet.book["封面"]
    assert sheet.value("封面", f"B{find(cover, '包括净购入电力和热力')}") == half_up(before[4] + 100 * COAL, 0)


def test_a_month_changes_the_derivation_beside_the_printed_value_and_nothing_else(spreadsheet, written):
    sheet = spreadsheet(written[MINGQUAN])
    at = "数据", f"H{find(sheet.book['数据'], 'coal-fuel-ncv')}"
    total = "汇总", f"B{find(sheet.book['汇总'], '包括净购入电力和热力')}"
    tonnes = [35951, 31343, 33910, 33014, 31436, 31015, 33112, 19960, 33345, 37395, 32272, 31830]
    before, whole = sheet.number(*at), sheet.number(*total)
    january = find(sheet.book["月度数据"], "1月")
    sheet.set("月度数据", f"C{january}", "23.16")
    assert sheet.number(*at) - before == Fraction(tonnes[0], sum(tonnes))
    assert sheet.number(*total) == whole


def test_printed_totals_of_months_stand_beside_live_sums(spreadsheet, written):
    sheet = spreadsheet(written[MINGQUAN])
    months = sheet.book["月度数据"]
    steam = find(months, "甲醇生产车间月度热力消耗量（steam）")
    live = find(months, "合计或平均（公式）", after=steam)
    assert sheet.value("月度数据", f"C{live}") == Fraction("5861516.82")
    assert sheet.value("月度数据", f"C{live + 1}") == Fraction("5861516.81")
    assert sheet.value("月度数据", f"C{live + 2}") == Fraction("-0.01")


def test_units_that_do_not_fit_are_red_and_stay_out_of_the_verified_total(spreadsheet, written):
    sheet = spreadsheet(written[SHENKE])
    summary, source = sheet.book["汇总"], sheet.book["化石燃料燃烧"]
    row = find(summary, "包括净购入电力和热力")
    expected = (Fraction("1.58") * Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)
                + Fraction("0.25") * Fraction("0.87527") * Fraction("0.98") * Fraction(44, 12)
                + Fraction("1409.51") * Fraction("0.5568"))
    assert sheet.value("汇总", f"B{row}") == expected
    assert sheet.value("汇总", f"E{row}") == Fraction("787.80")
    sheet.set("数据", f"F{find(sheet.book['数据'], 'gas-cc-filed')}", "0.4")
    assert sheet.value("汇总", f"B{row}") == expected
    assert sheet.number("汇总", f"D{row}") > Fraction("787.80")
    told = [cell for line in source for cell in line if isinstance(cell.value, str) and "单位不相配" in cell.value]
    assert any(cell.fill.start_color.rgb == "FFFFC7CE" for cell in told)
    gas = find(source, "天然气", 1)
    assert source[f"F{gas}"].fill.start_color.rgb == "FFFFC7CE"
    assert source[f"C{gas}"].fill.start_color.rgb != "FFFFC7CE"


def test_a_missing_value_is_empty_and_red_until_it_is_filled_in(spreadsheet, written):
    sheet = spreadsheet(written[HAIYAO])
    summary, source = sheet.book["汇总"], sheet.book["化石燃料燃烧"]
    row = find(summary, "包括净购入电力和热力")
    assert sheet.value("汇总", f"H{row}") == "不完整"
    empty = f"C{find(source, 'AD', after=find(source, '柴油（叉车）'))}"
    assert source[empty].value is None
    assert source[empty].fill.start_color.rgb == "FFFFC7CE"
    line = f"C{find(source, '柴油（叉车）', 1)}"
    assert sheet.value("化石燃料燃烧", line) == ""
    before = sheet.number("汇总", f"B{row}")
    sheet.set("化石燃料燃烧", empty, "10")
    diesel = 10 * Fraction("43.330") * Fraction("0.0202") * Fraction("0.98") * Fraction(44, 12)
    assert sheet.value("化石燃料燃烧", line) == diesel
    assert sheet.number("汇总", f"B{row}") - before == diesel
    assert sheet.value("汇总", f"H{row}") == "完整"


def test_source_and_clause_stand_beside_each_number_and_printed_digits_are_kept(written):
    source = openpyxl.load_workbook(written[MINGQUAN])["化石燃料燃烧"]
    carbon = find(source, "CC")
    assert "发改办气候〔2013〕2526号" in source[f"E{carbon}"].value
    assert "附录二 表2.1，B级" in source[f"E{carbon}"].value
    assert "dossier.yaml:" in source[f"C{carbon}"].comment.text
    diesel = find(source, "NCV", after=find(source, "柴油"))
    assert source[f"C{diesel}"].number_format == "0.000"
    assert source["C1"].number_format == "General"


def test_printed_figure_grade_and_reason_stand_in_the_reported_block(written):
    source = openpyxl.load_workbook(written["tianma-feed-2019"])["化石燃料燃烧"]
    row = find(source, "填报的排放量", 1)
    assert source[f"F{row}"].value == 16688.54
    assert source[f"H{row}"].value.startswith("隐含精度：")


def test_cross_checks_give_the_deviation_on_both_bases(spreadsheet, written):
    sheet = spreadsheet(written[MINGQUAN])
    page = sheet.book["交叉核对"]
    coal, methanol = find(page, "动力煤消耗量"), find(page, "甲醇产量（折 100%）")
    assert sheet.value("交叉核对", f"I{coal}") == Fraction("23740.25") / Fraction("360842.75")
    assert page[f"L{coal}"].value == "对照值"
    assert sheet.value("交叉核对", f"J{methanol}") == Fraction("3221.04") / Fraction("571642.24")
    assert page[f"L{methanol}"].value == "采用值"


def test_factors_come_with_document_place_grade_and_status(written):
    page = openpyxl.load_workbook(written[MINGQUAN])["因子"]
    row = find(page, "process/heat/steam_ref_enthalpy/general", 13)
    assert page[f"B{row}"].value == 83.74
    assert page[f"L{row}"].value in ("A", "B", "C")
    heads = [cell.value for cell in page[4]]
    assert {"文件", "文号", "条款或表", "发布日期", "适用期", "状态", "等级"} <= set(heads)
    derivation = openpyxl.load_workbook(written[MINGQUAN])["推算"]
    assert derivation[f"C{find(derivation, 'En_0')}"].value == f"='因子'!B{row}"


def test_the_cover_names_entity_guideline_factor_set_and_program(written):
    inventory = compute(load(EXAMPLES / MINGQUAN)[0])
    words = " ".join(str(cell.value) for row in openpyxl.load_workbook(written[MINGQUAN])["封面"] for cell in row)
    for expected in (inventory.dossier.entity.name, inventory.guideline.status, inventory.factor_set, tanhe.__version__):
        assert expected in words


def test_sheets_are_frozen_named_and_reachable(written):
    book = openpyxl.load_workbook(written[MINGQUAN])
    assert book.sheetnames == ["封面", "汇总", "化石燃料燃烧", "原材料消耗", "净购入电力", "补充数据表 甲醇", "数据", "推算",
                               "月度数据", "交叉核对", "因子", "复算"]
    assert all(book[name].freeze_panes for name in book.sheetnames[1:])
    linked = {cell.hyperlink.location.split("!")[0].strip("'") for row in book["封面"] for cell in row if cell.hyperlink}
    assert linked == set(book.sheetnames[1:])
    assert book.defined_names["总量_含净购入"].attr_text == "'汇总'!$C$7"


@pytest.mark.parametrize("nasty", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(1)", "http://example.org", "{=1}"])
def test_text_from_the_dossier_never_becomes_a_formula(tmp_path, nasty):
    path = altered(
        tmp_path, MINGQUAN, ("item: 烟煤（动力煤）", f"item: '{nasty}'"), ("item: 动力煤消耗量", f"item: '{nasty}'"),
        ("source: 2018 年明泉科技生产数据统计表", f"source: '{nasty}'"), ("title: 月度动力煤消耗量与低位发热量", f"title: '{nasty}'"),
    )
    book = openpyxl.load_workbook(path)
    same = [cell for page in book for row in page for cell in row if isinstance(cell.value, str) and nasty[1:] in cell.value]
    assert len(same) >= 4
    assert {cell.data_type for cell in same} == {"s"}
    assert all(cell.hyperlink is None for cell in same)


def test_the_same_inventory_gives_the_same_bytes(tmp_path):
    inventory = compute(load(EXAMPLES / MINGQUAN)[0])
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        write_workbook(inventory, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_any_words_make_valid_and_different_sheet_names(words):
    book = Book()
    names = [book.sheet(word).name for word in words]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")


def test_a_datum_without_a_printed_figure_is_its_live_derivation(spreadsheet, tmp_path):
    printed = "    reported: 59.56\n    verified: 59.56\n"
    path = altered(tmp_path, MINGQUAN, (printed, ""))
    assert agree(spreadsheet, path) > 100
    sheet = spreadsheet(path)
    total = "汇总", f"B{find(sheet.book['汇总'], '包括净购入电力和热力')}"
    before = sheet.number(*total)
    sheet.set("数据", f"D{find(sheet.book['数据'], 'vehicle-diesel-amount')}", "41.82")
    assert sheet.number(*total) - before == Fraction("43.330") * Fraction("0.0202") * Fraction("0.98") * Fraction(44, 12)


def test_a_report_that_rounds_before_it_adds_gets_sums_of_rounded_lines(spreadsheet, tmp_path):
    exact = "totals:\n  including_purchased_energy: {reported: 2094182}"
    path = altered(tmp_path, MINGQUAN, (exact, "rounding: {order: round-then-sum, digits: {emission-line: 0}}"),
                   ("reported: 760823.40", "reported: 760823"))
    assert agree(spreadsheet, path) > 100
    sheet = spreadsheet(path)
    row = find(sheet.book["汇总"], "不包括净购入电力和热力")
    parts = ("760823", "187.32", "1977821.44", "-786008.08")
    assert sheet.value("汇总", f"C{row}") == sum(map(Fraction, parts))


def test_a_dossier_without_any_line_is_incomplete_and_still_has_a_workbook(spreadsheet, tmp_path):
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(DEDUCTIONS.partition("lines:")[0], "utf-8")
    sheet = spreadsheet(from_folder(folder, tmp_path))
    row = find(sheet.book["汇总"], "包括净购入电力和热力")
    assert (sheet.value("汇总", f"B{row}"), sheet.value("汇总", f"H{row}")) == (0, "不完整")


def test_a_datum_without_figure_and_derivation_is_the_library_value(spreadsheet, tmp_path):
    printed = "    reported: 43.330\n    verified: 43.330\n"
    path = altered(tmp_path, MINGQUAN, (printed, ""))
    assert agree(spreadsheet, path) > 100
    page = openpyxl.load_workbook(path)["数据"]
    assert page[f"D{find(page, 'diesel-ncv')}"].value.startswith("='因子'!B")


def test_a_year_of_daily_readings_still_has_live_formulas(spreadsheet, tmp_path):
    days = "".join(f"2018-{m:02d}-{d:02d},{100 + d}.00,22.{m:02d}\n" for m, n in enumerate(
        (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1) for d in range(1, n + 1))
    path = altered(tmp_path, MINGQUAN, tables={"tables/coal-fuel.csv": f"period,consumption,ncv\n{days}"})
    sheet = spreadsheet(path)
    assert agree(spreadsheet, path) > 100
    assert max(len(sheet.book[page][cell].value) for page, cell in sheet.formulas()) < 8192
    at = f"H{find(sheet.book['数据'], 'coal-fuel-amount')}"
    before = sheet.number("数据", at)
    first = find(sheet.book["月度数据"], "2018-01-01")
    sheet.set("月度数据", f"B{first}", "111.00")
    assert sheet.number("数据", at) - before == 10


DEDUCTIONS = """
format: tanhe.dossier/1
guideline: ndrc2015-industrial-other
year: 2022
entity: {name: 某厂, province: 山东}
lines:
  - id: wastewater
    source: wastewater
    item: 废水
    inputs:
      W: {value: 1000, unit: m3}
      COD_in: {value: 5.000, unit: kgCOD/m3}
      COD_out: {value: 1.000, unit: kgCOD/m3}
      S: {value: 0, unit: kgCOD}
      Bo: {value: 0.25, unit: kgCH4/kgCOD}
      MCF: {value: 0.8, unit: '1'}
  - id: sold
    source: ch4-sold
    item: 沼气
    inputs: {Q: {value: 500, unit: Nm3}, PUR: {value: 60, unit: '%'}, RHO: default}
  - id: straw
    source: biomass
    item: 秸秆
    inputs: {AD: {value: 10, unit: t}, CC: {value: 0.4, unit: tC/t}, OF: {value: 0.95, unit: '1'}}
  - id: broken
    source: electricity
    item: 电
    inputs: {XX: {value: 1, unit: MWh}}
"""


def test_deductions_other_gases_memo_items_and_broken_lines(spreadsheet, tmp_path):
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(DEDUCTIONS, "utf-8")
    path = from_folder(folder, tmp_path)
    assert agree(spreadsheet, path) > 20
    sheet = spreadsheet(path)
    summary = sheet.book["汇总"]
    emitted = 1000 * Fraction(4) * Fraction("0.25") * Fraction("0.8") / 1000 * 21
    recovered = Fraction("0.05") * Fraction("0.6") * Fraction("7.17") * 21
    assert sheet.value("汇总", f"B{find(summary, '不包括净购入电力和热力')}") == emitted - recovered
    assert sheet.value("汇总", f"B{find(summary, 'CH4回收外供第三方')}") == -recovered
    row = find(summary, "CH4回收与销毁量：CH4回收外供第三方量")
    assert sheet.value("汇总", f"C{row}") == half_up(recovered, 2)
    assert sheet.value("汇总", f"E{row}") == recovered / 21
    memo = find(summary, "生物质燃料燃烧（单列，不计入总量）")
    assert sheet.value("汇总", f"B{memo}") == 10 * Fraction("0.4") * Fraction("0.95") * Fraction(44, 12)
    assert sheet.value("汇总", f"H{find(summary, '包括净购入电力和热力')}") == "不完整"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_an_office_program_recomputes_the_same(spreadsheet, written, tmp_path, name):
    bare, folder = tmp_path / "bare.xlsx", tmp_path / "out"
    with zipfile.ZipFile(written[name]) as source, zipfile.ZipFile(bare, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            target.writestr(entry, content)
    program = shutil.which("soffice")
    if program is None:
        warnings.warn("LibreOffice (soffice) is NOT installed: recomputed with the test's own evaluator only", stacklevel=1)
        assert agree(spreadsheet, written[name]) > 20
        return
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
               "--outdir", str(folder), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours, theirs = cached(written[name]), cached(folder / "bare.xlsx")
    formulas = spreadsheet(written[name]).formulas()
    wrong = [(at, ours[at], theirs[at]) for at in formulas if not close(ours[at], theirs[at])]
    assert len(formulas) > 20
    assert wrong == []


def close(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours))
    return (ours or "") == (theirs or "")

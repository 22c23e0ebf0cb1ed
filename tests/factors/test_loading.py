"""Broken data files are refused with file and line; the shipped ones are not."""

import csv
import io
import shutil

import pytest

from tanhe.factors import FactorDataError, Library, digest, loading, tables


@pytest.fixture
def data(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(loading.DATA, copy)
    return copy


def rewrite(path, change):
    """Change the rows of a data file: ``change`` gets the list of row dicts and edits it."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        header, rows = reader.fieldnames, list(reader)
    change(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def test_all_shipped_files_are_in_order():
    assert [error.report() for error in loading.check()] == []


def test_every_shipped_file_has_a_table():
    assert {path.name for path in loading.DATA.glob("*.csv")} == {table.file for table in tables.TABLES}


@pytest.mark.parametrize(
    ("file", "column", "value", "said"),
    [
        ("fuels.csv", "ncv_unit", "", "“ncv_unit”不能为空"),
        ("fuels.csv", "grade", "", "“grade”不能为空"),
        ("fuels.csv", "grade", "D", "应为 A、B 或 C"),
        ("fuels.csv", "guideline", "ndrc2099-none", "没有指南“ndrc2099-none”"),
        ("fuels.csv", "ncv", "24,515", "不是数"),
        ("fuels.csv", "ncv", "２４", "不是数"),
        ("fuels.csv", "ncv", "", "note 要说明原因"),
        ("fuels.csv", "ncv_unit", "GJ/顿", "不认识的单位"),
        ("electricity.csv", "unit", "", "“unit”不能为空"),
        ("electricity.csv", "document", "", "“document”不能为空"),
        ("electricity.csv", "value", "", "“value”不能为空"),
        ("electricity.csv", "issued", "2014年9月", "日期"),
        ("electricity.csv", "issued", "2014-13", "日期"),
        ("electricity.csv", "status", "sure", "状态“sure”"),
        ("gwp.csv", "document", "", "“document”不能为空"),
        ("process.csv", "guideline", "", "至少填一项"),
        ("steam.csv", "pressure_mpa", "0.1 MPa", "不是数"),
    ],
)
def test_a_spoilt_row_is_named(data, file, column, value, said):
    def spoil(rows):
        rows[0][column] = value

    rewrite(data / file, spoil)
    (error,) = [e for e in loading.check(data) if e.file and e.file.endswith(file)]
    assert said in error.report()
    assert error.report().startswith(f"{data / file}:2: ")


def test_the_look_up_refuses_the_same_file(data):
    rewrite(data / "fuels.csv", lambda rows: rows[3].update(grade=""))
    with pytest.raises(FactorDataError) as caught:
        Library(data).fuel("ndrc2013-chemical", "烟煤")
    assert str(caught.value).startswith(f"{data / 'fuels.csv'}:5: ")


def test_other_tables_still_answer(data):
    rewrite(data / "fuels.csv", lambda rows: rows[3].update(grade=""))
    assert Library(data).gwp("CH4", "SAR").value == 21


def test_every_problem_of_a_file_is_reported(data):
    def spoil(rows):
        rows[0]["grade"] = ""
        rows[9]["ncv"] = "x"

    rewrite(data / "fuels.csv", spoil)
    with pytest.raises(FactorDataError) as caught:
        loading.load(tables.FUELS, data)
    assert [line for line, _, _ in caught.value.problems] == [2, 11]


def test_a_duplicate_key_names_both_lines(data):
    last = len(loading.load(tables.FUELS, data)) + 1
    rewrite(data / "fuels.csv", lambda rows: rows.append(dict(rows[0])))
    with pytest.raises(FactorDataError) as caught:
        loading.load(tables.FUELS, data)
    line, said, _ = caught.value.problems[0]
    assert line == last + 1
    assert "与第 2 行重复" in said


def two_periods(first, second):
    def change(rows):
        rows.append(dict(rows[0]))
        for row, (begin, end) in ((rows[0], first), (rows[-1], second)):
            row.update(valid_from=begin, valid_to=end)
        rows[-1]["ncv"] = "25.000"

    return change


def test_overlapping_periods_are_refused(data):
    rewrite(data / "fuels.csv", two_periods(("2015-01-01", "2020"), ("2020-12-31", "")))
    with pytest.raises(FactorDataError, match="重叠"):
        loading.load(tables.FUELS, data)


def test_a_period_that_ends_before_it_begins_is_refused(data):
    rewrite(data / "fuels.csv", lambda rows: rows[0].update(valid_from="2020-01-01", valid_to="2019-12-31"))
    with pytest.raises(FactorDataError, match="早于"):
        loading.load(tables.FUELS, data)


def test_following_periods_are_told_apart_by_day(data):
    from datetime import date

    rewrite(data / "fuels.csv", two_periods(("2015-01-01", "2020-12-31"), ("2021-01-01", "")))
    lib, guideline = Library(data), "ndrc2015-industrial-other"
    assert lib.fuel(guideline, "无烟煤", on=date(2020, 6, 1)).ncv.value_text == "24.515"
    assert lib.fuel(guideline, "无烟煤", on=date(2021, 1, 1)).ncv.value_text == "25.000"
    assert lib.fuel(guideline, "无烟煤").ncv.value_text == "25.000"


def test_a_missing_column_and_a_missing_file(data):
    path = data / "gwp.csv"
    path.write_text(path.read_text("utf-8").replace("unit", "units", 1), "utf-8")
    (data / "steam.csv").unlink()
    said = " ".join(error.report() for error in loading.check(data))
    assert "缺少列：unit" in said
    assert "缺少这个数据文件" in said


def test_a_comma_without_quotes_is_refused(data):
    path = data / "gwp.csv"
    path.write_text(path.read_text("utf-8").replace("CO2,二氧化碳,", "CO2,二氧,化碳,", 1), "utf-8")
    with pytest.raises(FactorDataError, match="列数多于表头"):
        loading.load(tables.GWP, data)


def test_line_numbers_count_physical_lines(data):
    def spoil(rows):
        rows[0]["note"] = "第一行\n第二行"
        rows[1]["grade"] = ""

    rewrite(data / "fuels.csv", spoil)
    with pytest.raises(FactorDataError) as caught:
        loading.load(tables.FUELS, data)
    assert caught.value.problems[0][0] == 4


def test_adding_a_factor_answers_at_once_and_moves_nothing_else(data):
    def add(rows):
        rows.append(
            rows[0] | {"fuel_id": "test_gas", "fuel_zh": "试验气", "fuel_en": "test gas", "ncv": "1.50"}
        )

    before = Library(data).fuel("ndrc2013-chemical", "柴油")
    rewrite(data / "fuels.csv", add)
    lib = Library(data)
    assert lib.fuel("ndrc2015-industrial-other", "试验气").ncv.value_text == "1.50"
    assert lib.fuel("ndrc2013-chemical", "柴油") == before


def test_the_digest_follows_every_data_file(data):
    shipped = digest(data)
    assert shipped == digest() == Library(data).digest()
    for table in tables.TABLES:
        path = data / table.file
        kept = path.read_bytes()
        path.write_bytes(kept[:-2] + b"!\n")
        assert digest(data) != shipped
        path.write_bytes(kept)
    assert digest(data) == shipped


def test_the_digest_ignores_line_ends(data):
    path = data / "gwp.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(data) == digest()
    assert digest().startswith("sha256:")
    assert len(digest()) == len("sha256:") + 64

"""Monthly tables: every bad cell with its line, periods of any year, and what the reader takes from encodings."""

from decimal import Decimal

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.problems import UnreadableDossier


def refused(folder) -> list[str]:
    with pytest.raises(UnreadableDossier) as raised:
        load(folder)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("12月,12.0", "13月,12.0"), "tables/power.csv:13: 「13月」的月份为 13；应为 1 至 12"),
        (("12月,12.0", "合计,78.0"), "tables/power.csv:13: 「合计」不是可识别的周期；应为 3月"),
        (("12月,12.0", ",12.0"), "tables/power.csv:13: 「」不是可识别的周期"),
        (("2月,2.0", "2.30-3.1,2.0"), "tables/power.csv:3: 「2.30-3.1」"),
        (("3月,3.0", "3月,三"), "tables/power.csv:4: 列“used”：读到的「三」不是一个数字"),
        (("3月,3.0", "3月,3.0 4.0"), "tables/power.csv:4: 列“used”：读到的「3.0 4.0」不是一个数字"),
        (("3月,3.0", "3月,NaN"), "tables/power.csv:4: 列“used”：读到的「NaN」不是一个数字"),
        (("3月,3.0", f"3月,{'9' * 60}"), "tables/power.csv:4: 列“used”：读到的"),
        (("3月,3.0", "3月,3,000.0"), "tables/power.csv:4: 有 3 格，表头只有 2 列；应为 每列一格；数字里有逗号时加引号"),
        (("3月,3.0", '3月,"3.0'), "tables/power.csv:4: 引号没有成对"),
        (("used", "usd"), "tables/power.csv:1: 缺少列“used”，最接近的是“usd”；应为 表头 period,used"),
        (("period,used", "月份,used"), "tables/power.csv:1: 首列应名为 period"),
        (("period,used", "period,used,used"), "tables/power.csv:1: 列“used”出现多次"),
        (("period,used", "period;used"), "tables/power.csv:1: 首列应名为 period，以逗号分隔"),
    ],
)
def test_one_mistake_is_one_line(small, edit, said):
    (line,) = refused(small.write(csv=small.csv.replace(*edit, 1)))
    assert line.startswith(said)


def test_an_empty_table_file_is_one_line(small):
    (line,) = refused(small.write(csv=""))
    assert line.startswith("tables/power.csv:1: 首列应名为 period")


def test_all_bad_rows_are_told_in_their_order(small):
    lines = refused(small.write(csv=small.csv.replace("12月", "合计").replace("11月", "13月").replace("10.0", "十")))
    assert [line.split(": ")[0] for line in lines] == [f"tables/power.csv:{n}" for n in (11, 12, 13)]


def test_lines_are_physical_lines_even_after_a_cell_with_a_line_break(small):
    csv = small.csv.replace("period,used", "period,used,note").replace("1月,1.0", '1月,1.0,"两行\n说明"').replace("3月,3.0", "3月,三")
    (line,) = refused(small.write(csv=csv))
    assert line.startswith("tables/power.csv:5: ")


def test_empty_lines_and_foreign_columns_are_passed_over(small):
    csv = small.csv.replace("period,used", "period,备注,used").replace("月,", "月,无,").replace("3月", "\n3月")
    dossier, problems = load(small.write(csv=csv))
    assert problems == ()
    assert dossier.series("power").column("used") == tuple(Decimal(f"{n}.0") for n in range(1, 13))


def test_a_quoted_number_with_thousands_separator(small):
    dossier, _ = load(small.write(csv=small.csv.replace("12.0", '"1,200.00"')))
    assert str(dossier.series("power").column("used")[-1]) == "1200.00"


def test_a_month_given_twice_is_a_finding_with_both_lines(small):
    _, (problem,) = load(small.write(csv=small.csv + "3月,9.0\n"))
    assert str(problem) == "tables/power.csv:14: 3月出现了 2 次（第 4, 14 行）；应为 每期一行"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_any_system(small, ends):
    dossier, problems = load(small.write(csv=small.csv.replace("\n", ends), text=small.text.replace("\n", ends)))
    assert problems == ()
    assert sum(dossier.series("power").column("used")) == 78


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_spreadsheets_and_editors_write(small, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    folder = small.write(text=mark + small.text.encode(encoding), csv=mark + small.csv.encode(encoding))
    dossier, problems = load(folder)
    assert (dossier.entity.name, problems) == ("某某有限公司", ())
    assert dossier.series("power").labels[0] == "1月"


def test_a_binary_table_names_its_file_and_the_line_that_asks_for_it(small):
    (line,) = refused(small.write(csv=bytes(range(256))))
    assert line.startswith(f"dossier.yaml:{small.line('file:')}:")
    assert "tables/power.csv" in line


def test_a_table_through_a_link_out_of_the_folder_is_refused(small):
    folder = small.write()
    outside = folder.parent / "别处.csv"
    outside.write_text(small.csv, encoding="utf-8")
    (folder / "tables/power.csv").unlink()
    (folder / "tables/power.csv").symlink_to(outside)
    (line,) = refused(folder)
    assert "在案卷文件夹之外" in line


def test_the_digest_tells_tables_apart(small):
    first = load(small.write())[0].digest
    second = load(small.write(csv=small.csv.replace("12.0", "12.1")))[0].digest
    assert first != second
    assert load(small.write())[0].digest == first

"""What cannot be read as a dossier: every problem at once, one line each, with file, line and what was expected."""

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.problems import UnreadableDossier
from tanhe.messages import speaking


def refused(folder) -> list[str]:
    """The lines of the refusal, without the folder's own path."""
    with pytest.raises(UnreadableDossier) as refusal:
        load(folder)
    return [line.removeprefix(f"{refusal.value.folder}/") for line in str(refusal.value).splitlines()]


def test_the_small_dossier_reads(small):
    dossier, problems = load(small.write())
    assert (dossier.entity.name, problems) == ("某某有限公司", ())
    assert str(dossier.data["diesel"].reported) == "10.00"


def test_the_path_may_be_the_file_itself(small):
    assert load(small.write() / "dossier.yaml")[0].year == 2023


def test_errors_name_the_file_as_seen_by_the_user(small):
    folder = small.write(("2023", "二〇二三"))
    with pytest.raises(UnreadableDossier) as refusal:
        load(folder)
    assert str(refusal.value).startswith(f"{folder}/dossier.yaml:3:7: ")


@pytest.mark.parametrize(
    ("edit", "at", "said"),
    [
        (("year: 2023", "year: 二〇二三"), "year: 2023", "year: “二〇二三”应为 1990 至 2100 的整数"),
        (("year: 2023", "year: 20230"), "year: 2023", "应为 1990 至 2100 的整数"),
        (("year: 2023", "year: 2023.0"), "year: 2023", "应为 1990 至 2100 的整数"),
        (("  name: 某某", "  adress: x\n  name: 某某"), "  name: 某某", "不认识的键“adress”，最接近的是“address”"),
        (("    unit: t\n", "    units: t\n    unit: t\n"), "    unit: t\n", "不认识的键“units”，最接近的是“unit”"),
        (("    source: combustion", "    verified: 1\n    source: combustion"), "    source: combustion", "不认识的键“verified”"),
        (("  name: 某某有限公司", "  address: x"), "entity:", "缺少必填项“name”"),
        (("  name: 某某有限公司", "  name:"), "  name: 某某", "缺少必填项“name”"),
        (("    unit: t\n", "    unit: 吨/\n"), "    unit: t\n", "不认识的单位“吨/”，最接近的是“吨”"),
        (("    unit: MWh\n", "    unit: MWhJ\n"), "    unit: MWh\n", "不认识的单位“MWhJ”，最接近的是“MWh”"),
        (("10.00", "十吨"), "10.00", "读到的「十吨」不是一个数字；应为 数字"),
        (("10.00", "10.00 20"), "10.00", "读到的「10.00 20」不是一个数字"),
        (("10.00", "10.00t"), "10.00", "单位另列"),
        (("10.00", "约10"), "10.00", "不是一个数字"),
        (("10.00", "[10.00]"), "10.00", "reported: 这里是列表；应为 一个数字"),
        (("10.00", "{value: 10}"), "10.00", "应为 一个数字"),
        (("10.00", "/"), "10.00", "表示无数据"),
        (("2024-01-31", "2024-02-30"), "2024-01-31", "没有“2024-02-30”这一天"),
        (("2024-01-31", "2024年"), "2024-01-31", "“2024年”不是日期，应写作 2024-03-18"),
        (("tanhe.dossier/1", "tanhe.dossier/9"), "tanhe.dossier/1", "format: tanhe.dossier/9；应为 tanhe.dossier/1"),
        (("kind: factor", "kind: faktor"), "kind: factor", "kind: faktor；应为 activity, factor, production 或 other"),
        (("x: power.used", "x: []"), "x: power.used", "x: 没有内容；应为 至少一项"),
        (("AD: diesel", "AD: {value: 十, unit: t}"), "AD: diesel", "value: 读到的「十」不是一个数字"),
        (("AD: diesel", "AD: {value: 10}"), "AD: diesel", "缺少必填项“unit”"),
        (("    item: 柴油消费量", "    item: [柴油]"), "柴油消费量", "item: 这里是列表；应为 文字"),
        (("entity:\n  name: 某某有限公司", "entity: 某某有限公司"), "entity:", "entity: 某某有限公司；应为 “键: 值”"),
        (("documents:\n  - {id", "documents:\n  {id"), "documents:", "应为 列表，每项前写“- ”"),
        (("file: tables/power.csv", "file: 没有.csv"), "file: tables", "找不到文件：没有.csv；应为 案卷文件夹里的 CSV 文件"),
        (("file: tables/power.csv", "file: tables"), "file: tables", "这是文件夹，不是文件：tables"),
        (("file: tables/power.csv", "file: ../x.csv"), "file: tables", "“../x.csv”在案卷文件夹之外"),
        (("file: tables/power.csv", "file: /etc/passwd"), "file: tables", "“/etc/passwd”在案卷文件夹之外"),
        (("file: tables/power.csv", 'file: "a\\0b.csv"'), "file: tables", "值里有控制字符；应为 可见的文字"),
        (("item: 柴油消费量", 'item: "\\e[31m柴油"'), "柴油消费量", "值里有控制字符"),
        (("file: tables/power.csv", f"file: {'长' * 2000}.csv"), "file: tables", "找不到文件"),
    ],
)
def test_one_mistake_is_one_line(small, edit, at, said):
    (line,) = refused(small.write(edit))
    assert line.startswith(f"dossier.yaml:{small.line(at)}:")
    assert said in line


@pytest.mark.parametrize("number", ["1e400", "1" * 200, "1" * 60, "NaN", "Infinity", "-inf", "0x10", "1_000", "∞", "--5", "1/2"])
def test_what_is_no_number_or_too_large_to_be_exact_is_refused(small, number):
    (line,) = refused(small.write(("10.00", number)))
    assert line.startswith(f"dossier.yaml:{small.line('10.00')}:15: reported: 读到的")


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_a_key_without_a_value_counts_as_absent(small, empty):
    dossier, _ = load(small.write(("reported: 10.00", f"reported: {empty}"), ("title: 结算单", f"title: 结算单, group: {empty}")))
    assert dossier.data["diesel"].reported is None
    assert dossier.documents[0].group == ""


def test_structural_problems_come_all_at_once(small):
    lines = refused(small.write(
        ("year: 2023", "year: 二〇二三"), ("title: 结算单", "titel: 结算单"), ("unit: MWh}", "unit: MWhJ}"), ("10.00", "十")
    ))
    assert [line.split(":")[1] for line in lines] == ["3", "7", "7", "13", "18"]


def test_two_absent_keys_of_one_part_are_two_lines(small):
    lines = refused(small.write(("    item: 柴油消费量\n    unit: t\n", "")))
    assert sorted(line.split(": ")[1] for line in lines) == ["缺少必填项“item”", "缺少必填项“unit”"]


@pytest.mark.parametrize(
    ("edit", "at", "first"),
    [(("year: 2023", "year: 2023\nyear: 2024"), 4, 3), (("    unit: t\n", "    unit: t\n    unit: kg\n"), 18, 17)],
)
def test_a_key_given_twice_names_both_lines(small, edit, at, first):
    (line,) = refused(small.write(edit))
    assert line.startswith(f"dossier.yaml:{at}:")
    assert f"重复，第 {first} 行已有" in line


@pytest.mark.parametrize(
    ("edit", "place", "said"),
    [
        (("  name: 某某", "  name: [某某"), "6:10", "方括号没有闭合"),
        (("  name: 某某", "\tname: 某某"), "5:1", "制表符"),
        (("  name: 某某有限公司", "  name: 某某: 有限公司"), "5:11", "值里有“: ”而没有加引号"),
        (("reported: 10.00", "reported: -"), "18:15", "没有数据就不写这个键"),
        (("item: 柴油消费量", "item: *柴油"), "16:12", "值以它们开头时请加引号"),
        (("item: 柴油消费量", "item: *diesel"), "16:11", "“*”引用了没有定义的名称"),
        (("item: 柴油消费量", 'item: "柴油'), "23:12", "引号没有成对（从第 16 行开始的部分）"),
        (("item: 柴油消费量", "item: @柴油"), "16:11", "没有加引号"),
        (("item: 柴油消费量", "item: 柴\x07油"), "16:12", "控制字符"),
    ],
)
def test_broken_yaml_names_line_and_column(small, edit, place, said):
    (line,) = refused(small.write(edit))
    assert line.startswith(f"dossier.yaml:{place}")
    assert said in line


@pytest.mark.parametrize(("content", "said"), [("", "文件是空的"), ("# 只有说明\n", "文件是空的"), ("你好\n", "不是案卷的内容"), ("- 1\n", "不是案卷的内容")])
def test_an_empty_or_foreign_text_is_one_line(small, content, said):
    (line,) = refused(small.write(text=content))
    assert line.startswith("dossier.yaml:1: ") and said in line and "tanhe new" in line


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff\x00" * 200, b"PK\x03\x04\xff\xff" * 9])
def test_a_binary_file_is_no_dossier(small, content):
    (line,) = refused(small.write(text=content))
    assert line.startswith("dossier.yaml") and ("不是文字文件" in line)


@pytest.mark.parametrize("name", ["说明.docx", "报告.pdf", "README.md", "power.csv"])
def test_a_file_of_another_kind_is_no_dossier(small, name):
    other = small.write().parent / name
    other.write_text("format: tanhe.dossier/1", encoding="utf-8")
    assert refused(other) == [f"{name}: 这不是案卷；应为 含 dossier.yaml 的文件夹"]


def test_a_folder_without_a_dossier(tmp_path):
    assert refused(tmp_path) == ["dossier.yaml: 找不到文件；应为 含 dossier.yaml 的文件夹"]


def test_dossier_yaml_may_not_be_a_folder(tmp_path):
    (tmp_path / "dossier.yaml").mkdir()
    assert refused(tmp_path) == ["dossier.yaml: 这是文件夹，不是文件；应为 含 dossier.yaml 的文件夹"]


def test_the_same_in_english(small):
    edits = ("year: 2023", "year: 二〇二三"), ("title: 结算单", "titel: x"), ("unit: MWh}", "unit: MWhJ}"), ("10.00", "ten")
    with speaking("en"):
        lines = refused(small.write(*edits))
    assert "should be a whole number from 1990 to 2100" in lines[0]
    assert any("unknown key 'titel'; the nearest is 'title'" in line for line in lines)
    assert not any("\u4e00" <= char <= "\u9fff" for char in "".join(lines).replace("二〇二三", ""))

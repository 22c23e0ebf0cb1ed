"""``tanhe verify``: exit status, one line a problem, JSON alone on standard output, files whole or not at all."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tanhe import examples
from tanhe.messages import TanheError


def findings(ran) -> list[dict]:
    return json.loads(ran.out)["findings"]


def test_a_dossier_that_holds_ends_with_0(tanhe, small, basic_rules):
    ran = tanhe("verify", small.write())
    assert (ran.status, ran.err) == (0, "")
    assert "发现：无" in ran.out
    # diesel 10 t × 43.330 GJ/t × 0.0202 tC/GJ × 98 % × 44/12, electricity 78 MWh × 0.5703 tCO2/MWh
    assert f"{float(Fraction('10') * Fraction('43.330') * Fraction('0.0202') * Fraction('0.98') * Fraction(44, 12)):.2f}" in ran.out
    assert "44.48" in ran.out and "某某有限公司" in ran.out


def test_the_clean_example_holds_under_all_rules(tanhe):
    ran = tanhe("verify", "--example", "clean-foundry-2024")
    assert (ran.status, ran.err) == (0, "")
    assert "[重要]" not in ran.out and "[一般]" not in ran.out and "[文字]" not in ran.out


@pytest.mark.parametrize(
    ("edit", "rule", "line", "said"),
    [
        (("10.00", "-10.00"), "DAT001", 18, "为负值 -10.00"),
        (("98%", "98"), "DAT002", 24, "碳氧化率（OF）为 98；应为 0 到 1 之间的小数；若是百分数，单位（unit）写 %"),
        (("OF: oxidation", 'OF: {value: 98, unit: "1"}'), "DAT002", 41, "单位（unit）写 %"),
        (("2024-01-31", "2099-01-31"), "DAT003", 7, "日期 2099-01-31 在今天之后"),
        (("year: 2023", "year: 2099"), "DAT003", 3, "核算年度 2099 尚未到来"),
        (("[D01]", "[D02]"), "DAT004", 19, "最接近的是“D01”"),
        (("AD: diesel", "AD: disel"), "DAT005", 41, "最接近的是“diesel”"),
        (("lines:", "subtotals: {combusion: {reported: 1}}\nlines:"), "DAT005", 36, "最接近的是“combustion”"),
        (("id: electricity/grid", "id: combustion/diesel"), "DAT006", 43, "第 37 行已有"),
        (("fuel: diesel", "method: heat_frm"), "DAT007", 40, "没有方法“heat_frm”；应为 combustion.heat_form"),
        (("OF: oxidation", "OX: oxidation"), "DAT007", 41, "没有符号“OX”；应为 AD, NCV, CC, OF"),
    ],
)
def test_a_finding_ends_with_1_and_names_its_line(tanhe, small, edit, rule, line, said):
    ran = tanhe("verify", small.write(edit), "--json")
    assert (ran.status, ran.err) == (1, "")
    found = [f for f in findings(ran) if f["rule"] == rule]
    assert [(f["places"][0]["file"], f["places"][0]["line"]) for f in found] == [("dossier.yaml", line)]
    assert said in found[0]["message"]


def test_a_month_given_twice_and_an_empty_cell_name_the_line_of_the_table(tanhe, small):
    twice = findings(tanhe("verify", small.write(csv=small.csv + "3月,9.0\n"), "--json"))
    assert any(p == {**p, "file": "tables/power.csv", "line": 14} for f in twice if f["rule"] == "SER003" for p in f["places"])
    empty = findings(tanhe("verify", small.write(csv=small.csv.replace("12.0", "")), "--json"))
    assert any(p == {**p, "file": "tables/power.csv", "line": 13} for f in empty if f["rule"] == "SER005" for p in f["places"])


def test_a_period_outside_the_year_is_a_finding(tanhe, small):
    ran = tanhe("verify", small.write(csv=small.csv.replace("12月", "2024-02")), "--json")
    assert ran.status == 1
    assert any("2024-02-01" in f["message"] and f["places"][0]["file"] == "tables/power.csv" for f in findings(ran))


def test_an_oxidation_factor_of_98_with_unit_percent_holds(tanhe, small, basic_rules):
    assert tanhe("verify", small.write(("98%", "98"), ('unit: "1"', 'unit: "%"'))).status == 0


def test_division_by_zero_is_said_not_raised(tanhe, small):
    edit = ("statistics.series_sum, inputs: {x: power.used}", "statistics.weighted_mean, inputs: {x: power.used, w: power.used}")
    ran = tanhe("verify", small.write(edit, csv="period,used\n全年,0\n"), "--json")
    assert (ran.status, ran.err) == (1, "")
    assert any("除数为零" in f["message"] for f in findings(ran))


def test_a_line_that_asks_for_itself_has_no_value(tanhe, small):
    ran = tanhe("verify", small.write(("AD: diesel", 'AD: "line:combustion/diesel"')), "--json")
    assert ran.status == 1
    assert any("combustion/diesel" in f["message"] for f in findings(ran))


def test_a_dossier_with_the_required_keys_only_is_incomplete(tanhe, small):
    ran = tanhe("verify", small.write(text="format: tanhe.dossier/1\nguideline: ndrc2013-chemical\nyear: 2020\nentity: {name: 甲}\n"))
    assert (ran.status, ran.err) == (1, "")
    assert "不完整" in ran.out


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("industrial-other", "industrial-othr"), "dossier.yaml:2:12: 不认识的核算指南“ndrc2015-industrial-othr”，最接近的是“ndrc2015-industrial-other”"),
        (("source: combustion", "source: combustoin"), "dossier.yaml:38:13: 指南没有排放源“combustoin”；应为 已有的编号，最接近的是“combustion”"),
        (("lines:", "supplementary:\n  - {table: methanol, product: 甲醇, lines: []}\nlines:"), "dossier.yaml:37:13: 没有补充数据表“methanol”；应为 ndrc-methanol-2018"),
        (("10.00", "十吨"), "dossier.yaml:18:15: reported: 读到的「十吨」不是一个数字"),
        (("name: 某某", "name: [某某"), "dossier.yaml:6:10: YAML 语法错误"),
    ],
)
def test_what_cannot_be_computed_is_one_line_on_standard_error_and_2(tanhe, small, edit, said):
    folder = small.write(edit)
    for more in ([], ["--json"]):
        ran = tanhe("verify", folder, *more)
        assert (ran.status, ran.out) == (2, "")
        (line,) = ran.lines
        assert line.startswith(f"{folder}/{said}")


def test_several_unknown_sources_come_all_at_once(tanhe, small):
    ran = tanhe("verify", small.write(("source: combustion", "source: x"), ("source: electricity", "source: y")))
    assert ran.status == 2
    assert len(ran.lines) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请给出案卷文件夹，或 --example 名称"),
        (["a", "--example", "b"], "二者取一"),
        (["没有 这里"], "没有 这里: 找不到这个案卷；应为 含 dossier.yaml 的文件夹"),
        (["--example", "mingquan"], "没有示例“mingquan”，最接近的是“mingquan-methanol-2018”"),
    ],
)
def test_a_wrong_call_is_one_line_and_2(tanhe, arguments, said):
    ran = tanhe("verify", *arguments)
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert said in ran.err


def test_json_is_one_object_and_nothing_else(tanhe, small, basic_rules):
    ran = tanhe("verify", small.write(), "--json", "-o", small.folder.parent / "出 口", "--no-documents")
    record = json.loads(ran.out)
    assert (ran.status, ran.err, record["schema"]) == (0, "", "tanhe.record/1")
    assert json.loads((small.folder.parent / "出 口/record.json").read_text("utf-8")) == record


def test_the_record_is_written_where_asked_and_named(tanhe, small):
    out = small.folder.parent / "新 夹/里 层"
    ran = tanhe("verify", small.write(), "-o", out, "--no-documents")
    assert f"已写出 {out}/record.json" in ran.out
    assert os.listdir(out) == ["record.json"]


def test_an_existing_record_is_kept_without_force_and_said_before_anything_is_written(tanhe, small, basic_rules, monkeypatch):
    out = small.folder.parent / "出口"
    out.mkdir()
    (out / "record.json").write_text("旧的", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("tanhe.cli.verify.write_all", lambda *_: pytest.fail("written although the file exists"))
        ran = tanhe("verify", small.write(), "-o", out, "--no-documents")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{out}/record.json: 文件已存在，没有覆盖；加 --force 可覆盖\n"
    assert (out / "record.json").read_text("utf-8") == "旧的"
    assert tanhe("verify", small.write(), "-o", out, "--no-documents", "--force").status == 0
    assert json.loads((out / "record.json").read_text("utf-8"))["year"] == 2023


@pytest.mark.parametrize("error", [TanheError("磁盘已满"), OSError(28, "No space left on device"), ValueError("x"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_nothing_behind(tanhe, small, monkeypatch, tmp_path, error):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(inventory, record, outputs, documents, step):
        outputs.path("record.json").write_text("half")
        raise error

    monkeypatch.setattr("tanhe.cli.verify.write_all", fail)
    out = small.folder.parent / "出口"
    ran = tanhe("verify", small.write(), "-o", out, "--no-documents")
    assert ran.status in (2, 130)
    assert len(ran.lines) == 1 and not out.exists()


def test_a_file_in_place_of_the_output_folder(tanhe, small):
    folder = small.write()
    before = (folder / "dossier.yaml").read_bytes()
    for out in (folder / "dossier.yaml", folder / "dossier.yaml/里面"):
        ran = tanhe("verify", folder, "-o", out, "--no-documents", "--force")
        assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
        assert ran.err.startswith(str(out))
    assert (folder / "dossier.yaml").read_bytes() == before


def test_a_folder_the_system_refuses_to_write(tanhe, small, monkeypatch):
    """Root may write everywhere, so the refusal of a read-only folder is played by the open call."""
    opened = Path.open

    def refuse(self, mode="r", *more, **keys):
        if "x" in mode or "w" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *more, **keys)

    folder = small.write()
    monkeypatch.setattr(Path, "open", refuse)
    ran = tanhe("verify", folder, "-o", small.folder.parent, "--no-documents")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert "无法写入（没有权限，或正被其他程序占用）" in ran.err


def test_a_dossier_that_may_not_be_read(tanhe, small, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    folder = small.write()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    ran = tanhe("verify", folder)
    assert (ran.status, ran.err) == (2, f"{folder}/dossier.yaml: 没有权限，或正被其他程序占用；应为 含 dossier.yaml 的文件夹\n")


def test_names_that_look_like_markup_are_shown_as_they_are(tanhe, small, basic_rules):
    ran = tanhe("verify", small.write(("item: 柴油\n", 'item: "[/b]柴油[red] :smile:"\n')))
    assert (ran.status, ran.err) == (0, "")
    assert "[/b]柴油[red] :smile:" in ran.out


def test_a_finding_is_one_line_however_long_and_the_next_says_where(tanhe, small):
    ran = tanhe("verify", small.write(("2024-01-31", "2099-01-31"), ("10.00", "-10.00")))
    told = ran.out.splitlines()
    for rule, file in (("DAT001", "dossier.yaml:"), ("DAT003", "dossier.yaml:")):
        (at,) = [n for n, line in enumerate(told) if rule in line]
        assert told[at].startswith("  [") and told[at + 1].startswith("      ") and file in told[at + 1]


def test_english_throughout(tanhe, small, monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    ran = tanhe("verify", small.write(("98%", "98"), ("[D01]", "[D02]")), "--json")
    said = [f["message"] + f["title"] for f in findings(ran)]
    names = ("柴油碳氧化率", "柴油消费量", "柴油", "净购入电力", "净购入电量")
    for message in said:
        for name in names:
            message = message.replace(name, "")
        assert not any("\u4e00" <= char <= "\u9fff" for char in message), message
    ran = tanhe("verify", small.write(("industrial-other", "industrial-othr")))
    assert "unknown guideline 'ndrc2015-industrial-othr'; nearest: ndrc2015-industrial-other" in ran.err


@pytest.mark.parametrize("name", examples.names())
def test_every_example_is_recomputed(tanhe, name):
    ran = tanhe("verify", "--example", name, "--json")
    record = json.loads(ran.out)
    assert (ran.status, ran.err) == (int(any(f["severity"] != "note" for f in record["findings"])), "")
    assert record["input"]["path"] == name
    assert all(line["exact"] for line in record["inventory"]["lines"] if not line["missing"])


def test_a_gbk_console_shows_every_character_of_the_summary():
    done = subprocess.run(
        [sys.executable, "-m", "tanhe", "verify", "--example", "mingquan-methanol-2018"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )
    shown = done.stdout.decode("gbk")
    assert done.stderr == b"" and "-786008.08" in shown
    assert "?" not in shown

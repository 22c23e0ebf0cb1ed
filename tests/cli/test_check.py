"""``tanhe check``, ``tanhe rules``, ``tanhe rule``: what a verifier sees, and the exit status."""

import json

import pytest

from tanhe import examples

WAIVED = ("\ntables:", "\nwaivers: [{rule: %s, reason: 已由企业说明, by: 核查组长, date: 2024-05-06}]\ntables:")


def waiving(code):
    return (WAIVED[0], WAIVED[1] % code)


def test_findings_are_grouped_by_severity_with_where_why_and_how_much(tanhe, small, few_rules):
    ran = tanhe("check", small.write())
    assert (ran.status, ran.err) == (1, "")
    out = ran.out
    assert out.index("重要：1 项") < out.index("一般：1 项") < out.index("文字：1 项") < out.index("提示：1 项")
    first = out[out.index("XAA001"):out.index("一般：1 项")]
    lines = [small.line("reported: 31.45"), small.line("reported: 44.48")]
    assert all(f"dossier.yaml:{line}" in first for line in lines)
    assert "合计少 <1.5> 吨 & 更多" in first and "依据：指南 <4.2>" in first
    # −2.005 and 1.5 to the hundredth, half up away from zero
    assert "影响：-2.01 至 +1.50 tCO2e" in first
    second = out[out.index("XAA002"):out.index("文字：1 项")]
    assert "核查报告.pdf p.3“某某公司”" in second and "底稿.xlsx[电力!B3]" in second and "待判断" in second
    assert "影响：+3 tCO2e" in out[out.index("XAB001"):] or "影响：+3.00 tCO2e" in out[out.index("XAB001"):]


def test_rules_that_did_not_run_say_why(tanhe, small, few_rules):
    out = tanhe("check", small.write()).out
    assert "规则：运行 5，通过 1，有发现 4，不适用 1，未运行 2" in out
    assert "未运行 XAC001：案卷缺少计量器具、受核查方统一社会信用代码" in out and "未运行 XAC002：规则出错" in out


def test_select_and_ignore_take_commas_and_repetition_and_count_what_is_left_out(tanhe, small, few_rules):
    folder = small.write()
    ran = tanhe("check", folder, "--select", "XAA,xab001", "--select", "XAC003", "--ignore", "XAA002")
    assert "XAA001" in ran.out and "XAB001" in ran.out and "XAA002" not in ran.out and "XAB002" not in ran.out
    assert "按 --select/--ignore 有 5 条规则没有运行" in ran.out


def test_severity_lists_at_least_that_and_counts_the_rest(tanhe, small, few_rules):
    folder = small.write()
    ran = tanhe("check", folder, "--severity", "minor")
    assert ran.status == 1 and "XAA002" in ran.out and "XAB001" not in ran.out
    assert "有 2 项发现没有列出" in ran.out
    assert tanhe("check", folder, "--severity", "material", "--ignore", "XAA001").status == 0


@pytest.mark.parametrize(
    ("select", "status"), [("XAA001", 1), ("XAA002", 1), ("XAB001", 1), ("XAB002", 0), ("XAC", 0)]
)
def test_the_exit_status_is_1_above_a_note(tanhe, small, few_rules, select, status):
    assert tanhe("check", small.write(), "--select", select).status == status


def test_nothing_found_says_so(tanhe, small, few_rules):
    ran = tanhe("check", small.write(), "--select", "XAC003")
    assert (ran.status, ran.err) == (0, "") and "没有发现" in ran.out


def test_a_waived_finding_is_shown_with_reason_role_and_date_and_does_not_count(tanhe, small, few_rules):
    ran = tanhe("check", small.write(waiving("XAA001")), "--select", "XAA001")
    assert ran.status == 0
    assert "已豁免：1 项" in ran.out and "豁免：核查组长，2024-05-06：已由企业说明" in ran.out and "没有发现" not in ran.out


def test_a_waiver_that_matches_nothing_is_told(tanhe, small, few_rules):
    assert "豁免没有对应的发现：XAC003" in tanhe("check", small.write(waiving("XAC003"))).out


def test_a_waiver_without_a_name_is_refused(tanhe, small, few_rules):
    ran = tanhe("check", small.write((WAIVED[0], WAIVED[1].replace("by: 核查组长, ", "") % "XAA001")))
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert "缺少必填项“by”" in ran.err and f"dossier.yaml:{small.line('tables:')}" in ran.err


def test_a_limit_that_is_not_known_names_the_nearest_and_its_line(tanhe, small):
    folder = small.write(("\ntables:", "\nlimits: {deviation.solids: '3'}\ntables:"))
    for command in ("check", "verify"):
        ran = tanhe(command, folder)
        assert (ran.status, ran.out) == (2, "")
        assert f"dossier.yaml:{small.line('tables:')}" in ran.err and "最接近的是“deviation.solid”" in ran.err
    assert tanhe("validate", folder).status == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "XAA009"], "没有规则“XAA009”，最接近的是“XAA00"),
        (["--ignore", "ZZZ"], "没有规则“ZZZ”"),
        (["--select", " , "], "--select 没有写代码"),
        (["--select", "XAA001", "--ignore", "XAA"], "没有留下任何规则"),
        (["--severity", "grave"], "应为 material、minor、editorial、note 之一"),
        (["--format", "xml"], "应为 text、json、sarif、html 之一"),
    ],
)
def test_a_wrong_call_is_one_line(tanhe, small, few_rules, arguments, said):
    ran = tanhe("check", small.write(), *arguments)
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert said in ran.err


def test_a_dossier_that_is_not_there_is_one_line(tanhe, tmp_path):
    ran = tanhe("check", tmp_path / "没有")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)


def test_verbose_gives_every_rules_time(tanhe, small, few_rules):
    out = tanhe("check", small.write(), "--verbose").out
    timed = out[out.index("各规则用时"):]
    assert all(code in timed for code in few_rules)


def test_json_has_the_records_findings_and_the_counts(tanhe, small, few_rules):
    folder = small.write(waiving("XAB001"))
    ran = tanhe("check", folder, "--format", "json")
    found = json.loads(ran.out)
    record = json.loads(tanhe("verify", folder, "--json").out)
    assert (ran.status, ran.err) == (1, "")
    assert found["findings"] == record["findings"] and found["rules"] == record["rules"]
    assert found["left_out"] == {"rules": 0, "findings": 0}
    waived = {f["rule"]: f["waived"] for f in found["findings"]}
    assert waived.pop("XAB001") == {"reason": "已由企业说明", "by": "核查组长", "date": "2024-05-06"}
    assert set(waived.values()) == {None}
    assert {f["family"] for f in found["findings"]} == {"closure", "consistency", "procedure", "plausibility"}
    timed = json.loads(tanhe("check", folder, "--format", "json", "--verbose").out)["rules"]["milliseconds"]
    assert set(timed) == set(few_rules)


@pytest.mark.parametrize(("name", "form"), [("a.txt", None), ("a.json", None), ("a.sarif", None), ("a.html", None), ("a", "html")])
def test_a_file_holds_what_would_be_printed_and_is_not_overwritten(tanhe, small, few_rules, tmp_path, name, form):
    folder, file = small.write(), tmp_path / "发现" / name
    chosen = form or {"txt": "text"}.get(name[2:], name[2:])
    options = ["--format", form] if form else []
    printed = tanhe("check", folder, "--format", chosen).out
    ran = tanhe("check", folder, "-o", file, *options)
    assert (ran.status, ran.err) == (1, "") and str(file) in ran.out
    assert file.read_text("utf-8") == printed
    again = tanhe("check", folder, "-o", file, "--select", "XAB002")
    assert (again.status, len(again.lines)) == (2, 1) and "--force" in again.err
    assert file.read_text("utf-8") == printed
    assert tanhe("check", folder, "-o", file, "--force", "--select", "XAB002").status == 0
    assert [p.name for p in file.parent.iterdir()] == [name] and file.read_text("utf-8") != printed


def test_a_dossier_that_cannot_be_read_leaves_no_file(tanhe, small, few_rules, tmp_path):
    assert tanhe("check", small.write(("year: 2023", "year: x")), "-o", tmp_path / "a.json").status == 2
    assert not (tmp_path / "a.json").exists()


def test_verify_counts_and_names_waived_findings_alike(tanhe, small, few_rules):
    ran = tanhe("verify", small.write(waiving("XAA001")))
    assert "[重要，已豁免] XAA001" in ran.out and ran.status == 1
    for code in ("XAA002", "XAB001"):
        few_rules.pop(code)
    assert tanhe("verify", small.folder).status == 0


def test_verify_writes_the_findings_beside_the_report(tanhe, small, few_rules, tmp_path):
    out = tmp_path / "out"
    assert tanhe("verify", small.write(), "-o", out).status == 1
    log = json.loads((out / "findings.sarif").read_text("utf-8"))
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["XAA001", "XAA002", "XAB001", "XAB002"]
    assert tanhe("verify", small.folder, "-o", tmp_path / "only", "--no-documents").status == 1
    assert [p.name for p in (tmp_path / "only").iterdir()] == ["record.json"]


def test_rules_are_listed_by_layer_with_severity_and_needs(tanhe, few_rules):
    out = tanhe("rules").out
    assert "算式闭合（closure）：3 条" in out and "共 8 条" in out
    assert "XAC001  [一般] 计量器具齐全（需要 meters、entity.uscc）" in out
    assert "XAA001  [重要] 合计等于各行之和（需要 lines；缺陷目录 C2）" in out
    one = tanhe("rules", "--family", "closure").out
    assert "XAA001" in one and "XAB001" not in one


def test_rules_as_json(tanhe, few_rules):
    rows = json.loads(tanhe("rules", "--json").out)["rules"]
    assert [row["rule"] for row in rows] == list(few_rules)
    assert rows[0] == {"rule": "XAA001", "family": "closure", "severity": "material", "title": "合计等于各行之和",
                       "clause": "指南 <4.2>", "needs": ["lines"], "catalogue": ["C2"]}


def test_an_unknown_rule_or_layer_is_refused(tanhe, few_rules):
    ran = tanhe("rule", "XAA00l")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1) and "最接近的是“XAA00" in ran.err
    assert tanhe("rules", "--family", "closures").status == 2


def test_the_page_of_a_rule(tanhe, monkeypatch):
    ran = tanhe("rule", "dat001")
    assert (ran.status, ran.err) == (0, "") and ran.out.startswith("DAT001 ")
    for head in ("层次：", "级别：", "含义：", "理由：", "不通过的例子：", "通过的例子：", "解决："):
        assert f"\n{head}" in ran.out
    about = json.loads(tanhe("rule", "DAT001", "--json").out)
    assert about["rule"] == "DAT001" and about["meaning"] in ran.out and about["fails"]["change"]
    monkeypatch.setenv("TANHE_LANG", "en")
    assert "\nmeaning: " in tanhe("rule", "DAT001").out


def test_explain_adds_the_page_under_the_first_finding_of_a_rule(tanhe, small):
    folder = small.write(("10.00", "-10.00"))
    meaning = json.loads(tanhe("rule", "DAT001", "--json").out)["meaning"]
    assert meaning not in tanhe("check", folder, "--select", "DAT").out
    ran = tanhe("check", folder, "--select", "DAT", "--explain")
    assert ran.out.count(meaning) == 1 and "      含义：" in ran.out
    assert meaning in tanhe("check", folder, "--select", "DAT", "--explain", "--format", "html").out
    assert json.loads(tanhe("check", folder, "--select", "DAT", "--explain", "--format", "json").out)["pages"]["DAT001"]


@pytest.mark.parametrize("name", examples.names())
def test_every_example_is_checked_and_no_rule_of_ours_fails_itself(tanhe, name):
    ran = tanhe("check", "--example", name, "--format", "json")
    found = json.loads(ran.out)
    assert ran.status == int(any(f["severity"] != "note" for f in found["findings"]))
    assert [n for n in found["rules"]["not_run"] if "出错" in n["why"]] == []


def test_half_a_dossier_gives_results_for_what_is_there(tanhe, tmp_path):
    (tmp_path / "dossier.yaml").write_text(
        "format: tanhe.dossier/1\nguideline: ndrc2015-machinery\nyear: 2023\nentity: {name: 某某厂}\n", encoding="utf-8"
    )
    found = json.loads(tanhe("check", tmp_path, "--format", "json").out)
    assert found["rules"]["run"] > 0 and found["rules"]["not_run"]
    assert [n for n in found["rules"]["not_run"] if "出错" in n["why"]] == []


def test_english(tanhe, small, few_rules, monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    out = tanhe("check", small.write(), "--select", "XAA001,XAC001").out
    assert "material: 1" in out and "the sum lacks" in out and "effect: -2.01 to +1.50 tCO2e" in out
    assert "not run XAC001: the dossier lacks meters, entity.uscc" in out

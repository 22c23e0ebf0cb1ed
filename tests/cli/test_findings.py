"""``tanhe findings`` and ``tanhe sampling``: list, conclude, compare with an earlier record, draft, plan."""

import json

import pytest

OPEN = ("lines:", "findings:\n  - {id: NC-01, kind: nc, description: 缺证书, steps: [{step: raised, date: 2024-02-01, by: 核查组长}]}\nlines:")
DONE = ("lines:", "findings:\n  - {id: NC-01, kind: nc, description: 缺证书, cause: 没有留存, correction: 已归档, conclusion: 有效, status: closed}\nlines:")
WRONG = ("98%", "98")


def test_a_dossier_without_findings_may_be_concluded(tanhe, small):
    ran = tanhe("findings", small.write())
    assert (ran.status, ran.err) == (0, "")
    assert "案卷中的发现 0 项" in ran.out and "可以批准并下肯定结论" in ran.out


def test_an_open_finding_is_listed_with_its_steps_and_stands_in_the_way(tanhe, small):
    ran = tanhe("findings", small.write(OPEN))
    assert ran.status == 1
    assert "[不符合项] NC-01 未关闭 缺证书" in ran.out and "2024-02-01  开出  核查组长" in ran.out
    assert "不能批准，也不能下肯定结论" in ran.out and "不符合项 NC-01 没有关闭" in ran.out
    assert tanhe("findings", small.write(DONE)).status == 0


def test_a_material_finding_of_a_rule_stands_in_the_way_until_it_is_dealt_with(tanhe, small):
    ran = tanhe("findings", small.write(WRONG))
    assert ran.status == 1 and "DAT002 未处理" in ran.out and "重要发现 DAT002 没有处理" in ran.out


def test_drafts_appended_to_the_dossier_take_the_findings_up(tanhe, small):
    folder = small.write(WRONG)
    draft = tanhe("findings", folder, "--draft")
    assert draft.out.startswith("# 草稿") and "findings:\n  - id: NC-01\n    kind: nc\n" in draft.out
    text = (folder / "dossier.yaml").read_text("utf-8")
    (folder / "dossier.yaml").write_text(text + draft.out, encoding="utf-8")
    again = tanhe("findings", folder, "--json")
    shown = json.loads(again.out)
    assert shown["findings"][0]["state"] == "open" and shown["findings"][0]["rule"] == "DAT002"
    assert next(f for f in shown["rule_findings"] if f["rule"] == "DAT002")["taken_up_as"] == "NC-01"
    assert "不符合项 NC-01 没有关闭" in shown["reasons"][0] and not any("DAT002" in reason for reason in shown["reasons"])
    assert "没有可起草的发现" in tanhe("findings", folder, "--draft").out


def test_against_an_earlier_record(tanhe, small):
    folder = small.write(WRONG, ("[D01]", "[D02]"))
    record = folder.parent / "旧.json"
    record.write_text(tanhe("verify", folder, "--json").out, encoding="utf-8")
    same = json.loads(tanhe("findings", folder, "--against", record, "--json").out)["against"]
    assert same and {m["change"] for m in same} == {"unchanged"}
    now = tanhe("findings", small.write(("10.00", "-10.00"), ("[D01]", "[D03]")), "--against", record)
    assert "新增 " in now.out and "消失 " in now.out and "DAT001" in now.out
    changes = {m["fingerprint"]: m["change"] for m in json.loads(tanhe("findings", folder, "--against", record, "--json").out)["against"]}
    gone = [m for m in json.loads(record.read_text("utf-8"))["findings"] if m["rule"] == "DAT002"]
    assert [changes[m["fingerprint"]] for m in gone] == ["gone"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "不是 JSON 文件"), (b"{", "不是 JSON 文件"), (b"[" * 100_000, "不是 JSON 文件"),
        (b"[]", "不是核查记录"), (b'{"schema": "tanhe.record/1"}', "不是核查记录"), (None, "找不到文件"),
    ],
)
def test_a_record_that_cannot_be_used_is_one_line_and_2(tanhe, small, content, said):
    folder = small.write()
    record = folder.parent / "旧.json"
    if content is not None:
        record.write_bytes(content)
    ran = tanhe("findings", folder, "--against", record)
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert said in ran.err and str(record) in ran.err


def test_a_record_of_another_enterprise_is_refused(tanhe, small):
    record = small.folder.parent / "旧.json"
    small.write()
    record.write_text(tanhe("verify", small.folder, "--json").out, encoding="utf-8")
    ran = tanhe("findings", small.write(("某某有限公司", "另一有限公司")), "--against", record)
    assert ran.status == 2 and "另一企业或年度（某某有限公司, 2023）" in ran.err


def test_options_that_do_not_go_together(tanhe, small):
    assert tanhe("findings", small.write(), "--draft", "--json").status == 2
    assert tanhe("sampling", small.write(), "--draft", "--json").status == 2


def test_english(tanhe, small, monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    ran = tanhe("findings", small.write(OPEN))
    assert "[non-conformity] NC-01 open" in ran.out and "non-conformity NC-01 is not closed" in ran.out
    plan = tanhe("sampling", small.write())
    assert "seed: sha256:" in plan.out and "months power" in plan.out


def test_the_sampling_plan_is_the_same_twice_and_states_its_seed(tanhe, small):
    folder = small.write()
    first, second = tanhe("sampling", folder), tanhe("sampling", folder)
    assert (first.status, first.out) == (0, second.out)
    assert "种子：sha256:" in first.out and "月度电量 power：全部核对，12/12" in first.out and "B级" in first.out
    shown = json.loads(tanhe("sampling", folder, "--seed", "甲", "--json").out)
    assert shown["seed"] == "甲"
    assert {item["object"] for item in shown["plan"]} == {"months"}


def test_errors_found_make_the_next_step_due(tanhe, small):
    record = "sampling:\n  - {object: documents, population: 40, sample: 12, errors: 1}\nlines:"
    ran = tanhe("sampling", small.write(("lines:", record)))
    assert ran.status == 1 and "12/40，错误 1 处；下一步：扩大到 20" in ran.out
    enough = record.replace("\nlines", "\n  - {object: documents, population: 40, sample: 20}\nlines")
    assert tanhe("sampling", small.write(("lines:", enough))).status == 0


def test_a_drafted_sampling_record_reads_back(tanhe, small):
    folder = small.write()
    draft = tanhe("sampling", folder, "--draft").out
    text = (folder / "dossier.yaml").read_text("utf-8")
    (folder / "dossier.yaml").write_text(text + draft, encoding="utf-8")
    after = json.loads(tanhe("sampling", folder, "--json").out)
    assert f"seed: {after['seed']}" in draft and all(p["settled"] for p in after["progress"])
    assert tanhe("validate", folder).status == 0

"""Team, interviews and dates; and that no person's name leaves the reading."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.reading.understand.masking import Mask, is_name, mask, people


def test_team_stands_by_role_with_signatures(report):
    team = {row["role"]: row for row in report.rows("team")}
    assert [team[r]["name"] for r in ("leader", "member", "technical-reviewer", "approver")] == ["核查组长", "核查组员", "技术评审人", "批准人"]
    assert (team["leader"]["signed"], team["technical-reviewer"]["signed"], team["approver"]["signed"]) == ("2023-04-12", "2023-04-15", "2023-04-18")
    assert team["leader"]["on_site"] == "是" and "on_site" not in team["technical-reviewer"]


def test_reviewer_who_went_to_the_site_is_seen(facts_of):
    found = facts_of("2.1 核查组安排\n\n姓名\t职务\t核查工作分工\n赵建国\t组长\t现场核查\n吴思远\t技术评审\t现场访问、技术评审\n")
    assert {r["role"]: r.get("on_site") for r in found.rows("team")}["technical-reviewer"] == "是"


def test_two_members_are_told_apart(facts_of):
    found = facts_of("2.1 核查组安排\n\n姓名\t职务\t核查工作分工\n赵建国\t组长\t编写\n周丽华\t组员\t资料\n孙大海\t组员\t资料\n")
    assert [r["name"] for r in found.rows("team")] == ["核查组长", "核查组员", "核查组员2"]


def test_interviews_name_departments_and_take_the_year_of_the_visit(report):
    first, second = report.rows("interviews")
    assert (first["date"], first["interviewees"], first["department"]) == ("2023-03-09", "能源部、财务部人员", "能源部、财务部")
    assert (second["date"], second["interviewees"]) == ("2023-03-09", "安全总监")
    assert report.said("interviewee-count") == [("3", "")]


@pytest.mark.parametrize(("name", "day"), [
    ("document_review", "2023-03-06"), ("site_visit", "2023-03-09"), ("report_completed", "2023-04-12"),
    ("technical_review_start", "2023-04-15"), ("technical_review_end", "2023-04-15"), ("approved", "2023-04-18"),
    ("issued", "2023-04-20"), ("initial_report", "2023-03-01"), ("final_report", "2023-04-10"),
])
def test_dates_of_sentences_and_forms(report, name, day):
    assert report.fact(f"dates.{name}") == day


def test_schedule_table_comes_before_sentences_and_both_are_kept(facts_of):
    found = facts_of("2.1.2 核查时间安排\n\n表 2-1 核查时间安排\n\n序号\t项目\t时间\n1\t接受核查任务\t2024年5月6日\n2\t现场核查\t2024年5月8日\n"
                     "3\t技术评审完成\t2024年5月20日\n\n2.3 现场核查\n\n核查组于2024年5月9日对受核查方进行了现场核查。\n")
    assert found.fact("dates.accepted") == "2024-05-06" and found.fact("dates.technical_review_end") == "2024-05-20"
    assert [value for value, _ in found.said("dates.site_visit")] == ["2024-05-08", "2024-05-09"]


def test_approval_is_taken_from_the_signature_when_no_sentence_tells_it(facts_of):
    found = facts_of("某甲有限公司\n\n核查组长\t赵建国\t签名\t\t日期\t2024.6.1\n批准人\t郑海涛\t签名\t\t日期\t2024.6.5\n")
    assert found.fact("dates.approved") == "2024-06-05"


def test_no_name_and_no_telephone_number_in_any_value_or_quote(report, sample: ModuleType):
    whole = repr(report.claims)
    assert [name for name in sample.PEOPLE if name in whole] == []


@pytest.mark.parametrize("words", ["能源部", "安全总监", "财务部", "生产车间", "无", "办公室主任", "第一车间", "安环科"])
def test_departments_and_titles_are_no_names(words):
    assert not is_name(words)


def test_names_of_a_cell_with_titles_and_numbers():
    assert people("赵建国/经理/13800000000 欧阳青、买买提·艾力") == ["赵建国", "欧阳青", "买买提·艾力"] or \
        people("赵建国/经理/13800000000、买买提·艾力") == ["赵建国", "买买提·艾力"]


def test_short_name_is_masked_only_where_it_stands_alone():
    assert mask("高阳、王明到场；高阳县工业路", {"高阳": "核查组员", "王明": "核查组员2"}) == "核查组员、核查组员2到场；高阳县工业路" or \
        "高阳县" in mask("高阳、王明 到场；高阳县工业路", {"高阳": "核查组员", "王明": "核查组员2"})


def test_name_inside_the_companys_name_stays():
    assert Mask({"李大钢": "联系人"}, ("李大钢铁有限公司",)).text("李大钢铁有限公司的李大钢说") == "李大钢铁有限公司的联系人说"


@given(st.text(alphabet="赵建国周丽华 、（）123a，", max_size=40))
def test_masked_text_never_holds_a_long_name(words):
    assert "赵建国" not in mask(words, {"赵建国": "核查组长", "周丽华": "核查组员"})

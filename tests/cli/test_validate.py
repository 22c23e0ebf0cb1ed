"""``tanhe validate``: every problem at once with code, file and line; 0 none, 1 problems, 2 unreadable."""

import json

import pytest

from tanhe import examples


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_have_no_problems(tanhe, name):
    assert tanhe("validate", "--example", name).out == "没有问题\n"


def test_problems_of_a_readable_dossier_end_with_1(tanhe, small):
    folder = small.write(("10.00", "-10.00"), ("98%", "98"), ("[D01]", "[D02]"), ("OF: oxidation", "OF: oxidation, XX: diesel"))
    ran = tanhe("validate", folder)
    assert (ran.status, ran.err) == (1, "")
    *lines, last = ran.out.splitlines()
    assert sorted(line.split()[0] for line in lines) == ["DAT001", "DAT002", "DAT004", "DAT007"]
    assert all(f"{folder}/dossier.yaml:" in line for line in lines)
    assert last == f"{len(lines)} 个问题"


def test_structural_problems_end_with_2_all_at_once(tanhe, small):
    ran = tanhe("validate", small.write(("year: 2023", "year: x"), ("unit: MWh}", "unit: MWhJ}"), ("10.00", "十")))
    assert ran.status == 2
    assert ran.out.splitlines()[-1] == "3 个问题"


def test_what_does_not_fit_the_guideline_ends_with_2_beside_the_rest(tanhe, small):
    ran = tanhe("validate", small.write(("source: combustion", "source: combustoin"), ("10.00", "-10.00")))
    assert ran.status == 2
    assert [line.split()[0] for line in ran.out.splitlines()] == ["DOS011", "DAT001", "2"]


def test_an_unknown_guideline_names_the_nearest_and_its_line(tanhe, small):
    ran = tanhe("validate", small.write(("industrial-other", "industrial-othr")))
    assert ran.status == 2
    assert "dossier.yaml:2:12: 不认识的核算指南“ndrc2015-industrial-othr”，最接近的是“ndrc2015-industrial-other”" in ran.out


def test_a_missing_path_is_one_line_on_standard_error(tanhe, tmp_path):
    ran = tanhe("validate", tmp_path / "没有 这里")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)


@pytest.mark.parametrize(("edit", "status"), [(("a", "a"), 0), (("10.00", "-10.00"), 1), (("10.00", "十"), 2)])
def test_json_is_one_object(tanhe, small, edit, status):
    ran = tanhe("validate", small.write(edit), "--json")
    problems = json.loads(ran.out)["problems"]
    assert (ran.status, ran.err, len(problems)) == (status, "", int(status > 0))
    for problem in problems:
        assert (problem["file"], problem["line"], problem["column"]) == ("dossier.yaml", 18, 15)
        assert problem["message"] and problem["expected"] != ""


def test_english(tanhe, small, monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    assert tanhe("validate", small.write()).out == "no problems\n"
    said = tanhe("validate", small.write(("AD: diesel", "AD: disel"))).out
    assert "'disel' refers to nothing; expected a known id, the nearest is 'diesel'" in said

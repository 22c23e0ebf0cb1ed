"""``tanhe new``: a commented dossier that validates at once and is honestly incomplete."""

import os

import pytest

from tanhe.guidelines.registry import ids


@pytest.mark.parametrize("guideline", ids())
def test_a_new_dossier_validates_and_is_incomplete(tanhe, tmp_path, guideline):
    folder = tmp_path / "新 案卷"
    made = tanhe("new", folder, "--guideline", guideline, "--year", 2023)
    assert (made.status, made.err) == (0, "")
    assert str(folder) in made.out
    assert tanhe("validate", folder).out == "没有问题\n"
    verified = tanhe("verify", folder)
    assert (verified.status, verified.err) == (1, "")
    assert "不完整" in verified.out
    assert os.listdir(tmp_path) == ["新 案卷"]


@pytest.mark.parametrize("guideline", ids())
def test_it_names_every_source_of_the_guideline(tanhe, tmp_path, guideline):
    from tanhe.guidelines.registry import find

    tanhe("new", tmp_path / "a", "--guideline", guideline)
    written = (tmp_path / "a/dossier.yaml").read_text("utf-8")
    assert all(source.id in written and source.zh in written for source in find(guideline).sources)


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_what_exists_is_kept(tanhe, tmp_path, there):
    target = tmp_path / "已有"
    if there == "folder":
        target.mkdir()
    elif there == "file":
        target.write_text("旧的", encoding="utf-8")
    else:
        target.symlink_to(tmp_path / "没有")
    ran = tanhe("new", target, "--guideline", "ndrc2013-chemical")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{target}: 已存在，没有覆盖；应为 一个新的文件夹名\n"
    assert os.listdir(tmp_path) == ["已有"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请用 --guideline 指明核算指南：ndrc2013-chemical"),
        (["--guideline", "ndrc2013-chemicl"], "最接近的是“ndrc2013-chemical”"),
        (["--guideline", "ndrc2013-chemical", "--year", "1889"], "--year 应为 1990 至 2100"),
        (["--guideline", "ndrc2013-chemical", "--year", "今年"], "--year"),
    ],
)
def test_a_wrong_call_is_one_line_and_makes_nothing(tanhe, tmp_path, arguments, said):
    ran = tanhe("new", tmp_path / "a", *arguments)
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert said in ran.err
    assert os.listdir(tmp_path) == []


def test_a_place_that_cannot_be_written(tanhe, tmp_path):
    (tmp_path / "文件").write_text("", encoding="utf-8")
    ran = tanhe("new", tmp_path / "文件/案卷", "--guideline", "ndrc2013-chemical")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert ran.err.startswith(f"{tmp_path}/文件/案卷: 无法写入（")


def test_a_failure_half_way_leaves_nothing(tanhe, tmp_path, monkeypatch):
    def full(self, *_, **__):
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_text", full)
    ran = tanhe("new", tmp_path / "a", "--guideline", "ndrc2013-chemical")
    assert (ran.status, ran.err) == (2, f"{tmp_path}/a: 无法写入（磁盘已满）；请换一个可写的位置\n")
    assert os.listdir(tmp_path) == []

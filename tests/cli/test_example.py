"""``tanhe example``: list what is there, copy one to work on."""

import json
import os

import pytest

from tanhe import examples


def test_the_list_names_each_example_with_entity_year_and_guideline(tanhe):
    ran = tanhe("example", "list")
    assert (ran.status, ran.err) == (0, "")
    rows = ran.out.splitlines()
    assert [row.split()[0] for row in rows] == list(examples.names())
    (row,) = [row for row in rows if row.startswith("mingquan")]
    assert row.split()[1:3] == ["2018", "ndrc2013-chemical"]


def test_the_list_as_json_is_one_object(tanhe):
    rows = json.loads(tanhe("example", "list", "--json").out)["examples"]
    assert {row["name"] for row in rows} == set(examples.names())
    assert all(row["entity"] and row["year"] for row in rows)


@pytest.mark.parametrize("name", examples.names())
def test_a_copy_is_the_same_dossier(tanhe, tmp_path, name):
    copy = tmp_path / "副 本"
    assert tanhe("example", "copy", name, copy).status == 0
    ours, theirs = (json.loads(tanhe("verify", *place, "--json").out) for place in ([copy], ["--example", name]))
    assert ours["input"].pop("path") == str(copy)
    assert theirs["input"].pop("path") == name
    assert ours == theirs
    assert os.listdir(tmp_path) == ["副 本"]


def test_what_exists_is_kept(tanhe, tmp_path):
    (tmp_path / "a").write_text("旧的", encoding="utf-8")
    ran = tanhe("example", "copy", examples.names()[0], tmp_path / "a")
    assert (ran.status, ran.err) == (2, f"{tmp_path}/a: 已存在，没有覆盖；应为 一个新的文件夹名\n")
    assert (tmp_path / "a").read_text("utf-8") == "旧的"


def test_an_unknown_name_names_the_nearest_and_makes_nothing(tanhe, tmp_path):
    ran = tanhe("example", "copy", "mingquan-methanl-2018", tmp_path / "a")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert "最接近的是“mingquan-methanol-2018”" in ran.err
    assert os.listdir(tmp_path) == []


def test_a_copy_that_fails_half_way_leaves_nothing(tanhe, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    monkeypatch.setattr("shutil.copy2", full)
    monkeypatch.setattr("tanhe.cli.example.shutil.copytree", full)
    ran = tanhe("example", "copy", examples.names()[0], tmp_path / "a")
    assert (ran.status, ran.err) == (2, f"{tmp_path}/a: 无法写入（磁盘已满）；请换一个可写的位置\n")
    assert os.listdir(tmp_path) == []

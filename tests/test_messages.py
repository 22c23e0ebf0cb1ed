"""The language of messages, and the one line an error makes."""

from pathlib import Path

import pytest

from tanhe.messages import TanheError, language, speaking, text, why_refused

VARIABLES = ("TANHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "zh_CN", "LC_MESSAGES": "en_GB"}, "zh"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
        ({"TANHE_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
        ({"TANHE_LANG": "EN", "LC_ALL": "zh_CN"}, "en"),
        ({"TANHE_LANG": "zh", "LC_ALL": "en_US"}, "zh"),
    ],
)
def test_the_language_follows_the_environment(monkeypatch, environment, expected):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_speaking_overrides_and_ends_with_its_block():
    with speaking("en"):
        assert text("碳", "carbon") == "carbon"
        with speaking(None):
            assert text("碳", "carbon") == "carbon"
    assert text("碳", "carbon") == "碳"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "氧化率为 98；应为 0 到 1 之间的小数"),
        ({"file": "dossier.yaml"}, "dossier.yaml: 氧化率为 98；应为 0 到 1 之间的小数"),
        ({"file": "dossier.yaml", "line": 41}, "dossier.yaml:41: 氧化率为 98；应为 0 到 1 之间的小数"),
        (
            {"file": "dossier.yaml", "line": 41, "column": 7},
            "dossier.yaml:41:7: 氧化率为 98；应为 0 到 1 之间的小数",
        ),
        (
            {"file": Path("底稿.xlsx"), "sheet": "电力", "cell": "B3"},
            "底稿.xlsx[电力!B3]: 氧化率为 98；应为 0 到 1 之间的小数",
        ),
        ({"line": 41}, "第 41 行: 氧化率为 98；应为 0 到 1 之间的小数"),
    ],
)
def test_an_error_says_where_what_and_what_was_expected(where, expected):
    assert str(TanheError("氧化率为 98", expected="0 到 1 之间的小数", **where)) == expected


def test_an_error_in_english():
    with speaking("en"):
        error = TanheError("the oxidation factor is 98", file="d.yaml", line=3, expected="a fraction")
        assert str(error) == "d.yaml:3: the oxidation factor is 98; expected a fraction"


def test_why_the_system_refused_a_file_is_said_in_the_language_of_the_user(monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "zh")
    said = [why_refused(error) for error in (FileNotFoundError(2, "No such file or directory"), PermissionError(13, "denied"),
                                             IsADirectoryError(21, "Is a directory"), OSError(28, "No space left"), ValueError("null byte"))]
    assert said == ["找不到文件", "没有权限，或正被其他程序占用", "这是文件夹，不是文件", "磁盘已满", "找不到文件"]
    assert why_refused(OSError(5, "Input/output error")) == "Input/output error"

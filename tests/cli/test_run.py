"""What every command has in common: help, language, exit status, one line for an error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tanhe import __version__
from tanhe.cli import commands, main
from tanhe.cli.commands import COMMANDS, Entry
from tanhe.cli.console import write_json
from tanhe.messages import TanheError, text


def tanhe(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tanhe", *arguments], capture_output=True, env={**os.environ, **environment}
    )


@click.command()
@click.argument("deed")
@click.option("--year", type=int, required=False)
@click.option("--file", type=click.Path(exists=True))
def deeds(deed: str, year: int | None, file: str | None) -> int:
    """Does what it is told, to see what becomes of it."""
    match deed:
        case "findings":
            return 1
        case "exit":
            click.get_current_context().exit(1)
        case "mistake":
            raise TanheError(text("氧化率为 98", "oxidation factor 98"), file="d.yaml", line=4)
        case "bug":
            raise ZeroDivisionError("secret figure")
        case "interrupt":
            raise KeyboardInterrupt
        case "missing":
            Path("没有 这个.yaml").read_text()
        case "pipe":
            raise BrokenPipeError
        case "json":
            write_json({"CO₂": "m²"})
        case "say":
            click.echo("CO₂ 碳 m² ✓")
    return 0


@pytest.fixture(autouse=True)
def with_deeds(monkeypatch):
    entry = Entry(f"{__name__}:deeds", "照办", "obey")
    monkeypatch.setattr(commands, "COMMANDS", {**COMMANDS, "deeds": entry})


def one_line(written: str) -> str:
    assert written.count("\n") == 1
    return written


def test_help_names_every_command_in_chinese(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "命令：" in shown
    assert "用法：tanhe [选项] 命令 [参数]..." in shown
    assert all(entry.zh[:10] in shown for entry in COMMANDS.values())


@pytest.mark.parametrize("arguments", [["--lang", "en", "--help"], ["--help", "--lang=en"]])
def test_help_in_english(capsys, arguments):
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "Commands:" in shown
    assert "look up a factor" in shown
    assert not any("\u4e00" <= char <= "\u9fff" for char in shown)


def test_help_imports_no_command_and_nothing_heavy():
    code = (
        "import sys; from tanhe.cli import main; main(['--help']);"
        "heavy = {'pydantic', 'rich', 'yaml', 'matplotlib', 'numpy', 'docx', 'typst', 'jsonschema'};"
        "print(sorted(heavy & set(sys.modules)), [m for m in sys.modules if m.startswith('tanhe.')],"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy, _, rooms = done.stderr.partition("] ")
    assert heavy == "["
    assert all(name.startswith(("tanhe.cli", "tanhe.messages")) for name in eval(rooms))
    assert not any(f"tanhe.cli.{name}'" in rooms for name in COMMANDS)


def test_version():
    done = tanhe("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"tanhe {__version__}")


@pytest.mark.parametrize(("deed", "status"), [("nothing", 0), ("findings", 1), ("exit", 1)])
def test_the_exit_status_of_a_command(deed, status):
    assert main(["deeds", deed]) == status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "没有命令 nope"),
        (["factor"], "是否指 factors"),
        (["--nope"], "没有选项 --nope"),
        (["--lang", "de", "deeds", "x"], "应为 zh、en 之一"),
        (["deeds"], "缺少参数 DEED"),
        (["deeds", "x", "y"], "多余的参数 y"),
        (["deeds", "x", "--year"], "--year 后面缺少值"),
        (["deeds", "x", "--file", "没有.csv"], "没有.csv 不存在"),
        (["--lang", "en", "deeds"], "Missing argument 'DEED'"),
    ],
)
def test_a_wrong_call_is_one_line_and_2(capsys, arguments, said):
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in one_line(shown.err)
    assert "--help" in shown.err


def test_a_mistake_of_the_user_is_one_line_and_2(capsys):
    assert main(["deeds", "mistake"]) == 2
    assert one_line(capsys.readouterr().err) == "d.yaml:4: 氧化率为 98\n"
    assert main(["--lang", "en", "deeds", "mistake"]) == 2
    assert one_line(capsys.readouterr().err) == "d.yaml:4: oxidation factor 98\n"


def test_a_missing_file_is_named(capsys):
    assert main(["deeds", "missing"]) == 2
    assert one_line(capsys.readouterr().err) == "没有 这个.yaml: 找不到文件\n"


def test_an_internal_error_shows_no_traceback_but_keeps_it(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["deeds", "bug"]) == 2
    line = one_line(capsys.readouterr().err)
    (kept,) = tmp_path.iterdir()
    assert "程序内部错误（ZeroDivisionError）" in line
    assert str(kept) in line
    assert "secret figure" in kept.read_text("utf-8")


def test_debug_shows_the_traceback(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TANHE_DEBUG", "1")
    assert main(["deeds", "bug"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_130(capsys):
    assert main(["deeds", "interrupt"]) == 130
    assert one_line(capsys.readouterr().err) == "已中断\n"


def test_a_reader_that_goes_away_is_no_error():
    code = "import sys; from tanhe.cli import main; sys.exit(main(['--help']))"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_gbk_console_never_ends_the_program():
    done = tanhe("--help", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert "温室气体排放核查" in done.stdout.decode("gbk")
    done = tanhe("没有²这个命令", PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    assert "没有命令 没有?这个命令" in done.stderr.decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_json_survives_any_console(encoding):
    code = "from tanhe.cli.console import write_json; write_json({'CO₂': '碳 m²'})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert json.loads(done.stdout.decode(encoding)) == {"CO₂": "碳 m²"}

"""Random damage to a dossier: always an answer or a refusal in plain lines, never an error of the program."""

import contextlib
import io
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanhe import examples
from tanhe.cli import main

EXAMPLE = examples.find("haiyao-equipment-2022")
SIGNS = ":-[]{}&*#?|>'\"%@!,./\\~ \t\n\r\0\x1b\ufeff０吨月1e9"
VALUES = ("0", "-1", "98", "1e30", "", "~", "[]", "{}", "[[a]]", "NaN", "default", "line:a", "t", "MWh", "'", "&a [*a]", "2024-01-01")


def delete_line(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    return "\n".join(lines[:n] + lines[n + 1 :])


def change_character(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    at = m % max(len(lines[n]), 1)
    return "\n".join([*lines[:n], lines[n][:at] + sign + lines[n][at + 1 :], *lines[n + 1 :]])


def insert_character(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    at = m % (len(lines[n]) + 1)
    return "\n".join([*lines[:n], lines[n][:at] + sign + lines[n][at:], *lines[n + 1 :]])


def swap_lines(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    m %= len(lines)
    swapped = list(lines)
    swapped[n], swapped[m] = swapped[m], swapped[n]
    return "\n".join(swapped)


def repeat_line(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    return "\n".join([*lines[:n], lines[n], *lines[n:]])


def truncate(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    return "\n".join([*lines[:n], lines[n][: m % (len(lines[n]) + 1)]])


def replace_value(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    key, colon, _ = lines[n].partition(":")
    return "\n".join([*lines[:n], f"{key}{colon} {value}", *lines[n + 1 :]])


def indent(lines: list[str], n: int, m: int, sign: str, value: str) -> str:
    return "\n".join([*lines[:n], " " * (m % 7) + lines[n].lstrip(), *lines[n + 1 :]])


DAMAGES = (delete_line, change_character, insert_character, swap_lines, repeat_line, truncate, replace_value, indent)
DAMAGE = st.tuples(
    st.sampled_from(DAMAGES), st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(SIGNS) | st.characters(),
    st.sampled_from(VALUES) | st.text(max_size=8),
)


def damaged(text: str, damages) -> str:
    for damage, n, m, sign, value in damages:
        lines = text.split("\n")
        text = damage(lines, n % len(lines), m, sign, value)
    return text


def assert_told_or_computed(folder: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["verify", str(folder), "--json"])
    assert status in (0, 1, 2)
    assert "内部错误" not in err.getvalue() and "Traceback" not in err.getvalue()
    if status == 2:
        assert out.getvalue() == "" and err.getvalue().strip()
    else:
        record = json.loads(out.getvalue())
        failed = [rule for rule in record["rules"]["not_run"] if rule["why"].startswith(("规则出错", "the rule failed"))]
        assert failed == [] and err.getvalue() == ""
        assert status == int(any(finding["severity"] != "note" for finding in record["findings"]))


def written(folder: Path, text: str, csv: str) -> None:
    (folder / "tables").mkdir()
    (folder / "dossier.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    for name in ("power", "gas", "electricity"):
        (folder / f"tables/{name}.csv").write_bytes(csv.encode("utf-8", "surrogatepass"))


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_small_dossier(small, damages):
    with tempfile.TemporaryDirectory() as name:
        written(Path(name), damaged(small.text, damages), small.csv)
        assert_told_or_computed(Path(name))


@settings(max_examples=60)
@given(st.lists(DAMAGE, min_size=1, max_size=2))
def test_a_damaged_example(damages):
    text = (EXAMPLE / "dossier.yaml").read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        written(Path(name), damaged(text, damages), (EXAMPLE / "tables/gas.csv").read_text("utf-8"))
        assert_told_or_computed(Path(name))


@settings(max_examples=100)
@given(st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_table(damages):
    text = (EXAMPLE / "dossier.yaml").read_text("utf-8")
    csv = (EXAMPLE / "tables/gas.csv").read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        written(Path(name), text, damaged(csv, damages))
        assert_told_or_computed(Path(name))

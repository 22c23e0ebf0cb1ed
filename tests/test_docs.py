"""The documentation says what the program does: generated parts are current, commands exist, links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from tanhe.cli import _docs, _docs_dossier, _docs_samples
from tanhe.cli.commands import COMMANDS, load
from tanhe.messages import TanheError, speaking

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = [*READMES, *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md")))]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
CALL = re.compile(r"^(?:\$ )?(tanhe\b[^#\n]*)", re.MULTILINE)


def read(page):
    return (ROOT / page).read_text(encoding="utf-8")


def fences(words, *languages):
    """Contents of the fenced blocks in one of these languages."""
    return [body for name, body in re.findall(r"^```(\w*)\n(.*?)^```", words, re.DOTALL | re.MULTILINE) if name in languages]


def headings(words):
    """Levels of the headings, in order, code left out."""
    prose = re.sub(r"^```.*?^```", "", words, flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]


def calls(words):
    """Calls of ``tanhe`` in shell blocks, and in code within the text that names a command with its arguments."""
    blocks = "\n".join(fences(words, "sh", "console"))
    inline = re.findall(r"`(tanhe [a-z]+ [^`]+)`", words)
    return [*(call.strip() for call in CALL.findall(blocks)), *inline]


def refusal(call):
    """Why a call of ``tanhe`` names a command or option that does not exist; empty if all is well."""
    words = [word for word in shlex.split(call)[1:] if word not in ("…", "...")]
    if words[:1] == ["--lang"]:
        words = words[2:]
    if not words or words[0] in ("--help", "--version"):
        return ""
    if words[0] not in COMMANDS:
        return f"no command {words[0]}"
    command, rest = load(words[0], COMMANDS[words[0]]), words[1:]
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return f"no command {words[0]} {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return ", ".join(word for word in rest if word.startswith("-") and word not in known)


def test_generated_pages_and_samples_are_current():
    """In a process of its own: the words of the help are settled when a command is first loaded."""
    environment = os.environ | {"TANHE_LANG": "zh", "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    call = [sys.executable, "-m", "tanhe.cli._docs", "--check"]
    done = subprocess.run(call, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_changed_page_is_found_out_of_date(tmp_path, monkeypatch):
    monkeypatch.setattr(_docs_samples, "renewed", lambda root: {})
    (tmp_path / "docs" / "reference").mkdir(parents=True)
    (tmp_path / _docs.KEYS).write_text(read(_docs.KEYS), encoding="utf-8")
    written = _docs.write(tmp_path)
    assert "docs/reference/units.md" in written and _docs.outdated(tmp_path) == ()
    (tmp_path / "docs/reference/units.md").write_text("MWh", encoding="utf-8")
    assert _docs.outdated(tmp_path) == ("docs/reference/units.md",)


def test_generated_pages_say_so():
    for path in sorted((ROOT / "docs" / "reference").glob("*.md")):
        assert path.read_text(encoding="utf-8").startswith(_docs.NOTICE), path.name


def test_a_key_without_an_explanation_is_refused(tmp_path):
    told = yaml.safe_load(read(_docs.KEYS))
    del told["Datum"]["verified"]
    told["Entity"]["nickname"] = ["", "", ""]
    partial = tmp_path / "keys.yaml"
    partial.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    with pytest.raises(TanheError, match=r"Datum\.verified, Entity\.nickname"):
        _docs_dossier.keys(partial)


def test_a_sample_of_a_command_that_fails_is_refused():
    with pytest.raises(TanheError, match="no-such-example"):
        _docs_samples.output("tanhe verify --example no-such-example", "en")


def test_both_readmes_have_the_same_structure():
    english, chinese = map(read, READMES)
    assert headings(english) == headings(chinese)
    assert len(re.findall(r"^[|] ", english, re.MULTILINE)) == len(re.findall(r"^[|] ", chinese, re.MULTILINE))
    assert len(re.findall(r"^- ", english, re.MULTILINE)) == len(re.findall(r"^- ", chinese, re.MULTILINE))
    assert re.findall(r"\]\(((?:docs|src)/[^)]+)", english) == re.findall(r"\]\(((?:docs|src)/[^)]+)", chinese)


def test_both_readmes_give_the_same_commands():
    def bare(words):
        lines = "\n".join(fences(words, "sh")).splitlines()
        return [line.split("#")[0].replace("--lang en ", "").strip() for line in lines]

    english, chinese = (bare(read(page)) for page in READMES)
    assert english == chinese
    assert "make demo" in english and "pip install ." in english


@EVERY_PAGE
def test_every_command_named_exists(page):
    with speaking("zh"):
        assert {call: refusal(call) for call in calls(read(page)) if refusal(call)} == {}


def test_the_quick_start_names_every_command_a_newcomer_needs():
    named = {shlex.split(call)[1] for call in calls(read("docs/quick-start.md"))}
    assert named >= {"verify", "explain", "example", "new", "validate", "factors"}


def test_a_command_that_does_not_exist_would_be_noticed():
    assert refusal("tanhe verfy x") == "no command verfy"
    assert refusal("tanhe verify x --jsonn") == "--jsonn"
    assert refusal("tanhe example list --json") == ""


@EVERY_PAGE
def test_relative_links_lead_to_files(page):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page))
    assert [t for t in targets if not (ROOT / page).parent.joinpath(t).exists()] == []


def test_every_page_is_in_the_navigation():
    """The page of a single rule is reached from the index of the rules."""
    nav = read("mkdocs.yml").partition("theme:")[0]
    index = read("docs/rules/index.md")
    rules = {page for page in PAGES if page.startswith("docs/rules/") and f"]({Path(page).name})" in index}
    asked = [page for page in PAGES if page.startswith("docs/") and page not in rules]
    assert [page for page in asked if page.removeprefix("docs/") not in nav] == []


def test_dossiers_shown_in_the_documentation_can_be_read(tmp_path):
    from tanhe.dossier.load import load as load_dossier

    shown = [body for body in fences(read("docs/dossier-format.md"), "yaml") if body.startswith("format:")]
    assert shown
    (tmp_path / "dossier.yaml").write_text(shown[0], encoding="utf-8")
    dossier, problems = load_dossier(tmp_path)
    assert (dossier.year, problems) == (2024, ())


def test_the_guideline_shown_in_the_documentation_holds():
    shown = [body for body in fences(read("docs/add-a-guideline.md"), "python") if "GUIDELINE = " in body]
    names = {}
    exec(compile(shown[0], "add-a-guideline.md", "exec"), names)
    guideline = names["GUIDELINE"]
    counted = {source.id for source in guideline.sources if not source.memo}
    assert {name for row in guideline.rows for name in row.sources} == counted == {"combustion", "electricity", "heat"}


@EVERY_PAGE
def test_pages_call_no_foreign_host(page):
    hosts = set(re.findall(r"https?://([^/\s)>`]+)", read(page)))
    assert hosts == set()

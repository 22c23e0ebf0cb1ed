"""The project's own files: versions, constraints, licence."""

import re
import tomllib
from pathlib import Path

import tanhe

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def constrained() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = (line.partition(";")[0].strip() for line in lines)
    return dict(pin.split("==") for pin in pins)


def test_no_lock_file_with_download_addresses():
    assert not (ROOT / "uv.lock").exists()


def test_constraints_are_plain_versions_without_addresses():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    plain = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.+]*( ; [A-Za-z_ <>=!'0-9.()]+)?")
    assert [line for line in lines if not plain.fullmatch(line)] == []


def test_every_dependency_is_constrained():
    asked = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0] for line in asked} - {"tanhe"}
    assert names - set(constrained()) == set()


def test_the_version_is_written_in_one_place():
    assert PROJECT["project"]["dynamic"] == ["version"]
    source = ROOT / PROJECT["tool"]["hatch"]["version"]["path"]
    assert source.samefile(tanhe.__file__)
    assert f'__version__ = "{tanhe.__version__}"' in source.read_text("utf-8")


def test_the_changelog_has_the_current_version():
    assert f"## {tanhe.__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_is_apache_2():
    words = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in words
    assert "END OF TERMS AND CONDITIONS" in words
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_the_package_says_it_is_typed():
    assert (Path(tanhe.__file__).parent / "py.typed").is_file()


def test_examples_and_all_of_the_package_go_into_the_wheel():
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/tanhe"]
    assert wheel["force-include"] == {"examples": "tanhe/examples"}
    assert (ROOT / "examples" / "mingquan-methanol-2018").is_dir()

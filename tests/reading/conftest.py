"""The invented report of the tests of facts, read once."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tanhe.reading.claims import Claim, Fact, Listed
from tanhe.reading.documents import text_document
from tanhe.reading.understand import admin, lists, people, prose, statements

PARTS = (admin, people, lists, prose, statements)


class Facts:
    """All claims of the five parts, by path and by list."""

    def __init__(self, text: str) -> None:
        document = text_document(text.encode(), "report.txt")
        self.claims: list[Claim] = [c for part in PARTS for c in part.claims(document)]

    def fact(self, path: str) -> str | None:
        return next((c.said.text for c in self.claims if isinstance(c, Fact) and ".".join(c.path) == path), None)

    def rows(self, into: str) -> list[dict[str, str]]:
        return [{k: s.text for k, s in c.fields.items()} for c in self.claims if isinstance(c, Listed) and c.into == into]

    def said(self, about: str) -> list[tuple[str, str]]:
        return [(r["value"], r.get("text", "")) for r in self.rows("statements") if r["about"] == about]


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("facts_sample", Path(__file__).with_name("facts_sample.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def facts_of() -> Callable[[str], Facts]:
    return Facts


@pytest.fixture(scope="session")
def report(sample: ModuleType) -> Facts:
    return Facts(sample.REPORT)

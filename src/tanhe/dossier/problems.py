"""Problems found while reading (读取时发现的问题): bad data is a value with a place, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a stable code, the message, where, and what was expected."""

    code: str
    message: str
    place: Place | None = None
    expected: str = ""

    def __str__(self) -> str:
        expected = text(f"；应为{self.expected}", f"; expected {self.expected}") if self.expected else ""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}{expected}"


class UnreadableDossier(TanheError):
    """The dossier could not be read; ``problems`` holds everything that was found, all at once."""

    def __init__(self, path: str | Path, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)), file=None)
        self.path = str(path)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

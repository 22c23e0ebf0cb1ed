"""Problems found while reading (读取时发现的问题): bad data is a value with a place, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a stable code, the message, where, and what was expected.

    ``datum`` names what it is about without line numbers or language, for the fingerprint of a finding.
    """

    code: str
    message: str
    place: Place | None = None
    expected: str = ""
    datum: str = ""

    def __str__(self) -> str:
        return self.shown("")

    def shown(self, folder: str | Path) -> str:
        """One line, its file as seen from where the user stands."""
        expected = text(f"；应为 {self.expected}", f"; expected {self.expected}") if self.expected else ""
        where = f"{Path(folder) / self.place.file}{self.place.within}: " if self.place else ""
        return " ".join(f"{where}{self.message}{expected}".splitlines())


class UnreadableDossier(TanheError):
    """The dossier could not be read; ``problems`` holds everything that was found, all at once."""

    def __init__(self, folder: str | Path, problems: tuple[Problem, ...]) -> None:
        self.folder = str(folder)
        self.problems = problems
        super().__init__(str(self), file=None)

    def __str__(self) -> str:
        return "\n".join(problem.shown(self.folder) for problem in self.problems)

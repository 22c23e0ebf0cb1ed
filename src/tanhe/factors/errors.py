"""What the factor library (因子库) says when it cannot answer, and when its data files are broken."""

from collections.abc import Iterable
from pathlib import Path

from tanhe.messages import TanheError, text


class FactorNotFound(TanheError):
    """There is no such factor (查不到因子): why, and what is nearest.

    ``why_zh`` and ``why_en`` say the reason in both languages; ``nearest`` names what could be asked for
    instead. ``str(error)`` and ``why`` speak the language current when they are read.
    """

    def __init__(self, why_zh: str, why_en: str, nearest: Iterable[str] = ()) -> None:
        self.why_zh = why_zh
        self.why_en = why_en
        self.nearest = tuple(nearest)
        super().__init__(self._sentence())

    @property
    def why(self) -> str:
        """The reason in the current language."""
        return text(self.why_zh, self.why_en)

    def _sentence(self) -> str:
        if not self.nearest:
            return self.why
        return text(
            f"{self.why_zh}；最接近的是：{'、'.join(self.nearest)}",
            f"{self.why_en}; nearest: {', '.join(self.nearest)}",
        )

    def __str__(self) -> str:
        return self._sentence()


class FactorDataError(TanheError):
    """A data file of the library is refused (数据文件有误): ``problems`` lists every line at fault."""

    def __init__(self, file: Path, problems: Iterable[tuple[int, str, str]]) -> None:
        self.problems = tuple(problems)
        line, zh, en = self.problems[0]
        more = len(self.problems) - 1
        if more:
            zh, en = f"{zh}（另有 {more} 处）", f"{en} (and {more} more)"
        super().__init__(text(zh, en), file=file, line=line)

    def report(self) -> str:
        """All problems, one a line, as ``file:line: what``."""
        return "\n".join(f"{self.file}:{line}: {text(zh, en)}" for line, zh, en in self.problems)

"""What the reader found (数据录入): each kind of problem with its code, so that it is counted like any other rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tanhe.checks.engine import Context, Family, Result, Rule, check, fail
from tanhe.checks.findings import Severity
from tanhe.messages import text


def _reader(code: str, title: str, severity: Severity = "material", covers: tuple[str, ...] = ()) -> Rule:
    """A rule that passes on the reader's problems of one code; ``title`` is ``中文 | English``."""
    return check(code, Family.INPUT, severity, covers=covers)(_passing_on(code, title))


def _passing_on(code: str, title: str) -> Callable[[Context], Iterator[Result]]:
    def passing_on(context: Context) -> Iterator[Result]:
        for problem in context.problems:
            if problem.code == code:
                wanted = problem.expected
                expected = text(f"；应为 {wanted}", f"; expected {wanted}") if wanted else ""
                places = (problem.place,) if problem.place else ()
                yield fail(problem.message + expected, problem.datum or problem.message, places)

    passing_on.__doc__ = title
    return passing_on


NEGATIVE_ACTIVITY = _reader("DAT001", "活动数据不为负 | activity data are not negative")
SHARES = _reader("DAT002", "份额在 0–1 之间 | shares lie between 0 and 1", covers=("F7",))
FUTURE_DATES = _reader("DAT003", "没有将来的日期 | no date lies ahead")
CITED_EVIDENCE = _reader("DAT004", "所引证据在清单中 | cited evidence is in the list", "minor")
REFERENCES = _reader("DAT005", "引用的数据项、列、公式都存在 | references lead somewhere")
IDENTIFIERS = _reader("DAT006", "编号不重复 | ids stand once", "minor")
SYMBOLS = _reader("DAT007", "公式有所用的方法和符号 | the formula has the method and symbols used")
PERIODS_ONCE = _reader("SER003", "每个月份或周期只出现一次 | every period stands once")
EMPTY_CELLS = _reader("SER005", "合计的列没有空格 | no empty cell in a column that is summed")

"""What cannot be checked under a guideline of which only the shared sources are known (只实现共有部分的指南)."""

from __future__ import annotations

from tanhe.checks.engine import Result, not_run
from tanhe.messages import text


def own_part_unknown() -> Result:
    """The rule would compare with the guideline's own sources, rows or formula, which are not known."""
    return not_run(text("本指南只实现了各指南共有的排放源，它自己的排放源、表行和总量公式未实现",
                        "of this guideline only the sources shared by all are implemented, not its own sources, rows and total"))

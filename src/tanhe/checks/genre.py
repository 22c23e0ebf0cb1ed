"""What kind of document is judged (文件种类): rules on the work of verification do not run on an enterprise's own report."""

from __future__ import annotations

from typing import Final

from tanhe.dossier.model import Dossier
from tanhe.messages import text

OWN_REPORT: Final = "排放报告"
"""Value of the statement ``genre`` of a dossier that was read from an enterprise's own report."""
_FAMILIES: Final = ("procedure", "cross-check")
_OTHERS: Final = frozenset({"CMP033", "CMP035", "CON063", "CON066", "CON070", "CON071", "CON072", "CON074"})
"""Rules of other layers on parts that only a verification report has: team, signatures, tables of data, list of sources."""


def own_report(dossier: Dossier) -> bool:
    """Whether the dossier was read from an enterprise's own report (企业排放报告), not from a verification report."""
    return any(said.about == "genre" and said.value == OWN_REPORT for said in dossier.statements)


def does_not_apply(code: str, family: str, dossier: Dossier) -> str:
    """Why a rule does not run on this kind of document; empty where it runs."""
    if (family not in _FAMILIES and code not in _OTHERS) or not own_report(dossier):
        return ""
    return text("这是企业的排放报告，不是核查报告；本规则看核查工作", "this is an enterprise's own report; the rule judges the work of verification")

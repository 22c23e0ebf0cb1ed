"""Who does what in the life of a finding (处理不符合项的角色): words for roles, and which steps each may take."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from tanhe.dossier.model import Dossier
from tanhe.messages import TanheError, text

Role = Literal["leader", "member", "technical-reviewer", "approver", "working-group", "enterprise", "rule"]
StepName = Literal["raised", "answered", "evidence", "verified", "closed", "conservative-estimate"]

_WORDS: Mapping[Role, tuple[str, ...]] = MappingProxyType({
    "leader": ("leader", "核查组长", "核查组组长", "组长"),
    "member": ("member", "核查组成员", "核查组员", "核查组", "核查员", "组员", "成员"),
    "technical-reviewer": ("technical-reviewer", "技术评审", "技术复核", "内部技术评审", "复核"),
    "approver": ("approver", "批准"),
    "working-group": ("working-group", "技术工作组"),
    "enterprise": ("enterprise", "受核查方", "被核查方", "企业", "重点排放单位", "排放单位"),
    "rule": ("rule", "检查规则", "规则"),
})

_TEAM: frozenset[Role] = frozenset(("leader", "member", "working-group"))

MAY: Mapping[StepName, frozenset[Role]] = MappingProxyType({
    "raised": _TEAM | {"technical-reviewer", "rule"},
    "answered": frozenset(("enterprise",)),
    "evidence": frozenset(("enterprise", "leader", "member")),
    "verified": _TEAM,
    "closed": _TEAM,
    "conservative-estimate": _TEAM,
})
"""Who may take which step: the enterprise answers, the team verifies; reviewer and approver stay apart from both."""

_STEPS: Mapping[StepName, tuple[str, str]] = MappingProxyType({
    "raised": ("开出", "raised"), "answered": ("答复", "answered"), "evidence": ("举证", "evidence"),
    "verified": ("核实", "verified"), "closed": ("关闭", "closed"),
    "conservative-estimate": ("按保守值处理", "conservative estimate"),
})


People = Mapping[str, Role]
"""Names a dossier uses and the role each has."""

NOBODY: People = MappingProxyType({})


def people(dossier: Dossier) -> People:
    """The team's names, the enterprise's name and its departments with their roles."""
    entity = dossier.entity
    own = [entity.name, entity.contact, entity.contact_department, entity.ghg_department, entity.energy_department,
           *entity.organisation]
    known: dict[str, Role] = {name.strip(): "enterprise" for name in own if name.strip()}
    return MappingProxyType(known | {person.name.strip(): person.role for person in dossier.team})


def role_of(by: str, named: People = NOBODY) -> Role:
    """The role a dossier's ``by`` means: a name in ``named``, or a word for a role with anything after it.

    ``核查组长``, ``组员2`` and ``受核查方能源部`` are understood; TanheError for anything else and for nothing.
    """
    name = by.strip()
    if name in named:
        return named[name]
    fits = [(len(word), role) for role, words in _WORDS.items() for word in words if name.lower().startswith(word)]
    if fits:
        return max(fits)[1]
    expected = text(
        "、".join(words[1] for words in _WORDS.values()) + "，或案卷中的核查组成员、受核查方部门",
        ", ".join(_WORDS) + ", or a name of the dossier's team or of a department of the enterprise",
    )
    if not name:
        raise TanheError(text("没有写由谁处理", "it is not said by whom"), expected=expected)
    raise TanheError(text(f"看不出“{name}”是哪个角色", f"{name!r} is no role known here"), expected=expected)


def role_word(role: Role) -> str:
    """A role in the current language."""
    return text(_WORDS[role][1], _WORDS[role][0])


def step_word(step: StepName) -> str:
    """A step in the current language."""
    return text(*_STEPS[step])

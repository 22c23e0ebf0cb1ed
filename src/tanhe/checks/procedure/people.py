"""People (人员): roles, independence, interviews, attendance (P1–P8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.checks.procedure._helpers import table
from tanhe.dossier.model import Path
from tanhe.dossier.parties import Person, Role
from tanhe.factors.names import fold
from tanhe.messages import text

_ROLE = {"leader": ("核查组长", "leader"), "member": ("核查组员", "member"), "technical-reviewer": ("技术评审人", "technical reviewer"),
         "approver": ("批准人", "approver")}
_SITE = re.compile(r"(?<!不参加)(?<!不参与)(?<!未参加)(现场访问|现场核查|现场评审|现场巡视)")
_COMMAS = re.compile("[、，,；;和及]")
_DATA = re.compile(r"收集[^，。；]*(数据|资料|材料)|(数据|资料)[^，。；]*(收集|处理|计算)|编写(核查)?报告|报告编写")


def _with(c: Context, role: Role) -> list[tuple[int, Person]]:
    return [(n, p) for n, p in enumerate(c.dossier.team) if p.role == role]


@check("PRC030", Family.PROCEDURE, "material", needs=("team",), clause="核查程序：内部技术评审独立", covers=("P1",))
def reviewer_apart(c: Context) -> Iterator[Result]:
    """技术评审人没有参加现场核查和数据工作 | the technical reviewer took no part in site visit or data work"""
    reviewers = _with(c, "technical-reviewer")
    if not reviewers:
        yield not_applicable(text("没有技术评审人（见 PRC031）", "no technical reviewer (see PRC031)"))
    talks_of, steps_of = _by_name([t.verifiers for t in c.dossier.interviews]), _by_name([v.participants for v in c.dossier.visits])
    for n, person in reviewers:
        talks, steps = talks_of.get(fold(person.name), []), steps_of.get(fold(person.name), [])
        why = text("注明到过现场", "marked as on site") if person.on_site else \
            text(f"职责含“{m[0]}”", f"duties include {m[0]!r}") if (m := _SITE.search(person.duties) or _DATA.search(person.duties)) else \
            text("列在访谈或现场安排中", "named in interviews or visit") if talks or steps else ""
        if why:
            yield fail(text(f"{person.name}（技术评审）{why}，不独立于核查组。请更换评审人重新评审",
                            f"the technical reviewer {person.name}: {why}; not independent of the team. Review again by another person"),
                       f"reviewer/{n}", (*c.place("team", n), *(p for i in talks for p in c.place("interviews", i)),
                                         *(p for i in steps for p in c.place("visits", i))))


def _by_name(cells: list[str]) -> dict[str, list[int]]:
    """In which of the cells each name stands."""
    found: dict[str, list[int]] = {}
    for n, cell in enumerate(cells):
        for who in _COMMAS.split(cell):
            found.setdefault(fold(who), []).append(n)
    return found


@check("PRC031", Family.PROCEDURE, "minor", needs=("team",), clause="核查程序：核查组组成", covers=("P2",))
def team_complete(c: Context) -> Iterator[Result]:
    """核查组至少两人，组长一名，评审人和批准人俱全 | at least two in the team, one leader, reviewer and approver there"""
    team = [p for p in c.dossier.team if p.role in ("leader", "member")]
    least = c.policy.number("team.minimum")
    if len(team) < least:
        yield fail(text(f"核查组只有 {len(team)} 人，至少 {least} 人。请补列成员", f"the team has {len(team)} people, at least {least} are needed"),
                   "team/size", c.place("team"))
    for role, (zh, en) in _ROLE.items():
        count = sum(p.role == role for p in c.dossier.team)
        if count == 0 and role != "member":
            yield fail(text(f"没有{zh}。请补列", f"there is no {en}. Add one"), f"team/{role}", c.place("team"))
        elif role == "leader" and count > 1:
            yield fail(text(f"有 {count} 名核查组长，应为一名。请改正", f"{count} leaders; there should be one"), "team/leaders", c.place("team"))
    for n, person in enumerate(c.dossier.team):
        if not person.name.strip():
            yield fail(text("核查组有一人没有姓名。请补列", "a member of the team has no name"), f"team/{n}", c.place("team", n))


@check("PRC032", Family.PROCEDURE, "minor", needs=("team",), clause="核查程序：组长、评审人、批准人不兼任", covers=("P3",))
def roles_apart(c: Context) -> Iterator[Result]:
    """组长、组员与技术评审人、批准人不是同一人 | leader, members, reviewer and approver are different people"""
    seen: dict[str, tuple[int, Person]] = {}
    for n, person in enumerate(c.dossier.team):
        key = fold(person.name)
        if key in seen and key:
            m, other = seen[key]
            yield fail(text(f"{person.name}既是{_ROLE[other.role][0]}又是{_ROLE[person.role][0]}。请由不同人员担任",
                            f"{person.name} is both {_ROLE[other.role][1]} and {_ROLE[person.role][1]}. Use different people"),
                       f"roles/{other.role}={person.role}", (*c.place("team", m), *c.place("team", n)))
        seen.setdefault(key, (n, person))


@check("PRC033", Family.PROCEDURE, "editorial", clause="核查程序：现场访谈", covers=("P4",))
def interviewees(c: Context) -> Iterator[Result]:
    """访谈覆盖能源、财务和生产 | interviews cover energy, finance and production"""
    d = c.dossier
    if not d.interviews:
        people = {v.participants for v in d.visits if v.participants}
        if len(d.visits) > 1 and len(people) == 1 and not re.search("[、,，；]", next(iter(people))):
            yield fail(text(f"现场各步骤的受访人都是“{next(iter(people))}”一人。请补充能源、财务、生产部门的访谈记录",
                            f"one contact, {next(iter(people))!r}, answered in every step of the visit. Supply interviews of energy, "
                            "finance and production"), "interviews/one", [p for n in range(len(d.visits)) for p in c.place("visits", n)])
        elif not d.visits:
            yield not_applicable(text("没有访谈和现场安排（见 PRC035）", "no interviews and no visit (see PRC035)"))
        return
    said = " ".join(t.department + t.interviewees for t in d.interviews)
    absent = [row for row in table("department_words.csv") if not re.search(row["pattern"], said)]
    if absent:
        yield fail(text(f"受访部门没有{'、'.join(r['zh'] for r in absent)}。请补充访谈，或说明由谁代答",
                        f"nobody of {', '.join(r['en'] for r in absent)} was interviewed. Supply the interview or say who answered"),
                   "interviews/cover", c.place("interviews"))


@check("PRC034", Family.PROCEDURE, "editorial", needs=("team",), clause="核查程序：内部技术评审独立", covers=("P5",))
def cross_review(c: Context) -> Iterator[Result]:
    """核查组成员不评审自己的报告 | the team does not review its own report"""
    for n, person in enumerate(c.dossier.team):
        found = re.search("交叉评审|交叉复核|互审|(?<!答复)(?<!配合)(?<!回应)(?<!接受)(技术评审|技术复核|复审)(?!意见)", person.duties)
        if person.role in ("leader", "member") and found:
            yield fail(text(f"{person.name}的职责含“{found[0]}”，组内互审不能代替独立的技术评审。请改列职责",
                            f"duties of {person.name} include {found[0]!r}; review inside the team is no independent review. Correct them"),
                       f"duties/{n}", c.place("team", n, "duties"))


@check("PRC035", Family.PROCEDURE, "editorial", clause="核查程序：现场访谈", covers=("P6",))
def interview_table(c: Context) -> Iterator[Result]:
    """有访谈记录，写明受访人、部门和内容 | an interview table with person, function and topic"""
    if not c.dossier.interviews:
        yield unsettled(text("没有现场访谈记录。请补充受访人、部门职务和内容", "there is no interview table. Supply persons, functions, topics"),
                        "interviews", c.place("visits") or c.place("team"))
    for n, talk in enumerate(c.dossier.interviews):
        lacking = [zh for zh, value in (("受访人", talk.interviewees), ("部门职务", talk.department or talk.interviewees),
                                        ("内容", talk.content)) if not value]
        if lacking:
            yield unsettled(text(f"第 {n + 1} 次访谈缺：{'、'.join(lacking)}。请补充", f"interview {n + 1} lacks: {', '.join(lacking)}"),
                            f"interviews/{n}", c.place("interviews", n))


@check("PRC036", Family.PROCEDURE, "minor", clause="核查程序：现场核查记录", covers=("P7", "Q10"))
def attendance(c: Context) -> Iterator[Result]:
    """有签到表或现场记录，证明核查人员到场 | sign-in sheet or site record shows that the verifiers came"""
    titles = " ".join(x.title for x in c.dossier.documents)
    if not re.search("签到|访问记录|现场(核查)?记录|会议记录|照片|影像", titles):
        yield unsettled(text("支持性文件中没有签到表、现场记录或照片。请补充", "no sign-in sheet, site record or photographs in the evidence. Supply them"),
                        "attendance", c.place("documents") or c.place("visits"))
    if c.dossier.team and c.dossier.visits and all(p.on_site is False for p in c.dossier.team if p.role in ("leader", "member")):
        yield fail(text("有现场核查，但核查组无人到场。请改正", "there was a visit, but nobody of the team was on site"), "attendance/team", c.place("team"))


@check("PRC038", Family.PROCEDURE, "minor", needs=("team", "interviews"), clause="核查程序：核查组组成", covers=("P2",))
def verifiers_in_team(c: Context) -> Iterator[Result]:
    """访谈人都是核查组成员 | everyone who interviewed belongs to the team"""
    own = {fold(p.name) for p in c.dossier.team} | {fold("核查组"), fold("核查组成员"), fold("核查员")}
    for n, talk in enumerate(c.dossier.interviews):
        for who in _COMMAS.split(talk.verifiers):
            if fold(who) and fold(who) not in own:
                yield fail(text(f"访谈人“{who.strip()}”不在核查组名单中。请补列或改正", f"the interviewer {who.strip()!r} is not in the team. "
                                "Add or correct"), f"interviews/{n}/{who.strip()}", (*c.place("interviews", n), *c.place("team")))


@check("PRC039", Family.PROCEDURE, "editorial", needs=("team", "interviews"), clause="核查程序：现场访谈", covers=("P4", "P7"))
def interviews_and_people(c: Context) -> Iterator[Result]:
    """访谈人到过现场，受访人数与所述相同 | interviewers were on site; the number of interviewees is the one told"""
    talks_of = _by_name([t.verifiers for t in c.dossier.interviews])
    for n, person in enumerate(c.dossier.team):
        talks = talks_of.get(fold(person.name), [])
        if person.on_site is False and talks:
            yield fail(text(f"{person.name}列为未到现场，却参加了访谈。请改正", f"{person.name} is marked as not on site, yet interviewed. Correct one"),
                       f"on-site/{n}", (*c.place("team", n), *c.place("interviews", talks[0])))
    parts = [who for t in c.dossier.interviews for who in _COMMAS.split(t.interviewees) if who.strip()]
    counts = [re.search(r"(\d+)\s*[名位人]", who) for who in parts]
    if not parts or any(count is None and re.search("人员|等|部$", who) for who, count in zip(parts, counts, strict=True)):
        return
    total = sum(int(count[1]) if count else 1 for count in counts)
    for n, said in enumerate(c.dossier.statements):
        if said.about == "interviewee-count" and said.value.strip().isdigit() and int(said.value) != total:
            yield fail(text(f"{said.where}称受访 {said.value} 人，访谈表为 {total} 人。请统一", f"{said.where} counts {said.value} interviewees, the "
                            f"table {total}. Make them agree"), "interviewee-count", (*c.place("statements", n), *c.place("interviews")))


@check("PRC037", Family.PROCEDURE, "material", needs=("body",), clause="核查程序：独立性", covers=("P8", "Q12"))
def independence(c: Context) -> Iterator[Result]:
    """核查机构不是报告编制者、咨询方或受核查方 | the verifier neither compiled the report nor advises the entity"""
    d = c.dossier
    body = fold(d.body.name) if d.body else ""
    if body and body == fold(d.entity.name):
        yield fail(text("核查机构与受核查方同名。请改正", "verification body and entity have one name"), "body=entity",
                   (*c.place("body", "name"), *c.place("entity", "name")))
    for n, said in enumerate(d.statements):
        if said.about in ("compiler.name", "consultant.name", "trader.name") and fold(said.value) == body:
            what = {"compiler.name": ("排放报告的编制单位", "compiled the emission report"), "consultant.name": ("咨询单位", "advises the entity"),
                    "trader.name": ("碳资产交易方", "trades for the entity")}[said.about]
            yield fail(text(f"核查机构“{said.value}”同时是{what[0]}。请更换核查机构", f"the verification body {said.value!r} also {what[1]}. Another body is needed"),
                       said.about, (*c.place("statements", n), *c.place("body", "name")))
    texts: list[tuple[Path, str]] = [(("quality_assurance", n), w) for n, w in enumerate(d.quality_assurance)]
    texts += [(("conclusions", "difference"), d.conclusions.difference), (("other_findings",), " ".join(d.other_findings))]
    for path, words in texts:
        if body and re.search(f"{re.escape(body)}[^，。；]*(编制|代编|咨询|辅导)", fold(words)):
            yield review(text("文中称核查机构编制或辅导了排放报告。请说明独立性", "the text says the verification body compiled or advised. Explain"),
                         f"independence/{path[0]}", c.place(*path))

"""Who: the reporting entity, the client, the verification body, its team, interviews (主体与人员)."""

from __future__ import annotations

from typing import Literal

from tanhe.dossier.values import Day, Flag, Num, Part

Role = Literal["leader", "member", "technical-reviewer", "approver"]


class Entity(Part):
    """The verified enterprise (受核查方). People are named by role."""

    name: str
    uscc: str | None = None
    address: str = ""
    province: str = ""
    registered_address: str = ""
    postcode: str = ""
    industry_code: str = ""
    industry_name: str = ""
    industry_edition: str = ""
    legal_person: Flag | None = None
    legal_representative: str = ""
    ownership: str = ""
    founded: str = ""
    business_scope: str = ""
    contact: str = ""
    contact_department: str = ""
    contact_details: str = ""
    ghg_department: str = ""
    energy_department: str = ""
    profile: str = ""
    organisation: tuple[str, ...] = ()
    employees: Num | None = None
    uscc_other: tuple[str, ...] = ()


class Client(Part):
    """Who ordered the verification (委托方)."""

    is_entity: Flag = True
    name: str = ""
    address: str = ""
    contact: str = ""


class Body(Part):
    """The verification body (核查机构)."""

    name: str
    address: str = ""
    qualification: str = ""


class Person(Part):
    """A member of the team by role label, e.g. 核查组长 (核查组成员)."""

    role: Role
    name: str
    duties: str = ""
    on_site: Flag | None = None
    signed: Day | None = None


class Interview(Part):
    """An interview on site (现场访谈)."""

    date: Day | None = None
    verifiers: str = ""
    interviewees: str = ""
    department: str = ""
    content: str = ""


class Visit(Part):
    """One step of the site visit (现场核查安排)."""

    date: Day | None = None
    work: str
    place: str = ""
    participants: str = ""
    content: str = ""


class Dates(Part):
    """The dates of the engagement (时间安排)."""

    accepted: Day | None = None
    report_received: Day | None = None
    document_review: Day | None = None
    site_visit: Day | None = None
    report_completed: Day | None = None
    technical_review_start: Day | None = None
    technical_review_end: Day | None = None
    approved: Day | None = None
    issued: Day | None = None
    initial_report: Day | None = None
    final_report: Day | None = None

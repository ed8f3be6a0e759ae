"""The rows of the database, one noun a file. Rules live in `domain`, use cases in `services`.

Importing this package registers every table on `Base.metadata`.
"""

from isoaudit.db.account import RecoveryCode, SignedOut, UnitMembership, User, UserRole
from isoaudit.db.audit import (
    Answer,
    AnswerRevision,
    Audit,
    AuditEvent,
    GradeSheet,
    Operation,
    Programme,
    TeamMember,
)
from isoaudit.db.base import Base, Fact, Instant
from isoaudit.db.catalogue import CatalogueProcedure, ProcedureUpdate, Publication, PublicationItem
from isoaudit.db.checklist import ChecklistVersion, CriterionRow
from isoaudit.db.conformity import Activity, Declaration, Milestone, Procedures
from isoaudit.db.decision import Decision, DecisionStep
from isoaudit.db.document import Document, Evidence
from isoaudit.db.log import LogEntry, LogHead
from isoaudit.db.money import MoneyLine
from isoaudit.db.nonconformity import Nonconformity, NonconformityEvent
from isoaudit.db.objective import QualityObjective
from isoaudit.db.paper import AuditPaper, AuditSource, FindingNote, WorkingProgramme
from isoaudit.db.province import FactRevision, Province, RateCounter, Setting
from isoaudit.db.report import IssuerProfile, Report, ReportFile, ReportText
from isoaudit.db.reporting import Reminder, ReminderDuty, ReportDuty
from isoaudit.db.tablet import AuditDevice, Device, Entry, Recovery, Signature
from isoaudit.db.task import FrozenReport, Task
from isoaudit.db.unit import Exemption, ObligationEntry, Succession, Unit
from isoaudit.db.unit_event import UnitEvent

__all__ = [
    "Activity",
    "Answer",
    "AnswerRevision",
    "Audit",
    "AuditDevice",
    "AuditEvent",
    "AuditPaper",
    "AuditSource",
    "Base",
    "CatalogueProcedure",
    "ChecklistVersion",
    "CriterionRow",
    "Decision",
    "DecisionStep",
    "Declaration",
    "Device",
    "Document",
    "Entry",
    "Evidence",
    "Exemption",
    "Fact",
    "FactRevision",
    "FindingNote",
    "FrozenReport",
    "GradeSheet",
    "Instant",
    "IssuerProfile",
    "LogEntry",
    "LogHead",
    "Milestone",
    "MoneyLine",
    "Nonconformity",
    "NonconformityEvent",
    "ObligationEntry",
    "Operation",
    "ProcedureUpdate",
    "Procedures",
    "Programme",
    "Province",
    "Publication",
    "PublicationItem",
    "QualityObjective",
    "RateCounter",
    "Recovery",
    "RecoveryCode",
    "Reminder",
    "ReminderDuty",
    "Report",
    "ReportDuty",
    "ReportFile",
    "ReportText",
    "Setting",
    "Signature",
    "SignedOut",
    "Succession",
    "Task",
    "TeamMember",
    "Unit",
    "UnitEvent",
    "UnitMembership",
    "User",
    "UserRole",
    "WorkingProgramme",
]

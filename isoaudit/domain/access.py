"""Who may do what: the one table of roles and permissions. Deny by default: what is not in the table is
refused.

Duties are kept apart: the administrator gives accounts but touches no result; the office plans, keeps the
facts and issues notices and reports but answers no criterion; inspectors answer and conclude the
audits of their team; the committee reads everything, the audit log of the administrators too, and writes
decisions; a unit officer sees one unit. Head, member and secretary are roles in one audit (`team`), asked
for on top of the permission.
"""

from isoaudit.domain.vocabulary import Role, Word


class Scope(Word):
    """How far a permission reaches."""

    ALL = "all", "toàn tỉnh", "whole province"
    OWN = "own", "của mình", "own"


class Permission(Word):
    """What a page or command does. `OWN` means: the unit of a unit officer, the audits whose team one is
    in.
    """

    OWN_ACCOUNT = "own.account", "Tài khoản của mình, trợ giúp", "Own account, help"
    ACCOUNTS_MANAGE = "accounts.manage", "Quản lý tài khoản", "Manage accounts"
    ACCOUNTS_UNLOCK = "accounts.unlock", "Mở khóa tài khoản", "Unlock accounts"
    AUDITLOG_READ = "auditlog.read", "Xem nhật ký hệ thống", "Read the audit log"
    SETTINGS_MANAGE = "settings.manage", "Thiết lập của tỉnh", "Settings of the province"
    REGISTER_READ = "register.read", "Xem danh sách đơn vị", "Read the register of units"
    REGISTER_EDIT = "register.edit", "Sửa danh sách đơn vị", "Edit the register of units"
    UNIT_READ = "unit.read", "Xem trang của một đơn vị", "Read a unit's page and status"
    FACTS_EDIT = (
        "facts.edit",
        "Nhập công bố, nội dung đã thực hiện, việc hằng năm, diện áp dụng, TTHC, mục tiêu, "
        "báo cáo của đơn vị, kinh phí",
        "Enter declarations, milestones, activities, obligations, procedures, objectives, units' reports, money",
    )
    PROGRAMME_READ = "programme.read", "Xem kế hoạch kiểm tra", "Read audit programmes"
    PROGRAMME_PLAN = "programme.plan", "Lập kế hoạch, hủy cuộc kiểm tra", "Plan and cancel audits"
    AUDIT_READ = "audit.read", "Xem cuộc kiểm tra", "Read audits"
    AUDIT_ANSWER = "audit.answer", "Trả lời nội dung kiểm tra", "Answer criteria"
    AUDIT_CONCLUDE = "audit.conclude", "Lập biên bản, kết thúc kiểm tra", "Conclude audits"
    AUDIT_REOPEN = "audit.reopen", "Mở lại cuộc kiểm tra", "Reopen audits"
    AUDIT_NOTICE = "audit.notice", "Ghi thông báo kết luận", "Record notices of conclusion"
    AUDIT_PAPERS = "audit.papers", "Lưu giấy tờ của cuộc kiểm tra", "Keep the papers of audits"
    DEVICES_MANAGE = (
        "devices.manage",
        "Thiết bị của đoàn kiểm tra: theo dõi, thu hồi, cấp lại mã PIN, nhập tệp chưa gửi",
        "Inspectors' devices: watch, revoke, recover, import unsent work",
    )
    NONCONFORMITY_READ = "nonconformity.read", "Xem điểm không phù hợp", "Read nonconformities"
    NONCONFORMITY_HANDLE = (
        "nonconformity.handle",
        "Gia hạn, giải trình thay đơn vị, đóng điểm không phù hợp",
        "Extend, answer and close nonconformities",
    )
    DECISION_WRITE = "decision.write", "Ghi quyết định của Ban Chỉ đạo", "Write the committee's decisions"
    DECISION_FOLLOW = (
        "decision.follow",
        "Ghi tiến độ thực hiện quyết định của Ban Chỉ đạo",
        "Report how far the committee's decisions have come",
    )
    DOCUMENT_READ = "document.read", "Xem văn bản", "Read documents"
    DOCUMENT_EDIT = "document.edit", "Nhập, sửa văn bản", "Edit documents"
    YEARS_READ = (
        "years.read",
        "Xem danh mục TTHC, mục tiêu chất lượng, báo cáo của đơn vị, kinh phí",
        "Read the catalogue of procedures, objectives, units' reports, money",
    )
    TASK_READ = "task.read", "Xem nhiệm vụ năm", "Read the year's tasks"
    TASK_EDIT = "task.edit", "Giao, cập nhật nhiệm vụ năm", "Edit the year's tasks"
    DASHBOARD_READ = "dashboard.read", "Xem tổng hợp toàn tỉnh", "Read the dashboard"
    REPORT_READ = "report.read", "Xem, tải báo cáo", "Read and download reports"
    REPORT_FREEZE = "report.freeze", "Chốt số liệu báo cáo", "Freeze reports"
    CHECKLIST_READ = "checklist.read", "Xem, in phiếu kiểm tra", "Read and print checklists"
    CHECKLIST_PUBLISH = "checklist.publish", "Ban hành phiếu kiểm tra", "Publish checklists"
    DATA_IMPORT = "data.import", "Nhập dữ liệu từ tệp", "Import data"


_ADMINISTRATOR, _OFFICE, _INSPECTOR = Role.ADMINISTRATOR, Role.OFFICE, Role.INSPECTOR
_COMMITTEE, _UNIT_OFFICER = Role.COMMITTEE, Role.UNIT_OFFICER
_ALL, _OWN = Scope.ALL, Scope.OWN

GRANTS: dict[Permission, dict[Role, Scope]] = {
    Permission.OWN_ACCOUNT: dict.fromkeys(Role, _OWN),
    Permission.ACCOUNTS_MANAGE: {_ADMINISTRATOR: _ALL},
    Permission.ACCOUNTS_UNLOCK: {_ADMINISTRATOR: _ALL},
    Permission.AUDITLOG_READ: {_ADMINISTRATOR: _ALL, _COMMITTEE: _ALL},
    Permission.SETTINGS_MANAGE: {_OFFICE: _ALL},
    Permission.REGISTER_READ: {_ADMINISTRATOR: _ALL, _OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.REGISTER_EDIT: {_OFFICE: _ALL},
    Permission.UNIT_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL, _UNIT_OFFICER: _OWN},
    Permission.FACTS_EDIT: {_OFFICE: _ALL},
    Permission.PROGRAMME_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.PROGRAMME_PLAN: {_OFFICE: _ALL},
    Permission.AUDIT_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.AUDIT_ANSWER: {_INSPECTOR: _OWN},
    Permission.AUDIT_CONCLUDE: {_INSPECTOR: _OWN},
    Permission.AUDIT_REOPEN: {_INSPECTOR: _OWN},
    Permission.AUDIT_NOTICE: {_OFFICE: _ALL},
    Permission.AUDIT_PAPERS: {_OFFICE: _ALL, _INSPECTOR: _OWN},
    Permission.DEVICES_MANAGE: {_OFFICE: _ALL},
    Permission.NONCONFORMITY_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL, _UNIT_OFFICER: _OWN},
    Permission.NONCONFORMITY_HANDLE: {_OFFICE: _ALL, _INSPECTOR: _ALL},
    Permission.DECISION_WRITE: {_COMMITTEE: _ALL},
    Permission.DECISION_FOLLOW: {_OFFICE: _ALL},
    Permission.DOCUMENT_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.DOCUMENT_EDIT: {_OFFICE: _ALL},
    Permission.YEARS_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.TASK_READ: {_OFFICE: _ALL, _COMMITTEE: _ALL},
    Permission.TASK_EDIT: {_OFFICE: _ALL},
    Permission.DASHBOARD_READ: {_OFFICE: _ALL, _COMMITTEE: _ALL},
    Permission.REPORT_READ: {_OFFICE: _ALL, _COMMITTEE: _ALL},
    Permission.REPORT_FREEZE: {_OFFICE: _ALL},
    Permission.CHECKLIST_READ: {_OFFICE: _ALL, _INSPECTOR: _ALL, _COMMITTEE: _ALL},
    Permission.CHECKLIST_PUBLISH: {_OFFICE: _ALL},
    Permission.DATA_IMPORT: {_OFFICE: _ALL},
}


def scope(role: Role, permission: Permission) -> Scope | None:
    """How far the permission reaches for the role; None when the role does not have it."""
    return GRANTS[permission].get(role)


def may(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission at all; with scope `OWN`, the record has to be checked besides."""
    return scope(role, permission) is not None


def permissions(role: Role) -> tuple[Permission, ...]:
    """Everything that a role may do, in the order of the table."""
    return tuple(permission for permission in Permission if may(role, permission))


def matrix_markdown(language: str = "vi") -> str:
    """The table for the README: one row per permission, one column per role; it ends with a line break."""
    head = "Quyền" if language == "vi" else "Permission"
    rows = [
        [head, *(role.label(language) for role in Role)],
        ["---", *(":-:" for _ in Role)],
        *(
            [
                f"{permission.label(language)} (`{permission.value}`)",
                *(_cell(role, permission, language) for role in Role),
            ]
            for permission in Permission
        ),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(role: Role, permission: Permission, language: str) -> str:
    reach = scope(role, permission)
    if reach is None:
        return "–"
    return "✓" if reach is Scope.ALL else reach.label(language)

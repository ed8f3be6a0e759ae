"""The frame of every page: the list of rooms, the theme, whose province, and whether example data are shown.

A room appears for those who hold its permission, once its page exists. The pages themselves are elsewhere.
"""

from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request, session
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from isoaudit import __version__
from isoaudit.db import Province
from isoaudit.domain.access import Permission
from isoaudit.domain.vocabulary import Role
from isoaudit.http import assets, database
from isoaudit.http.access import allowed
from isoaudit.services import example, settings
from isoaudit.web.paging import address, carry

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "isoaudit_theme"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: where it leads, what it is called, who sees it, its icon, further rooms behind it."""

    endpoint: str
    label: LazyString
    permission: Permission
    icon: str
    rooms: tuple[str, ...] = ()


YEARS = ("publications", "objectives", "unit_reports", "reminders", "money")
NAVIGATION: tuple[tuple[LazyString, tuple[Entry, ...]], ...] = (
    (
        _l("Theo dõi"),
        (
            Entry("dashboard.index", _l("Tổng hợp toàn tỉnh"), Permission.DASHBOARD_READ, "chart", ("decisions",)),
            Entry("units.own", _l("Đơn vị của tôi"), Permission.UNIT_READ, "house"),
            Entry("units.index", _l("Đơn vị"), Permission.REGISTER_READ, "house"),
            Entry("reports.index", _l("Báo cáo"), Permission.REPORT_READ, "paper"),
        ),
    ),
    (
        _l("Kiểm tra"),
        (
            Entry("audits.mine", _l("Cuộc kiểm tra của tôi"), Permission.AUDIT_ANSWER, "tick"),
            Entry("tablet.index", _l("Ứng dụng máy tính bảng"), Permission.AUDIT_ANSWER, "download"),
            Entry("programmes.index", _l("Kế hoạch kiểm tra"), Permission.PROGRAMME_READ, "calendar"),
            Entry("audits.index", _l("Các cuộc kiểm tra"), Permission.AUDIT_READ, "list"),
            Entry("nonconformities.index", _l("Điểm không phù hợp"), Permission.NONCONFORMITY_READ, "triangle"),
            Entry("checklists.index", _l("Phiếu kiểm tra"), Permission.CHECKLIST_READ, "tick"),
        ),
    ),
    (
        _l("Hồ sơ"),
        (
            Entry("facts.index", _l("Công bố, chuyển đổi"), Permission.FACTS_EDIT, "flag"),
            Entry("documents.index", _l("Văn bản"), Permission.DOCUMENT_READ, "paper"),
            Entry("tasks.index", _l("Nhiệm vụ năm"), Permission.TASK_READ, "steps"),
            Entry("catalogue.index", _l("TTHC và hồ sơ năm"), Permission.YEARS_READ, "list", YEARS),
        ),
    ),
    (
        _l("Quản trị"),
        (
            Entry("settings.index", _l("Thiết lập"), Permission.SETTINGS_MANAGE, "gear"),
            Entry("imports.index", _l("Nhập dữ liệu"), Permission.DATA_IMPORT, "upload"),
            Entry("devices.index", _l("Thiết bị kiểm tra"), Permission.DEVICES_MANAGE, "lock"),
            Entry("accounts.index", _l("Tài khoản"), Permission.ACCOUNTS_MANAGE, "person"),
            Entry("auditlog.index", _l("Nhật ký hệ thống"), Permission.AUDITLOG_READ, "book"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What base.html needs to know of the installation and of the person."""

    signed_in: bool = False
    province: str = ""
    example_data: bool = False
    idle_seconds: int = 0


def frame() -> Frame:
    """The frame of this request. When the database cannot be asked, a bare one, so that the error page still shows."""
    if "frame" not in g:
        try:
            g.frame = _frame()
        except SQLAlchemyError:
            g.frame = Frame()
    found: Frame = g.frame
    return found


def navigation() -> list[tuple[LazyString, list[Entry]]]:
    """The groups of rooms that the signed-in account may enter and that exist."""
    groups = (
        (
            name,
            [
                entry
                for entry in entries
                if entry.endpoint in current_app.view_functions and allowed(entry.permission) and _meant(entry)
            ],
        )
        for name, entries in NAVIGATION
    )
    return [(name, entries) for name, entries in groups if entries]


def is_current(entry: Entry) -> bool:
    """Whether the page shown lies in this room."""
    if request.endpoint is None:
        return False
    if request.endpoint == entry.endpoint or request.blueprint in entry.rooms:
        return True
    room = entry.endpoint.rpartition(".")[0]
    elsewhere = any(request.endpoint == other.endpoint for _name, entries in NAVIGATION for other in entries)
    return request.blueprint == room and entry.endpoint == f"{room}.index" and not elsewhere


def theme() -> str:
    """The theme of this request: `?theme=` wins, then the cookie, then what the device asks for ("auto")."""
    for asked in (request.args.get("theme"), request.cookies.get(THEME_COOKIE)):
        if asked in THEMES:
            return asked
    return "auto"


def dark_media() -> str:
    """The media for which dark.css holds: by the device, always on screens, or never; paper is always light."""
    return {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": "not all"}[theme()]


def init_app(app: Flask) -> None:
    """Give templates the frame and what it is made of, and remember the theme."""
    assets.init_app(app)
    app.jinja_env.globals |= {
        "frame": frame,
        "navigation": navigation,
        "is_current": is_current,
        "theme": theme,
        "dark_media": dark_media,
        "address": address,
        "carry": carry,
        "has_page": lambda endpoint: endpoint in app.view_functions,
        "version": __version__,
    }
    app.after_request(_remember_theme)


def _frame() -> Frame:
    signed_in = bool(current_user.is_authenticated)
    opened = database.session()
    version = opened.scalar(select(func.sum(Province.data_version)))
    known: dict[object, tuple[str, bool]] = current_app.extensions.setdefault("isoaudit.frame", {})
    facts = known.get(version)
    if facts is None:
        facts = (settings.read(opened)["province"], example.exists(opened))
        if request.method in database.SAFE:  # what a writing request sees may still be rolled back
            known.clear()
            known[version] = facts
    return Frame(signed_in, facts[0], facts[1], session.get("idle", 0) if signed_in else 0)


def _meant(entry: Entry) -> bool:
    """`Đơn vị của tôi` is for unit officers only; others with the permission use the register."""
    return entry.endpoint != "units.own" or Role.UNIT_OFFICER in current_user.role_set


def _remember_theme(response: Response) -> Response:
    asked = request.args.get("theme")
    if asked in THEMES:
        response.set_cookie(
            THEME_COOKIE, asked, max_age=assets.YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response

"""The table of settings: name, default, help. Values come from the environment (`ISOAUDIT_…`) first, then from
`isoaudit.toml` in the instance folder, then from the default.

What an office changes while working (issuer, place, signer, home province) is data in the database
(`isoaudit.services.settings`), not a setting here.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: `name` without the prefix, in capitals; `help` in Vietnamese and English."""

    name: str
    default: str
    vi: str
    en: str

    @property
    def variable(self) -> str:
        """The name of the environment variable."""
        return f"ISOAUDIT_{self.name}"


OPTIONS: tuple[Option, ...] = (
    Option(
        "INSTANCE",
        "instance/",
        "Thư mục dữ liệu: cơ sở dữ liệu, khóa bí mật, tệp minh chứng.",
        "Data folder: database, secret key, evidence.",
    ),
    Option(
        "DATABASE_URL",
        "sqlite:///<instance>/isoaudit.sqlite3",
        "Cơ sở dữ liệu; PostgreSQL viết postgresql+psycopg://….",
        "Database; PostgreSQL is written postgresql+psycopg://….",
    ),
    Option(
        "TRUSTED_PROXIES",
        "",
        "Các địa chỉ IP (cách nhau dấu phẩy) của máy chủ trung gian được tin khi chuyển tiếp địa chỉ và HTTPS.",
        "IP addresses (comma separated) of reverse proxies whose forwarded headers count.",
    ),
    Option(
        "ALLOW_DEMO_ACCOUNTS",
        "no",
        "yes: cho phép `isoaudit serve` chạy khi còn tài khoản minh hoạ.",
        "yes: lets `isoaudit serve` start while demo accounts exist.",
    ),
    Option(
        "MAX_UPLOAD_MB",
        "20",
        "Kích thước tối đa của một tệp gửi lên (MB).",
        "Largest upload (MB).",
    ),
    Option(
        "ARGON2_MEMORY_KIB",
        "65536",
        "Bộ nhớ dùng để băm mật khẩu (KiB); chỉ giảm khi kiểm thử.",
        "Memory for hashing passwords (KiB); lower it only in tests.",
    ),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one running instance, read once."""

    instance: Path
    database_url: str
    trusted_proxies: tuple[str, ...] = ()
    allow_demo_accounts: bool = False
    max_upload_mb: int = 20
    argon2_memory_kib: int = 65536
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def evidence(self) -> Path:
        """Where uploaded files lie, under their SHA-256."""
        return self.instance / "evidence"


def load(environment: Mapping[str, str] | None = None) -> Config:
    """Read the settings. Makes the instance folder when it is absent.

    Raises ValueError naming the setting when a number or a yes/no cannot be read, or when isoaudit.toml
    holds an unknown name.
    """
    environment = os.environ if environment is None else environment
    instance = Path(environment.get("ISOAUDIT_INSTANCE") or _default_instance()).resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    values = {option.name: option.default for option in OPTIONS}
    file = instance / "isoaudit.toml"
    if file.exists():
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            if key.upper() not in values:
                raise ValueError(f"{file.name}: không có thiết lập “{key}” (no such setting)")
            values[key.upper()] = str(value)
    for option in OPTIONS:
        if option.variable in environment:
            values[option.name] = environment[option.variable]
    values["INSTANCE"] = str(instance)
    url = values["DATABASE_URL"]
    if not url or "<instance>" in url:
        url = f"sqlite:///{instance / 'isoaudit.sqlite3'}"
    return Config(
        instance=instance,
        database_url=url,
        trusted_proxies=tuple(part.strip() for part in values["TRUSTED_PROXIES"].split(",") if part.strip()),
        allow_demo_accounts=_yes(values, "ALLOW_DEMO_ACCOUNTS"),
        max_upload_mb=_number(values, "MAX_UPLOAD_MB"),
        argon2_memory_kib=_number(values, "ARGON2_MEMORY_KIB"),
        values=values,
    )


def secret_key(config: Config) -> str:
    """The key that signs sessions: made once, kept in `secret-key` of the instance folder with mode 0600."""
    file = config.instance / "secret-key"
    if not file.exists():
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another worker was faster
            return file.read_text("ascii")
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(32))
    return file.read_text("ascii")


def _default_instance() -> Path:
    in_checkout = CHECKOUT / "pyproject.toml"
    return CHECKOUT / "instance" if in_checkout.exists() else Path.cwd() / "instance"


def _yes(values: Mapping[str, str], name: str) -> bool:
    value = values[name].strip().lower()
    if value in {"yes", "true", "1", "on"}:
        return True
    if value in {"no", "false", "0", "off", ""}:
        return False
    raise ValueError(f"ISOAUDIT_{name}: “{values[name]}” phải là yes hoặc no (must be yes or no)")


def _number(values: Mapping[str, str], name: str) -> int:
    try:
        return int(values[name])
    except ValueError:
        raise ValueError(f"ISOAUDIT_{name}: “{values[name]}” phải là số nguyên (must be a whole number)") from None

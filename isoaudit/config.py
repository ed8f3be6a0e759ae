"""The table of settings: name, default, help. Values come from the environment (`ISOAUDIT_…`) first, then from
`isoaudit.toml` in the instance folder, then from the default.

What an office changes while working (issuer, place, signer, home province) is data in the database
(`isoaudit.services.settings`), not a setting here.
"""

import contextlib
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KEY_LENGTH = 64
KEY_VARIETY = 8  # a key of fewer different characters was typed, not drawn
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
        "POSTS_PER_MINUTE",
        "600",
        "Số lần gửi tối đa trong một phút từ một địa chỉ; 0: không giới hạn.",
        "Most requests that change something, per minute and address; 0: no limit.",
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
    posts_per_minute: int = 600
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
        posts_per_minute=_number(values, "POSTS_PER_MINUTE"),
        argon2_memory_kib=_number(values, "ARGON2_MEMORY_KIB"),
        values=values,
    )


def secret_key(config: Config) -> str:
    """The key that signs sessions: made once, kept in `secret-key` of the instance folder with mode 0600."""
    return _key(config.instance / "secret-key")


def account_key(config: Config) -> str:
    """The key from which second factors are made: `account-key`, made and kept likewise. A backup holds it, because
    without it nobody's authenticator works."""
    return _key(config.instance / "account-key")


def _key(file: Path) -> str:
    """The content of a key file. Raises ValueError when others may read it or when it is too weak to be a key."""
    if not file.exists():
        made = secrets.token_hex(KEY_LENGTH // 2)
        with contextlib.suppress(FileExistsError):  # another worker was faster
            draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
            ) as stream:
                stream.write(made)
            try:
                os.link(draft, file)
            finally:
                draft.unlink()
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise ValueError(
            f"{file}: người khác đọc được khóa bí mật; hãy chạy: chmod 600 {file} (the key is readable by others)"
        )
    content = file.read_text("ascii", errors="replace").strip()
    if len(content) < KEY_LENGTH or len(set(content)) < KEY_VARIETY:
        raise ValueError(
            f"{file}: khóa bí mật quá yếu; hãy xóa tệp này để chương trình tạo khóa mới (the key is too weak; "
            "delete the file and a new one is made)"
        )
    return content


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

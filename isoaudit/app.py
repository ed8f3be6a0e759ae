"""create_app: the one place where everything meets."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from isoaudit import tablet, web
from isoaudit.config import Config, account_key, load, secret_key
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages import say
from isoaudit.http import access, compression, database, errors, language, limits, security, signin, wellformed
from isoaudit.services import readiness
from isoaudit.services.accounts.hashing import Hasher
from isoaudit.shipped import STATIC, TEMPLATES


def create_app(config: Config | None = None) -> Flask:
    """The WSGI application on the configured instance. Migrations are not run here (`isoaudit db upgrade`)."""
    config = config or load()
    app = Flask("isoaudit", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(
        SECRET_KEY=secret_key(config),
        MAX_CONTENT_LENGTH=config.max_upload_mb * 1024 * 1024,
        SESSION_COOKIE_NAME="isoaudit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        ISOAUDIT=config,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    compression.init_app(app)  # registered first, so that it sees the answer last
    database.init_app(app, Sessions(make_engine(config.database_url)))
    limits.init_app(app, config.posts_per_minute)
    wellformed.init_app(app)
    language.init_app(app)
    signin.init_app(app, Hasher(config.argon2_memory_kib), account_key(config))
    CSRFProtect(app)
    access.init_app(app)
    errors.init_app(app)
    security.init_app(app, config.trusted_proxies)
    web.init_app(app)
    tablet.init_app(app)
    return app


def production() -> Flask:
    """The application for a production server (gunicorn), which refuses what `isoaudit serve` refuses."""
    try:
        config = load()
        app = create_app(config)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    sessions: Sessions = app.extensions["isoaudit.sessions"]
    try:
        readiness.refuse_unready(sessions, allow_demo_accounts=config.allow_demo_accounts)
    except Refusal as refusal:
        raise SystemExit(say(refusal)) from None
    finally:
        sessions.engine.dispose()  # a server may fork its workers after this
    return app

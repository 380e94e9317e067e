"""Settings, read from the environment; each name is documented in docs/reference/settings.md and checked at start."""

import os
import secrets
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

KNOWN = {
    "CANDOUR_ALLOWED_HOSTS",
    "CANDOUR_CHROMIUM",
    "CANDOUR_LIBREOFFICE",
    "CANDOUR_CLAMAV",
    "CANDOUR_DATABASE_URL",
    "CANDOUR_DATA_DIR",
    "CANDOUR_HTTPS",
    "CANDOUR_LOG_LEVEL",
    "CANDOUR_NOTICE_SECRETS_FILE",
    "CANDOUR_SECRET_KEY",
    "CANDOUR_SECRET_KEY_FILE",
    "CANDOUR_SITE_URL",
    "CANDOUR_SMTP_PASSWORD_FILE",
    "CANDOUR_SMTP_URL",
    "CANDOUR_TEST_DATABASE_URL",
    "CANDOUR_TRUSTED_PROXIES",
}
CHECKOUT = Path(__file__).resolve().parents[2]


def _check_names() -> None:
    unknown = sorted(name for name in os.environ if name.startswith("CANDOUR_") and name not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(f"{unknown[0]} is not a setting; the settings are {', '.join(sorted(KNOWN))}")


def _yes(name: str, default: str) -> bool:
    value = os.environ.get(name, default).lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no")
    return value == "yes"


def _log_level() -> str:
    level = os.environ.get("CANDOUR_LOG_LEVEL", "WARNING").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ImproperlyConfigured(f"CANDOUR_LOG_LEVEL is {level!r}; write DEBUG, INFO, WARNING or ERROR")
    return level


def _clamav() -> str:
    """Where a virus scanner listens, `unix:/path` or `host:port`; empty: none is asked."""
    address = os.environ.get("CANDOUR_CLAMAV", "")
    if address and not address.startswith("unix:/") and not address.rpartition(":")[2].isdecimal():
        raise ImproperlyConfigured(f"CANDOUR_CLAMAV is {address!r}; write unix:/path/to/socket or host:port")
    return address


def _data_dir() -> Path:
    """`var` beside a checkout, else the user's data folder; a relative path starts there, never where one stands."""
    home = Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")).expanduser() / "candour"
    base = CHECKOUT / "var" if (CHECKOUT / "pyproject.toml").is_file() else home
    folder = (
        base.parent / Path(os.environ["CANDOUR_DATA_DIR"]).expanduser() if "CANDOUR_DATA_DIR" in os.environ else base
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _secret_key() -> str:
    """The key that signs cookies: given, read from a file, or made in the data directory on first start."""
    if "CANDOUR_SECRET_KEY" in os.environ:
        return os.environ["CANDOUR_SECRET_KEY"]
    path = Path(os.environ.get("CANDOUR_SECRET_KEY_FILE", DATA_DIR / "secret-key"))
    if not path.exists():
        if "CANDOUR_SECRET_KEY_FILE" in os.environ:
            raise ImproperlyConfigured(f"CANDOUR_SECRET_KEY_FILE names {path}, which is not there")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()


def _database() -> dict[str, object]:
    """SQLite by default; a system of record may not lose its last commits in a power cut, so synchronous=FULL.

    secure_delete: what is erased is overwritten where it lay, not only let go.
    """
    url = os.environ.get("CANDOUR_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'candour.sqlite3'}"
    try:
        config: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, KeyError) as fault:
        raise ImproperlyConfigured(
            f"CANDOUR_DATABASE_URL is {url.split('@')[-1]!r}; write sqlite:////absolute/path or postgres://…"
        ) from fault
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["NAME"] = str(DATA_DIR / str(config["NAME"]))
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
            "PRAGMA secure_delete=ON;",
        }
    return config


def _trusted_proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks of proxies whose word is taken for who asks; none by default."""
    said = [one.strip() for one in os.environ.get("CANDOUR_TRUSTED_PROXIES", "").split(",")]
    try:
        return tuple(ip_network(one) for one in said if one)
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"CANDOUR_TRUSTED_PROXIES: {fault}; write addresses or networks with commas between: 10.0.0.5,10.1.0.0/16"
        ) from fault


def _site_url() -> str:
    """Where people reach the pages, for links in messages; without a last stroke."""
    url = os.environ.get("CANDOUR_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"CANDOUR_SITE_URL is {url!r}; write https://register.example.org")
    return url


def _file(name: str) -> Path | None:
    """A file that a setting names, which has to be there; None where the setting is not given."""
    path = Path(os.environ[name]).expanduser() if os.environ.get(name) else None
    if path and not path.is_file():
        raise ImproperlyConfigured(f"{name} names {path}, which is not there")
    return path


def _smtp() -> dict[str, object]:
    """How mail is handed on: plain to this machine, else always encrypted; nothing where no server is named."""
    url = os.environ.get("CANDOUR_SMTP_URL", "")
    parts = urlsplit(url)
    if not url:
        return {}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.password:
        raise ImproperlyConfigured(
            "CANDOUR_SMTP_URL is not smtp://user@host:587 or smtps://user@host:465; a password belongs into the file "
            "that CANDOUR_SMTP_PASSWORD_FILE names"
        )
    secret = _file("CANDOUR_SMTP_PASSWORD_FILE")
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 25 if here else 587),
        "username": unquote(parts.username or ""),
        "password": secret.read_text(encoding="utf-8").strip() if secret else "",
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and not here,
        "timeout": 20,
    }


_check_names()
DATA_DIR = _data_dir()
FILES_DIR = DATA_DIR / "files"
CLAMAV = _clamav()
FILE_UPLOAD_HANDLERS = ["candour.web.uploads.Limited"]
FILE_UPLOAD_PERMISSIONS = 0o600
SECRET_KEY = _secret_key()
DEBUG = False
TRUSTED_PROXIES = _trusted_proxies()
HTTPS = _yes("CANDOUR_HTTPS", "no")
ALLOWED_HOSTS = os.environ.get("CANDOUR_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
ROOT_URLCONF = "candour.urls"
WSGI_APPLICATION = "candour.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "candour.ledger",
    "candour.organisation",
    "candour.incidents",
    "candour.figures",
    "candour.foi",
    "candour.web",
]
MIDDLEWARE = [
    "candour.web.proxies.Proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "candour.web.gate.Gate",
    "candour.web.errors.Refusals",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "candour.web.environment.environment",
            "context_processors": ["candour.web.visits.context"],
        },
    }
]

AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "candour.web.accounts.Passwords",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "candour.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# above the five attempts after which django-axes locks, which says more plainly what happened
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/900s/key"}
ACCOUNT_FORMS = {
    "login": "candour.web.sign_in.SignIn",
    "reauthenticate": "candour.web.sign_in.PasswordAgain",
    "change_password": "candour.web.sign_in.NewPassword",
}
MFA_ADAPTER = "candour.web.accounts.SecondFactors"
MFA_TOTP_ISSUER = "Candour"
MFA_FORMS = {
    "activate_totp": "candour.web.sign_in.FirstCode",
    "authenticate": "candour.web.sign_in.Code",
    "reauthenticate": "candour.web.sign_in.CodeAgain",
}
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds each way: phones' clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an address is given by the administrator
MFA_RECOVERY_CODES_SHOW_ONCE = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# codes already used and attempts counted must be known to every process of the web server
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "candour.web.errors.forged"
# the digest of the one inline script, which the page frame of GOV.UK Frontend brings: it marks that scripts run
JS_ENABLED = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF, JS_ENABLED],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

SITE_URL = _site_url()
SMTP = _smtp()
NOTICE_SECRETS_FILE = _file("CANDOUR_NOTICE_SECRETS_FILE")
DEFAULT_FROM_EMAIL = f"candour@{urlsplit(SITE_URL).hostname}"

STATIC_URL = "/assets/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
# the few static files are served from where they lie; their addresses carry a version, so they may be kept long
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 365 * 24 * 60 * 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "data": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "data"}},
    "root": {"handlers": ["stderr"], "level": _log_level()},
}

"""Settings of the charter portal: one file, read from a typed environment.

Outside the demo a missing secret stops the start. `DEMO=1` gives every secret a demo
value and therefore refuses to be reachable from anywhere but this machine.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver", ".localhost"}
DEMO = env.bool("DEMO", default=False)
DEBUG = False


SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10
SECRETS: dict[str, str] = {}

# An installation of one's own on this machine: real, and reached on localhost without TLS.
LOCAL = env.bool("LOCAL", default=False)
IS_PLAIN = DEMO or LOCAL

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
IS_ON_LOCAL_HOSTS = set(ALLOWED_HOSTS) <= LOCAL_HOSTS


def secret(name: str) -> str:
    """The secret's value; in the demo a fixed one that nobody may rely on."""
    value = str(env.str(name, default="")).strip()
    if DEMO:
        return value or f"demo-only-{name.lower()}-" + "0" * 40
    if fault := fault_of(value):
        raise ImproperlyConfigured(
            f"{name} is {fault}: give it a random value of at least {SHORTEST_SECRET} characters"
        )
    SECRETS[name] = value
    return value


def fault_of(value: str) -> str:
    """What shows that nobody drew this value at random; empty where nothing does."""
    if not value:
        return "empty or missing"
    if len(value) < SHORTEST_SECRET:
        return "too short"
    if any(not sign.isprintable() or sign.isspace() for sign in value):
        return "a text with spaces"
    # A text that repeats a shorter one is found within itself.
    if len(set(value)) < FEWEST_CHARACTERS or value in (value + value)[1:-1]:
        return "the same characters again and again"
    if value.startswith("demo-only-") and not IS_ON_LOCAL_HOSTS:
        return "the one of the demo"
    if same := [name for name, other in SECRETS.items() if other == value]:
        return f"the same as {same[0]}"
    return ""


SECRET_KEY = secret("SECRET_KEY")
LEDGER_SEAL_KEY = secret("LEDGER_SEAL_KEY")
MFA_KEY = secret("MFA_KEY")
# Needed with a reader's passphrase to open the concerns desk; the recovery sheet needs neither.
DESK_KEY = secret("DESK_KEY")
# The six words of the first list of readers, as the recovery sheets print them.
CONCERNS_FINGERPRINT = env.str("CONCERNS_FINGERPRINT", default="")
# The page of the company's own site that leads to the concerns channel: what the poster says.
CONCERNS_PAGE = env.str("CONCERNS_PAGE", default="")

if DEMO and not IS_ON_LOCAL_HOSTS:
    raise ImproperlyConfigured(
        "DEMO=1 signs people in without a password, so it runs on local hosts only. "
        "Take DEMO away or set ALLOWED_HOSTS to localhost."
    )
if LOCAL and not IS_ON_LOCAL_HOSTS:
    raise ImproperlyConfigured(
        "LOCAL=1 speaks without TLS, so it runs on local hosts only. "
        "Take LOCAL away or set ALLOWED_HOSTS to localhost."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where people reach the portal: mails name it, and no request is there to ask.
PORTAL_URL = env.str(
    "PORTAL_URL",
    default="http://localhost:8000" if IS_PLAIN else f"https://{[*ALLOWED_HOSTS, 'localhost'][0]}",
).rstrip("/")

# What is not code: database, broker, documents. Never inside the served folders.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Where the ledger's heads are noted down each night. Better on a disk that whoever keeps the
# database cannot write.
ANCHOR_DIR = Path(env.str("ANCHOR_DIR", default=str(VAR_DIR / "anchors")))

INSTALLED_APPS = [
    "charter_portal",
    "whistleblower",
    "auditors",
    "meetings",
    "committees",
    "charters",
    "accounts",
    "records",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.session_list.SessionListConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "charter_portal.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "charter_portal.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "charter_portal.middleware.UnbrokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "records.middleware.CompanyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AccessMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "charter_portal.urls"
WSGI_APPLICATION = "charter_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "charter_portal.context.portal",
            ],
        },
    }
]

# Database: SQLite without a word, PostgreSQL by DATABASE_URL.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction takes the write lock at its start and never has to upgrade.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # Deleted keys are overwritten, not only unlinked.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON",
    }
# A connection is kept for a while: SQLite reads the whole schema whenever one is opened.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "records_cache"}
}

# Broker: Redis by REDIS_URL, else folders on this disk. The database holds what is owed;
# the broker only wakes a worker, and messages carry ids alone.
BROKER_DIR = VAR_DIR / "broker"
# A folder has no host; the library warns at every message when none is named.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int | bool]
if REDIS_URL:
    # An act sends its message after the commit: a server that is down must not keep a person waiting.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "socket_connect_timeout": 1,
        "socket_timeout": 3,
    }
else:
    for folder in ("queue", "control", "processed"):
        (BROKER_DIR / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# People sign in with their e-mail address; accounts are made by invitation only.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.RoleBackend",
]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# What binds asks for a sign-in no older than this many seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Paths of forms; what looks like a password to the security check is none.
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "change_password": "accounts.forms.ChangePasswordForm",  # nosec B105
    "reset_password": "accounts.forms.ResetPasswordForm",  # nosec B105
    "reset_password_from_key": "accounts.forms.NewPasswordForm",  # nosec B105
}
# Limits delay and never lock out: the words that say how long are in accounts.adapters.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "invitation": "20/m/ip",
    "factor_lost": "3/m/key",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
# The second factor: passkeys first, one-time codes, recovery codes; secrets encrypted by MFA_KEY.
MFA_ADAPTER = "accounts.factors.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Finger, face or PIN: so a passkey is both factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "authenticate_webauthn": "accounts.forms.PasskeyStepForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
    "activate_totp": "accounts.forms.ActivateCodesForm",
    "add_webauthn": "accounts.forms.PasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_PLAIN
CSRF_COOKIE_HTTPONLY = True
# Gone with the browser: it would tell for a year that somebody came back to the concerns channel.
CSRF_COOKIE_AGE = None

# Mail: to a folder in the demo and on one's own machine, by SMTP (EMAIL_URL) elsewhere.
EMAIL_URL = env.str("EMAIL_URL", default="" if IS_PLAIN else "smtp://localhost:25")
# Whether somebody named the mail server, and not only left what the example file says.
EMAIL_IS_NAMED = "EMAIL_URL" in env.ENVIRON and "example.com" not in EMAIL_URL
if not EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    vars().update(env.email_url_config(EMAIL_URL))
# Seconds for each word with the mail server. A worker that waits longer delivers nothing else.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Charter portal <portal@localhost>")

# Headers: everything from this origin, nothing inline, nobody frames us.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not IS_PLAIN
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if IS_PLAIN else env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_PLAIN

# Static files come from packages and from static/; media are documents behind an access check.
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "records.finders.PackageFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "records.static_files.StaticFiles"},
}
# Only names with a digest are served, permanently; the plain ones would be a second copy.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "documents")))
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "en-us"
USE_I18N = True
FORMAT_MODULE_PATH = ["charter_portal.formats"]
USE_TZ = True
# Instants are stored in UTC; every legal day is the company's own (records.clock).
TIME_ZONE = "UTC"

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "secrets": {"()": "meetings.logs.WithoutSecretAddresses"},
        "cases": {"()": "whistleblower.logs.WithoutCases"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets", "cases"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django's own has handlers and a level; here it speaks through the root's.
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL}},
}

"""Django's settings. Values from the environment are read and validated in config/environment.py; README.md lists
them."""

from environ import Env

from config.environment import BASE_DIR, environment

VAR_DIR = environment.VAR_DIR
DEBUG = environment.DEBUG
HTTPS = environment.HTTPS
ADMIN_ENABLED = environment.ADMIN_ENABLED
ADMIN_PATH = environment.ADMIN_PATH
# How many days a guest's work is kept, counted from the last visit.
GUEST_DAYS = environment.GUEST_DAYS
SIGNUP_OPEN = environment.SIGNUP_OPEN
# How much an account and a guest may store: interviews, and megabytes of texts and files.
QUOTA_INTERVIEWS, QUOTA_MB = environment.QUOTA_INTERVIEWS, environment.QUOTA_MB
GUEST_QUOTA_INTERVIEWS, GUEST_QUOTA_MB = environment.GUEST_QUOTA_INTERVIEWS, environment.GUEST_QUOTA_MB
PG_BIN = environment.PG_BIN

# --- Storage

DATABASES = {
    "default": environment.DATABASE_URL or Env.db_url_config(f"sqlite:///{VAR_DIR / 'afterword.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
ON_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if ON_SQLITE:
    # Readers do not wait for writers (WAL). A write takes its lock at the start, so that it cannot fail halfway, and
    # waits for it up to ten seconds. Deleted data is overwritten in the file.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Seconds. If a database server does not respond within this time, it counts as unavailable.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
# The server uses a connection pool in each of its processes instead (config/database.py).
DATABASE_POOL = environment.DATABASE_POOL and not ON_SQLITE

# Stores the counts of the rate limits; with the default of 300 entries, a flood of requests would evict them.
IN_PROCESS = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
# Results computed from letters (drafts/services/kept.py). Separate, so that they do not evict counts of rate limits.
KEPT = {"KEY_PREFIX": "kept", "TIMEOUT": 24 * 60 * 60}
if environment.CACHE_URL:
    # While the cache is unavailable, each process counts rate limits by itself, and sessions are read from the
    # database.
    CACHES = {
        "default": {**environment.CACHE_URL, "BACKEND": "config.cache.CountingCache"},
        "kept": {**environment.CACHE_URL, "BACKEND": "config.cache.SharedCache", **KEPT},
        "sessions": {**environment.CACHE_URL, "BACKEND": "config.cache.SessionCache"},
    }
else:
    CACHES = {
        "default": IN_PROCESS,
        "kept": {**IN_PROCESS, "LOCATION": "kept", "OPTIONS": {"MAX_ENTRIES": 1000}, **KEPT},
    }
# Without email, accounts only need an address and a password: docs/decisions/0010-accounts.md
MAIL_WORKS = bool(environment.EMAIL_URL)
EMAIL_TIMEOUT = 20  # seconds until we give up on a mail server that does not respond
vars().update(environment.EMAIL_URL or Env.email_url_config("dummymail://"))
DEFAULT_FROM_EMAIL = environment.MAIL_FROM
# The start of links in emails. It never comes from a request's Host header, which the client can forge.
SITE_URL = environment.site

SECRET_KEY, *SECRET_KEY_FALLBACKS = environment.secret_keys

# The language model that the operator configured. If None, nothing about it is shown and no page links to it.
MODEL_URL, MODEL_NAME = environment.MODEL_URL, environment.MODEL_NAME
MODEL_KEY, MODEL_KIND = environment.MODEL_KEY, environment.MODEL_KIND

# --- Hosts, sessions and security

ALLOWED_HOSTS = environment.allowed_hosts
CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS

SESSION_COOKIE_AGE = GUEST_DAYS * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "drafts.views.pages.csrf_failure"
# Sessions are only read from the cache if all workers share it: with a cache per process, a session that ended in one
# worker would stay valid in another.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db" if environment.CACHE_URL else "drafts.sessions"
SESSION_CACHE_ALIAS = "sessions"

SECURE_SSL_REDIRECT = HTTPS
# Health checks use plain HTTP on the internal network.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Whether subdomains use HTTPS too, and whether the domain is preloaded, is for the domain's owner to decide.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.HSTS_SUBDOMAINS
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The browser features that the pages use; all others are disabled.
PERMISSIONS_POLICY = ", ".join(
    [
        "clipboard-write=(self)",
        *(f"publickey-credentials-{name}=(self)" for name in ("create", "get")),
        *(
            f"{name}=()"
            for name in (
                "accelerometer",
                "autoplay",
                "browsing-topics",
                "camera",
                "display-capture",
                "encrypted-media",
                "fullscreen",
                "geolocation",
                "gyroscope",
                "hid",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "picture-in-picture",
                "serial",
                "usb",
                "xr-spatial-tracking",
            )
        ),
    ]
)

# Only content from this site; no inline scripts or styles.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self' data:",
        *(
            f"{name} 'self'"
            for name in ("script-src", "style-src", "font-src", "connect-src", "manifest-src", "form-action")
        ),
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

AUTH_USER_MODEL = "drafts.Candidate"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
# The first signs in guests, who have no password; the second signs in candidates by email address.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

ACCOUNT_ADAPTER = "drafts.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "drafts.accounts.forms.SignInForm",
    "signup": "drafts.accounts.forms.SignUpForm",
    "add_email": "drafts.accounts.forms.AddressForm",
    "change_password": "drafts.accounts.forms.ChangePasswordForm",
    "set_password": "drafts.accounts.forms.SetPasswordForm",
    "reset_password": "drafts.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "drafts.accounts.forms.NewPasswordForm",
    "reauthenticate": "drafts.accounts.forms.AgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_WORKS else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
# Guests are signed in too and must be able to sign in to an account; our views redirect accounts away from these
# pages.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_USER_DISPLAY = str
# In addition to django-allauth's own. Each is far above what a person does. Counted per process if there is no shared
# cache.
ACCOUNT_RATE_LIMITS = {
    "guest": "200/10m/ip",
    "check": "60/10m/ip",
    "preview": "1500/10m/user",
    "upload": "100/10m/user",
    "import": "60/10m/ip",
    "download": "30/10m/user",
    "delete": "10/10m/user",
    "model": "30/10m/user",
}
# The number of trusted proxies; the client's address is the one before theirs in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.TRUSTED_PROXIES
# Updated once a day by drafts.accounts.middleware; allauth's own middleware would write on every request.
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "drafts.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "add_webauthn": "drafts.accounts.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "drafts.accounts.passkeys.SecondPasskeyForm",
    "edit_webauthn": "drafts.accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "drafts.accounts.passkeys.SignInPasskeyForm",
    "reauthenticate_webauthn": "drafts.accounts.passkeys.AgainPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Afterword"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_WORKS

# --- Apps, middleware, templates and static files

INSTALLED_APPS = [
    "drafts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "whitenoise.runserver_nostatic",
    "config.static.OurStaticFilesConfig",
    "django_htmx",
    "django_include_bootstrap",
]

# The token with which Prometheus reads /metrics; without one, nothing is counted.
METRICS_TOKEN = environment.METRICS_TOKEN

MIDDLEWARE = [
    "config.request_ids.RequestIdMiddleware",
    *(["config.metrics.MetricsMiddleware"] if METRICS_TOKEN else []),
    "django.middleware.security.SecurityMiddleware",
    "drafts.web.middleware.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.probes.ProbeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "drafts.web.middleware.CompressionMiddleware",
    "drafts.web.languages.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "drafts.web.middleware.RequestMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "drafts.accounts.middleware.KeepGuestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "drafts.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "config.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "drafts.accounts.context.product",
            ],
            "builtins": ["drafts.templatetags.quick"],
        },
    },
]
FORM_RENDERER = "drafts.forms.rendering.FieldRenderer"

STATIC_URL = "static/"
STATIC_ROOT = environment.static_root
STATICFILES_DIRS = [BASE_DIR / "static"]
UPLOADS_IN_BUCKET = bool(environment.UPLOADS_URL)
STORAGES = {
    "default": {"BACKEND": "config.bucket.Bucket", "OPTIONS": environment.UPLOADS_URL}
    if environment.UPLOADS_URL
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.OurStaticFilesStorage"
    },
}
# Source maps are only read by developer tools, and are slow to compress. Other sites have no reason to load our
# files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "br", "zip")
# Not served by the web server; files are only sent to their owner, as a download or in a letter.
MEDIA_ROOT = VAR_DIR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "drafts.web.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Language and time

LANGUAGE_CODE = "en"
# The interface's; letters are in English. Names as their speakers write them.
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- Logging: the path and the traceback of a failure, never user input

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "config.logs.RequestFilter"}},
    "formatters": {
        "text": {
            "()": "config.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
        },
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": environment.LOG_FORMAT,
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.LOG_LEVEL},
    # Django's default handlers would mail whole requests to the admins.
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        # It would log every request that waits for a moment.
        "waitress.queue": {"level": "ERROR"},
        # It would log for each process where it found the keys of the bucket.
        "botocore": {"level": "WARNING"},
        # Would log each request to the language model.
        "httpx2": {"level": "WARNING"},
        "openai": {"level": "WARNING"},
    },
}

"""What is asked of a Django project in its own environment, with its own settings."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check, Severity

_STAGE = "container-orchestration/environment-config"
_HTTPS, _SECRETS, _AUTH = "https-production", "secrets-config", "authentication-mechanisms"


def _deploy(
    number: str, holds: str, severity: Severity, why: str, mend: str, topic: str = _HTTPS
) -> Check:
    return Check(f"django/{number}", holds, severity, why, mend, topic, _STAGE)


DEPLOY = (
    _deploy(
        "W001",
        "SecurityMiddleware is installed",
        "high",
        "Without it the redirect to HTTPS, HSTS and no-sniff are settings that nobody reads.",
        'Put "django.middleware.security.SecurityMiddleware" first in MIDDLEWARE.',
    ),
    _deploy(
        "W002",
        "Pages cannot be framed by other sites",
        "medium",
        "A page in an invisible frame takes clicks that were meant for another.",
        'Add "django.middleware.clickjacking.XFrameOptionsMiddleware" to MIDDLEWARE.',
    ),
    _deploy(
        "W003",
        "CSRF protection is installed",
        "high",
        "Any page that a user visits can send forms with that user's session.",
        'Add "django.middleware.csrf.CsrfViewMiddleware" to MIDDLEWARE.',
        "csrf-cors",
    ),
    _deploy(
        "W004",
        "HSTS is sent",
        "medium",
        "The first request of each visit goes out in plain text, and can be caught there.",
        "SECURE_HSTS_SECONDS = 3600, then a day, in the end a year.",
    ),
    _deploy(
        "W005",
        "HSTS holds for subdomains",
        "low",
        "A cookie of the domain is sent to a subdomain in plain text.",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS = True once every subdomain has HTTPS.",
    ),
    _deploy(
        "W006",
        "Browsers do not guess content types",
        "medium",
        "An uploaded text that looks like HTML runs as a page of yours.",
        "SECURE_CONTENT_TYPE_NOSNIFF = True, which is the default.",
    ),
    _deploy(
        "W008",
        "Plain HTTP is redirected to HTTPS",
        "high",
        "Passwords and session cookies cross the network where everybody on it can read them.",
        "SECURE_SSL_REDIRECT = True; behind a proxy set SECURE_PROXY_SSL_HEADER too.",
    ),
    _deploy(
        "W009",
        "SECRET_KEY is long and random",
        "high",
        "Whoever guesses it signs sessions and password resets for every account.",
        "Read it from the environment; `secrets.token_urlsafe(50)` makes one.",
        _SECRETS,
    ),
    _deploy(
        "W012",
        "The session cookie travels over HTTPS only",
        "high",
        "One request to http:// gives the session away.",
        "SESSION_COOKIE_SECURE = True.",
    ),
    _deploy(
        "W016",
        "The CSRF cookie travels over HTTPS only",
        "high",
        "The token can be read and set in plain text.",
        "CSRF_COOKIE_SECURE = True.",
    ),
    _deploy(
        "W018",
        "DEBUG is off",
        "high",
        "Each error shows settings, source and variables to whoever caused it.",
        "DEBUG = False in the settings of production.",
        "production-readiness",
    ),
    _deploy(
        "W019",
        "X-Frame-Options is DENY",
        "low",
        "A page of your own can still frame another.",
        'X_FRAME_OPTIONS = "DENY", unless pages of yours frame each other.',
    ),
    _deploy(
        "W020",
        "ALLOWED_HOSTS is not empty",
        "high",
        "With DEBUG off nothing is answered. A `*` passes here, but lets a forged Host into mails.",
        'ALLOWED_HOSTS = ["shop.example.com"].',
    ),
    _deploy(
        "W021",
        "HSTS may be preloaded",
        "low",
        "A browser that was never there sends its first request in plain text.",
        "SECURE_HSTS_PRELOAD = True once you mean to be on the list for ever.",
    ),
    _deploy(
        "W022",
        "A Referrer-Policy is sent",
        "low",
        "Addresses with tokens in them reach other sites as the referrer.",
        'SECURE_REFERRER_POLICY = "same-origin", which is the default.',
    ),
)
CHECKS = (
    *DEPLOY,
    Check(
        "django/check",
        "No other system check complains",
        "medium",
        "Django tells what will break: fields that clash, URLs that never match, missing keys.",
        "Do what the hint says; `python manage.py check` shows it again.",
        "django-core",
    ),
    Check(
        "django/migrations",
        "Models and migrations agree",
        "high",
        "The next deployment runs against tables that lack a column, and every query of it fails.",
        "Run `python manage.py makemigrations`, read the migration, commit it with the model.",
        "migrations",
    ),
    Check(
        "django/openapi",
        "The OpenAPI schema is generated without a warning",
        "medium",
        "Clients are generated from a schema that leaves out what could not be worked out.",
        "Give the view a serializer_class or `@extend_schema`.",
        "openapi-docs",
    ),
    Check(
        "django/cache",
        "All processes share one cache",
        "high",
        "With one cache a process, counters of throttles are too low and deleted entries live on.",
        "CACHES with Redis or Memcached in production.",
        "query-caching",
        "rate-limiting/shared-counter",
    ),
    Check(
        "django/hasher",
        "Passwords are stored with a slow, salted hash",
        "high",
        "A leaked table of fast hashes is a table of passwords by the evening.",
        "Leave PASSWORD_HASHERS alone, or put Argon2 first.",
        _AUTH,
    ),
    Check(
        "django/validators",
        "Four password validators are set",
        "medium",
        "Without them `123456` is accepted, and somebody will use it.",
        "AUTH_PASSWORD_VALIDATORS as startproject writes it.",
        _AUTH,
    ),
    Check(
        "django/session",
        "The session cookie is HttpOnly, SameSite and short-lived",
        "medium",
        "A script reads it, another site sends it, a stolen one works for ever.",
        'SESSION_COOKIE_HTTPONLY = True, SESSION_COOKIE_SAMESITE = "Lax", at most two weeks.',
        _AUTH,
    ),
    Check(
        "django/login",
        "An endpoint asks for a login unless it says otherwise",
        "high",
        "The view that somebody adds in a hurry is public, and no test asks whether it should be.",
        '"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"].',
        "api-authn-authz",
    ),
    Check(
        "django/logs",
        "Logs are JSON lines on a stream",
        "medium",
        "Text in files on one of four hosts cannot be searched while something is burning.",
        "LOGGING with a StreamHandler and a JSON formatter on the root logger.",
        "observability",
    ),
    Check(
        "django/database",
        "The database is not SQLite",
        "high",
        "SQLite ignores lengths and row locks: tests are green, and production behaves otherwise.",
        "PostgreSQL or MySQL in DATABASES, in development and in CI as well.",
        "postgresql-mysql",
    ),
    Check(
        "django/secrets",
        "Without its secrets the settings refuse to load",
        "high",
        "A default becomes production's key on the day a variable is misspelt.",
        '`SECRET_KEY = os.environ["SECRET_KEY"]`, without a default.',
        _SECRETS,
        _STAGE,
    ),
)

"""Traces that a practice leaves in a project: where it is looked for, and what for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nexus_tui.audit.verdict import Check, Severity


@dataclass(frozen=True)
class Trace:
    """A pattern that must be found in some file, or in none."""

    check: Check
    files: re.Pattern[str]
    """Which paths are read, or, without `text`, which path must be there."""
    text: re.Pattern[str] | None = None
    every: tuple[re.Pattern[str], ...] = ()
    """All of these in the same files, each somewhere."""
    forbidden: bool = False
    """No line may match."""
    subject: str | None = None
    """Said where no file is of the kind, and nothing can be told. None: the lack is a finding."""
    unless: re.Pattern[str] | None = None
    """A line that matches this as well is no match."""


def _paths(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DOCS = _paths(r"\.(md|rst|adoc|txt)$")
_PYTHON = _paths(r"\.py$")
_TESTS = _paths(r"(^|/)(tests?/.*|test_[^/]*|[^/]*_tests?|tests)\.py$")
_YAML = _paths(r"\.ya?ml$")
_PIPELINES = _paths(
    r"(^|/)(\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci/config\.yml|Jenkinsfile)$"
)
_DEPLOYS = _paths(
    r"(^|/)(\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.yml|Makefile|[^/]*deploy[^/]*|deploy/.*)$"
)
_TERRAFORM = _paths(r"\.tf$")
_ANY_TEXT = _paths(
    r"(\.(py|sh|ya?ml|tf|toml|cfg|ini|conf|env|cron|timer|service|sql)|(^|/)(Makefile|crontab|Dockerfile[^/]*))$"
)
_PROXY = _paths(r"(\.conf|\.conf\.[^/]+|\.nginx|nginx[^/]*|Caddyfile|\.tf)$")
_LOAD = _paths(r"(^|/)(locustfile[^/]*\.py|(k6|load|perf|load-?tests?)/.*\.(js|py|jmx))$")
ALERTS = _paths(r"(alert|rules)[^/]*\.ya?ml$|(alerts|rules|prometheus)/.*\.ya?ml$")


def _trace(
    name: str,
    holds: str,
    severity: Severity,
    why: str,
    mend: str,
    topic: str,
    files: re.Pattern[str],
    *texts: str,
    forbidden: bool = False,
    subject: str | None = None,
    unless: str | None = None,
    stage: str | None = None,
) -> Trace:
    if not forbidden:
        severity = "low"  # what is missing here may stand elsewhere
    patterns = [re.compile(text, re.IGNORECASE | re.MULTILINE) for text in texts]
    return Trace(
        Check(f"trace/{name}", holds, severity, why, mend, topic, stage),
        files,
        patterns[0] if patterns else None,
        tuple(patterns[1:]),
        forbidden,
        subject,
        re.compile(unless, re.IGNORECASE) if unless else None,
    )


TRACES = (
    _trace(
        "rpo-rto",
        "RPO and RTO are written down",
        "medium",
        "Whether eighteen hours of lost orders are acceptable is decided too late in the outage.",
        'Write "at most 5 minutes of data, back within 2 hours" into the runbook.',
        "backups-recovery",
        _DOCS,
        r"\bRPO\b|recovery point objective",
        r"\bRTO\b|recovery time objective",
    ),
    _trace(
        "backup-job",
        "A backup is made by a script or a service",
        "high",
        "A backup that somebody has to think of is not made in the week it is needed.",
        "A job with pg_dump, pgBackRest or the cloud's own, started by a schedule.",
        "backups-recovery",
        _ANY_TEXT,
        r"\b(pg_dump|pg_basebackup|pgbackrest|wal-g|barman|mysqldump|dbbackup)\b|backup_retention_period",
    ),
    _trace(
        "restore-script",
        "The restore is a script in the repository",
        "high",
        "Restoring from memory, at night, into the wrong host, makes a small loss a total one.",
        "A script that makes a new database and restores into that.",
        "backups-recovery",
        _ANY_TEXT,
        r"\bpg_restore\b|pgbackrest .*restore|wal-g backup-fetch|restore-db-instance"
        r"|dbrestore|barman recover",
    ),
    _trace(
        "two-colours",
        "Old and new version can run side by side",
        "medium",
        "Stopping the old to start the new is an outage for as long as the start takes.",
        "Two services, blue and green, behind a router that knows which is live.",
        "blue-green",
        _paths(r"\.(ya?ml|tf|conf|sh)$"),
        r"(^|[^a-z])blue([^a-z]|$)",
        r"(^|[^a-z])green([^a-z]|$)",
    ),
    _trace(
        "health-gate",
        "Traffic moves only after the new version is healthy",
        "high",
        "A process that started is not one that reaches its database.",
        "`curl --fail --retry 10 --retry-all-errors http://green/readyz` before the switch.",
        "blue-green",
        _DEPLOYS,
        r"readyz|healthz|/health|--retry|rollout status|service_healthy|--wait\b",
        subject="there is no pipeline and no deploy script",
    ),
    _trace(
        "way-back",
        "One command switches back",
        "high",
        "A way back through revert, build and CI is half an hour of errors.",
        "A job or target that points the router at the other version, without a build.",
        "blue-green",
        _DEPLOYS,
        r"roll-?back|switch-?back|rollout undo",
        subject="there is no pipeline and no deploy script",
    ),
    _trace(
        "slo",
        "Service level objectives are written down",
        "high",
        "Without a number each slow minute is argued about.",
        'Write "99.5 % of POST /orders answer without 5xx in 500 ms, over 28 days".',
        "slo-alerting",
        _paths(r"\.(md|rst|ya?ml)$"),
        r"\bSLOs?\b|service level objective",
    ),
    _trace(
        "burn-rate",
        "Pages follow how fast the error budget burns",
        "medium",
        "A limit on errors wakes you for a blip, and stays silent at half of it for a week.",
        "Two windows at 14.4 times the allowed rate page; one over three days opens a ticket.",
        "slo-alerting",
        ALERTS,
        r"14\.4|burn",
        subject="there are no alert rules",
    ),
    _trace(
        "watchdog",
        "Silence of the monitoring itself raises an alert",
        "medium",
        "A Prometheus that is down fires no alert, which looks like health.",
        "An alert with `vector(1)` that an outside service waits for, and `absent(up)`.",
        "slo-alerting",
        ALERTS,
        r"vector\(1\)|absent\(|absent_over_time\(",
        subject="there are no alert rules",
    ),
    _trace(
        "percentile",
        "Latency alerts use a percentile",
        "medium",
        "A mean of 200 ms hides that one user in twenty waits ten seconds.",
        "`histogram_quantile(0.95, …)`, or the share of requests within a bucket.",
        "observability",
        ALERTS,
        r"histogram_quantile|_bucket",
        subject="there are no alert rules",
    ),
    _trace(
        "decisions",
        "Large decisions have a record",
        "low",
        "A year later nobody knows why, and the discussion starts from nothing.",
        "docs/adr/0001-title.md: context, decision, consequences, on one page.",
        "code-documentation",
        _paths(r"(^|/)(adrs?|decisions|decision-records)/.*\.(md|rst)$"),
    ),
    _trace(
        "runbook",
        "A runbook is in the repository",
        "medium",
        "At night the one who wrote the system is asleep.",
        "docs/runbook.md: deploy, roll back, restore, and what each alert means.",
        "code-documentation",
        _paths(r"runbooks?([^/]*\.(md|rst)$|/.*\.(md|rst)$)"),
    ),
    _trace(
        "tls-versions",
        "TLS 1.0 and 1.1 are switched off",
        "medium",
        "Both have known attacks, and auditors ask first.",
        "`ssl_protocols TLSv1.2 TLSv1.3;`.",
        "networking-dns-tls",
        _PROXY,
        r"ssl_protocols[^;#\n]*\b(SSLv[23]|TLSv1(\.1)?)(?![.\d])|TLS-?1-?0|TLSv1_2016|TLSv1\.1_2016|Policy-2016-08",
        forbidden=True,
        subject="there is no configuration of a proxy",
    ),
    _trace(
        "tf-backend",
        "Terraform state is remote",
        "high",
        "State on a laptop is lost with it, and two people apply over each other.",
        'A `backend "s3"` with encryption and locking, or `cloud {}`.',
        "infrastructure-as-code",
        _TERRAFORM,
        r"^\s*backend\s+\"(?!local)\w+\"|^\s*cloud\s*\{",
        subject="there is no Terraform",
    ),
    _trace(
        "tf-versions",
        "Terraform and its providers have fixed versions",
        "medium",
        "A provider that changed overnight plans to replace the database.",
        "required_version, a version for each provider, and .terraform.lock.hcl in git.",
        "infrastructure-as-code",
        _TERRAFORM,
        r"^\s*required_version\s*=",
        r"^\s*version\s*=|required_providers",
        subject="there is no Terraform",
    ),
    _trace(
        "tf-open",
        "Nothing is open to the whole internet by accident",
        "high",
        "A database port that is open to 0.0.0.0/0 is tried within the hour.",
        "Name the ranges; let the load balancer be the one with 0.0.0.0/0, and say so.",
        "infrastructure-as-code",
        _TERRAFORM,
        r"^[^#\n]*(cidr[^#\n]*(0\.0\.0\.0/0|::/0)|acl\s*=\s*\"public-read|publicly_accessible\s*=\s*true)",
        forbidden=True,
        subject="there is no Terraform",
    ),
    _trace(
        "tf-secret",
        "No secret is written into Terraform",
        "high",
        "It is in git and in the state.",
        "A variable with `sensitive = true`, filled from a secret store.",
        "secrets-config",
        _paths(r"\.(tf|tfvars)$"),
        r"^[^#\n]*\b\w*(password|secret|token|api_key|private_key)\w*\s*=\s*\"[^\"$]+\"",
        forbidden=True,
        subject="there is no Terraform",
    ),
    _trace(
        "tf-plan",
        "Each change shows its plan before it is merged",
        "high",
        "`-/+ replace` of a database is read in a plan, and nowhere else.",
        "`terraform plan` in the pipeline of pull requests.",
        "infrastructure-as-code",
        _paths(r"(^|/)(\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.yml|atlantis\.ya?ml)$"),
        r"terraform[ -]plan|tofu plan|atlantis",
        subject="there is no pipeline",
    ),
    _trace(
        "body-size",
        "The size of a request body is limited",
        "medium",
        "One client that sends ten gigabytes fills memory or disk.",
        "`client_max_body_size` at the proxy, DATA_UPLOAD_MAX_MEMORY_SIZE in Django.",
        "api-security-top10",
        _paths(r"(\.py|\.conf|\.conf\.[^/]+|nginx[^/]*|Caddyfile|\.ya?ml)$"),
        r"client_max_body_size|DATA_UPLOAD_MAX_MEMORY_SIZE|max_size\b|proxy-body-size|LimitRequestBody",
    ),
    _trace(
        "load-script",
        "A load test is in the repository",
        "medium",
        "A limit that nobody has measured is found by customers.",
        "load/checkout.js for k6, or a locustfile.py.",
        "load-testing",
        _LOAD,
    ),
    _trace(
        "load-goals",
        "The load test fails by itself on its goals",
        "high",
        "A chart that somebody must look at is not looked at.",
        'k6: thresholds {http_req_failed: ["rate<0.01"], http_req_duration: ["p(95)<500"]}.',
        "load-testing",
        _LOAD,
        r"p\(9[59]\)|http_req_failed|process_exit_code|get_response_time_percentile",
        subject="there is no load test",
    ),
    _trace(
        "load-rate",
        "The load is a rate of arrivals",
        "medium",
        "Users who wait for the answer slow down with the server, and hide that it is slow.",
        "`constant-arrival-rate` in k6, `constant_throughput` in Locust.",
        "load-testing",
        _LOAD,
        r"arrival-rate|constant_throughput|constant_pacing",
        subject="there is no load test",
    ),
    _trace(
        "load-schedule",
        "A schedule starts the load test",
        "low",
        "What is run by hand is run once.",
        "`on: schedule: [{cron: …}]` with k6 or locust in a job.",
        "load-testing",
        _PIPELINES,
        r"cron:|CI_PIPELINE_SOURCE.*schedule",
        r"\b(k6|locust|jmeter|gatling|artillery)\b",
        subject="there is no pipeline",
    ),
    _trace(
        "load-hosts",
        "The load test aims at your own hosts alone",
        "high",
        "A typing error in the address is an attack on somebody.",
        "Read the host from an environment variable and refuse all but a list.",
        "load-testing",
        _LOAD,
        r"https?://(?!localhost|127\.|0\.0\.0\.0|[\w.-]*\.(test|example|internal|local)(?![\w.])|\$|\{)[\w.-]+",
        forbidden=True,
        subject="there is no load test",
        unless=r"^\s*(import|//|#|\*)",
    ),
    _trace(
        "error-collector",
        "Unhandled errors reach a collector",
        "high",
        "Otherwise the first to tell you is a customer.",
        "`sentry_sdk.init(...)` or OpenTelemetry, with the release.",
        "observability",
        _paths(r"(\.(py|toml|txt|ya?ml|env|example|cfg)|Dockerfile[^/]*)$"),
        r"sentry_sdk|SENTRY_DSN|OTEL_EXPORTER_OTLP|opentelemetry|rollbar|honeybadger|bugsnag",
    ),
    _trace(
        "cache-map",
        "A document names the layers of caching",
        "medium",
        "Whoever looks for a stale value has to guess at five places.",
        "A table: layer, key, life, who invalidates, what happens without it.",
        "multi-layer-caching",
        _DOCS,
        r"\bTTLs?\b|time to live",
        r"invalidat",
    ),
    _trace(
        "codeowners",
        "CODEOWNERS names who must see risky paths",
        "medium",
        "A change to permissions is approved by whoever has time.",
        ".github/CODEOWNERS: `/shop/payments/ @team-payments`.",
        "code-review",
        _paths(r"^(\.github/|\.gitlab/|docs/)?CODEOWNERS$"),
    ),
    _trace(
        "pr-template",
        "A pull request template asks the questions",
        "low",
        "Why, proof and way back are left out where nobody asks.",
        ".github/pull_request_template.md with three headings.",
        "code-review",
        _paths(
            r"^(\.github/|docs/)?pull_request_template(\.md|/.*)$|^\.gitlab/merge_request_templates/"
        ),
    ),
    _trace(
        "lint-in-ci",
        "Linter and formatter run in the pipeline",
        "medium",
        "What only laptops check is checked by some.",
        "`ruff check .` and `ruff format --check .` as steps, or pre-commit.",
        "ci-cd",
        _PIPELINES,
        r"ruff check|pre-commit|flake8|pylint|make lint|ruff-action",
        r"ruff format|black --check|pre-commit|make lint|ruff-action",
        subject="there is no pipeline",
    ),
    _trace(
        "rule-set",
        "The rules of the linter are written down",
        "medium",
        "Else each laptop checks by the defaults of its version.",
        '[tool.ruff.lint] select = ["E", "F", "I", "B"] in pyproject.toml.',
        "pep8-style",
        _paths(r"(^|/)(pyproject\.toml|\.?ruff\.toml|setup\.cfg|\.flake8|\.pylintrc)$"),
        r"^\s*(lint\.)?(extend-)?select\s*=|^\[flake8\]|^\[MAIN\]|^\[MASTER\]",
    ),
    _trace(
        "ruff-pinned",
        "One version of ruff is pinned",
        "low",
        "A new release finds new things, and the branch of somebody else turns red.",
        "`ruff==0.14.6` in the lock of development, or rev: in pre-commit.",
        "dependency-supply-chain",
        _paths(
            r"(^|/)([^/]*requirements[^/]*\.txt|requirements/.*|pyproject\.toml|\.?ruff\.toml"
            r"|\.pre-commit-config\.ya?ml|[^/]*\.lock)$"
        ),
        r"\bruff\s*==|required-version\s*=|ruff-pre-commit|^name = \"ruff\"",
    ),
    _trace(
        "query-count-test",
        "Tests count the queries of endpoints",
        "high",
        "An N+1 is added by one line of a serializer, and no other test notices.",
        "`with self.assertNumQueries(3):` around the request, at two sizes.",
        "orm-performance",
        _TESTS,
        r"assertNumQueries|django_assert_(max_)?num_queries|CaptureQueriesContext",
        subject="there are no tests",
        stage="database-performance/guard-test",
    ),
    _trace(
        "second-factor",
        "Staff need a second factor",
        "high",
        "One reused password of one colleague opens the admin.",
        "django-otp or allauth.mfa, required for staff.",
        "authentication-mechanisms",
        _PYTHON,
        r"django_otp|OTPAdminSite|allauth\.mfa|two_factor|allauth_2fa",
        subject="there is no Python",
    ),
    _trace(
        "token-expiry",
        "API tokens expire",
        "medium",
        "rest_framework.authtoken never does: a leaked one works for ever.",
        "Simple JWT with lifetimes and rotation, or django-rest-knox.",
        "jwt",
        _PYTHON,
        r"TOKEN_LIFETIME|ROTATE_REFRESH_TOKENS|token_blacklist|TOKEN_TTL|EXPIRES?_(IN|AFTER)|[\"']exp[\"']",
        subject="there is no Python",
    ),
    _trace(
        "key-fallbacks",
        "SECRET_KEY can be replaced without a logout",
        "medium",
        "A leaked key must go today, and the team puts it off.",
        "SECRET_KEY_FALLBACKS from the environment.",
        "secrets-config",
        _PYTHON,
        r"SECRET_KEY_FALLBACKS",
        subject="there is no Python",
    ),
    _trace(
        "test-levels",
        "There are tests without a database, with one, and by HTTP",
        "medium",
        "Only by HTTP is slow, only with mocks is green while the real query is broken.",
        "SimpleTestCase for rules, TestCase for queries, a client for endpoints.",
        "testing-strategy",
        _TESTS,
        r"SimpleTestCase|unittest\.TestCase|^def test_(?![^\n]*\b(db|client|api_client)\b)",
        r"(?<!Simple)(?<!unittest\.)\bTestCase\b|django_db|TransactionTestCase",
        r"APIClient|APITestCase|self\.client|\bclient\.(get|post|put|patch|delete)\(",
        subject="there are no tests",
    ),
    _trace(
        "refusal-tests",
        "Tests assert 401, 403, 404 and 429",
        "high",
        "Tests that log in and send good data stay green when a permission is deleted.",
        "One test as nobody, one as the wrong user, one for a missing id, one over the limit.",
        "testing-strategy",
        _TESTS,
        r"\b401\b|HTTP_401",
        r"\b403\b|HTTP_403",
        r"\b404\b|HTTP_404",
        r"\b429\b|HTTP_429",
        subject="there are no tests",
    ),
)
ALERT_RUNBOOKS = Check(
    "trace/alert-runbooks",
    "Each alert has a runbook and a waiting time",
    "medium",
    "Whoever is woken has to know what to do, and should not be woken for one bad scrape.",
    "`for: 5m` and `annotations: {runbook_url: …}` on each alert.",
    "slo-alerting",
)
CHECKS = (*(trace.check for trace in TRACES), ALERT_RUNBOOKS)
READS = re.compile(
    "|".join(sorted({f"({trace.files.pattern})" for trace in TRACES})), re.IGNORECASE
)

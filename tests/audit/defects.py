"""For each check that reads files, what in the good project has to change for it to fail."""

from __future__ import annotations

from tests.audit.building import Edit, removed, replaced, written

_DB = "  db:\n    image: postgres:17.2\n"
_COMPOSE, _FLOW, _TF = "compose.yaml", ".github/workflows/ci.yaml", "infra/main.tf"
_RULES, _LOAD, _TESTS = "alerts/rules.yaml", "load/checkout.js", "shop/tests/test_books.py"
_SETTINGS, _RUNBOOK = "config/settings.py", "docs/runbook.md"


def _module(code: str) -> Edit:
    """One more module of the shop."""
    return written("shop/more.py", f'"""More."""\n\n{code}')


CODE: dict[str, tuple[Edit, ...]] = {
    "nexus/query-in-loop": (
        _module(
            "from shop.models import Book\n\n\ndef titles(numbers):\n"
            '    """The titles."""\n'
            "    return [Book.objects.get(pk=number).title for number in numbers]\n"
        ),
    ),
    "nexus/all-fields": (
        replaced("shop/serializers.py", 'fields = ["id", "title", "author"]', 'fields = "__all__"'),
    ),
    "nexus/silent-except": (
        replaced("shop/orders.py", "except json.JSONDecodeError:\n        return {}",
                 "except Exception:\n        pass"),
    ),
    "nexus/request-timeout": (replaced("shop/orders.py", ", timeout=(3, 10)", ""),),
    "nexus/task-in-transaction": (
        replaced("shop/orders.py", "transaction.on_commit(lambda: send.delay(book.pk))",
                 "send.delay(book.pk)"),
    ),
    "nexus/mark-safe": (
        replaced("templates/book.html", "{{ book.title }}", "{{ book.title|safe }}"),
    ),
    "nexus/page-size": (replaced("shop/pages.py", "    max_page_size = 100\n", ""),),
    "nexus/upload-validators": (
        replaced("shop/models.py", 'models.FileField(validators=[FileExtensionValidator(["pdf"])])',
                 "models.FileField()"),
    ),
    "nexus/fetched-address": (
        _module(
            "import requests\n\n\ndef fetch(request):\n"
            '    """What is at the address."""\n'
            '    address = request.GET["url"]\n'
            "    return requests.get(address, timeout=3).text\n"
        ),
    ),
    "nexus/personal-logs": (
        replaced("shop/views.py", 'logger.info("%d titles", len(found))',
                 'logger.info("%s", request.data)'),
    ),
    "nexus/cache-forever": (replaced(_SETTINGS, '"TIMEOUT": 300', '"TIMEOUT": None'),),
    "nexus/cache-after-commit": (
        replaced("shop/orders.py", 'transaction.on_commit(lambda: cache.delete(f"book:{book.pk}"))',
                 'cache.delete(f"book:{book.pk}")'),
    ),
    "nexus/secret-default": (
        replaced(_SETTINGS, 'os.environ["SECRET_KEY"]', 'os.environ.get("SECRET_KEY", "dev")'),
    ),
    "nexus/debug-literal": (replaced(_SETTINGS, "DEBUG = False", "DEBUG = True"),),
    "nexus/env-example": (replaced(".env.example", "RELEASE=\n", ""),),
}  # fmt: skip

CONFIGS: dict[str, tuple[Edit, ...]] = {
    "schema/compose": (replaced(_COMPOSE, "image: postgres", "imagee: postgres"),),
    "schema/workflow": (replaced(_FLOW, "    runs-on: ubuntu-latest\n    steps:\n      - uses: "
                                 "actions/checkout@v4\n      - run: ruff",
                                 "    steps:\n      - run: ruff"),),
    "nexus/image-user": (replaced("Dockerfile", "USER 1000\n", ""),),
    "nexus/image-layers": (
        replaced("Dockerfile", "COPY requirements.txt .\n", "COPY . .\n"),
    ),
    "nexus/image-healthcheck": (replaced("Dockerfile", "HEALTHCHECK CMD", "# CMD"),),
    "nexus/image-secret": (replaced("Dockerfile", "WORKDIR", "ENV SECRET_KEY=abc\nWORKDIR"),),
    "nexus/image-exec-form": (
        replaced("Dockerfile", '["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000"]',
                 "gunicorn config.wsgi"),
    ),
    "nexus/image-context": (removed(".dockerignore"),),
    "nexus/depends-on-health": (
        replaced(_COMPOSE, "condition: service_healthy", "condition: service_started"),
    ),
    "nexus/compose-names": (replaced(_COMPOSE, "volumes:\n  data:\n", ""),),
    "nexus/compose-latest": (replaced(_COMPOSE, "postgres:17.2", "postgres"),),
    "nexus/compose-secret": (
        replaced(_COMPOSE, "${POSTGRES_PASSWORD:?}", "hunter2"),
    ),
    "nexus/compose-ports": (
        replaced(_COMPOSE, _DB, f'{_DB}    ports: ["5432:5432"]\n'),
    ),
    "nexus/workflow-needs": (replaced(_FLOW, "needs: [lint]", "needs: [lnit]"),),
    "nexus/workflow-untrusted": (
        replaced(_FLOW, "  pull_request:\n", "  pull_request_target:\n"),
        replaced(_FLOW, "      - uses: actions/checkout@v4\n      - run: ruff",
                 "      - uses: actions/checkout@v4\n        with: {ref: "
                 '"${{ github.event.pull_request.head.sha }}"}\n      - run: ruff'),
    ),
    "nexus/workflow-injection": (
        replaced(_FLOW, '"title=$TITLE"', '"title=${{ github.event.pull_request.title }}"'),
    ),
    "nexus/workflow-permissions": (
        replaced(_FLOW, "permissions:\n  contents: read\n", ""),
    ),
    "nexus/workflow-pinned": (
        replaced(_FLOW, "@a15e2072ede004e8d46141e33d7f7dad8ad08d9d", "@v1"),
    ),
}  # fmt: skip

TRACES: dict[str, tuple[Edit, ...]] = {
    "trace/rpo-rto": (replaced(_RUNBOOK, "RTO", "time"),),
    "trace/backup-job": (removed("deploy/backup.sh"),),
    "trace/restore-script": (removed("deploy/restore.sh"),),
    "trace/two-colours": (
        replaced(_COMPOSE, "green", "other"), replaced("deploy/switch.sh", "green", "other"),
    ),
    "trace/health-gate": (
        replaced("deploy/switch.sh",
                 'curl --fail --retry 10 --retry-all-errors "http://$1.internal/readyz"\n', ""),
    ),
    "trace/way-back": (replaced("deploy/switch.sh", "rollback", "other"),),
    "trace/slo": (replaced(_RUNBOOK, "The SLO", "Aim"),
                  replaced(_RULES, "name: slo", "name: all")),
    "trace/burn-rate": (
        replaced(_RULES, "BudgetBurnsFast", "Errors"), replaced(_RULES, "14.4", "9"),
        replaced(_RULES, "/burn", "/errors"),
    ),
    "trace/watchdog": (replaced(_RULES, "vector(1)", "up"),),
    "trace/percentile": (
        replaced(_RULES, "histogram_quantile(0.95, sum(rate(seconds_bucket[5m])) by (le))",
                 "avg(seconds)"),
    ),
    "trace/alert-runbooks": (replaced(_RULES, "        for: 10m\n", ""),),
    "trace/decisions": (removed("docs/adr"),),
    "trace/runbook": (removed(_RUNBOOK),),
    "trace/tls-versions": (
        replaced("deploy/nginx.conf", "TLSv1.2 TLSv1.3", "TLSv1 TLSv1.2"),
    ),
    "trace/tf-backend": (replaced(_TF, 'backend "s3"', 'backend "local"'),),
    "trace/tf-versions": (replaced(_TF, '  required_version = ">= 1.9"\n', ""),),
    "trace/tf-open": (replaced(_TF, "10.0.0.0/16", "0.0.0.0/0"),),
    "trace/tf-secret": (replaced(_TF, "  sensitive = true\n", ""),
                        written("infra/db.tf", 'locals {\n  db_password = "hunter2"\n}\n')),
    "trace/tf-plan": (
        replaced(_FLOW, 'terraform -chdir=infra plan && echo "terraform plan"', "make plan"),
    ),
    "trace/body-size": (
        replaced("deploy/nginx.conf", "    client_max_body_size 1m;\n", ""),
        replaced(_SETTINGS, "DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000\n", ""),
    ),
    "trace/load-script": (removed(_LOAD),),
    "trace/load-goals": (
        replaced(_LOAD, '{ http_req_failed: ["rate<0.01"], http_req_duration: '
                 '["p(95)<500", "p(99)<900"] }', "{}"),
    ),
    "trace/load-rate": (replaced(_LOAD, "constant-arrival-rate", "constant-vus"),),
    "trace/load-schedule": (
        replaced(_FLOW, '  schedule:\n    - cron: "0 3 * * 1"\n', ""),
    ),
    "trace/load-hosts": (
        replaced(_LOAD, "`${__ENV.TARGET}/books/`", '"https://shop.test.example.org/books/"'),
    ),
    "trace/error-collector": (
        replaced(_SETTINGS, "import sentry_sdk\n", ""),
        replaced(_SETTINGS, 'sentry_sdk.init(release=os.environ.get("RELEASE"))\n', ""),
    ),
    "trace/cache-map": (replaced(_RUNBOOK, "TTL", "life"),),
    "trace/codeowners": (removed(".github/CODEOWNERS"),),
    "trace/pr-template": (removed(".github/pull_request_template.md"),),
    "trace/lint-in-ci": (replaced(_FLOW, " && ruff format --check .", ""),),
    "trace/rule-set": (
        replaced("pyproject.toml", 'select = ["E", "F", "I", "B"]\n', ""),
    ),
    "trace/ruff-pinned": (replaced("requirements-dev.txt", "ruff==0.14.6", "ruff"),),
    "trace/query-count-test": (replaced(_TESTS, "assertNumQueries(2)", "subTest()"),),
    "trace/second-factor": (replaced(_SETTINGS, 'OTP_APP = "django_otp"\n', ""),),
    "trace/token-expiry": (replaced(_SETTINGS, "ACCESS_TOKEN_LIFETIME = 900\n", ""),),
    "trace/key-fallbacks": (replaced(_SETTINGS, "SECRET_KEY_FALLBACKS", "OLD"),),
    "trace/test-levels": (replaced(_TESTS, "class Payloads(SimpleTestCase)",
                                   "class Payloads(TestCase)"),
                          replaced(_TESTS, "import SimpleTestCase, TestCase", "import TestCase")),
    "trace/refusal-tests": (replaced(_TESTS, ', ("/login/", 429)', ""),),
}  # fmt: skip

# What a module of the shop says.
RUFF = {
    "ruff/E": f"LONG = '{'a line that is too long ' * 5}'\n",
    "ruff/F": "def f():\n    return nowhere\n",
    "ruff/F401": "import os\n",
    "ruff/I": "import sys\nimport os\n\nprint(os, sys)\n",
    "ruff/N": "def Shout():\n    return 1\n",
    "ruff/UP": "import typing\n\nX: typing.List[int] = []\n",
    "ruff/B": "def f(x=[]):\n    return x\n",
    "ruff/DJ": "from django.db.models import Model\n\n\nclass Order(Model):\n    x = 1\n",
    "ruff/ASYNC": "import time\n\n\nasync def f():\n    time.sleep(1)\n",
    "ruff/PERF": "def f(x):\n    for k, v in x.items():\n        yield v\n",
    "ruff/T20": "print(1)\n",
    "ruff/D1": "def f():\n    return 1\n",
    "ruff/noqa": "X = 1  # noqa: E501\n",
    "ruff/format": "X  =  1\n",
    "ruff/sql": "def f(c, n):\n    c.execute(f\"SELECT * FROM t WHERE n = '{n}'\")\n",
    "ruff/code": "def f(x):\n    return eval(x)\n",
    "ruff/tls": "import requests\n\nrequests.get('https://x', verify=False, timeout=1)\n",
    "ruff/S": "import hashlib\n\nX = hashlib.md5(b'').hexdigest()\n",
}

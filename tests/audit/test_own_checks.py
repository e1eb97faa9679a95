"""Our own checks, each proved both ways: on the good project, and on one with the defect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.checks import code, configs, traces
from nexus_tui.audit.checks.code_checks import CHECKS as CODE_CHECKS
from nexus_tui.audit.checks.form_checks import CHECKS as FORM_CHECKS
from nexus_tui.audit.checks.image_checks import CHECKS as IMAGE_CHECKS
from nexus_tui.audit.checks.pipeline_checks import CHECKS as PIPELINE_CHECKS
from nexus_tui.audit.checks.stack_checks import CHECKS as STACK_CHECKS
from nexus_tui.audit.checks.trace_checks import CHECKS as TRACE_CHECKS
from tests.audit.building import GOOD, build, look, write
from tests.audit.defects import CODE, CONFIGS, TRACES

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.audit.verdict import Check
    from tests.audit.building import Edit

_CONFIG_CHECKS = (*FORM_CHECKS, *IMAGE_CHECKS, *STACK_CHECKS, *PIPELINE_CHECKS)
FAMILIES = (
    (code, CODE_CHECKS, CODE),
    (configs, _CONFIG_CHECKS, CONFIGS),
    (traces, TRACE_CHECKS, TRACES),
)
DEFECTS = [
    pytest.param(module, check, edits, id=check)
    for module, _, defects in FAMILIES
    for check, edits in defects.items()
]


@pytest.mark.parametrize(("module", "checks", "defects"), FAMILIES)
def test_every_check_of_the_family_has_a_defect_and_passes_on_the_good_project(
    module: object, checks: tuple[Check, ...], defects: dict[str, tuple[Edit, ...]]
) -> None:
    assert set(defects) == {check.id for check in checks}
    found = look(module, GOOD)
    assert {check: one for check, one in found.items() if one.state != "passed"} == {}
    assert set(found) == set(defects)


@pytest.mark.parametrize(("module", "check", "edits"), DEFECTS)
def test_a_defect_is_found(
    module: object, check: str, edits: tuple[Edit, ...], tmp_path: Path
) -> None:
    verdict = look(module, build(tmp_path, *edits))[check]
    assert verdict.state == "failed", verdict.reason
    touched = {edit.path for edit in edits}
    for finding in verdict.findings:
        if finding.path and not check.startswith(("nexus/env", "nexus/image-c")):
            assert finding.path in touched


@pytest.mark.parametrize(("module", "checks", "defects"), FAMILIES)
def test_a_project_without_the_subject_is_unknown_and_not_green(
    module: object, checks: tuple[Check, ...], defects: object, tmp_path: Path
) -> None:
    for verdict in look(module, write(tmp_path, {"notes": "x"})).values():
        assert verdict.state != "passed"
        if verdict.state == "unknown":
            assert verdict.absent and verdict.reason


def test_what_a_developer_has_at_home_would_be_copied_whether_it_is_there_or_not(
    tmp_path: Path,
) -> None:
    found = look(configs, build(tmp_path, *CONFIGS["nexus/image-context"]))
    said = [finding.what for finding in found["nexus/image-context"].findings]
    assert said == [
        f"{name} would be copied into the image: no .dockerignore keeps it out"
        for name in (".env", ".git")
    ]


def test_what_no_python_can_read_is_unknown(tmp_path: Path) -> None:
    found = look(code, build(tmp_path, *CODE["nexus/all-fields"]))
    assert found["nexus/all-fields"].state == "failed"
    (tmp_path / "shop" / "broken.py").write_text("def (:\n")
    found = look(code, tmp_path)
    assert found["nexus/all-fields"].state == "failed"
    assert found["nexus/silent-except"].state == "unknown"
    assert "shop/broken.py" in found["nexus/silent-except"].reason


@pytest.mark.parametrize(
    ("check", "body"),
    [
        ("query-in-loop", "for b in Book.objects.all():\n    print(b)\n"),
        ("query-in-loop", "for b in books:\n    jobs.append(lambda: Book.objects.get(pk=b))\n"),
        ("query-in-loop", "for item in items:\n    item.get('x')\n"),
        ("request-timeout", "httpx.get('https://x')\n"),
        ("request-timeout", "requests.get('https://x', **options)\n"),
        ("silent-except", "try:\n    f()\nexcept KeyError:\n    pass\n"),
        ("mark-safe", "mark_safe('<b>')\n"),
        ("all-fields", "class A:\n    class Meta:\n        model = B\n        fields = ['a']\n"),
        ("fetched-address", "requests.get(ADDRESS, timeout=1)\n"),
        ("personal-logs", "logger.info('password changed for %s', user.pk)\n"),
        ("secret-default", "import os\nSECRET_KEY = os.environ['SECRET_KEY']\n"),
        ("task-in-transaction", "task.delay(1)\n"),
        ("debug-literal", "DEBUG = os.environ.get('DEBUG') == 'true'\n"),
        ("debug-literal", "DEBUG = True\nDEBUG = False\n"),
        ("debug-literal", "DEBUG = True\nif x:\n    DEBUG = False\n"),
        ("debug-literal", "DEBUG = True\nfrom .local import *\n"),
    ],
)
def test_what_only_looks_like_it_is_no_finding(check: str, body: str, tmp_path: Path) -> None:
    found = look(code, write(tmp_path, {"shop/settings.py": body}))
    assert found[f"nexus/{check}"].findings == ()


@pytest.mark.parametrize(
    ("check", "body"),
    [
        ("query-in-loop", "for b in books:\n    b.tags.filter(x=1)\n"),
        ("query-in-loop", "while x:\n    cursor.execute('SELECT 1')\n"),
        ("request-timeout", "urlopen('https://x')\n"),
        ("request-timeout", "httpx.get('https://x', timeout=None)\n"),
        ("silent-except", "try:\n    f()\nexcept:\n    ...\n"),
        ("mark-safe", "mark_safe(text)\n"),
        ("all-fields", "class A:\n    class Meta:\n        model = B\n        exclude = ['a']\n"),
        ("fetched-address", "def f(request):\n    requests.get(request.data['u'], timeout=1)\n"),
        ("personal-logs", "logger.info('%s', user.password)\n"),
        ("secret-default", "SECRET_KEY = 'django-insecure-x'\n"),
        ("secret-default", "D = {'default': {'PASSWORD': 'x'}}\n"),
        ("task-in-transaction", "@transaction.atomic\ndef f():\n    task.apply_async()\n"),
        ("cache-forever", "@cache_page(None)\ndef f():\n    pass\n"),
        ("debug-literal", "from .base import *\nDEBUG = True\n"),
        ("page-size", "class A(LimitOffsetPagination):\n    default_limit = 1\n"),
    ],
)
def test_other_forms_of_a_defect_are_found_at_their_line(
    check: str, body: str, tmp_path: Path
) -> None:
    found = look(code, write(tmp_path, {"shop/settings.py": body}))[f"nexus/{check}"]
    [finding] = found.findings
    assert finding.path == "shop/settings.py" and 0 < finding.line <= body.count("\n")


def test_of_several_settings_modules_it_is_not_known_which_one_counts(tmp_path: Path) -> None:
    files = {"shop/settings.py": "DEBUG = True\n", "shop/settings_local.py": "\n"}
    assert look(code, write(tmp_path, files))["nexus/debug-literal"].absent


def test_compose_files_of_one_folder_are_read_together(tmp_path: Path) -> None:
    override = (
        "services:\n  worker:\n    image: app:1\n"
        "    depends_on: {db: {condition: service_healthy}}\n"
    )
    base = "services:\n  db:\n    image: postgres:17\n    healthcheck: {test: [CMD, pg_isready]}\n"
    root = write(tmp_path, {"compose.yaml": base, "compose.override.yaml": override})
    found = look(configs, root)
    assert found["nexus/compose-names"].state == "passed"
    assert found["nexus/depends-on-health"].state == "passed"


def test_a_circle_of_services_and_of_jobs_is_found(tmp_path: Path) -> None:
    stack = (
        "services:\n  a: {image: 'x:1', depends_on: [b]}\n  b: {image: 'x:1', depends_on: [a]}\n"
    )
    flow = (
        "on: push\njobs:\n  a: {needs: b, runs-on: x, steps: [{run: x}]}\n"
        "  b: {needs: a, runs-on: x, steps: [{run: x}]}\n"
    )
    root = write(tmp_path, {"compose.yaml": stack, ".github/workflows/ci.yml": flow})
    found = look(configs, root)
    assert found["nexus/compose-names"].state == "failed"
    assert "circle" in found["nexus/workflow-needs"].findings[0].what


def test_yaml_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    root = write(tmp_path, {"compose.yaml": "a: [", ".github/workflows/ci.yml": "- x\n"})
    found = look(configs, root)
    for check in (
        "schema/compose",
        "nexus/compose-names",
        "schema/workflow",
        "nexus/workflow-needs",
    ):
        assert found[check].state == "unknown"
        assert "no YAML mapping that can be read" in found[check].reason

"""The configurations of the examples: valid by their schemas, sound by our own rules.

There is no Docker engine here: nothing is built, started or run by a workflow. What is read is
what stands in the files.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from nexus_tui.configs import dockerfiles, schemas, workflows

FOLDER = Path(__file__).parents[2] / "content/examples/docker-configurations"
COMPOSE = ("compose.yaml", "compose.override.yaml", "compose.production.yaml")
WORKFLOW = ".github/workflows/ci.yaml"
DIGEST = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")
SECRET = re.compile(r"secret|passw|token|key", re.IGNORECASE)
AT_HOME = (".env", ".git/HEAD", ".venv/bin/python", "db.sqlite3", "container/.env.local")


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def load(name: str) -> dict[str, Any]:
    """The YAML as its program reads it: `on` is a word, merges are merged."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in found if tag != "tag:yaml.org,2002:bool"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
    )
    found: dict[str, Any] = yaml.load(read(name), Loader)
    return found


def together(*names: str) -> dict[str, Any]:
    """The services of several files put together, as far as these files need it."""
    whole: dict[str, Any] = {}
    for name in names:
        _merge(whole, load(name))
    return whole


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def command(name: str) -> str:
    """A tool of the development environment."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed: make test installs it"
    return found


def build() -> dockerfiles.Dockerfile:
    return dockerfiles.read(read("Dockerfile"))


def context() -> dockerfiles.Context:
    """What a build gets: the copied bookshop, these files, and what lies about."""
    shop = FOLDER.parent / "django-projects/bookshop"
    files = [
        file.relative_to(root).as_posix()
        for root in (shop, FOLDER)
        for file in root.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    return dockerfiles.Context({*files, *AT_HOME}, read(".dockerignore"))


# ---------------------------------------------------------------- Dockerfile


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(
        [command("hadolint"), "Dockerfile"],
        check=False,
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_base_is_named_by_digest() -> None:
    images = [image for _, image in build().images()]
    assert images
    assert [image for image in images if not DIGEST.fullmatch(image)] == []


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    last = build().last
    names = [instruction.name for instruction in last.instructions]
    [user] = [i.value for i in last.instructions if i.name == "USER"]
    assert user.split(":")[0].isdigit() and user.split(":")[0] != "0"
    assert names.count("HEALTHCHECK") == 1
    [started] = [i.value for i in last.instructions if i.name == "CMD"]
    assert dockerfiles.exec_form(started)


def test_packages_come_from_the_lock_before_the_code() -> None:
    own = build()
    again = own.follow("shop/views.py", context()).again
    assert [str(run) for run in again if "pip" in run.value] == []
    renewed = own.follow("container/requirements.lock", context()).again
    assert any("--require-hashes" in run.value for run in renewed)


def test_the_lock_has_every_package_with_its_hashes() -> None:
    lock = read("container/requirements.lock")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    wanted = set(re.findall(r"^([a-z0-9-]+)", read("container/requirements.in"), re.MULTILINE))
    assert wanted <= locked
    for package in re.split(r"\n(?=\S)", lock.strip()):
        assert "--hash=sha256:" in package
    assert "://" not in lock


def test_no_secret_is_in_the_image() -> None:
    own = build()
    for stage in [own.last]:
        assert [name for name in own.environment(stage) if SECRET.search(name)] == []
    everything = [i for i in own.layers(own.last) if i.name in {"ARG", "ENV"}]
    assert [str(i) for i in everything if SECRET.search(i.value)] == []


def test_nothing_private_enters_the_build() -> None:
    [copy] = [i for i in build().last.instructions if i.name == "COPY" and not i.flag("from")]
    entered = context().files(".", copy)
    assert {"manage.py", "shop/views.py", "container/settings.py"} <= set(entered)
    assert [f for f in entered if f in AT_HOME or "test" in f or ".env" in f] == []


# ---------------------------------------------------------------- Compose


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_has_the_form_of_the_specification(name: str) -> None:
    assert schemas.problems("compose-spec", load(name)) == []


@pytest.mark.parametrize("more", COMPOSE[1:])
def test_both_pairs_of_files_go_together(more: str) -> None:
    whole = together(COMPOSE[0], more)
    assert schemas.problems("compose-spec", whole) == []
    assert set(whole["services"]) == {"db", "cache", "migrate", "web"}
    for name, service in whole["services"].items():
        assert "image" in service or "build" in service, name


@pytest.mark.parametrize("name", ["db", "cache"])
def test_servers_are_named_by_digest_and_say_whether_they_are_well(name: str) -> None:
    service = load("compose.yaml")["services"][name]
    assert DIGEST.fullmatch(service["image"])
    assert service["healthcheck"]["test"]


def test_who_needs_a_server_waits_until_it_is_well() -> None:
    services = load("compose.yaml")["services"]
    conditions = {
        (name, other): how["condition"]
        for name, service in services.items()
        for other, how in service.get("depends_on", {}).items()
    }
    assert conditions == {
        ("migrate", "db"): "service_healthy",
        ("web", "migrate"): "service_completed_successfully",
        ("web", "db"): "service_healthy",
        ("web", "cache"): "service_healthy",
    }


@pytest.mark.parametrize("name", COMPOSE)
def test_no_file_holds_a_secret_and_none_is_open_to_the_network(name: str) -> None:
    for service in load(name).get("services", {}).values():
        for key, value in service.get("environment", {}).items():
            given = str(value)
            assert not SECRET.search(key) or given.startswith(("${", "/run/secrets/")), key
        for port in service.get("ports", []):
            assert str(port).startswith("127.0.0.1:")


def test_production_builds_nothing_debugs_nothing_and_may_do_little() -> None:
    whole = together("compose.yaml", "compose.production.yaml")
    web = whole["services"]["web"]
    assert "build" not in web and "volumes" not in web
    assert "DEBUG" not in web["environment"]
    assert (web["read_only"], web["cap_drop"]) == (True, ["ALL"])
    assert web["restart"] == "unless-stopped"
    assert web["image"].startswith("${IMAGE:?")
    given = [key for key in web["environment"] if SECRET.search(key)]
    assert all(key.endswith("_FILE") for key in given) and given
    assert set(web["secrets"]) <= set(whole["secrets"])


def test_every_value_that_development_needs_stands_in_the_example_without_a_value() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?", read("compose.override.yaml")))
    given = dict(re.findall(r"^(\w+)=(.*)$", read(".env.example"), re.MULTILINE))
    assert set(given) == needed
    assert set(given.values()) == {""}


# ---------------------------------------------------------------- workflow


def flow() -> dict[str, Any]:
    return load(WORKFLOW)


def test_the_workflow_has_the_form_that_github_wants() -> None:
    assert schemas.problems("github-workflows", flow()) == []


def test_every_action_is_named_by_its_commit() -> None:
    used = [
        s["uses"]
        for job in workflows.jobs(flow()).values()
        for s in workflows.steps(job)
        if "uses" in s
    ]
    assert used
    assert [name for name in used if not PINNED.fullmatch(name)] == []


def test_an_image_is_published_after_it_was_tested_and_started() -> None:
    jobs = workflows.jobs(flow())
    assert {name: workflows.needs(job) for name, job in jobs.items()} == {
        "test": [],
        "image": ["test"],
        "publish": ["image"],
    }


def test_one_job_alone_may_write_and_none_runs_for_ever() -> None:
    assert flow()["permissions"] == {"contents": "read"}
    jobs = workflows.jobs(flow())
    may_write = [n for n, job in jobs.items() if "write" in job.get("permissions", {}).values()]
    assert may_write == ["publish"]
    assert all(job["timeout-minutes"] <= 15 for job in jobs.values())


def test_services_of_tests_are_waited_for() -> None:
    services = workflows.jobs(flow())["test"]["services"]
    for service in services.values():
        assert DIGEST.fullmatch(service["image"])
        assert "--health-cmd" in service["options"]


@pytest.mark.parametrize("name", [*COMPOSE, WORKFLOW])
def test_yamllint_finds_nothing(name: str) -> None:
    rules = (
        "{extends: default, rules: {document-start: disable, truthy: {check-keys: false},"
        " line-length: {max: 110}, comments: {min-spaces-from-content: 1}}}"
    )
    done = subprocess.run(
        [command("yamllint"), "--strict", "-d", rules, name],
        check=False,
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "")

"""Decides by following `release.yaml` after one event and another; nothing of it is run."""

import re

from nexus_tui.configs.schemas import problems
from nexus_tui.configs.workflows import (
    Event,
    Run,
    WorkflowProblem,
    follow,
    jobs,
    lines,
    needs,
    ordered,
    steps,
    visible,
)
from nexus_tui.labs.judging import Lab, Missing, Outcome, mapping, requirement

FILES = (".github/workflows/release.yaml", ".github/workflows/release.yml")
INSTALLS = re.compile(r"\b(pip3?|uv|apt-get|apt)\b.*\b(install|sync|add)\b")
KINDS = {
    "lint": re.compile(r"\b(ruff|flake8|pylint|black|mypy)\b"),
    "test": re.compile(r"\b(pytest|unittest|tox|nox)\b|manage\.py test"),
    "build": re.compile(
        r"docker (buildx )?build\b|docker compose build|docker/(build-push|bake)-action"
    ),
    "deploy": re.compile(r"\bdeploy\.sh\b"),
}
PUSHES = re.compile(r"docker (image )?push\b|docker compose push|--push\b|docker/build-push-action")
NAMED = {"lint": "ruff", "test": "pytest", "build": "docker build"}
RELEASES = (Event("push", "refs/heads/main"), Event("push", "refs/tags/v1.4.2"))
ONE_OF_A_KIND = re.compile(
    r"github\.sha|GITHUB_SHA|github\.run_(id|number)|GITHUB_RUN_(ID|NUMBER)|git rev-parse"
)
OUTPUT = re.compile(r"needs\.([\w-]+)\.outputs\.([\w-]+)")
SECRET = re.compile(r"secrets\.(?!GITHUB_TOKEN\b)(\w+)")
PINNED = re.compile(r"\./.*|[^@]+@[0-9a-f]{40}|docker://.+@sha256:[0-9a-f]{64}")
MAY_WRITE = {"packages", "id-token", "attestations", "deployments"}


def kinds(line: str) -> set[str]:
    if INSTALLS.search(line):
        return set()
    return {kind for kind, found in KINDS.items() if found.search(line)}


def text_of(lab: Lab) -> dict:
    found = [name for name in FILES if name in lab.files()]
    if not found:
        raise Missing(f"there is no {FILES[0]}")
    return mapping(lab, found[0]).value


def wrong_with(flow: dict) -> list[str]:
    if wrong := problems("github-workflows", flow):
        return wrong
    try:
        ordered(flow)
        for event in (*RELEASES, Event("pull_request", "refs/pull/1/merge")):
            follow(flow, event, lambda _line: False)
    except WorkflowProblem as error:
        return [str(error)]
    for name, job in jobs(flow).items():
        if "uses" in job:
            return [f"{name} calls another workflow: keep all of it in this file"]
    return []


def workflow(lab: Lab) -> dict:
    """The workflow, for all but the first requirement, which says what is wrong with it."""
    try:
        flow = text_of(lab)
        wrong = wrong_with(flow)
    except Missing:
        wrong = ["unreadable"]
    if wrong:
        raise Missing("not looked at: the workflow is not valid yet")
    return flow


def after(flow: dict, event: Event, failing: str | None = None) -> Run:
    try:
        return follow(flow, event, lambda line: failing in kinds(line))
    except WorkflowProblem as error:
        raise Missing(f"cannot be followed: {error}") from error


def did(run: Run, kind: str) -> list[str]:
    """The jobs in which lines of this kind began, one for each line."""
    return [job for job, line in run.lines if kind in kinds(line)]


def pushed(run: Run) -> list[str]:
    return [job for job, line in run.lines if PUSHES.search(line)]


def said(event: Event) -> str:
    if event.name == "pull_request":
        return "a pull request"
    return f"a push to {event.ref.removeprefix('refs/heads/').removeprefix('refs/')}"


def releases(flow: dict) -> list[Event]:
    """The events that deploy where nothing fails. Raises Missing."""
    found = [event for event in RELEASES if did(after(flow, event), "deploy")]
    if not found:
        raise Missing("deploy.sh runs neither after a push to main nor after a tag")
    return found


def jobs_that(flow: dict, *wanted: str) -> list[str]:
    return [
        name
        for name, job in jobs(flow).items()
        if any(kinds(line) & {*wanted} for step in steps(job) for line in lines(step))
    ]


@requirement("valid")
def valid(lab: Lab) -> Outcome:
    flow = text_of(lab)
    wrong = wrong_with(flow)
    observed = wrong[0] if wrong else f"jobs: {', '.join(ordered(flow))}"
    return Outcome(not wrong, observed, "a workflow that GitHub takes, without circles")


@requirement("gated")
def gated(lab: Lab) -> Outcome:
    flow = workflow(lab)
    for event in releases(flow):
        good = after(flow, event)
        for kind in lab.random.sample(list(NAMED), 3):
            if not did(good, kind):
                observed = f"{NAMED[kind]} does not run after {said(event)}"
                return Outcome(False, observed, "lint, tests and build before each release")
            red = after(flow, event, kind)
            if where := did(red, "deploy"):
                return Outcome(
                    False,
                    f"{NAMED[kind]} fails after {said(event)}, and {where[0]} runs deploy.sh",
                    "no release where lint, tests or build have failed",
                )
    return Outcome(True, "deploy.sh runs after green lint, tests and build", "then only")


@requirement("pull-requests")
def pull_requests(lab: Lab) -> Outcome:
    flow = workflow(lab)
    if "pull_request_target" in flow["on"]:
        observed = "pull_request_target runs a stranger's code beside your secrets"
        return Outcome(False, observed, "pull_request")
    change = Event("pull_request", f"refs/pull/{lab.random.randint(2, 999)}/merge")
    branch = Event("push", f"refs/heads/feature-{lab.random.randint(2, 999)}")
    run = after(flow, change)
    for kind in ("lint", "test"):
        if not did(run, kind):
            observed = f"{NAMED[kind]} does not run for a pull request"
            return Outcome(False, observed, "lint and tests before the merge")
    for event in (change, branch):
        run = after(flow, event)
        for what, where in (
            ("deploy.sh runs", did(run, "deploy")),
            ("an image is pushed", pushed(run)),
        ):
            if where:
                observed = f"{what} after {said(event)}, in {where[0]}"
                return Outcome(False, observed, "only main, or a tag, is released")
    return Outcome(True, "lint and tests, and no release", "the same")


@requirement("one-image")
def one_image(lab: Lab) -> Outcome:
    flow = workflow(lab)
    event = releases(flow)[0]
    run = after(flow, event)
    built = did(run, "build")
    if len(built) != 1:
        observed = f"built {len(built)} times for one release: in {', '.join(built)}"
        return Outcome(False, observed, "built once, then passed on")
    if not pushed(run):
        return Outcome(False, "the image is not pushed anywhere", "an image in a registry")
    for name in dict.fromkeys(did(run, "deploy")):
        job = jobs(flow)[name]
        for step in steps(job):
            if any("deploy" in kinds(line) for line in lines(step)):
                if problem := other_image(flow, name, job, visible(flow, job, step), event):
                    return Outcome(False, problem, "the image of this run, by digest or commit")
    return Outcome(True, "one build, and deploy.sh gets that image", "the same")


def other_image(flow: dict, name: str, job: dict, text: str, event: Event) -> str | None:
    """Why the image that is deployed may be another one than that of this run."""
    if ":latest" in text:
        return f"{name} deploys :latest, whatever that is by then"
    for other, output in OUTPUT.findall(text):
        if other not in needs(job):
            return f"{name} reads an output of {other}, and does not need it: it is empty"
        if output not in (jobs(flow)[other].get("outputs") or {}):
            return f"{other} has no output {output}"
        return None
    tagged = event.ref.startswith("refs/tags/") and "ref_name" in text
    if not ONE_OF_A_KIND.search(text) and not tagged:
        return f"{name}: nothing in the image's name says which commit it is of"
    building = jobs_that(flow, "build")
    texts = [visible(flow, jobs(flow)[b], step) for b in building for step in steps(jobs(flow)[b])]
    if not tagged and not any(ONE_OF_A_KIND.search(each) for each in texts):
        return f"{name} deploys a tag that {building[0]} does not make"
    return None


@requirement("like-production")
def like_production(lab: Lab) -> Outcome:
    flow = workflow(lab)
    for name in jobs_that(flow, "test"):
        job = jobs(flow)[name]
        services = [s for s in (job.get("services") or {}).values() if isinstance(s, dict)]
        databases = [s for s in services if "postgres" in str(s.get("image"))]
        if not databases:
            return Outcome(False, f"{name} has no PostgreSQL", "a service container with postgres")
        asks = str(databases[0].get("options"))
        waits = any("pg_isready" in line for step in steps(job) for line in lines(step))
        if not waits and not re.search(r"--health-cmd.*(pg_isready|psql)", asks, re.DOTALL):
            observed = f"the steps of {name} start before PostgreSQL takes connections"
            return Outcome(False, observed, "a health command that the runner waits for")
    found = 0
    for name, job in jobs(flow).items():
        for step in steps(job):
            action, given = str(step.get("uses", "")), step.get("with") or {}
            if re.match(r"actions/cache(/\w+)?@", action):
                found += 1
                key = str(given.get("key"))
                if not re.search(r"hashFiles\(.*(requirements|lock|\.txt|\.toml)", key):
                    observed = f"{name}: the key {key} is the same after a change of packages"
                    return Outcome(False, observed, "a key with the hash of requirements.txt")
            elif re.match(r"actions/setup-python@|astral-sh/setup-uv@", action):
                found += bool(given.get("cache") or given.get("enable-cache"))
    return Outcome(
        found > 0,
        f"PostgreSQL is ready, {found} caches by their lists" if found else "no cache of packages",
        "a ready database, and a cache that changes with the packages",
    )


@requirement("least-rights")
def least_rights(lab: Lab) -> Outcome:
    flow = workflow(lab)
    for name, job in jobs(flow).items():
        for step in steps(job):
            action = str(step.get("uses", "./"))
            if not PINNED.fullmatch(action):
                observed = f"{name}: {action} is what its owner makes of that name"
                return Outcome(False, observed, "a commit of 40 digits after the @")
        if problem := token(flow, name, job):
            return Outcome(False, problem, "for each job the rights it needs, and no others")
        seen = SECRET.search(f"{flow.get('env')} {job}") or re.search(
            r"toJSON\((secrets)\)", f"{job}"
        )
        if seen and name in jobs_that(flow, "lint", "test"):
            observed = f"{name} runs code of others in one job with {seen[1]}"
            return Outcome(False, observed, "a secret in the step that uses it")
    for name in jobs_that(flow, "deploy"):
        if not jobs(flow)[name].get("environment"):
            observed = f"{name} is in no environment: who may release, and with which secrets?"
            return Outcome(False, observed, "an environment such as production")
    return Outcome(True, "commits, small tokens, and an environment", "the same")


def token(flow: dict, name: str, job: dict) -> str | None:
    """What the token of a job may and should not, or should and may not."""
    rights = job.get("permissions", flow.get("permissions"))
    if rights is None:
        return f"{name} has the token's default rights, whatever they are in this repository"
    if rights == "write-all":
        return f"{name} has write-all"
    if rights == "read-all":
        rights = {"contents": "read"}
    tested = name in jobs_that(flow, "lint", "test")
    for scope, right in rights.items():
        if right == "write" and (tested or scope not in MAY_WRITE):
            return f"{name} may write {scope}"
    actions = [str(step.get("uses", "")) for step in steps(job)]
    if any("actions/checkout@" in each for each in actions) and "contents" not in rights:
        return f"{name} names its rights without contents: read, so the checkout has none"
    own = "secrets.GITHUB_TOKEN" in str(job) or "github.token" in str(job)
    pushes = any(PUSHES.search(line) for step in steps(job) for line in lines(step))
    if pushes and own and rights.get("packages") != "write":
        return f"{name} pushes an image, and its token may not write packages"
    return None

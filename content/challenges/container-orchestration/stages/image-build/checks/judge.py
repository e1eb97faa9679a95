"""Decides by the Dockerfile and `.dockerignore`; nothing is built, and no code is run."""

import re

from nexus_tui.configs.dockerfiles import (
    Context,
    Dockerfile,
    DockerfileProblem,
    Instruction,
    Stage,
    assigned,
    exec_form,
    read,
    substituted,
)
from nexus_tui.labs.judging import Lab, Missing, Outcome, requirement

KEY = "t7#kq0z!w4m-nb2s^9xv_dc5hj8r(l1p+gf6ye3a"
AT_HOME = (".env", ".git/HEAD", ".venv/bin/python")
"""What lies in the folder of each developer, beside the files of the repository."""
LISTS = ("requirements.txt", "pyproject.toml", "uv.lock", "poetry.lock", "Pipfile.lock")
INSTALLERS = {"pip", "pip3", "uv", "poetry", "pipenv", "apt-get", "apt", "apk"}
SYSTEM = {"apt-get", "apt", "apk"}
TOOLS = re.compile(
    r"gcc|g\+\+|clang|make|cmake|git|build-essential|build-base|rustc|cargo|\S+-dev", re.ASCII
)
SECRET = re.compile(
    r"secret|token|passw|credential|private_?key|signing_?key|api_?key", re.IGNORECASE
)
KNOWN_USERS = {"nobody", "www-data", "daemon", "nonroot"}


def dockerfile(lab: Lab) -> Dockerfile:
    try:
        return read(lab.read("Dockerfile"))
    except DockerfileProblem as error:
        raise Missing(f"Dockerfile: {error}") from error


def context(lab: Lab) -> Context:
    files = lab.files()
    names = ("Dockerfile.dockerignore", ".dockerignore")
    ignore = next((lab.read(name) for name in names if name in files), "")
    return Context({*files, *AT_HOME}, ignore)


def program(command: list[str]) -> str:
    return command[0].rpartition("/")[2] if command else ""


def installing(run: Instruction) -> list[list[str]]:
    """The commands of a RUN that fetch packages."""
    found = []
    for command in run.commands():
        words = [word.rpartition("/")[2] for word in command]
        by = next((word for word in words if word in INSTALLERS), None)
        if by and {"install", "sync", "add", "wheel"} & set(words) and "--no-deps" not in words:
            found.append([by, *command])
    return found


def python_packages(layers: list[Instruction]) -> list[Instruction]:
    """The RUNs that install packages for Python."""
    runs = [each for each in layers if each.name == "RUN"]
    return [each for each in runs if any(c[0] not in SYSTEM for c in installing(each))]


def system_packages(layers: list[Instruction]) -> set[str]:
    return {
        word
        for each in layers
        if each.name == "RUN"
        for command in installing(each)
        if command[0] in SYSTEM
        for word in command
    }


def base(build: Dockerfile, stage: Stage) -> str:
    return build.chain(stage)[0].image


def full(image: str) -> bool:
    """Whether it is the large image of Python, which has compilers."""
    name, _, tag = image.partition("@")[0].rpartition(":")
    name, tag = (name, tag) if name and "/" not in tag else (image, "latest")
    small = "slim" in tag or "alpine" in tag
    return name.rpartition("/")[2] == "python" and not small


@requirement("cached-installation")
def cached_installation(lab: Lab) -> Outcome:
    build, files = dockerfile(lab), context(lab)
    code = [file for file in lab.files() if file.startswith("shop/") and file.endswith(".py")]
    lab.random.shuffle(code)
    for file in code:
        again = [each for each in build.follow(file, files).again if installing(each)]
        if again:
            return Outcome(
                False,
                f"a changed line in {file} runs this again: {again[0]}",
                "no installation runs again for a line of Python",
            )
    lists = [file for file in lab.files() if file in LISTS]
    renewed = [
        name for name in lists for each in build.follow(name, files).again if installing(each)
    ]
    return Outcome(
        bool(renewed),
        "a changed requirements.txt installs " + ("anew" if renewed else "nothing"),
        "a new list of packages is installed, a new line of Python is not",
    )


@requirement("base-image")
def base_image(lab: Lab) -> Outcome:
    build = dockerfile(lab)
    for line, image in build.images():
        plain, _, digest = image.partition("@")
        name, _, tag = plain.rpartition(":")
        python = name.rpartition("/")[2] == "python"
        pinned = re.search(r"\d+\.\d+" if python else r"\d", tag) and name and "/" not in tag
        if not digest and not pinned:
            wanted = "a tag with a version such as 3.12, or a digest"
            return Outcome(False, f"line {line}: {image} is another image next month", wanted)
    image = base(build, build.last)
    if full(image):
        return Outcome(False, f"the image starts from {image}, about 1 GB", "a slim variant")
    return Outcome(True, f"it starts from {image}", "a small image of a fixed version")


@requirement("no-build-tools")
def no_build_tools(lab: Lab) -> Outcome:
    build = dockerfile(lab)
    for each in build.layers(build.last):
        if each.name != "RUN":
            continue
        found = {
            word
            for command in installing(each)
            if command[0] in SYSTEM
            for word in command
            if TOOLS.fullmatch(word)
        }
        removes = {"purge", "remove", "autoremove", "del"} & set(each.value.split())
        if found and not removes:
            tools = ", ".join(sorted(found))
            return Outcome(
                False, f"line {each.line} leaves {tools} in a layer", "no compilers, no headers"
            )
    return Outcome(True, "no build tools in its layers", "none")


@requirement("starts")
def starts(lab: Lab) -> Outcome:
    build, files = dockerfile(lab), context(lab)
    for file in ("shop/wsgi.py", "manage.py"):
        if not build.follow(file, files).changed:
            return Outcome(False, f"{file} is not in the image", "the code of the shop")
    layers = build.layers(build.last)
    if problem := packages_missing(build, layers) or library_missing(lab, build, layers):
        return Outcome(False, problem, "an image that has what it starts")
    last = {each.name: each for each in layers if each.name in ("CMD", "ENTRYPOINT")}
    if not last:
        return Outcome(False, "neither CMD nor ENTRYPOINT: Python's prompt starts", "gunicorn")
    for each in last.values():
        words = exec_form(each.value) or [""]
        if " " in words[0]:
            return Outcome(
                False, f"there is no program “{words[0]}”", "each word in quotes of its own"
            )
        if exec_form(each.value) is None and not each.value.startswith("exec "):
            return Outcome(
                False,
                f"{each}: a shell is process 1 and gets SIGTERM",
                'the JSON form: ["gunicorn", …]',
            )
    return Outcome(True, "code, packages and libpq, started without a shell", "the same")


def packages_missing(build: Dockerfile, layers: list[Instruction]) -> str | None:
    """Why the packages of requirements.txt are not where the start looks for them."""
    if python_packages(layers):
        return None
    path = build.environment(build.last)
    starts = " ".join(each.value for each in layers if each.name in ("CMD", "ENTRYPOINT"))
    for each in layers:
        other = each.flag("from") and build.named(each.flag("from"), before=build.last)
        if each.name != "COPY" or not other or not python_packages(build.layers(other)):
            continue
        *sources, target = (word.rstrip("/") for word in each.words())
        made = venvs(build.layers(other))
        for source in sources:
            if source in made and target != source:
                return f"line {each.line}: the scripts of the venv {source} name that path"
        reached = target in ("", "/usr", "/usr/local") or target.startswith("/usr/local/")
        told = any(target in path.get(name, "") for name in ("PATH", "PYTHONPATH"))
        if reached or told or f"{target}/" in starts:
            return None
        return f"line {each.line}: {target} is in no PATH, so gunicorn is not found"
    return "the packages of requirements.txt are not in the image"


def venvs(layers: list[Instruction]) -> set[str]:
    return {
        command[-1].rstrip("/")
        for each in layers
        if each.name == "RUN"
        for command in each.commands()
        if {"venv", "virtualenv"} & {program([word]) for word in command}
    }


def library_missing(lab: Lab, build: Dockerfile, layers: list[Instruction]) -> str | None:
    """Why psycopg[c] cannot be compiled, or cannot be loaded."""
    lists = [lab.read(name) for name in lab.files() if name in LISTS]
    if "psycopg[c]" not in " ".join(lists).replace('"', ""):
        return None
    for stage in build.stages:
        own = build.layers(stage)
        compilers = {"gcc", "build-essential", "build-base", "clang"}
        if (
            python_packages(list(stage.instructions))
            and any("requirements" in each.value for each in python_packages(own))
            and not full(base(build, stage))
            and not compilers & system_packages(own)
        ):
            return f"the stage of line {stage.line} compiles psycopg[c] without a compiler"
    if full(base(build, build.last)):
        return None
    if {"libpq5", "libpq", "libpq-dev", "postgresql-client"} & system_packages(layers):
        return None
    return "psycopg[c] does not find libpq5, which is in another stage only"


@requirement("not-root")
def not_root(lab: Lab) -> Outcome:
    build = dockerfile(lab)
    layers = build.layers(build.last)
    users = [each for each in layers if each.name == "USER"]
    if not users:
        return Outcome(False, "the image has no USER: it runs as root", "a user without rights")
    values = build.environment(build.last)
    for each in layers:
        if each.name == "ARG":
            values |= assigned(each)
    name = substituted(users[-1].value, values).partition(":")[0]
    if name in ("root", "0"):
        return Outcome(False, f"{users[-1]}: it runs as root", "a user without rights")
    runs = " ".join(each.value for each in layers if each.name == "RUN")
    made = re.search(rf"(useradd|adduser)\b[^&;|]*\b{re.escape(name)}\b", substituted(runs, values))
    if not name.isdigit() and name not in KNOWN_USERS and not made:
        return Outcome(False, f"{users[-1]}: no line of the image adds it", "a user that exists")
    return Outcome(True, f"it runs as {name}", "a user without rights")


@requirement("no-secret")
def no_secret(lab: Lab) -> Outcome:
    build, files = dockerfile(lab), context(lab)
    for number, line in enumerate(lab.read("Dockerfile").splitlines(), 1):
        if KEY in line:
            return Outcome(False, f"line {number} has the signing key", "no key in the Dockerfile")
    every = [*build.first, *(each for stage in build.stages for each in stage.instructions)]
    for each in every:
        named = (
            [n for n in assigned(each) if SECRET.search(n)] if each.name in ("ARG", "ENV") else []
        )
        if named:
            said = f"line {each.line}: {each.name} keeps {named[0]} with the image"
            return Outcome(False, said, "no secret as ARG or ENV")
        if each.name in ("COPY", "ADD") and not each.flag("from"):
            *sources, _ = each.words() or [""]
            for file in AT_HOME:
                if any(file in files.files(source, each) for source in sources):
                    said = f"{each}: it brings {file} into a layer"
                    return Outcome(False, said, "a layer without .env, .git and .venv")
    return Outcome(True, "neither the key nor .env, .git or .venv", "nothing that is secret")

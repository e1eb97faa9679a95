"""Decides by what the shop shows when it is started with one environment after the other."""

import string

from nexus_tui.labs.judging import Lab, Outcome, requirement

NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_PASSWORD")
UNDECIDED = {"security.W005", "security.W021"}
"""Subdomains and preload concern more than this service."""


def word(lab: Lab, length: int) -> str:
    return "".join(lab.random.choices(string.ascii_letters + string.digits, k=length))


def production(lab: Lab) -> dict[str, str]:
    """The environment that the operators give, new for each call."""
    host = f"shop-{word(lab, 6).lower()}.example"
    return {
        "SECRET_KEY": word(lab, 60),
        "ALLOWED_HOSTS": f"{host},www.{host}",
        "DATABASE_PASSWORD": word(lab, 20),
    }


def hosts(environment: dict[str, str]) -> list[str]:
    return environment["ALLOWED_HOSTS"].split(",")


def named(variable: str, value: str | None) -> str:
    if value is None:
        return f"without {variable}"
    return f"{variable}={value}" if value else f"with an empty {variable}"


def refused(answer: dict) -> str:
    raised = answer["raised"]
    return f"it does not start: {raised['kind']}: {raised['message']}"


@requirement("error-page")
def error_page(lab: Lab) -> Outcome:
    off = ["False", "false", "0", "no", "off", "", None, "1", "yes", word(lab, 5)]
    first, *others = off
    lab.random.shuffle(others)
    for value in [first, *others, "true"]:
        environment = production(lab)
        environment["ALLOWED_HOSTS"] = hosts(environment)[0]
        said = named("DEBUG", value)
        if value is not None:
            environment["DEBUG"] = value
        number = lab.random.randint(1000, 9999)
        place = {
            "path": f"/receipts/{number}/",
            "host": environment["ALLOWED_HOSTS"],
            "secure": True,
        }
        answer = lab.ask("visit", environment=environment, visits=[place])
        if "raised" in answer:
            return Outcome(False, f"{said}: {refused(answer)}", "a start")
        [page] = answer["value"]
        if page["status"] != 500:
            return Outcome(False, f"{said}: status {page['status']}", "status 500")
        card = f"4000 1234 5678 {number:04d}"
        shows, should = card in page["text"], value == "true"
        if shows != should:
            return Outcome(
                False,
                f"{said}: the error page {'shows' if shows else 'hides'} card = '{card}'",
                "it shows that" if should else "a page without traceback and variables",
            )
    return Outcome(True, "code and variables for DEBUG=true only", "no others that show them")


@requirement("from-outside")
def from_outside(lab: Lab) -> Outcome:
    environment = production(lab)
    told = lab.ask("values", environment=environment)
    if "raised" in told:
        return Outcome(False, refused(told), "a start")
    for name, key in (("SECRET_KEY", "key"), ("DATABASE_PASSWORD", "password")):
        if told["value"][key] != environment[name]:
            return Outcome(
                False, f"{name} is not the one of the environment", f"{environment[name][:8]}…"
            )
    own, stranger = hosts(environment), f"{word(lab, 8).lower()}.example"
    asked = [*own, stranger]
    visits = [{"path": "/receipts/1/", "host": host, "secure": True} for host in asked]
    answer = lab.ask("visit", environment=environment, visits=visits)
    if "raised" in answer:
        return Outcome(False, refused(answer), "a start")
    found = [page["status"] for page in answer["value"]]
    wanted = [200, 200, 400]
    wrong = [place for place in range(3) if found[place] != wanted[place]]
    if wrong:
        host = asked[wrong[0]]
        where = f"ALLOWED_HOSTS={environment['ALLOWED_HOSTS']}"
        observed = f"{where}: status {found[wrong[0]]} for {host}"
        return Outcome(False, observed, f"{wanted[wrong[0]]} for {host}")
    return Outcome(True, "key, password and both hosts as given", "as the environment says")


@requirement("refuses-to-start")
def refuses_to_start(lab: Lab) -> Outcome:
    cases = [(name, value) for name in NEEDED for value in (None, "")]
    lab.random.shuffle(cases)
    for name, value in cases:
        environment = production(lab)
        del environment[name]
        if value is not None:
            environment[name] = value
        answer = lab.ask("visit", environment=environment, visits=[])
        said = named(name, value)
        if "raised" not in answer:
            return Outcome(False, f"{said}: it starts", f"an error at the start with {name} in it")
        raised = answer["raised"]
        if name not in raised["message"]:
            observed = f"{said}: {raised['kind']}: {raised['message']}"
            return Outcome(False, observed, f"an error with {name} in it")
    return Outcome(True, "each of 6 faulty environments is refused", "by name, at the start")


@requirement("deploy-check")
def deploy_check(lab: Lab) -> Outcome:
    answer = lab.ask("warnings", environment=production(lab))
    if "raised" in answer:
        return Outcome(False, refused(answer), "a start")
    left = [each for each in answer["value"] if each not in UNDECIDED]
    return Outcome(
        not left,
        f"{len(left)} warnings{': ' if left else ''}{', '.join(left)}",
        "0, also without silencing, except for W005 and W021",
    )


@requirement("plain-at-home")
def plain_at_home(lab: Lab) -> Outcome:
    environment = production(lab) | {"DEBUG": "true", "ALLOWED_HOSTS": "localhost"}
    place = {"path": "/receipts/2/", "host": "localhost", "secure": False}
    answer = lab.ask("visit", environment=environment, visits=[place])
    if "raised" in answer:
        return Outcome(False, refused(answer), "a start")
    status = answer["value"][0]["status"]
    return Outcome(status == 200, f"DEBUG=true: status {status} for http://localhost", "200")

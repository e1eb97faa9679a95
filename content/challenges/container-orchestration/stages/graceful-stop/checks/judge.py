"""Decides by two runs of the entrypoint that are stopped: one idle, one with payments in it."""

import json

from nexus_tui.labs.judging import Lab, Missing, Outcome, requirement

SECONDS = 5


def runs(lab: Lab) -> tuple[dict, dict, list[int]]:
    """What the stop of an idle and of a busy run came to, and the orders of the busy one."""
    if not lab.kept:
        orders = lab.random.sample(range(10_000, 99_999), lab.random.randint(3, 6))
        found = lab.ask("stops", seconds=40, runs=[[], orders], wait=SECONDS)
        lab.kept |= {"idle": found[0], "busy": found[1], "orders": orders}
    for run in (lab.kept["idle"], lab.kept["busy"]):
        if "error" in run:
            raise Missing(run["error"])
    return lab.kept["idle"], lab.kept["busy"], lab.kept["orders"]


def ended(code: int | None) -> str:
    if code is None:
        return f"no exit within {SECONDS} s"
    return f"exit code {code}" if code >= 0 else f"exit code {128 - code}, by signal {-code}"


@requirement("stops")
def stops(lab: Lab) -> Outcome:
    idle, busy, orders = runs(lab)
    codes = {"idle": idle["code"], f"with {len(orders)} payments": busy["code"]}
    wrong = [f"{when}: {ended(code)}" for when, code in codes.items() if code != 0]
    return Outcome(
        not wrong,
        wrong[0] if wrong else "exit code 0, idle and busy",
        f"exit code 0 within {SECONDS} s of SIGTERM",
    )


@requirement("nothing-left")
def nothing_left(lab: Lab) -> Outcome:
    idle, busy, _ = runs(lab)
    going = idle["goes_on"] or busy["goes_on"]
    listening = idle["open"] or busy["open"]
    observed = "a process of it still runs" if going else "no process of it runs"
    observed += ", its port is open" if listening else ", its port is closed"
    return Outcome(not going and not listening, observed, "nothing runs after its exit")


@requirement("finishes")
def finishes(lab: Lab) -> Outcome:
    _, busy, orders = runs(lab)
    whole = [each for each in zip(orders, busy["answers"], strict=True) if right(*each)]
    count = len(orders)
    observed = f"{len(whole)} of {count} payments in flight were answered"
    return Outcome(len(whole) == count, observed, f"all {count}, with their charge")


def right(order: int, answer: str) -> bool:
    """Whether a customer got a whole answer to this order."""
    head, _, body = answer.partition("\r\n\r\n")
    if " 200 " not in head.split("\r\n")[0]:
        return False
    try:
        found = json.loads(body)
    except ValueError:
        return False
    return found == {"order": order, "cents": 100 + order % 9000, "charge": f"charge-{order}"}


@requirement("no-new-ones")
def no_new_ones(lab: Lab) -> Outcome:
    _, busy, _ = runs(lab)
    return Outcome(
        not busy["taken"],
        f"3 s after SIGTERM the port is {'still open' if busy['taken'] else 'closed'}",
        "new connections are refused while the old ones are finished",
    )

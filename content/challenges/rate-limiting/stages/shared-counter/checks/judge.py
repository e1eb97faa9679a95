"""Decides by two workers: one is halted after each of its commands while the other goes on."""

from nexus_tui.labs.challenges.interview import Subject
from nexus_tui.labs.judging import Lab, Outcome, requirement

CROWD, MOST_COMMANDS = 20, 8
WINDOW = 50_000
"""Seconds; so long that none ends while a check runs."""


def key(lab: Lab) -> str:
    return f"login:{lab.random.randrange(10**9)}"


def workers(lab: Lab) -> tuple[Subject, Subject]:
    """The same code in two processes."""
    if "workers" not in lab.kept:
        lab.kept["workers"] = lab.subject, lab.start()
    return lab.kept["workers"]


@requirement("crowd-of-twenty")
def crowd_of_twenty(lab: Lab) -> Outcome:
    limit = lab.random.randint(3, 7)
    found = lab.ask("crowd", 25, key=key(lab), count=CROWD, limit=limit, window=WINDOW)
    raised = f", {found['raised'][0]}" if found["raised"] else ""
    return Outcome(
        found["let_in"] == limit and found["answered"] == CROWD and not raised,
        f"limit {limit}: of {CROWD} threads at once {found['let_in']} are let in{raised}",
        f"{limit}",
    )


def contest(lab: Lab, after: int, places: int) -> tuple[list, bool]:
    """Two attempts at these places; the second one comes after a command of the first.

    Also whether the first was halted there.
    """
    one, two = workers(lab)
    limit, name = lab.random.randint(places + 2, 7), key(lab)
    where = {"key": name, "limit": limit, "window": WINDOW}
    used = limit - places
    before = one.ask("hits", 10, times=used // 2, **where)
    before += two.ask("hits", 10, times=used - used // 2, **where)
    if before != [True] * used:
        return [f"{before.count(False)} of {used} within the limit refused"], False
    first = one.ask("begin", 10, after=after, **where)
    # It may have to wait for a lock that the first one holds.
    two.ask("begin", 10, patience=1, **where)
    ends = [one.ask("finish", 25), two.ask("finish", 25)]
    halted = first["state"] == "halted"
    return [end.get("value", end.get("raised")) for end in ends], halted


@requirement("workers-share")
def workers_share(lab: Lab) -> Outcome:
    expected = "as many let in as there are places"
    for places in (1, 2):
        for after in range(1, MOST_COMMANDS):
            found, halted = contest(lab, after, places)
            said = [each for each in found if isinstance(each, str)]
            if said or found.count(True) != places:
                seen = said[0] if said else f"{found.count(True)} of 2 let in"
                when = f"one comes after command {after} of the other" if halted else "in turn"
                return Outcome(False, f"{places} left, two workers, {when}: {seen}", expected)
            if not halted:
                break
    return Outcome(True, "1 left: 1 of 2 let in; 2 left: 2 of 2", expected)


@requirement("always-an-end")
def always_an_end(lab: Lab) -> Outcome:
    one, _ = workers(lab)
    expected = "an expiry of at most the window, after each command"
    for ends in (False, True):
        for after in range(1, MOST_COMMANDS):
            where = {"key": key(lab), "limit": 3, "window": WINDOW}
            one.ask("forget")
            if ends:
                one.ask("hits", 10, times=1, **where)
            halted = one.ask("begin", 10, after=after, **where)["state"] == "halted"
            when = f"a worker dies after command {after}"
            if ends:
                # The window ends in this moment.
                one.ask("forget")
                when = f"the window ends after command {after}"
                found = one.ask("finish", 25)
                left = one.ask("keys")
            else:
                left = one.ask("keys")
                found = one.ask("finish", 25)
            if "raised" in found:
                return Outcome(False, f"{when}: {found['raised']}", expected)
            if wrong := [ttl for ttl in left.values() if ttl == -1 or ttl > WINDOW + 1]:
                said = (
                    "no expiry" if wrong[0] == -1 else f"an expiry {wrong[0] - WINDOW} s too late"
                )
                return Outcome(False, f"{when}: the count has {said}", expected)
            if not halted:
                break
    return Outcome(True, "an expiry, wherever the worker dies or the window ends", expected)


@requirement("no-extension")
def no_extension(lab: Lab) -> Outcome:
    one, _ = workers(lab)
    limit = lab.random.randint(2, 4)
    seconds = one.ask("insist", 20, key=key(lab), limit=limit, window=1)
    said = "never let in" if seconds is None else f"let in after {seconds:.1f} s"
    return Outcome(
        seconds is not None,
        f"window of 1 s: who tries all the time is {said}",
        "let in when the window is over",
    )


@requirement("redis-away")
def redis_away(lab: Lab) -> Outcome:
    one, _ = workers(lab)
    limit = lab.random.randint(2, 5)
    tries = limit + 2
    expected = f"{tries} let in, counted {tries} times"
    for error in lab.random.sample(("ConnectionError", "TimeoutError"), 2):
        where = {"key": key(lab), "limit": limit, "window": WINDOW}
        found = one.ask("without_redis", 10, error=error, **where)
        let_in = found["answers"]
        if isinstance(let_in, list):
            let_in = f"{let_in.count(True)} let in"
        if let_in != f"{tries} let in" or found["counted"] != tries:
            said = f"{let_in}, counted {found['counted']} times"
            return Outcome(False, f"{error}, {tries} attempts: {said}", expected)
    where = {"key": key(lab), "limit": limit, "window": WINDOW}
    again = one.ask("hits", 10, times=tries, **where)
    return Outcome(
        again == [True] * limit + [False] * 2,
        f"without Redis all are let in; when it is back, {again.count(True)} of {tries}",
        f"without Redis all; when it is back, {limit} of {tries}",
    )

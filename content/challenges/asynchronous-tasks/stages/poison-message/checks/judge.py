"""Decides by the runs of each message and by what lies in which queue of a real RabbitMQ."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

MOST_RUNS, MOST_COUNTED = 5, 20


def names(lab: Lab, count: int) -> list[str]:
    return [f"supplier-{n}" for n in lab.random.sample(range(10**6), count)]


def runs(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'}"


def dead(found: dict) -> str:
    """What lies in the dead letter queue, in a few words."""
    letters = found["dead"]
    if letters is None:
        return "no queue imports-dead"
    if not letters:
        return "nothing in imports-dead"
    reason = f", {letters[0]['reason']}" if letters[0]["reason"] else ", not dead-lettered"
    return f"{len(letters)} in imports-dead{reason}"


def letter(name: str) -> dict:
    return {"name": name, "reason": "rejected", "from": "imports"}


@requirement("others-pass")
def others_pass(lab: Lab) -> Outcome:
    broken, *others = names(lab, lab.random.randint(4, 7))
    scripts = [(broken, ["broken"]), *((name, ["good"]) for name in others)]
    found = lab.ask("send", 15, scripts=scripts, done=len(others), dead=1)
    count, done = found["runs"].get(broken, 0), len(set(found["done"]) & set(others))
    went_on = " and did not end" if count > MOST_COUNTED else ""
    return Outcome(
        done == len(others) and count <= MOST_RUNS,
        f"{runs(min(count, MOST_COUNTED))} of the broken one{went_on}; "
        f"{done} of {len(others)} others done",
        f"at most {MOST_RUNS} runs; {len(others)} of {len(others)} others done",
    )


@requirement("broken-is-dead")
def broken_is_dead(lab: Lab) -> Outcome:
    [broken] = names(lab, 1)
    found = lab.ask("send", 15, scripts=[(broken, ["broken"])], dead=1)
    count = found["runs"].get(broken, 0)
    return Outcome(
        count == 1 and found["dead"] == [letter(broken)],
        f"{runs(count)}, {dead(found)}",
        "1 run, 1 in imports-dead, rejected",
    )


@requirement("retried-then-dead")
def retried_then_dead(lab: Lab) -> Outcome:
    once, always = names(lab, 2)
    found = lab.ask(
        "send", 15, scripts=[(once, ["away", "good"]), (always, ["away"])], done=1, dead=1
    )
    count = [found["runs"].get(name, 0) for name in (once, always)]
    return Outcome(
        count == [2, 3] and found["done"] == [once] and found["dead"] == [letter(always)],
        f"away once: {runs(count[0])}; away for ever: {runs(count[1])}, {dead(found)}",
        "away once: 2 runs; away for ever: 3 runs, 1 in imports-dead, rejected",
    )


@requirement("replayed-once")
def replayed_once(lab: Lab) -> Outcome:
    broken, away = names(lab, 2)
    before = lab.ask("send", 15, scripts=[(broken, ["broken"]), (away, ["away"])], dead=2)
    found = lab.ask(
        "replayed", 30, scripts=[(broken, ["broken"]), (away, ["away", "good"])], done=1, dead=1
    )
    more = [found["runs"][name] - before["runs"][name] for name in (broken, away)]
    left = [each["name"] for each in found["dead"] or []]
    done = "done" if found["done"] == [away] else "not done"
    return Outcome(
        more == [1, 2] and found["done"] == [away] and left == [broken],
        f"still broken: {more[0]} more, {left.count(broken)} dead; "
        f"away once more: {more[1]} more, {done}",
        "still broken: 1 more, 1 dead; away once more: 2 more, done",
    )


@requirement("replay-loses-none")
def replay_loses_none(lab: Lab) -> Outcome:
    lost = names(lab, lab.random.randint(3, 5))
    at = lab.random.randint(2, len(lost) - 1)
    lab.ask("send", 15, scripts=[(name, ["broken"]) for name in lost], dead=len(lost))
    found = lab.ask("broken_off", 25, scripts=[(name, ["good"]) for name in lost], at=at)
    left = {each["name"] for each in found["dead"] or []}
    gone = set(lost) - left - set(found["done"])
    expected = f"cut off at message {at} of {len(lost)}: {at - 1} done, the others dead, 0 lost"
    if found["published"] < at:
        return Outcome(False, f"{found['published']} of {len(lost)} were sent again", expected)
    return Outcome(
        not gone,
        f"cut off at message {at} of {len(lost)}: {len(found['done'])} done, "
        f"{len(left)} dead, {len(gone)} lost",
        expected,
    )

"""Decides by the runs of each mail and by the pauses that its retries plan."""

from collections import Counter

from nexus_tui.labs.judging import Lab, Outcome, requirement

PASSING = ("503", "429", "refused", "timeout")
MOST_RUNS, MOST_SECONDS, OUTAGE = 20, 1200, 60
MAILS, TOGETHER = 8, 3


def mail(lab: Lab) -> dict:
    return {
        "address": f"{lab.random.randrange(10**9)}@example.org",
        "kind": lab.random.choice(("paid", "shipped")),
        "order": lab.random.randrange(10**6),
    }


@requirement("tried-again")
def tried_again(lab: Lab) -> Outcome:
    expected = "after two errors that pass, the third call succeeds"
    for outcome in lab.random.sample(PASSING, len(PASSING)):
        wanted = mail(lab)
        found = lab.ask("send", outcomes=[outcome, outcome, "sent"], **wanted)
        lab.kept.setdefault("found", []).append(found)
        to = [address for address, _ in found["calls"]]
        if found["state"] != "SUCCESS" or to != [wanted["address"]] * 3:
            said = f"{len(to)} calls, then {found['state']}"
            return Outcome(False, f"{outcome}: {said}", expected)
    return Outcome(True, "3 calls for each of 503, 429, refused, timeout", expected)


@requirement("worker-free")
def worker_free(lab: Lab) -> Outcome:
    slept = sum(sum(found["slept"]) for found in lab.kept["found"])
    runs = max(found["runs"] for found in lab.kept["found"])
    return Outcome(
        slept == 0 and runs == 3,
        f"{runs} runs for 3 calls, {slept:.0f} s slept in the worker",
        "a run for each call, and no sleep in the worker",
    )


@requirement("permanent-once")
def permanent_once(lab: Lab) -> Outcome:
    rejected = lab.ask("send", outcomes=["422"], **mail(lab))
    unknown = lab.ask("send", outcomes=["sent"], **mail(lab) | {"kind": "refunded"})
    return Outcome(
        (rejected["runs"], unknown["runs"]) == (1, 1)
        and (rejected["state"], unknown["state"]) == ("FAILURE", "FAILURE"),
        f"wrong address: {rejected['runs']} runs, {rejected['state']}; "
        f"no such text: {unknown['runs']} runs, {unknown['state']}",
        "1 run and FAILURE for both",
    )


@requirement("ends-as-failed")
def ends_as_failed(lab: Lab) -> Outcome:
    found = lab.ask("send", outcomes=[lab.random.choice(PASSING)], **mail(lab))
    seconds = sum(found["pauses"])
    return Outcome(
        found["state"] == "FAILURE" and found["runs"] <= MOST_RUNS and seconds <= MOST_SECONDS,
        f"after {found['runs']} runs in {seconds:.0f} s: {found['state']}",
        f"FAILURE after at most {MOST_RUNS} runs in {MOST_SECONDS} s",
    )


@requirement("bridges-a-minute")
def bridges_a_minute(lab: Lab) -> Outcome:
    lab.kept["many"] = many = lab.ask("send_many", 10, count=MAILS, outcome="503")
    average = sum(map(sum, many)) / len(many)
    return Outcome(
        average >= OUTAGE,
        f"{len(many[0])} retries within {average:.0f} s on average",
        f"retries for {OUTAGE} s or more on average",
    )


@requirement("grow-and-spread")
def grow_and_spread(lab: Lab) -> Outcome:
    many = lab.kept["many"]
    expected = f"the last pause 4 times the first, at most {TOGETHER} in one second"
    if not all(many):
        return Outcome(False, "no retries", expected)
    first, last = (sum(pauses[place] for pauses in many) / MAILS for place in (0, -1))
    ends = Counter(int(sum(pauses)) for pauses in many)
    at_once = max(ends.values())
    return Outcome(
        last >= 4 * first and at_once <= TOGETHER,
        f"pauses from {first:.0f} s to {last:.0f} s; {at_once} of {MAILS} mails "
        "that failed together end in one second",
        expected,
    )

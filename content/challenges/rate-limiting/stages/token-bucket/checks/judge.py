"""Decides by which attempts are let in, at moments that a bucket of its own is given too."""

from math import ceil

from nexus_tui.labs.judging import Lab, Outcome, requirement


class Bucket:
    """What is expected. All moments are eighths of seconds and rates powers of two: exact."""

    def __init__(self, burst: int, every: int) -> None:
        self.burst, self.every = burst, every
        self.tokens, self.last = float(burst), None

    def take(self, now: float) -> int:
        grown = 0 if self.last is None else (now - self.last) / self.every
        self.tokens, self.last = min(self.burst, self.tokens + grown), now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0
        return ceil((1 - self.tokens) * self.every)


def limit(lab: Lab) -> tuple[int, int]:
    """Burst and seconds for one more; drawn once, and told to the server."""
    if "limit" not in lab.kept:
        lab.kept["limit"] = lab.random.choice((3, 4, 6, 7)), lab.random.choice((4, 8, 16))
        burst, every = lab.kept["limit"]
        lab.ask("start", 15, burst=burst, every=every)
    return lab.kept["limit"]


def address(lab: Lab) -> str:
    return ".".join(str(lab.random.randint(11, 249)) for _ in range(4))


def attempts(lab: Lab, moments: list[float], client: str | None = None) -> list[dict]:
    """Attempts of one client; without a name it is a new one."""
    client = client or address(lab)
    return [{"at": at, "from": client} for at in moments]


def play(lab: Lab, requests: list[dict]) -> list[dict]:
    return lab.ask("play", 15, requests=requests)


def passed(answers: list[dict]) -> int:
    return sum(answer["status"] == 200 for answer in answers)


def rule(lab: Lab) -> str:
    burst, every = limit(lab)
    return f"burst {burst}, one more each {every} s"


@requirement("idle-saves-no-more")
def idle_saves_no_more(lab: Lab) -> Outcome:
    burst, every = limit(lab)
    pause = burst * every * lab.random.randint(8, 30)
    answers = play(lab, attempts(lab, [0] + [pause] * (4 * burst)))
    return Outcome(
        passed(answers[1:]) == burst,
        f"{rule(lab)}: after {pause} s of silence {passed(answers[1:])} are let in at once",
        f"{burst}",
    )


@requirement("burst-is-all")
def burst_is_all(lab: Lab) -> Outcome:
    burst, every = limit(lab)
    window, many = burst * every, 2 * burst
    edge = [window - 0.125] * many + [window + 0.125] * many
    fresh = attempts(lab, edge)
    started = attempts(lab, [0, *edge])
    both = sorted([*fresh, *started], key=lambda request: request["at"])
    answers = list(zip(both, play(lab, both), strict=True))[1:]
    found = [
        passed([answer for request, answer in answers if request["from"] == client])
        for client in (fresh[0]["from"], started[0]["from"])
    ]
    return Outcome(
        found == [burst, burst],
        f"{rule(lab)}: two clients, {found[0]} and {found[1]} let in within 0.25 s",
        f"{burst} of each",
    )


@requirement("steady-refill")
def steady_refill(lab: Lab) -> Outcome:
    burst, every = limit(lab)
    step = lab.random.choice((0.625, 0.75, 0.875))
    later = [place * step for place in range(1, int(3.5 * every / step))]
    answers = play(lab, attempts(lab, [0] * burst + later))
    bucket = Bucket(burst, every)
    expected = [at for at in [0] * burst + later if not bucket.take(at)][burst:]
    found = [
        at for at, answer in zip(later, answers[burst:], strict=True) if answer["status"] == 200
    ]
    said = ", ".join(f"{at:g}" for at in found[:6]) or "never"
    return Outcome(
        found == expected and passed(answers[:burst]) == burst,
        f"{rule(lab)}: a client that tries each {step} s is let in at second {said}",
        f"at second {', '.join(f'{at:g}' for at in expected)}",
    )


@requirement("wait-is-true")
def wait_is_true(lab: Lab) -> Outcome:
    burst, every = limit(lab)
    asked = sorted(lab.random.sample(range(1, 8 * every - 8), 4))
    moments = [0] * burst + [at / 8 for at in asked]
    bucket = Bucket(burst, every)
    expected = [bucket.take(at) for at in moments][burst:]
    end = moments[-1] + expected[-1]
    answers = play(lab, attempts(lab, [*moments, end]))[burst:]
    waits = [str(answer["wait"]) for answer in answers[:-1]]
    return Outcome(
        waits == [str(wait) for wait in expected]
        and [answer["status"] for answer in answers] == [429] * 4 + [200],
        f"{rule(lab)}: Retry-After {', '.join(waits)}; after the last one {answers[-1]['status']}",
        f"Retry-After {', '.join(map(str, expected))}; after the last one 200",
    )


@requirement("before-the-view")
def before_the_view(lab: Lab) -> Outcome:
    burst, _ = limit(lab)
    client = address(lab)
    logins = attempts(lab, [0] * (burst + 5), client)
    others = [
        {"at": 0.5, "from": client, "method": "get", "path": "/login/"},
        {"at": 0.5, "from": client, "method": "post", "path": "/books/"},
        {"at": 0.5, "from": client, "method": "get", "path": "/books/"},
    ]
    answers = play(lab, [*others, *logins, *others])
    refused = [answer for answer in answers if answer["status"] == 429]
    reached = sum(answer["calls"] for answer in refused)
    slept = sum(answer["slept"] for answer in answers)
    others_passed = passed(answers[:3]) + passed(answers[-3:])
    return Outcome(
        (len(refused), reached, others_passed, slept) == (5, 0, 6, 0),
        f"{len(refused)} of {burst + 5} logins refused, {reached} of them after the view ran; "
        f"{others_passed} of 6 other requests served",
        "5 refused, 0 after the view ran; 6 of 6 served",
    )


@requirement("clock-is-set")
def clock_is_set(lab: Lab) -> Outcome:
    burst, every = limit(lab)
    found = []
    for hours in (-1, 1):
        requests = attempts(lab, [0] * (burst - 2) + [0.5] * 4 + [every + 0.5])
        requests[burst - 2]["set"] = hours * 3600
        answers = play(lab, requests)[burst - 2 :]
        found.append((passed(answers[:-1]), answers[-1]["status"]))
    (back, later), (forth, after) = found
    return Outcome(
        found == [(2, 200), (2, 200)],
        f"2 left: set back an hour, {back} let in, {every} s later {later}; "
        f"set forward, {forth} let in, {every} s later {after}",
        f"2 let in and {every} s later 200, both times",
    )

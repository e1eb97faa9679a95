"""Decides by replaying weeks of made-up traffic, with attacks and without, to the alarm."""

from itertools import groupby
from math import exp
from random import Random

from nexus_tui.labs.judging import Lab, Outcome, requirement

DAY, SECONDS = 288, 300
ATTACK = 48
"""Intervals of one attack: four hours."""
SOON = 3
"""Intervals within which it has to ring, and to be silent again."""
MOST_SERIES = 60


def rate(day: int, place: int) -> float:
    """Requests a second at this time of a usual day: the days 2 and 3 are a weekend."""
    bump = 110 * exp(-(((place / 12 - 13) / 4.2) ** 2))
    return (12 + bump * (0.6 if day % 7 in (2, 3) else 1)) * 1.01**day


def traffic(random: Random, days: int) -> list[int]:
    """A shop as the challenge tells of it; it grows by one in a hundred each day."""
    found = []
    for day in range(days):
        for place in range(DAY):
            usual = rate(day, place) * SECONDS
            found.append(round(random.gauss(usual, usual * 0.03 + usual**0.5)))
    return found


def small_traffic(random: Random, days: int) -> list[int]:
    """A shop with at most some ten requests in five minutes, and hardly any at night."""
    return [
        sum(random.random() < rate(0, place) / 600 for _ in range(40))
        for _ in range(days)
        for place in range(DAY)
    ]


def attacked(random: Random, counts: list[int], *starts: int, ramp: int = 0) -> list[int]:
    """Four hours from each of these intervals on, 20 requests a second more."""
    found = list(counts)
    for start in starts:
        for place in range(ATTACK):
            share = min(1, (place + 1) / ramp) if ramp else 1
            found[start + place] += round(random.uniform(18, 23) * SECONDS * share)
    return found


def night(random: Random, day: int) -> int:
    """An interval between half past midnight and half past two."""
    return day * DAY + random.randint(6, 30)


def replay(lab: Lab, counts: list[int]) -> list[bool]:
    """Whether the alarm rings, after each interval."""
    return [mark == "1" for mark in lab.ask("replay", 25, counts=counts)]


def rings(marks: list[bool]) -> int:
    """How often it begins to ring."""
    return sum(ringing for ringing, _ in groupby(marks))


def at(place: int) -> str:
    minutes = place % DAY * 5
    return f"day {place // DAY + 1}, {minutes // 60:02}:{minutes % 60:02}"


@requirement("calm-days")
def calm_days(lab: Lab) -> Outcome:
    marks = replay(lab, traffic(lab.random, 16))
    found = rings(marks)
    first = f", first on {at(marks.index(True))}" if found else ""
    return Outcome(
        found <= 1, f"16 days without an attack: it rings {found} times{first}", "at most once"
    )


@requirement("night-attack")
def night_attack(lab: Lab) -> Outcome:
    random = lab.random
    expected = f"within {SOON} intervals, then all the time, and silent {SOON} after the end"
    for ramp in (0, 24):
        start = night(random, random.randint(8, 13))
        marks = replay(lab, attacked(random, traffic(random, 15), start, ramp=ramp))
        end, full = start + ATTACK, start + ramp
        kind = "growing for two hours" if ramp else "at once"
        if True not in marks[start : full + SOON]:
            seen = "never rings" if True not in marks[full:end] else "rings too late"
            return Outcome(False, f"20 a second more, {kind}: it {seen}", expected)
        steady = marks[full + SOON : end]
        silent = marks[end + SOON : end + SOON + 24]
        if steady.count(True) < 0.9 * len(steady) or silent.count(True) > 1:
            return Outcome(
                False,
                f"20 a second more, {kind}: it rings in {steady.count(True)} of "
                f"{len(steady)} intervals, and in {silent.count(True)} of 24 afterwards",
                expected,
            )
    return Outcome(True, "rings soon, all the time, and is silent afterwards", expected)


@requirement("next-night-too")
def next_night_too(lab: Lab) -> Outcome:
    random = lab.random
    first = night(random, random.randint(8, 10))
    starts = [first, first + DAY, first + 7 * DAY]
    marks = replay(lab, attacked(random, traffic(random, 20), *starts))
    told = [True in marks[start : start + SOON] for start in starts]
    said = ["rings" if each else "does not ring" for each in told]
    return Outcome(
        all(told),
        f"the same attack: first night {said[0]}, the next night {said[1]}, a week later {said[2]}",
        "rings in each of these nights",
    )


@requirement("small-numbers")
def small_numbers(lab: Lab) -> Outcome:
    random = lab.random
    counts = small_traffic(random, 16)
    found = rings(replay(lab, counts))
    start = night(random, 14)
    told = True in replay(lab, attacked(random, counts, start))[start : start + SOON]
    return Outcome(
        found <= 1 and told,
        f"a shop with 0 to {max(counts)} requests in five minutes: it rings {found} times "
        f"without an attack, and {'in' if told else 'not even in'} an attack",
        "at most once without an attack, and in an attack",
    )


ANSWERED = [
    ("GET", "/books/", 200),
    ("GET", "/books/", 304),
    ("GET", "/books/", 500),
    ("GET", "/books/<int:id>/", 200),
    ("GET", "/books/<int:id>/", 404),
    ("GET", "/orders/<int:id>/", 200),
    ("GET", "/orders/<int:id>/", 403),
    ("POST", "/orders/", 201),
    ("POST", "/orders/", 400),
    ("POST", "/login/", 200),
    ("POST", "/login/", 400),
    ("POST", "/login/", 429),
    ("POST", "/login/", 500),
    ("GET", None, 404),
]


def asked(random: Random, method: str, route: str | None, status: int) -> dict:
    """One request, with what only it has."""
    number = random.randrange(10**9)
    return {
        "method": method,
        "path": (route or f"/wp-{number}.php").replace("<int:id>", str(number)),
        "route": route,
        "status": status,
        "client": ".".join(str(random.randint(1, 254)) for _ in range(4)),
        "agent": f"Browser/{random.randrange(10**6)}",
    }


@requirement("few-series")
def few_series(lab: Lab) -> Outcome:
    sizes = []
    for clients in (3, 150):
        requests = [asked(lab.random, *kind) for kind in ANSWERED for _ in range(clients)]
        sizes.append(len(set(map(str, lab.ask("labels", 15, requests=requests)))))
    few, many = sizes
    return Outcome(
        few == many <= MOST_SERIES,
        f"{3 * len(ANSWERED)} clients: {few} series, {150 * len(ANSWERED)} clients: {many}",
        f"as many for all clients as for few, at most {MOST_SERIES}",
    )


@requirement("told-apart")
def told_apart(lab: Lab) -> Outcome:
    requests = [asked(lab.random, *kind) for kind in ANSWERED]
    series = [str(each) for each in lab.ask("labels", 15, requests=requests)]
    seen: dict = {}
    for (_, *kind), name in zip(ANSWERED, series, strict=True):
        if name in seen:
            one, two = (f"{status} of {route}" for route, status in (seen[name], kind))
            return Outcome(
                False, f"one series for {one} and {two}", "a series for each route and status"
            )
        seen[name] = kind
    return Outcome(True, f"{len(seen)} series", "a series for each route and status")

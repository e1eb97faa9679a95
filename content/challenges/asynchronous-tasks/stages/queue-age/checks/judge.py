"""Decides by the metrics and alerts after a script of orders, runs and waiting."""

import re
from collections import Counter

from nexus_tui.labs.judging import Lab, Outcome, requirement

LINE = re.compile(r"(\w+)\{(.*)\} (\S+)")
LABEL = re.compile(r'(\w+)="([^"]*)"')
PROMISED = 300
TASKS = {"report": "reports.tasks.render_report", "mail": "reports.tasks.send_mail"}


def series(text: str) -> list[tuple[str, dict[str, str], float]]:
    lines = filter(None, map(LINE.fullmatch, text.splitlines()))
    return [(m[1], dict(LABEL.findall(m[2])), float(m[3])) for m in lines]


def age(text: str, queue: str) -> float | None:
    """The gauge of a queue; None: there is none."""
    for name, labels, value in series(text):
        if name == "oldest_waiting_seconds" and labels.get("queue") == queue:
            return value
    return None


def counted(text: str) -> Counter:
    """Runs by queue and outcome."""
    found: Counter = Counter()
    for name, labels, value in series(text):
        for queue, task in TASKS.items():
            if name == "tasks_total" and labels.get("task") == task:
                found[queue, labels.get("outcome")] += int(value)
    return found


def woken(found: dict) -> str:
    return ", ".join(found["alerts"]) or "nobody is woken"


@requirement("alert-on-age")
def alert_on_age(lab: Lab) -> Outcome:
    few, many = lab.random.randint(5, 15), lab.random.randint(1200, 3000)
    late = lab.random.randint(40, 60) * 60
    lab.ask("clear")
    for _ in range(few):
        lab.ask("order", queue="report")
    lab.ask("let_pass", time=late)
    lab.ask("work", most=1)
    slow = lab.ask("scrape")
    lab.ask("work")
    lab.ask("order", queue="mail")
    lab.ask("order_many", queue="mail", count=many)
    lab.ask("let_pass", time=20)
    lab.ask("work", most=1)
    quick = lab.ask("scrape")
    return Outcome(
        slow["alerts"] == ["report"] and "mail" not in quick["alerts"],
        f"{few} reports for {late // 60} minutes: {woken(slow)}; "
        f"{many} mails for 20 s: {woken(quick)}",
        "report; then nobody is woken",
    )


@requirement("age-without-worker")
def age_without_worker(lab: Lab) -> Outcome:
    first, then = lab.random.randint(400, 900), lab.random.randint(1500, 4000)
    lab.ask("clear")
    lab.ask("order", queue="report", lost=True)
    lab.ask("let_pass", time=first)
    for _ in range(lab.random.randint(2, 4)):
        lab.ask("order", queue="report")
    lab.ask("work", most=1)
    lab.ask("let_pass", time=then)
    found = lab.ask("scrape")
    told = age(found["text"], "report")
    expected = first + then
    return Outcome(
        told is not None and expected <= told <= expected + 10 and "report" in found["alerts"],
        "no oldest_waiting_seconds for report"
        if told is None
        else f"oldest_waiting_seconds {told:.0f}: {woken(found)}",
        f"oldest_waiting_seconds {expected}: report",
    )


@requirement("nothing-waits")
def nothing_waits(lab: Lab) -> Outcome:
    late = lab.random.randint(1000, 2000)
    lab.ask("clear")
    for queue in TASKS:
        lab.ask("order", queue=queue)
    lab.ask("let_pass", time=late)
    before = lab.ask("scrape")
    lab.ask("work")
    found = lab.ask("scrape")
    ages = {queue: age(found["text"], queue) or 0 for queue in TASKS}
    return Outcome(
        before["alerts"] == ["mail", "report"] and not found["alerts"] and not any(ages.values()),
        f"before: {woken(before)}; when all is done: {max(ages.values()):.0f} s, {woken(found)}",
        "before: mail, report; when all is done: 0 s, nobody is woken",
    )


@requirement("counts-exactly")
def counts_exactly(lab: Lab) -> Outcome:
    lab.ask("clear")
    queue = lab.random.choice(list(TASKS))
    before = counted(lab.ask("scrape")["text"])
    expected = Counter()
    for _ in range(lab.random.randint(4, 7)):
        lab.ask("order", queue=queue)
        expected["success"] += 1
    for _ in range(lab.random.randint(2, 3)):
        lab.ask("order", queue=queue, outcomes=["away", "away", "done"])
        expected.update(retry=2, success=1)
    for _ in range(lab.random.randint(2, 3)):
        lab.ask("order", queue=queue, outcomes=["broken"])
        expected["failure"] += 1
    lab.ask("order", queue=queue, outcomes=["away"])
    expected.update(retry=3, failure=1)
    lab.ask("work")
    after = counted(lab.ask("scrape")["text"]) - before
    outcomes = ("success", "failure", "retry")
    told = {outcome: after[queue, outcome] for outcome in outcomes}
    return Outcome(
        told == {outcome: expected[outcome] for outcome in outcomes},
        ", ".join(f"{outcome} {told[outcome]}" for outcome in outcomes),
        ", ".join(f"{outcome} {expected[outcome]}" for outcome in outcomes),
    )


@requirement("bounded-labels")
def bounded_labels(lab: Lab) -> Outcome:
    sizes = (2, 10)
    found = []
    for size in sizes:
        lab.ask("clear")
        for place in range(size):
            for queue in TASKS:
                outcomes = ["broken"] if place % 2 else ["away", "done"]
                lab.ask("order", queue=queue, outcomes=outcomes)
        lab.ask("work")
        found.append(len(series(lab.ask("scrape")["text"])))
    few, many = sizes
    return Outcome(
        found[0] == found[1],
        f"{found[0]} series, and {found[1]} after {2 * many} orders more",
        f"as many series after {2 * many} orders more",
    )

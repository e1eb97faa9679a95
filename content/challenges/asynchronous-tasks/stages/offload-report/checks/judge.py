"""Decides by the answer, the messages, and what a worker finds that takes them at once or late."""

from nexus_tui.labs.judging import Lab, Outcome, requirement


def some_month(lab: Lab) -> str:
    return f"{lab.random.randint(2019, 2025)}-{lab.random.randint(1, 12):02}"


def new_account(lab: Lab, left: int) -> tuple[int, str]:
    """The id and name of an account, after some others."""
    name = f"Customer {lab.random.randrange(10**9)}"
    lab.kept["nonce"] = f"Report {lab.random.randrange(10**9)}"
    others = [(f"Other {n}", 9) for n in range(lab.random.randint(1, 4))]
    ids = lab.ask("start", nonce=lab.kept["nonce"], accounts=[*others, (name, left)])
    return ids[-1], name


def messages(count: int) -> str:
    return f"{count} message{'' if count == 1 else 's'}"


@requirement("answers-at-once")
def answers_at_once(lab: Lab) -> Outcome:
    account, _ = new_account(lab, 9)
    found = lab.ask("order", account=account, month=some_month(lab), seconds=4)
    expected = "status 202, nothing rendered by the web process"
    if found["waits"]:
        return Outcome(False, found["waits"], expected)
    status, rendered = found["answer"]["status"], found["rendered"]
    where = f" {rendered[0]}" if rendered and rendered[0] else ""
    said = f"{len(rendered)} report rendered by the web process{where}"
    return Outcome(
        status == 202 and not rendered,
        f"status {status}, {said if rendered else 'nothing rendered'}",
        expected,
    )


@requirement("worker-finds-it")
def worker_finds_it(lab: Lab) -> Outcome:
    account, _ = new_account(lab, 9)
    found = lab.ask("order", account=account, month=some_month(lab), idle=True)
    sent = len(found["runs"]) + found["waiting"]
    failed = next((r["error"] for r in found["runs"] if r["state"] != "SUCCESS"), None)
    return Outcome(
        sent == 1 and failed is None,
        f"{messages(sent)}; the worker said {failed}" if failed else messages(sent),
        "1 message, and a worker that is idle finds its order",
    )


@requirement("nothing-after-rollback")
def nothing_after_rollback(lab: Lab) -> Outcome:
    account, _ = new_account(lab, 0)
    found = lab.ask("order", account=account, month=some_month(lab), idle=True)
    sent, orders = len(found["runs"]) + found["waiting"], found["orders"]
    status = found["answer"]["status"]
    return Outcome(
        (status, orders, sent) == (409, 0, 0),
        f"status {status}, {orders} orders, {messages(sent)}",
        "no reports left: status 409, 0 orders, 0 messages",
    )


@requirement("reads-the-row")
def reads_the_row(lab: Lab) -> Outcome:
    account, name = new_account(lab, 9)
    old, new = lab.random.sample([f"20{year}-0{m}" for year in (23, 24) for m in (1, 2, 3)], 2)
    lab.ask("order", account=account, month=old)
    pk = lab.ask("newest")
    lab.ask("correct", pk=pk, month=new)
    failed = next((r["error"] for r in lab.ask("work") if r["state"] != "SUCCESS"), None)
    row = lab.ask("row", pk=pk)
    expected = f"the report: {new}"
    if failed:
        return Outcome(False, f"the worker said {failed}", expected)
    said = row["document"] or "there is none"
    for month in (old, new):
        said = month if said == f"{lab.kept['nonce']} {month} {name}" else said
    reverted = f", and the order says {row['month']} again" if row["month"] != new else ""
    return Outcome(
        said in (new, "there is none") and not reverted,
        f"corrected from {old} to {new}; the report: {said}{reverted}",
        expected,
    )


@requirement("status-page")
def status_page(lab: Lab) -> Outcome:
    account, name = new_account(lab, 9)
    month = some_month(lab)
    found = lab.ask("order", account=account, month=month)
    address = found["answer"]["headers"].get("Location")
    expected = "Location leads to waiting, then to done with the report"
    if not address:
        return Outcome(False, "no Location in the answer", expected)
    before = lab.ask("show", address=address)
    lab.ask("work")
    after = lab.ask("show", address=address)
    if before["status"] != 200 or after["status"] != 200:
        return Outcome(False, f"{address} answers {before['status']}", expected)
    document = f"{lab.kept['nonce']} {month} {name}"
    states = [page["body"].get("status") for page in (before, after)]
    complete = after["body"].get("document") == document
    return Outcome(
        states == ["waiting", "done"] and complete and before["body"]["document"] == "",
        f"{states[0]}, then {states[1]} {'with' if complete else 'without'} the report",
        expected,
    )

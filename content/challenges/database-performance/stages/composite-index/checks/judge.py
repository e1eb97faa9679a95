"""Decides by the answer, by the indexes after migrate, and by the work at two sizes."""

from datetime import datetime, timedelta, timezone

from nexus_tui.labs.judging import Lab, Outcome, requirement

BEGIN = datetime(2026, 1, 1, tzinfo=timezone.utc)
SHOWN = 20
FEW, MANY = 2000, 16000


def some_orders(lab: Lab, count: int) -> list[list]:
    """One in ten of the older ones is paid, none of the newest fourth; ids say nothing of age."""
    random = lab.random
    minutes = random.sample(range(count * 9), count)
    recent = sorted(minutes)[count * 3 // 4]
    return [
        [
            f"B-{place}-{random.randrange(10**6)}",
            f"Customer {random.randrange(10**6)}",
            ("paid" if minute < recent and random.random() < 0.1 else "open")
            if random.random() < 0.95
            else "cancelled",
            random.randrange(100, 20000),
            minute,
        ]
        for place, minute in enumerate(minutes)
    ]


@requirement("same-answer")
def same_answer(lab: Lab) -> Outcome:
    orders = some_orders(lab, lab.random.randint(500, 600))
    answer = lab.ask("show", orders=orders)
    newest = sorted((o for o in orders if o[2] == "paid"), key=lambda order: -order[4])
    expected = [
        {
            "number": number,
            "customer": customer,
            "cents": cents,
            "created": (BEGIN + timedelta(minutes=minute)).isoformat(),
        }
        for number, customer, _, cents, minute in newest[:SHOWN]
    ]
    if answer["status"] != 200 or answer["body"] == {"orders": expected}:
        return Outcome(answer["status"] == 200, f"status {answer['status']}", "status 200")
    got = answer["body"].get("orders", []) if isinstance(answer["body"], dict) else []
    wrong = next(
        (pair for pair in zip(got, expected, strict=False) if pair[0] != pair[1]),
        (f"{len(got)} orders", f"{len(expected)} orders"),
    )
    return Outcome(False, said(wrong[0]), said(wrong[1]))


def said(order: object) -> str:
    if not isinstance(order, dict) or "number" not in order:
        return str(order)
    return f"order {order['number']} of {order.get('created')}"


@requirement("table-as-models")
def table_as_models(lab: Lab) -> Outcome:
    found = lab.kept["migrated"] = lab.ask("migrate")
    if found["missing"]:
        said = f"makemigrations would write: {'; '.join(found['missing'])}"
        return Outcome(False, said, "No changes detected")
    models, table = found["described"], found["after"]
    for name, columns in models.items():
        if table.get(name) != columns:
            has = f"{name} on {table[name]}" if name in table else f"no index {name}"
            return Outcome(
                False, f"the migrated table has {has}", f"{name} on {columns}, as in the models"
            )
    for name, columns in table.items():
        if name not in models:
            return Outcome(
                False,
                f"the migrated table has {name} on {columns}",
                "no index that the models do not name",
            )
    return Outcome(True, f"{', '.join(table)} in both", "the same indexes in both")


@requirement("same-work")
def same_work(lab: Lab) -> Outcome:
    few = lab.ask("work", orders=some_orders(lab, FEW))
    many = lab.ask("work", orders=some_orders(lab, MANY), seconds=10.0)
    plan = [line for line in many["plan"] if "shop_order" in line or "B-TREE" in line]
    sorts = any(line.endswith("B-TREE FOR ORDER BY") for line in plan)
    named = bool(plan) and all("INDEX" in line or "B-TREE" in line for line in plan)
    return Outcome(
        named and not sorts and many["steps"] < 1.5 * few["steps"],
        f"{', '.join(plan)}: {few['steps']} steps for {FEW} orders, {many['steps']} for {MANY}",
        "an index, no TEMP B-TREE, and as many steps for 16000",
    )


@requirement("one-index-more")
def one_index_more(lab: Lab) -> Outcome:
    found = lab.kept.get("migrated")
    if found is None:
        return Outcome(False, "the migrations did not run", "at most one index more")
    before, after = len(found["before"]), len(found["after"])
    return Outcome(
        after <= before + 1, f"{before} before, {after} after", f"at most {before + 1} after"
    )

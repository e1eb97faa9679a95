"""Decides by how often is computed, who waits meanwhile, and what is told when something fails."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

YEAR = 2026
MANY = 20


def some_shops(lab: Lab) -> list[str]:
    return [f"shop-{number}" for number in lab.random.sample(range(100, 999), 2)]


def some_day(lab: Lab) -> str:
    return f"{YEAR}-{lab.random.randint(1, 12):02}-{lab.random.randint(1, 28):02}"


def filled(lab: Lab, *names: str) -> list[list]:
    """Sales of these shops, and nothing kept."""
    sales = [
        [shop, some_day(lab), lab.random.randrange(100, 99999)]
        for shop in names
        for _ in range(lab.random.randint(3, 6))
    ]
    lab.ask("fill", rows=sales)
    return sales


def right(sales: list[list], shop: str) -> int:
    return sum(sale[2] for sale in sales if sale[0] == shop)


def told(visitor: dict) -> str:
    """What became of a request, in a few words."""
    if visitor["error"]:
        return visitor["error"]
    if visitor["state"] != "done":
        return f"a request that is still {visitor['state']}"
    waited = f" after a wait of {visitor['waited']:g} s" if visitor["waited"] else ""
    return f"{visitor['cents']}{waited}"


def is_right(visitor: dict, cents: int) -> bool:
    return visitor["state"] == "done" and not visitor["error"] and visitor["cents"] == cents


def at_once(visitor: dict, cents: int) -> bool:
    return is_right(visitor, cents) and not visitor["waited"]


@requirement("computed-once")
def computed_once(lab: Lab) -> Outcome:
    shop, second = some_shops(lab)
    sales = filled(lab, shop, second)
    found = lab.ask("together", figure=[shop, YEAR], visitors=MANY, seconds=12.0)
    cents = right(sales, shop)
    wrong = [visitor for visitor in found["after"] if not is_right(visitor, cents)]
    if wrong or found["computed"] != 1:
        what = f", {len(wrong)} of them were told {told(wrong[0])}" if wrong else ""
        said = f"{MANY} requests at once: {found['computed']} computations{what}"
        return Outcome(False, said, f"1 computation, and all are told {cents}")
    found = lab.ask("overtaken", figure=[second, YEAR], seconds=12.0)
    cents = right(sales, second)
    passed = found["computed"] == 1 and is_right(found["first"], cents)
    return Outcome(
        passed and is_right(found["second"], cents),
        f"one computed and stored while another had just looked: {found['computed']} computations",
        "1 computation: what is there by now is taken",
    )


@requirement("old-meanwhile")
def old_meanwhile(lab: Lab) -> Outcome:
    shop, _ = some_shops(lab)
    sales = filled(lab, shop)
    old, visitors = right(sales, shop), 8
    lab.ask("ask", figure=[shop, YEAR])
    sale = [shop, some_day(lab), lab.random.randrange(100, 99999)]
    lab.ask("add", shop=sale[0], day=sale[1], cents=sale[2])
    lab.ask("forward", by=61)
    found = lab.ask("together", figure=[shop, YEAR], visitors=visitors, seconds=12.0)
    waiting = sum(visitor["state"] == "waiting" for visitor in found["held"])
    served = sum(is_right(visitor, old) for visitor in found["held"])
    if found["computed"] != 1 or served < visitors - 1:
        said = (
            f"{visitors} requests after 61 s: {found['computed']} computed, "
            f"{served} were told the old figure at once, {waiting} waited"
        )
        return Outcome(False, said, f"1 computes, {visitors - 1} are told the old figure")
    new = old + sale[2]
    renewed = lab.ask("ask", figure=[shop, YEAR])
    return Outcome(
        at_once(renewed, new) and not renewed["computed"],
        f"renewed, and then: {told(renewed)}, {renewed['computed']} computed",
        f"renewed, and then: {new}, 0 computed",
    )


@requirement("lock-of-its-own")
def lock_of_its_own(lab: Lab) -> Outcome:
    slow, other = some_shops(lab)
    sales = filled(lab, slow, other)
    lab.ask("hang", figure=[slow, YEAR])
    visitor = lab.ask("ask", figure=[other, YEAR])
    lab.ask("let_go", shop=slow)
    cents = right(sales, other)
    return Outcome(
        at_once(visitor, cents),
        f"while {slow} is computed, {other}: {told(visitor)}",
        f"{cents}, without a wait",
    )


@requirement("failure")
def failure(lab: Lab) -> Outcome:
    shop, _ = some_shops(lab)
    cents = right(filled(lab, shop), shop)
    lab.ask("database", shop=shop, answers=False)
    failed = lab.ask("ask", figure=[shop, YEAR])
    lab.ask("database", shop=shop, answers=True)
    if not (failed["error"] or "").startswith("OperationalError"):
        said = f"the query failed, and the figure is {told(failed)}"
        return Outcome(False, said, "OperationalError")
    visitor = lab.ask("ask", figure=[shop, YEAR])
    return Outcome(
        at_once(visitor, cents),
        f"the next request after a failed one: {told(visitor)}",
        f"{cents}, without a wait",
    )


@requirement("killed")
def killed(lab: Lab) -> Outcome:
    shop, _ = some_shops(lab)
    cents = right(filled(lab, shop), shop)
    lab.ask("hang", figure=[shop, YEAR])
    lab.ask("forward", by=61)
    visitor = lab.ask("ask", figure=[shop, YEAR])
    lab.ask("let_go", shop=shop)
    return Outcome(
        at_once(visitor, cents),
        f"61 s after the one who computed was killed: {told(visitor)}",
        f"{cents}, without a wait",
    )


@requirement("without-redis")
def without_redis(lab: Lab) -> Outcome:
    shop, second = some_shops(lab)
    sales = filled(lab, shop, second)
    lab.ask("redis", answers=False)
    try:
        visitor = lab.ask("ask", figure=[shop, YEAR])
    finally:
        lab.ask("redis", answers=True)
    cents = right(sales, shop)
    if not at_once(visitor, cents):
        return Outcome(False, f"Redis is down: {told(visitor)}", f"{cents}, without a wait")
    visitor = lab.ask("gone_meanwhile", figure=[second, YEAR], seconds=10.0)
    cents = right(sales, second)
    return Outcome(
        is_right(visitor, cents),
        f"Redis went down during the query: {told(visitor)}",
        f"{cents}",
    )

"""Decides by what the provider charged and what is booked, whatever happens on the way."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

MOST_STEPS = 15


def some_card(lab: Lab) -> str:
    return f"card_{lab.random.randrange(10**12)}"


def some_amount(lab: Lab) -> int:
    return 100 * lab.random.randint(3, 90) + lab.random.randint(1, 99)


def told(found: dict) -> str:
    charges, payments = found["charges"], found["payments"]
    return (
        f"{charges} charge{'' if charges == 1 else 's'}, "
        f"{payments} payment{'' if payments == 1 else 's'}, "
        f"{found['points']} points, order {found['status']}"
    )


def once(amount: int) -> dict:
    return {"charges": 1, "payments": 1, "points": amount // 100, "status": "paid"}


@requirement("answer-lost")
def answer_lost(lab: Lab) -> Outcome:
    amount, times = some_amount(lab), lab.random.randint(1, 3)
    found = lab.ask("times_out", card=some_card(lab), amount=amount, times=times)
    return Outcome(
        found == once(amount),
        f"the answer was lost {times} times: {told(found)}",
        told(once(amount)),
    )


@requirement("delivered-again")
def delivered_again(lab: Lab) -> Outcome:
    amount = some_amount(lab)
    for messages, deliveries in ((1, 3), (2, 1)):
        found = lab.ask(
            "delivered",
            card=some_card(lab),
            amount=amount,
            deliveries=deliveries,
            messages=messages,
        )
        if found != once(amount):
            said = "one message, three deliveries" if messages == 1 else "two messages"
            return Outcome(False, f"{said}: {told(found)}", told(once(amount)))
    return Outcome(True, told(found), told(once(amount)))


@requirement("each-order")
def each_order(lab: Lab) -> Outcome:
    amount = some_amount(lab)
    found = lab.ask("two_orders", card=some_card(lab), amount=amount)
    expected = once(amount) | {"charges": 2, "points": 2 * (amount // 100)}
    wrong = next((each for each in found if each != expected), found[0])
    return Outcome(
        found == [expected, expected],
        f"two orders with the same amount: {told(wrong)}",
        f"{told(expected)}, for both",
    )


def at_each_step(lab: Lab, call: str, said: str) -> Outcome:
    amount = some_amount(lab)
    cards = [some_card(lab) for _ in range(MOST_STEPS)]
    found = lab.ask(call, 15, cards=cards, amount=amount)
    wrong = next((each for each in found if told(each) != told(once(amount))), None)
    if wrong:
        return Outcome(False, f"{said} {wrong['step']}: {told(wrong)}", told(once(amount)))
    return Outcome(
        len(found) > 1,
        f"{len(found)} steps: {told(once(amount))} each time",
        told(once(amount)),
    )


@requirement("machine-dies")
def machine_dies(lab: Lab) -> Outcome:
    return at_each_step(lab, "crashes", "died")


@requirement("workers-meet")
def workers_meet(lab: Lab) -> Outcome:
    return at_each_step(lab, "meetings", "met")


@requirement("database-refuses")
def database_refuses(lab: Lab) -> Outcome:
    found = lab.ask("copied", card=some_card(lab), amount=some_amount(lab))
    taken = ", ".join(kind for kind, twice in found.items() if twice)
    refused = ", ".join(kind for kind, twice in found.items() if not twice)
    return Outcome(
        bool(refused),
        f"a second {refused} is refused" if refused else f"a second {taken} is stored",
        "the database refuses a second row for the same operation",
    )

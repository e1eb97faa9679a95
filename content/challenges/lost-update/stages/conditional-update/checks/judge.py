"""Decides by what is in stock, what was sold, and what the buyers were told."""

from collections import Counter

from nexus_tui.labs.challenges.interview import Subject
from nexus_tui.labs.judging import Lab, Outcome, requirement

CROWD, MOST_STATEMENTS = 20, 12
PRICE = 900


def told(found: dict) -> str:
    return f"stock {found['stock']}, sold {found['sold']}, {found['sales']} sales"


def workers(lab: Lab) -> tuple[Subject, Subject]:
    """The same code in two processes, on one database."""
    if "workers" not in lab.kept:
        other = lab.start()
        lab.subject.ask("stocked", 10, stock=0, price=PRICE)
        lab.kept["workers"] = lab.subject, other
    return lab.kept["workers"]


@requirement("in-turn")
def in_turn(lab: Lab) -> Outcome:
    lab.subject.send("stocked", stock=0, price=PRICE)
    lab.kept["workers"] = lab.subject, lab.start()  # boots meanwhile
    lab.subject.answer(10)
    first, second = (lab.random.randint(2, 5) for _ in range(2))
    stock = first + second + 2
    found = lab.ask("in_turn", stock=stock, quantities=[first, 3 + second, second, 2, 1])
    expected, left, sales = [], stock, 0
    for quantity in (first, 3 + second, second, 2, 1):
        if fits := left >= quantity:
            left, sales = left - quantity, sales + 1
        state = {"stock": left, "sold": stock - left, "price": PRICE}
        state |= {"sales": sales, "gone": stock - left}
        expected.append(["sold" if fits else "sold out", state])
    for (answer, state), (right, due) in zip(found, expected, strict=True):
        if (answer, state) != (right, due):
            return Outcome(False, f"{answer}: {told(state)}", f"{right}: {told(due)}")
    return Outcome(True, f"{stock} in stock: {told(found[-1][1])}", "all sold, then sold out")


@requirement("crowd-of-twenty")
def crowd_of_twenty(lab: Lab) -> Outcome:
    stock = lab.random.randint(4, 7)
    found = lab.ask("crowd", 25, count=CROWD, stock=stock)
    answers = Counter(found["answers"])
    parts = [f"{number} {answer}" for answer, number in answers.most_common()]
    right = {"sold": stock, "sold out": CROWD - stock}
    state = (found["stock"], found["sold"], found["sales"]) == (0, stock, stock)
    return Outcome(
        answers == right and state,
        f"{stock} in stock, {CROWD} buyers: {', '.join(parts)}; {told(found)}",
        f"{stock} sold, {CROWD - stock} sold out; stock 0, sold {stock}, {stock} sales",
    )


def meet(lab: Lab, halt: int, rival: str, enough: bool) -> tuple[str | None, str, str]:
    """One worker is halted before a statement, and something else happens meanwhile.

    Before which statement; what came of it, and what should have.
    """
    one, two = workers(lab)
    quantity, more = lab.random.randint(1, 4), lab.random.randint(1, 4)
    price, delivered = lab.random.randint(100, 800), lab.random.randint(1, 9)
    if rival == "buyer":
        stock = quantity + more if enough else max(quantity, more)
    else:
        stock = quantity
    item = one.ask("stocked", stock=stock, price=PRICE)
    before = one.ask("begin", item=item, customer="one", quantity=quantity, halt=halt)
    if rival == "buyer":
        two.ask("begin", item=item, customer="two", quantity=more)
        (first, _), (second, locked) = one.ask("finish", 10), two.ask("finish", 10)
        if locked and second not in ("sold", "sold out"):
            # A longer timeout would have let it wait.
            two.ask("begin", item=item, customer="two", quantity=more)
            second, _ = two.ask("finish", 10)
        answers = [first, second]
    else:
        done = two.ask("deliver", item=item, price=price, count=delivered)
        answers = one.ask("finish", 10)[:1]
        if not done:
            two.ask("deliver", item=item, price=price, count=delivered)
    found = one.ask("state", item=item)
    gone = sum(n for n, said in zip((quantity, more), answers, strict=False) if said == "sold")
    due = {
        "stock": stock - gone + (delivered if rival == "delivery" else 0),
        "sold": gone,
        "price": price if rival == "delivery" else PRICE,
    }
    sold = 2 if rival == "buyer" and enough else 1
    well = all(found[key] == value for key, value in due.items()) and found["gone"] == gone
    told_well = answers.count("sold") == sold and set(answers) <= {"sold", "sold out"}
    said = f"{' and '.join(answers)}; stock {found['stock']}, sold {found['sold']}"
    right = f"{sold} of {len(answers)} sold"
    if told_well:
        right += f"; stock {due['stock']}, sold {due['sold']}"
    if rival == "delivery":
        said, right = f"{said}, price {found['price']}", f"{right}, price {price}"
    when = f"stock {stock}, {rival} before {before or 'or after'}"
    return before, "" if well and told_well else f"{when}: {said}", right


@requirement("workers-meet")
def workers_meet(lab: Lab) -> Outcome:
    met = 0
    for rival, enough in (("buyer", True), ("buyer", False), ("delivery", True)):
        for halt in range(1, MOST_STATEMENTS):
            before, wrong, right = meet(lab, halt, rival, enough)
            if wrong:
                return Outcome(False, wrong, right)
            if before is None:
                break
            met += 1
    return Outcome(True, f"{met} meetings, nothing lost", "nothing lost, wherever they meet")


@requirement("all-or-nothing")
def all_or_nothing(lab: Lab) -> Outcome:
    stock = lab.random.randint(5, 9)
    found = lab.ask("no_record", stock=stock, quantity=lab.random.randint(1, 4))
    return Outcome(
        (found["stock"], found["sold"], found["sales"]) == (stock, 0, 0)
        and found["answer"] != "sold",
        f"the sale cannot be stored: {told(found)}",
        f"stock {stock}, sold 0, 0 sales",
    )

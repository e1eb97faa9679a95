"""Decides by what is in stock, what was sold, what the buyers were told, and who had to wait."""

from collections import Counter

from nexus_tui.labs.judging import Lab, Outcome, requirement

CROWD, LIMIT, MOST_STATEMENTS = 20, 2, 15


def told(answers: list[str]) -> str:
    return ", ".join(f"{number} {answer}" for answer, number in Counter(answers).most_common())


@requirement("crowd-of-twenty")
def crowd_of_twenty(lab: Lab) -> Outcome:
    stock = 5
    purchases = [[f"customer {number}", [[0, 1]]] for number in range(CROWD)]
    lab.random.shuffle(purchases)
    found = lab.ask("meet", 30, stocks=[stock], purchases=purchases, each_statement=False)
    right = Counter({"sold": stock, "sold out": CROWD - stock})
    left, gone = found["stock"][0], found["gone"][0]
    return Outcome(
        Counter(found["answers"]) == right and (left, gone) == (0, stock),
        f"{stock} in stock, {CROWD} buyers: {told(found['answers'])}; stock {left}",
        f"{stock} sold, {CROWD - stock} sold out; stock 0",
    )


@requirement("customer-limit")
def customer_limit(lab: Lab) -> Outcome:
    tabs, stock = lab.random.randint(3, 5), lab.random.randint(8, 12)
    purchases = [["customer", [[0, 1]]]] * tabs
    for each_statement in (False, True):
        found = lab.ask(
            "meet", 20, stocks=[stock], purchases=purchases, each_statement=each_statement
        )
        answers, gone = Counter(found["answers"]), found["gone"][0]
        right = Counter({"sold": LIMIT, "too many": tabs - LIMIT})
        observed = f"{tabs} tabs of one customer: {told(found['answers'])}; {gone} bought"
        if answers != right or gone != LIMIT or found["stock"][0] != stock - LIMIT:
            break
    else:
        return Outcome(True, observed, f"{LIMIT} bought")
    return Outcome(False, observed, f"{LIMIT} sold, {tabs - LIMIT} too many; {LIMIT} bought")


@requirement("opposite-baskets")
def opposite_baskets(lab: Lab) -> Outcome:
    stocks = [lab.random.randint(4, 9) for _ in range(3)]
    quantities = [lab.random.randint(1, 2) for _ in range(3)]
    basket = [[number, quantity] for number, quantity in enumerate(quantities)]
    purchases = [["one", basket], ["two", basket[::-1]]]
    found = lab.ask("meet", 20, stocks=stocks, purchases=purchases, each_statement=True)
    deadlocks, answers = found["deadlocks"], told(found["answers"])
    left = [stock - 2 * quantity for stock, quantity in zip(stocks, quantities, strict=True)]
    return Outcome(
        found["answers"] == ["sold", "sold"] and not deadlocks and found["stock"] == left,
        f"two baskets, opposite orders: {answers}; {deadlocks} deadlocks; stock {found['stock']}",
        f"2 sold, 0 deadlocks; stock {left}",
    )


@requirement("whole-basket")
def whole_basket(lab: Lab) -> Outcome:
    expected = "nothing of the basket is sold"
    for short in lab.random.sample(range(3), 3):
        for why in ("sold out", "too many"):
            stocks = [lab.random.randint(4, 9) for _ in range(3)]
            basket = [[number, lab.random.randint(1, LIMIT)] for number in range(3)]
            if why == "sold out":
                stocks[short], basket[short][1] = 1, 2
            else:
                basket[short][1] = LIMIT + 1
            found = lab.ask("alone", stocks=stocks, customer=f"for {short}", basket=basket)
            if found["answer"] != why or sum(found["gone"]) or found["stock"] != stocks:
                said = f"3 items, number {short + 1} is {why}: {found['answer']}"
                said = f"{said}; sold {found['gone']}, stock {found['stock']}"
                return Outcome(False, said, f"{why}; sold [0, 0, 0], stock {stocks}")
    return Outcome(True, "one of 3 items cannot be sold: none is", expected)


@requirement("others-go-on")
def others_go_on(lab: Lab) -> Outcome:
    found = lab.ask("beside", 30, most=MOST_STATEMENTS)
    expected = "who buys another item waits for nobody"
    for number, (waits, *answers) in enumerate(found, 1):
        if waits or answers != ["sold", "sold"]:
            said = "waits" if waits else told(answers)
            when = f"one buyer is at statement {number}"
            return Outcome(False, f"{when}, a buyer of another item: {said}", expected)
    return Outcome(len(found) > 1, f"{len(found)} statements: nobody waits", expected)

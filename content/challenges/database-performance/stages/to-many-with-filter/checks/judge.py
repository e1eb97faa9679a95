"""Decides by the answers, by the number of queries at two sizes, and by the rows they give."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

BUDGET = 3


def some_books(lab: Lab, count: int, retired: int = 3) -> list[dict]:
    """Books in no order that share tags: the first has none, the second only retired ones."""
    random = lab.random
    titles = random.sample(range(1000, 9999), count)
    numbers = random.sample(range(1000, 9999), 12 + retired)
    active = [f"tag {number}" for number in numbers[:12]]
    old = [f"old {number}" for number in numbers[12:]]
    return [
        {
            "title": f"Volume {number}",
            "author": f"Author {random.randrange(10**9)}",
            "active": random.sample(active, 5) if place > 1 else [],
            "retired": old if place > 0 else [],
        }
        for place, number in enumerate(titles)
    ]


def listed(books: list[dict]) -> list[dict]:
    return [
        {"title": book["title"], "author": book["author"], "tags": sorted(book["active"])}
        for book in sorted(books, key=lambda book: book["title"])
    ]


def compared(answer: dict, books: list[dict]) -> Outcome:
    expected = listed(books)
    if answer["status"] != 200 or answer["body"] == {"books": expected}:
        return Outcome(answer["status"] == 200, f"status {answer['status']}", "status 200")
    got = answer["body"].get("books", []) if isinstance(answer["body"], dict) else []
    if len(got) != len(expected):
        said = "of them 2 without an active tag"
        return Outcome(False, f"{len(got)} books", f"{len(expected)} books, {said}")
    wrong, right = next(pair for pair in zip(got, expected, strict=True) if pair[0] != pair[1])
    if isinstance(wrong, dict) and {**wrong, "tags": 0} == {**right, "tags": 0}:
        wrong, right = wrong["tags"], right["tags"]
    return Outcome(False, str(wrong), str(right))


@requirement("same-answer")
def same_answer(lab: Lab) -> Outcome:
    books = some_books(lab, lab.random.randint(8, 12))
    return compared(lab.ask("show", books=books), books)


@requirement("same-count")
def same_count(lab: Lab) -> Outcome:
    few = lab.ask("show", books=some_books(lab, 5))["queries"]
    many = lab.ask("show", books=some_books(lab, 35))["queries"]
    return Outcome(
        few == many <= BUDGET,
        f"5 books: {few} queries, 35 books: {many}",
        f"as many for 35 as for 5, at most {BUDGET}",
    )


@requirement("shown-rows-only")
def shown_rows_only(lab: Lab) -> Outcome:
    books = some_books(lab, 20, retired=10)
    without = [book | {"retired": []} for book in books]
    few, many = lab.ask("rows", books=without), lab.ask("rows", books=books)
    return Outcome(
        few == many,
        f"20 books: {few} rows, with 10 inactive tags on nearly each: {many}",
        "as many rows with the inactive tags as without",
    )


@requirement("fresh-answer")
def fresh_answer(lab: Lab) -> Outcome:
    books = some_books(lab, 4)
    lab.ask("show", books=books)
    off = books[3]["active"][0]
    answer = lab.ask("switch_off", name=off)
    left = [book | {"active": [name for name in book["active"] if name != off]} for book in books]
    outcome = compared(answer, left)
    if off in str(answer["body"]):
        return Outcome(False, "the tag is still shown", "the list without the tag")
    return outcome

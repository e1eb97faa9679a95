"""Decides by the answers and by the number of queries at two sizes."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

BUDGET = 2


def some_books(lab: Lab, count: int, anonymous: int = 0) -> list[dict]:
    """Books in no order: some without author, the others by as many authors."""
    titles = lab.random.sample(range(1000, 9999), count)
    return [
        {
            "title": f"Volume {number}",
            "year": lab.random.randint(1950, 2026),
            "author": None if place < anonymous else f"Author {lab.random.randrange(10**9)}",
        }
        for place, number in enumerate(titles)
    ]


def listed(books: list[dict]) -> dict:
    return {"books": sorted(books, key=lambda book: book["title"])}


@requirement("same-answer")
def same_answer(lab: Lab) -> Outcome:
    books = some_books(lab, lab.random.randint(6, 9), anonymous=2)
    answer = lab.ask("show", books=books)
    expected = listed(books)
    if answer["status"] != 200 or answer["body"] == expected:
        return Outcome(answer["status"] == 200, f"status {answer['status']}", "status 200")
    got = answer["body"].get("books", []) if isinstance(answer["body"], dict) else []
    wrong = next(
        (pair for pair in zip(got, expected["books"], strict=False) if pair[0] != pair[1]),
        (f"{len(got)} books", f"{len(books)} books"),
    )
    return Outcome(False, str(wrong[0]), str(wrong[1]))


@requirement("same-count")
def same_count(lab: Lab) -> Outcome:
    few = lab.ask("show", books=some_books(lab, 5))["queries"]
    many = lab.ask("show", books=some_books(lab, 35))["queries"]
    return Outcome(
        few == many <= BUDGET,
        f"5 books: {few} queries, 35 books: {many}",
        f"as many for 35 as for 5, at most {BUDGET}",
    )


@requirement("fresh-answer")
def fresh_answer(lab: Lab) -> Outcome:
    books = some_books(lab, 4)
    lab.ask("show", books=books)
    new = f"Renamed {lab.random.randrange(10**9)}"
    answer = lab.ask("rename", old=books[0]["author"], new=new)
    renamed = [books[0] | {"author": new}, *books[1:]]
    return Outcome(
        answer["body"] == listed(renamed),
        "the new name" if new in str(answer["body"]) else "the old name",
        "the new name of the author in the next request",
    )

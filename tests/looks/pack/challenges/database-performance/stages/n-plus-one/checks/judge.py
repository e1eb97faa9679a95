from nexus_tui.labs.judging import Outcome, requirement


@requirement("same-answer")
def same_answer(lab):
    books = [f"b{n}" for n in range(3)]
    found = lab.ask("queries", books=books)["page"]
    expected = [[book, f"author of {book}"] for book in books]
    return Outcome(found == expected, str(found), str(expected))


@requirement("same-count")
def same_count(lab):
    few, many = (lab.ask("queries", books=["b"] * n)["queries"] for n in (5, 35))
    return Outcome(few == many, f"5 books: {few} queries, 35 books: {many}", "as many for 35 as for 5")

"""Decides by what becomes of the learner's tests when the list changes under them."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

DONE = {
    "join lost": "select_related left out",
    "tags filtered again": "the tags filtered book by book",
    "author by author": "one query for each author",
    "tag by tag": "one query for each tag",
    "total in a header": "the total in a header",
    "authors prefetched": "the authors prefetched",
}


def said(result: dict) -> str:
    """What became of the tests, in a few words."""
    if result["red"]:
        first = result["red"][0]
        return f"{first['test']}: {first['message']}"
    if not result["ran"]:
        return "no test ran"
    return f"{result['ran']} {'tests' if result['ran'] > 1 else 'test'}, all green"


def must_be_red(lab: Lab, *versions: str) -> Outcome:
    """Each of these has to be noticed."""
    for version in versions:
        few, many = (lab.ask("cost", version=version, books=count) for count in (5, 35))
        result = lab.ask("run", version=version, seconds=12.0)
        outcome = Outcome(
            bool(result["red"]),
            f"{DONE[version]}: {said(result)}",
            f"a red test: with 5 books it takes {few} queries, with 35 {many}",
        )
        if not outcome.passed:
            break
    return outcome


@requirement("green-as-is")
def green_as_is(lab: Lab) -> Outcome:
    result = lab.ask("run", seconds=12.0)
    return Outcome(result["ran"] > 0 and not result["red"], said(result), "all tests green")


@requirement("red-per-book")
def red_per_book(lab: Lab) -> Outcome:
    return must_be_red(lab, "join lost", "tags filtered again")


@requirement("red-per-author")
def red_per_author(lab: Lab) -> Outcome:
    return must_be_red(lab, "author by author")


@requirement("red-per-tag")
def red_per_tag(lab: Lab) -> Outcome:
    return must_be_red(lab, "tag by tag")


@requirement("green-harmless")
def green_harmless(lab: Lab) -> Outcome:
    for version in ("total in a header", "authors prefetched"):
        result = lab.ask("run", version=version, seconds=12.0)
        outcome = Outcome(
            result["ran"] > 0 and not result["red"],
            f"{DONE[version]}: {said(result)}",
            "all tests green: one more query, for any number of books",
        )
        if not outcome.passed:
            break
    return outcome

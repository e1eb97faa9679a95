"""Decides by figures, by the queries that they take, and by what a reader in between leaves."""

from itertools import product

from nexus_tui.labs.judging import Lab, Outcome, requirement

YEARS = (2025, 2026)
CHANNELS = ("web", "till")
MOST = 600


def shops(lab: Lab) -> list[str]:
    return [f"shop-{number}" for number in lab.random.sample(range(100, 999), 3)]


def some_day(lab: Lab, year: int) -> str:
    return f"{year}-{lab.random.randint(1, 12):02}-{lab.random.randint(1, 28):02}"


def some_sales(lab: Lab, names: list[str]) -> list[list]:
    """Sales of each shop, year and channel."""
    return [
        [shop, some_day(lab, year), channel, lab.random.randrange(100, 99999)]
        for shop, year, channel in product(names, YEARS, CHANNELS)
        for _ in range(lab.random.randint(2, 4))
    ]


def figures_of(names: list[str]) -> list[list]:
    return [list(each) for each in product(names, YEARS, (*CHANNELS, None))]


def right(sales: list[list], figure: list) -> int:
    shop, year, channel = figure
    return sum(
        sale[3]
        for sale in sales
        if sale[0] == shop and sale[1].startswith(str(year)) and channel in (None, sale[2])
    )


def name(figure: list) -> str:
    return f"{figure[0]}, {figure[1]}, {figure[2] or 'all channels'}"


def compared(lab: Lab, sales: list[list], figures: list[list]) -> Outcome:
    """The figures, asked for now, against those of these sales."""
    for figure, (cents, _) in zip(figures, lab.ask("read", figures=figures), strict=True):
        expected = right(sales, figure)
        if type(cents) is not int or cents != expected:
            return Outcome(False, f"{name(figure)}: {cents}", f"{expected}")
    return Outcome(True, "each figure is right", "each figure is right")


@requirement("same-answer")
def same_answer(lab: Lab) -> Outcome:
    names = shops(lab)
    sales, figures = some_sales(lab, names), figures_of(names)
    lab.ask("fill", rows=sales)
    twice = lab.random.sample(figures, len(figures)) + lab.random.sample(figures, len(figures))
    return compared(lab, sales, twice)


@requirement("second-free")
def second_free(lab: Lab) -> Outcome:
    names = shops(lab)
    lab.ask("fill", rows=some_sales(lab, names))
    expected = "no query in the second request, one after Redis was emptied"
    without_sales = [f"new-{names[0]}", YEARS[0], None]
    for figure in (*lab.random.sample(figures_of(names), 3), without_sales):
        lab.ask("read", figures=[figure])
        cents, queries = lab.ask("read", figures=[figure])[0]
        if queries:
            said = f"{name(figure)}, which is {cents}: {queries} query in the second request"
            return Outcome(False, said, expected)
        lab.ask("empty")
        _, queries = lab.ask("read", figures=[figure])[0]
        if not queries:
            return Outcome(False, "no query, although Redis has been emptied", expected)
    return Outcome(True, expected, expected)


@requirement("ten-minutes")
def ten_minutes(lab: Lab) -> Outcome:
    names = shops(lab)
    sales, figure = some_sales(lab, names), [names[0], YEARS[1], "web"]
    lab.ask("fill", rows=sales)
    lab.ask("read", figures=[figure])
    sale = [names[0], some_day(lab, YEARS[1]), "web", lab.random.randrange(100, 99999)]
    lab.ask("by_hand", shop=sale[0], day=sale[1], channel=sale[2], cents=sale[3])
    # Read now and then: what is prolonged at each hit never ends.
    for _ in range(3):
        lab.ask("forward", by=MOST / 3 + 1)
        cents, _ = lab.ask("read", figures=[figure])[0]
    is_new = cents == right([*sales, sale], figure)
    return Outcome(
        is_new,
        f"ten minutes after a row came by SQL: the {'new' if is_new else 'old'} figure",
        "the new figure",
    )


@requirement("sale-shows")
def sale_shows(lab: Lab) -> Outcome:
    names = shops(lab)
    sales, figures = some_sales(lab, names), figures_of(names)
    lab.ask("fill", rows=sales)
    others = [figure for figure in figures if figure[0] != names[0]]
    for way in ("record", "load"):
        lab.ask("read", figures=figures)
        sales += sold(lab, names[0], way)
        outcome = compared(lab, sales, figures_of(names[:1]))
        if not outcome.passed:
            after = {"record": "after a sale", "load": "after a file"}[way]
            return Outcome(False, f"{after}, {outcome.observed}", outcome.expected)
        asked = sum(queries for _, queries in lab.ask("read", figures=others))
        if asked:
            said = f"{asked} queries for figures of shops that sold nothing"
            return Outcome(False, said, "other shops keep their figures")
    return outcome


def sold(lab: Lab, shop: str, way: str, reader: list[list] | tuple = ()) -> list[list]:
    """Sales that the learner's code was given: one, or a file with some of each year."""
    if way == "record":
        sale = [shop, some_day(lab, YEARS[1]), "web", lab.random.randrange(100, 99999)]
        lab.ask(
            "record", shop=shop, day=sale[1], channel=sale[2], cents=sale[3], reader=list(reader)
        )
        return [sale]
    new = some_sales(lab, [shop])
    rows = [sale[1:] for sale in new]
    total = sum(sale[3] for sale in new)
    lab.ask("load_file", shop=shop, rows=rows, total=total, reader=list(reader))
    return new


@requirement("reader-meanwhile")
def reader_meanwhile(lab: Lab) -> Outcome:
    names = shops(lab)
    sales, figures = some_sales(lab, names), figures_of(names[:1])
    lab.ask("fill", rows=sales)
    for way in ("record", "load"):
        lab.ask("read", figures=figures)
        sales += sold(lab, names[0], way, reader=figures)
        outcome = compared(lab, sales, figures)
        if not outcome.passed:
            said = f"{outcome.observed} after the COMMIT: kept by the reader before it"
            return Outcome(False, said, outcome.expected)
    return outcome


@requirement("rolled-back")
def rolled_back(lab: Lab) -> Outcome:
    names = shops(lab)
    sales, figures = some_sales(lab, names), figures_of(names[:1])
    lab.ask("fill", rows=sales)
    lab.ask("read", figures=figures)
    rows = [sale[1:] for sale in some_sales(lab, names[:1])]
    taken = lab.ask("load_file", shop=names[0], rows=rows, total=-1)
    if taken:
        return Outcome(False, "a file with a wrong total was taken", "ValueError")
    return compared(lab, sales, figures)

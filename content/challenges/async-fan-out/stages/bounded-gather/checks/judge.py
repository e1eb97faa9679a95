"""Decides by the answers, the clock of the loop, and who is asked at the same time."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

PLACES, FEW, MANY = 5, 20, 60


def some_suppliers(lab: Lab, count: int, silent: int = 0) -> list[list]:
    """Suppliers with a name, the seconds until they answer, and a price or None."""
    names = [f"s{number}" for number in lab.random.sample(range(1000, 9999), count)]
    found = [[name, lab.random.randint(2, 9) / 10, lab.random.randint(100, 9999)] for name in names]
    for each in lab.random.sample(found, silent):
        each[2] = None
    return found


def busy(suppliers: list[list]) -> tuple[float, float]:
    """The sum of all waits, and the most that five places need that are never left empty."""
    waits = [seconds for _, seconds, _ in suppliers]
    return sum(waits), sum(waits) / PLACES + max(waits) * (1 - 1 / PLACES)


@requirement("same-prices")
def same_prices(lab: Lab) -> Outcome:
    suppliers = some_suppliers(lab, FEW)
    suppliers[0][1] = 1.5
    found = lab.ask("compared", 10, suppliers=suppliers)["prices"]
    expected = [price for *_, price in suppliers]
    if found == expected:
        return Outcome(True, f"{FEW} prices, in the order of the suppliers", "the same")
    wrong = next((at for at, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), 0)
    said = found[wrong] if wrong < len(found) else "nothing"
    return Outcome(False, f"supplier {wrong + 1}: {said}", f"supplier {wrong + 1}: its own price")


@requirement("waits-overlap")
def waits_overlap(lab: Lab) -> Outcome:
    for count in (FEW, MANY):
        suppliers = some_suppliers(lab, count)
        # In each five of them one is slow: four places are free for the next ones.
        for each in suppliers[::PLACES]:
            each[1] = 2.0
        line, most = busy(suppliers)
        seconds = lab.ask("compared", 10, suppliers=suppliers)["seconds"]
        said = f"{count} suppliers, {line:.1f} s of waiting in all: {seconds:.1f} s"
        if seconds > most + 0.01:
            return Outcome(False, said, f"with {PLACES} at a time at most {most:.1f} s")
    return Outcome(True, said, f"at most {most:.1f} s")


@requirement("at-most-five")
def at_most_five(lab: Lab) -> Outcome:
    peaks = [
        lab.ask("compared", 10, suppliers=some_suppliers(lab, count, silent=3))["peak"]
        for count in (FEW, MANY)
    ]
    return Outcome(
        max(peaks) <= PLACES,
        f"{FEW} suppliers: {peaks[0]} asked at once, {MANY}: {peaks[1]}",
        f"at most {PLACES}",
    )


@requirement("one-fails")
def one_fails(lab: Lab) -> Outcome:
    for silent in (1, 6):
        suppliers = some_suppliers(lab, FEW, silent)
        next(each for each in suppliers if each[2] is None)[1] = 0.1
        found = lab.ask("compared", 10, suppliers=suppliers)
        expected = [price for *_, price in suppliers]
        good = sum(isinstance(each, int) for each in found["prices"])
        none = found["prices"].count(None)
        said = f"{silent} of {FEW} do not answer: {good} prices, {none} None"
        if other := [each for each in found["prices"] if isinstance(each, str)]:
            said = f"{said}, {len(other)} {other[0]}"
        if found["prices"] != expected or found["asked"] != FEW:
            return Outcome(False, said, f"{FEW - silent} prices, {silent} None")
    return Outcome(True, said, f"{FEW - silent} prices, {silent} None")


@requirement("loop-free")
def loop_free(lab: Lab) -> Outcome:
    found = lab.ask("compared", 10, suppliers=some_suppliers(lab, FEW))
    held = round(1000 * found["longest"])
    return Outcome(
        held == 0 and found["unpacked"] == FEW,
        f"{found['unpacked']} answers unpacked; the loop held for {held} ms at a time",
        f"{FEW} unpacked, and the loop never held",
    )


@requirement("cancel-clean")
def cancel_clean(lab: Lab) -> Outcome:
    expected = "cancelled; no answer comes, no call begins, no task is left"
    for after in (0.05, 1.0 + lab.random.random() / 3, 1.6 + lab.random.random() / 3):
        suppliers = some_suppliers(lab, MANY)
        found = lab.ask("cancelled", 10, suppliers=suppliers, after=after)
        said = f"cancelled after {after:.2f} s, {found['running']} calls under way"
        if found["ended"] != "cancelled":
            said = f"{said}: prices() ends {found['ended']}"
        wrong = {
            "answers come afterwards": found["answered_after"],
            "calls begin afterwards": found["asked_after"],
            "tasks are left": found["left"],
        }
        said = "; ".join([said, *(f"{count} {what}" for what, count in wrong.items() if count)])
        if found["ended"] != "cancelled" or any(wrong.values()):
            return Outcome(False, said, expected)
    return Outcome(True, f"{said}: all ended", expected)

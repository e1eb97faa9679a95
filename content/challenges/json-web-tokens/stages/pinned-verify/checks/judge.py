"""TODO what this decides by."""

from nexus_tui.labs.judging import Lab, Outcome, requirement


@requirement("adds-all")
def adds_all(lab: Lab) -> Outcome:
    numbers = [lab.random.randint(1, 9) for _ in range(lab.random.randint(12, 20))]
    found = lab.ask("total", numbers=numbers)["total"]
    return Outcome(found == sum(numbers), f"{len(numbers)} numbers: {found}", f"{sum(numbers)}")


@requirement("leaves-input")
def leaves_input(lab: Lab) -> Outcome:
    found = lab.ask("total", numbers=[3, 1, 2])["numbers"]
    return Outcome(found == [3, 1, 2], f"[3, 1, 2] is {found} afterwards", "[3, 1, 2]")

"""Decides by the answers to clients whose every request has its second."""

from collections import Counter

from nexus_tui.labs.judging import Lab, Outcome, requirement

LOGINS, OTHERS, MINUTE = 5, 60, 60


def address(lab: Lab) -> str:
    return ".".join(str(lab.random.randint(11, 249)) for _ in range(4))


def person(lab: Lab) -> str:
    return f"reader{lab.random.randrange(10**9)}@example.org"


def login(at: float, source: str, who: str, password: str, **more: str) -> dict:
    body = {"email": who, "password": password}
    return {"at": at, "path": "/login/", "from": source, "body": body, **more}


def page(path: str, source: str, who: str | None = None, at: float = 30) -> dict:
    return {"at": at, "path": path, "from": source, "as": who}


def said(answers: list[dict]) -> str:
    """`5 × 400, 1 × 429`, in the order in which they came."""
    return ", ".join(f"{n} × {code}" for code, n in Counter(a["status"] for a in answers).items())


def seconds(answer: dict) -> int | None:
    """A Retry-After that is a whole number of seconds."""
    text = str(answer["wait"])
    return int(text) if text.isascii() and text.isdigit() else None


def times(lab: Lab, count: int) -> list[float]:
    """Quarters of seconds within the first 20 s, from 0 on."""
    return [0, *sorted(lab.random.sample(range(1, 80), count - 1))]


@requirement("sixth-refused")
def sixth_refused(lab: Lab) -> Outcome:
    source, other, who = address(lab), address(lab), person(lab)
    tries = [login(at / 4, source, who, "guess") for at in times(lab, LOGINS + 3)]
    answers = lab.ask(
        "play", 15, users={who: "right"}, requests=[*tries, login(21, other, who, "no")]
    )
    codes = [answer["status"] for answer in answers]
    return Outcome(
        codes == [400] * LOGINS + [429] * 3 + [400],
        f"8 wrong passwords: {said(answers[:-1])}; then another client: {codes[-1]}",
        f"{LOGINS} × 400, 3 × 429; the other client: 400",
    )


@requirement("wait-is-true")
def wait_is_true(lab: Lab) -> Outcome:
    source, who = address(lab), person(lab)
    first = times(lab, LOGINS)
    asked = first[-1] / 4 + lab.random.randint(20, 80) / 4
    told = MINUTE - int(asked)  # rounded up, as the first came at 0
    moments = [*(at / 4 for at in first), asked, asked + told - 1, asked + told]
    answers = lab.ask(
        "play", 15, users={}, requests=[login(at, source, who, "guess") for at in moments]
    )
    refused, early, late = answers[LOGINS:]
    passed = (refused["status"], early["status"], late["status"]) == (429, 429, 400)
    return Outcome(
        passed and (seconds(refused), seconds(early)) == (told, 1),
        f"after {asked:g} s Retry-After {refused['wait']}; {told - 1} s later "
        f"{early['status']}, Retry-After {early['wait']}; {told} s later {late['status']}",
        f"Retry-After {told}; 429, Retry-After 1; then 400",
    )


@requirement("each-attempt-counts")
def each_attempt_counts(lab: Lab) -> Outcome:
    source, who = address(lab), person(lab)
    good = [login(at, source, who, "right") for at in range(LOGINS + 1)]
    rights = lab.ask("play", 15, users={who: "right"}, requests=good)
    source = address(lab)
    passwords = ["guess", "right", "guess", "guess", "right", "guess"]
    mix = [login(at, source, who, password) for at, password in enumerate(passwords)]
    mixed = lab.ask("play", 15, users={}, requests=mix)
    token = [bool(answer["body"].get("token")) for answer in rights]
    return Outcome(
        [answer["status"] for answer in rights] == [200] * LOGINS + [429]
        and [answer["status"] for answer in mixed] == [400, 200, 400, 400, 200, 429]
        and token == [True] * LOGINS + [False],
        f"6 right passwords: {said(rights)}; 2 right among 6: {said(mixed)}",
        "5 × 200, 1 × 429; 3 × 400, 2 × 200, 1 × 429",
    )


@requirement("rest-unaffected")
def rest_unaffected(lab: Lab) -> Outcome:
    source, who = address(lab), person(lab)
    logins = [login(0, source, who, "guess") for _ in range(LOGINS + 1)]
    books = [page("/books/", source) for _ in range(10)]
    orders = [page("/orders/", source, who) for _ in range(10)]
    after = lab.ask("play", 15, users={who: "right"}, requests=[*logins, *books, *orders])[-20:]
    source, who = address(lab), person(lab)
    books = [page("/books/", source, at=0) for _ in range(10)]
    before = lab.ask("play", 15, users={}, requests=[*books, login(5, source, who, "guess")])[-1:]
    return Outcome(
        [answer["status"] for answer in after] == [200] * 20 and before[0]["status"] == 400,
        f"20 pages after 6 logins: {said(after)}; a login after 10 pages: {said(before)}",
        "20 × 200; 1 × 400",
    )


@requirement("signed-in-too")
def signed_in_too(lab: Lab) -> Outcome:
    source, who = address(lab), person(lab)
    tries = [login(at, source, person(lab), "guess", **{"as": who}) for at in range(LOGINS + 3)]
    answers = lab.ask("play", 15, users={who: "right"}, requests=tries)
    return Outcome(
        [answer["status"] for answer in answers] == [400] * LOGINS + [429] * 3,
        f"8 wrong passwords, sent with the token of an own account: {said(answers)}",
        f"{LOGINS} × 400, 3 × 429",
    )


@requirement("each-user-own")
def each_user_own(lab: Lab) -> Outcome:
    office, home = address(lab), address(lab)
    one, two = person(lab), person(lab)
    requests = [page("/orders/", office if n % 2 else home, one) for n in range(OTHERS + 1)]
    requests += [page("/orders/", office, two) for _ in range(OTHERS + 1)]
    requests += [page("/books/", office) for _ in range(OTHERS + 1)]
    answers = lab.ask("play", 15, users={one: "a", two: "b"}, requests=requests)
    each = OTHERS + 1
    groups = [answers[n : n + each] for n in range(0, 3 * each, each)]
    return Outcome(
        all([a["status"] for a in group] == [200] * OTHERS + [429] for group in groups),
        f"61 each of two users and one visitor at one address: {'; '.join(map(said, groups))}",
        "60 × 200, 1 × 429 for each of the three",
    )

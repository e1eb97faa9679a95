"""Decides by the answers to clients behind two proxies, honest ones and others."""

from nexus_tui.labs.judging import Lab, Outcome, requirement

FOR_ADDRESS, FOR_ACCOUNT, MORE = 60, 5, 8


def address(lab: Lab) -> str:
    return ".".join(str(lab.random.randint(11, 249)) for _ in range(4))


def person(lab: Lab) -> str:
    return f"reader{lab.random.randrange(10**9)}@example.org"


def attempt(lab: Lab, at: float, client: str, email: str, **more: object) -> dict:
    """One attempt as a browser sends it, with a wrong password."""
    if "nodes" not in lab.kept:
        lab.kept["nodes"] = [address(lab) for _ in range(2)]
        lab.kept["balancer"] = f"10.0.0.{lab.random.randint(2, 99)}"
    found = {
        "at": at,
        "client": client,
        "email": email,
        "password": "guess",
        "wrote": [],
        "cdn": lab.kept["nodes"][0],
        "balancer": lab.kept["balancer"],
        "agent": "Firefox",
        "as": None,
    }
    return found | more


def as_script(lab: Lab, count: int, client: str, own: str | None = None) -> list[dict]:
    """Another account, another made-up header and another browser in each attempt.

    Half of them bring the token of its `own` account.
    """
    return [
        attempt(
            lab,
            place / 4,
            client,
            person(lab),
            wrote=[address(lab) for _ in range(lab.random.randint(1, 3))],
            agent=f"Browser{lab.random.randrange(10**6)}",
            **{"as": own if place % 2 else None},
        )
        for place in range(count)
    ]


@requirement("one-client")
def one_client(lab: Lab) -> Outcome:
    own = person(lab)
    attempts = as_script(lab, FOR_ADDRESS + MORE, address(lab), own)
    codes = lab.ask("play", 15, users={own: "right"}, attempts=attempts)
    passed = codes.count(400)
    return Outcome(
        0 < passed <= FOR_ADDRESS and codes == [400] * passed + [429] * (len(codes) - passed),
        f"{len(codes)} attempts in 17 s, each with other headers: {passed} were let in",
        f"at most {FOR_ADDRESS} in a minute, and 429 for the others",
    )


@requirement("clients-apart")
def clients_apart(lab: Lab) -> Outcome:
    script, others = address(lab), [address(lab) for _ in range(4)]
    noise = as_script(lab, FOR_ADDRESS + MORE, script)
    honest = [attempt(lab, 18, client, person(lab)) for client in others]
    again = attempt(lab, 19, script, person(lab), cdn=lab.kept["nodes"][1])
    codes = lab.ask("play", 15, users={}, attempts=[*noise, *honest, again])
    served, last = codes[-5:-1].count(400), codes[-1]
    return Outcome(
        served == len(others) and last == 429,
        f"after the script {served} of 4 other clients are let in; "
        f"the script, through another node of the CDN: {last}",
        "4 of 4 others; the script: 429",
    )


@requirement("office-works")
def office_works(lab: Lab) -> Outcome:
    office, people = address(lab), [person(lab) for _ in range(FOR_ADDRESS - 2)]
    attempts = [
        attempt(lab, place / 2, office, name, password="right") for place, name in enumerate(people)
    ]
    codes = lab.ask("play", 15, users=dict.fromkeys(people, "right"), attempts=attempts)
    return Outcome(
        codes == [200] * len(people),
        f"{len(people)} people of one office within 29 s: {codes.count(200)} logged in",
        f"{len(people)} logged in",
    )


@requirement("account-protected")
def account_protected(lab: Lab) -> Outcome:
    victim, other = person(lab), person(lab)
    many = [address(lab) for _ in range(FOR_ACCOUNT + MORE)]
    guesses = [attempt(lab, place, client, victim) for place, client in enumerate(many)]
    own = attempt(lab, 20, many[-1], other, password="right")
    codes = lab.ask("play", 15, users={other: "right"}, attempts=[*guesses, own])
    let_in = codes[:-1].count(400)
    return Outcome(
        codes == [400] * FOR_ACCOUNT + [429] * MORE + [200],
        f"{len(many)} guesses at one account from as many addresses: {let_in} were let in; "
        f"another account from there: {codes[-1]}",
        f"{FOR_ACCOUNT} were let in; another account: 200",
    )


@requirement("spelling-is-no-account")
def spelling_is_no_account(lab: Lab) -> Outcome:
    victim = person(lab)
    spellings = [victim, victim.upper(), f" {victim}", victim.capitalize(), f"{victim}  "]
    lab.random.shuffle(spellings)
    attempts = [
        attempt(lab, place, address(lab), spelling) for place, spelling in enumerate(spellings * 2)
    ]
    codes = lab.ask("play", 15, users={}, attempts=attempts)
    return Outcome(
        codes == [400] * FOR_ACCOUNT + [429] * FOR_ACCOUNT,
        f"10 guesses at one account in 5 spellings: {codes.count(400)} were let in",
        f"{FOR_ACCOUNT} were let in",
    )

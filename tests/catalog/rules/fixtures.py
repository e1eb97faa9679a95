"""For each rule about questions and banks what keeps it and what breaks it, just so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.catalog.rules.sound import (
    RIGHT,
    WHY,
    WRONG,
    Pack,
    choice,
    choices,
    estimate,
    line,
    match,
    options,
    order,
    output,
    short,
    wrong,
)

if TYPE_CHECKING:
    from nexus_tui.catalog.problems import Severity


class Case(NamedTuple):
    """A rule, a pack that keeps it, one that breaks it, and what the finding says."""

    rule: str
    keeps: Pack
    breaks: Pack
    says: str
    severity: Severity | None = None
    """Where it is not that of the rule."""


Questions = dict[str, Any] | tuple[dict[str, Any], ...]


def case(
    rule: str, keeps: Questions, breaks: Questions, says: str, severity: Severity | None = None
) -> Case:
    """A case of questions that are added to the sound bank."""
    return Case(rule, _pack(keeps), _pack(breaks), says, severity)


def _pack(questions: Questions) -> Pack:
    return Pack(questions if isinstance(questions, tuple) else (questions,))


def bank(count: int, name: str = "q", **changes: Any) -> tuple[dict[str, Any], ...]:
    """So many questions of which no two are alike."""
    found = []
    for place in range(count):
        told = NAMES[place]
        texts = (f"{told} waits in line", f"{told} fails with it", f"{told} writes to it")
        stem = f"What do {name}{told} and {told}{name} do with the lock of {told} then?"
        found.append(choice(*texts, **{"id": f"{name}-{told}", "stem": stem, **changes}))
    return tuple(found)


def _why(text: str, key: str = RIGHT) -> list[dict[str, Any]]:
    """Options of which the first explains itself so."""
    found = options(key, *WRONG)
    found[0]["why"] = text
    return found


def _nameless() -> list[dict[str, Any]]:
    """Options of which one names no error."""
    found = options(RIGHT, *WRONG)
    del found[1]["slip"]
    return found


def _changed(part: Any, change: dict[str, Any]) -> Any:
    """A copy in which `change` is made to whatever names a misconception."""
    if isinstance(part, dict):
        found = {key: _changed(below, change) for key, below in part.items()}
        return {**found, **change} if "misconception" in part else found
    return [_changed(below, change) for below in part] if isinstance(part, list) else part


def _short_why(question: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _changed(question, {"why": "It is wrong."})
    return found


def _no_error(question: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _changed(question, {"misconception": None})
    return found


def _text(words: int) -> str:
    return "stock " * words


def code(lines: int, columns: int = 9, language: str = "text") -> str:
    """A fence."""
    return f"```{language}\n" + f"{'x' * columns}\n" * lines + "```\n"


def _negative(count: int) -> tuple[dict[str, Any], ...]:
    """100 questions, so many of which ask by negation, as it is allowed."""
    asked = bank(100)
    for place in range(count):
        asked[place]["stem"] = f"Which row of {NAMES[place]} does **NOT** wait for a lock of it?"
    return asked


def _saying(word: str, count: int) -> tuple[dict[str, Any], ...]:
    """100 questions; in so many the key and one of two distractors say the word."""
    asked = bank(100)
    for place in range(count):
        for option in asked[place]["options"][:2]:
            option["text"] = f"{option['text']} {word}"
    return asked


def _misled(count: int) -> tuple[dict[str, Any], ...]:
    """Questions that name the misconception of the sound bank's match, each once."""
    return tuple(
        short(id=f"s{n}", short={"accept": [NAMES[n]], "wrong": [wrong(text="no")]})
        for n in range(count)
    )


def _placed(*counts: int) -> tuple[dict[str, Any], ...]:
    """Questions in fixed order: so many with their key at the first place, at the second …"""
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    found = bank(len(places), order="fixed")
    for question, place in zip(found, places, strict=True):
        others = options("3 rows", "14 rows", "50 rows", "90 rows", keys=0)
        others[place] = {"id": "key", "text": others[place]["text"], "correct": True, "why": WHY}
        question["options"] = others
    return found


NAMES = [f"{a}{b}" for a in "abcdefghij" for b in "klmnopqrst"]
SAME = "The plan of a query shows a scan of the table of orders, then a sort of its rows by date."

TWENTY = "Of two sessions that meet at one row some day in March, who gets its lock so as to be the"

OPTIONS = [
    case(
        "L01",
        choice(RIGHT, *WRONG, "It raises an error in the first"),
        choice(RIGHT, *WRONG, "It raises an error in the first", "It opens a session of its own"),
        "5 options",
    ),
    case("L02", choice(), choice(options=options(RIGHT, *WRONG, keys=2)), "exactly one correct"),
    case(
        "L02", short(), short(short={"accept": ["A"], "wrong": [wrong(text="a")]}), "accepted and"
    ),
    case(
        "L03",
        choice("It waits", "It fails", "It writes"),
        choice("It waits", "it fails!", "It `waits`"),
        "two options read",
    ),
    case(
        "L03",
        choice(
            "The first of the two sessions gets the lock of the row that it reads in March",
            "The lock of the row that it reads in March gets the first of the two sessions",
            WRONG[0],
        ),
        choice(
            f"{TWENTY} first",
            f"{TWENTY} last",
            WRONG[0],
        ),
        "shares 0.9",
        "warning",
    ),
    case(
        "L04",
        choice("a" * 25, "b" * 10, "c" * 9),
        choice("a" * 26, "b" * 10, "c" * 9),
        "the key has 26",
    ),
    case(
        "L04",
        choice("a" * 125, "b" * 100, "c" * 90),
        choice("a" * 126, "b" * 100, "c" * 90),
        "at most 125",
    ),
    case(
        "L04",
        choices("a" * 90, "a" * 25, "b" * 10),
        choices("a" * 90, "a" * 26, "b" * 10),
        "the key has 26",
    ),
    case(
        "L05",
        choice("a" * 12, "b" * 20, "c" * 22),
        choice("a" * 11, "b" * 20, "c" * 22),
        "the key has 11",
    ),
    case(
        "L05",
        choice("`a`", "`bbbbbb`", "`cccccc`"),
        choice("a", "bbbbbb", "cccccc"),
        "the key has 1 ",
    ),
    case(
        "L06",
        choice("a" * 20, "b" * 20, "c" * 50),
        choice("a" * 20, "b" * 20, "c" * 51),
        "20 to 51",
    ),
    case("L06", choice("a" * 5, "b" * 5, "c" * 30), choice("a" * 5, "b" * 5, "c" * 31), "5 to 31"),
    case("L07", choice("Both of them", *WRONG), choice("Both of these", *WRONG), "Both of these"),
    case(
        "L07",
        choice("A or F", *WRONG),
        choice("A and B", *WRONG, stem="What does it do to the rows?"),
        "A and B",
    ),
    case(
        "L07",
        choice("A and B", *WRONG, stem="A, B and C meet at one row. Which of the sessions wait?"),
        choice("A and B", *WRONG, stem="A, D and C meet at one row. Which of the sessions wait?"),
        "A and B",
    ),
    case(
        "L14",
        choice("lock one row", "lock one table", "drop one view"),
        choice("lock one row", "lock one table", "drop the row"),
        "most in common",
    ),
    case(
        "L15",
        choice("1 to 9 rows", "10 to 20 rows", "over 20 rows"),
        choice("1 to 10 rows", "10 to 20 rows", "over 20 rows"),
        "meet",
    ),
    case("L15", choice("1 ms", "1 s", "1 min"), choice("1000 ms", "1 s", "1 min"), "meet"),
    case(
        "L15",
        choice("It waits for one lock", "It waits for two locks", "It fails"),
        choice("It waits", "It waits for two locks", "It fails"),
        "part of another",
    ),
    case(
        "L16",
        choice("1 row", "2 rows", "9 rows", order="fixed"),
        choice("2 rows", "1 row", "9 rows", order="fixed"),
        "do not ascend",
    ),
    case(
        "L16",
        choice("`200`", "`404`", "`401`"),
        choice("200 rows", "301 rows", "401 rows"),
        "without a fixed order",
    ),
    case(
        "L18",
        choice("It waits for one", "It waits for two", "It waits till six"),
        choice("It waits for one", "It waits for two", "It waits for six"),
        "it waits for",
    ),
    case(
        "L23",
        choice("It calls reset()", "It calls revert()", WRONG[0]),
        choice("It calls `commit()`", "It calls `comit()`", WRONG[0]),
        "differ by one letter",
    ),
    case(
        "L23",
        order(),
        order(decoys=[{"id": "d", "text": "COMMTI;", **wrong()}]),
        "`commit` and `commti`",
    ),
]

WORDING = [
    case(
        "L08",
        choice(stem="Why does the second session of the two not wait for a lock?"),
        choice(stem="Which of the two sessions does not wait for a lock?"),
        "by negation: `not`",
    ),
    case(
        "L08",
        choice(stem="Which session waits for a lock that is not there at all?"),
        choice(stem="Which session waits for all of the locks except?"),
        "by negation: `except`",
    ),
    case(
        "L08",
        choice(stem="Which of the two sessions does **NOT** wait for a lock?"),
        choice(stem="Which of the two sessions doesn't wait for a lock?"),
        "`doesn't`",
    ),
    case(
        "L09",
        choice("It always waits", "It always fails", "It writes"),
        choice("It waits", "It always fails", "It writes"),
        "in a distractor and not in the key: always",
    ),
    case(
        "L09",
        choice("It reads at all", "It waits 9 s", "It fails"),
        choice("It reads all", "It waits 9 s", "It fails"),
        "in the key and no distractor: all",
    ),
    case(
        "L09",
        choice("`ALL` rows", "some rows", "two rows"),
        choice("all rows", "some rows", "two rows"),
        "all",
    ),
    case(
        "L10",
        choice("It may not wait", "It fails", "It writes"),
        choice("It may wait", "It fails", "It writes"),
        "hedges in the key alone: may",
    ),
    case(
        "L11",
        choice(
            "It waits for it",
            *WRONG,
            stem="A session waits for a lock of the row. What does it do next?",
        ),
        choice(
            "It waits to lock a row",
            *WRONG,
            stem="A session waits for a lock of the row. What does it do next?",
        ),
        "echoes 3 words of the stem (lock, row, wait)",
    ),
    case(
        "L12",
        choice("It waits", "It fails", "It writes"),
        choice("It waits.", "It fails", "It writes"),
        "1 of 3 options end with",
    ),
    case(
        "L12",
        choice("It waits", "`x` is read", "It writes"),
        choice("It waits", "it is read", "It writes"),
        "2 of 3 options begin with",
    ),
    case(
        "L12",
        choice("Waiting for it", "Failing at once", "Writing it"),
        choice("Waiting for it", "Failure at once", "Write it"),
        "the key begins with an -ing word",
    ),
    case(
        "L12",
        choice(stem="A session that waits for a lock of a row is what?"),
        choice(stem="A session that waits for a lock of a row is called a:\n\n" + code(1)),
        "ends in a/an",
    ),
    case(
        "L13",
        choice("It waits 3 s (or 4)", "It fails 2 of 3 times", "It writes"),
        choice("It waits 3 s (or 4)", "It fails", "It writes"),
        "the key has 3 details",
    ),
    case("L21", choice(), choice(RIGHT, WRONG[0], "It hopes for a unicorn"), "a joke: `unicorn`"),
    case(
        "L21",
        choice("`a`", "`b`", "two rows"),
        choice("`a`", "some rows", "two rows"),
        "the key is code",
    ),
    case(
        "L21",
        choice("`json.loads(x)`", "`json.load(x)`", "`json.parse(x)`"),
        choice("`json.loads(x)`", "`str.decode(x)`", "`json.parse(x)`"),
        "str.decode, json.parse",
    ),
    case(
        "L28",
        choice("It fails", "It writes", "It rarely waits, 1 in 9"),
        choice("It fails", "It writes", "It rarely waits"),
        "`rarely` without a number",
    ),
    case(
        "L34",
        choice("It is on the allowlist", *WRONG),
        choice("It is on the whitelist", *WRONG),
        "`whitelist`",
    ),
]

STEMS = [
    case(
        "L17",
        choice(stem="What does the second of two sessions do?"),
        choice(stem="What does the second of sessions do?"),
        "7 words",
    ),
    case(
        "L17",
        choice(stem="The second of two sessions at one row waits."),
        choice(stem="The second of two sessions at one row does"),
        "ends with",
    ),
    case(
        "L17",
        choice(stem="This is the plan of the query: which?\n\n" + code(1)),
        choice(stem="The second of two sessions at one row will:"),
        "ends with",
    ),
    case(
        "L24",
        choice(stem=_text(59) + "what?"),
        choice(stem=_text(60) + "what?"),
        "the stem has 61 words",
    ),
    case(
        "L24",
        choice(stem="What is it?\n\n" + code(12)),
        choice(stem="What is it?\n\n" + code(13)),
        "13 lines of code",
    ),
    case(
        "L24",
        choice(stem="What is it?\n\n" + code(2, 72)),
        choice(stem="What is it?\n\n" + code(2, 73)),
        "73 columns",
    ),
    case("L24", line(), line(line={"code": "a\n" * 13, "faulty": [3]}), "13 lines of code"),
    case("L24", choice(_text(25), *WRONG), choice(_text(26), *WRONG), "an option of 26 words"),
    case(
        "L27",
        choice("`True`", "`False`", "`None`"),
        choice("True", "False", "None"),
        "true and false",
    ),
    case(
        "L27",
        choice(),
        choice(stem="The second of two sessions waits. True or false?"),
        "`True or false`",
    ),
    case("L27", short(), short(short={"accept": ["yes"]}), "true and false"),
    case(
        "L29",
        choice(stem="Two sessions of Django change one row. What is done?", as_of="5.2"),
        choice(stem="Two sessions of Django change one row. What is done?"),
        "speaks of Django",
    ),
    case("L31", output(), output(verify=None), "code without `verify`"),
    case(
        "L31",
        choice(stem="What is it?\n\n" + code(1, 9, "text")),
        choice(stem="What is it?\n\n" + code(1, 9, "sql")),
        "code without",
    ),
]

LONG = "It waits until the first session of the two ends"
EXPLANATIONS = [
    case("L19", choice(options=_why("w" * 40)), choice(options=_why("w" * 39)), "39 characters"),
    case("L19", choice(LONG, *WRONG), choice(options=_why(f"{LONG}.", LONG)), "repeats the answer"),
    case(
        "L19",
        choice(options=_why("It tempts because it is wrong in one engine and right in another.")),
        choice(options=_why("It is one of those that are incorrect because it is wrong.")),
        "explains nothing",
    ),
    *(
        case("L19", sound, _short_why(sound), "12 characters")
        for sound in (match(id="extra"), short(), output(), line(), estimate(), order())
    ),
    case("L20", choice(), choice(options=_nameless()), "a distractor that no error leads to"),
    *(
        case("L20", sound, _no_error(sound), "a distractor that no error leads to")
        for sound in (match(id="extra"), short(), output(), line(), estimate(), order())
    ),
    case("L22", choice(), choice(source="nowhere"), "names the source `nowhere`"),
    case(
        "L33",
        choice(options=_why("This choice follows from what the first session has read.")),
        choice(options=_why("Option B follows from what the first session has read.")),
        "`Option B`",
    ),
    case(
        "L33",
        short(why="Of the statements, the first one makes changes visible to others."),
        short(why="Of the statements, the first option makes changes visible here."),
        "`first option`",
    ),
]

BANKS = [
    Case("L08", Pack(_negative(3)), Pack(_negative(4)), "4 of 103 questions ask by negation"),
    Case("L09", Pack(_saying("must", 6)), Pack(_saying("must", 7)), "absolute words in 6.9% of"),
    Case("L10", Pack(_saying("often", 6)), Pack(_saying("often", 7)), "hedges in 6.9% of"),
    Case("L20", Pack(_misled(3)), Pack(_misled(4)), "serves more than 4 questions"),
    Case("L20", Pack((*bank(3), short())), Pack(bank(3)), "5 of 11 distractors"),
    case(
        "L25",
        (
            choice(),
            choice(id="other", stem="A session waits until the second one of all ends. Why?"),
        ),
        (
            choice(),
            choice(id="other", stem="It waits until the first one of two ends. Why is that?"),
        ),
        "gives away the key of `",
    ),
    Case("L26", Pack(_placed(5, 5, 5, 5)), Pack(_placed(1, 1, 1, 17)), "stand at [1, 1, 1, 17]"),
    Case("L26", Pack(_placed(31, 23, 23, 23)), Pack(_placed(32, 22, 23, 23)), "stand at [32, 22"),
    Case(
        "L30",
        Pack(bank(6) + bank(4, "s", bloom="remember"), alone=True),
        Pack(bank(5) + bank(4, "s", bloom="remember"), alone=True),
        "4 of 9 questions only remember",
    ),
    case(
        "L32",
        (
            choice("It reads", *WRONG, stem=f"{SAME} What does the plan read?"),
            short(id="b", stem=f"{SAME} Which word would spare us that?"),
        ),
        (
            choice("It reads", *WRONG, stem=f"{SAME} What does it read?"),
            short(id="b", stem=f"{SAME} What is read?"),
        ),
        "the stem is that of `extra`: cosine 0.9",
    ),
    case(
        "L32",
        (short(), short(id="b", stem="Which is the last word?", short={"accept": ["ROLLBACK"]})),
        (short(), short(id="b", stem="Which is the last word?", short={"accept": ["commit"]})),
        "the key is that of `extra`",
    ),
]

"""What a learner can choose: each setting with its default, its limits and its explanation."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = {
    day: number
    for number, names in enumerate(
        (
            ("mon", "monday"),
            ("tue", "tuesday", "tues"),
            ("wed", "wednesday"),
            ("thu", "thursday", "thur", "thurs"),
            ("fri", "friday"),
            ("sat", "saturday"),
            ("sun", "sunday"),
        )
    )
    for day in names
}


class Refused(ValueError):
    """A value that cannot be; the message is a sentence that says what can."""


@dataclass(frozen=True)
class Choices:
    """Everything of reviewing that a learner may choose."""

    retention: float = 0.90
    due_limit: int = 15
    new_limit: int = 12
    easy_days: tuple[int, ...] = ()
    """Weekdays, Monday is 0."""
    day_starts: int = 4


@dataclass(frozen=True)
class Choice:
    """One setting: how it is called, what it means, how it is read and written."""

    name: str
    title: str
    explanation: str
    expects: str
    """What may be typed, as the placeholder of a field."""
    parse: Callable[[str], Any]
    say: Callable[[Any], str]
    """The value as words, which `parse` reads back."""
    steps: tuple[Any, ...]
    """Values that one key goes through, in order."""


def _retention(text: str) -> float:
    number = _number(text.removesuffix("%").strip(), "a share such as 0.90")
    value = number / 100 if number > 1 else number
    if not 0.80 <= value <= 0.97:
        raise Refused(
            f"{text} is outside 0.80 to 0.97: below it you relearn too much, above it you "
            "review all day."
        )
    return round(value, 3)


def whole(what: str, low: int, high: int) -> Callable[[str], int]:
    """What reads a whole number from `low` to `high`; it raises Refused with a sentence."""

    def parse(text: str) -> int:
        number = _number(text, f"a whole number from {low} to {high}")
        if number != int(number) or not low <= number <= high:
            raise Refused(f"{text} does not fit: {what} is a whole number from {low} to {high}.")
        return int(number)

    return parse


def _hour(text: str) -> int:
    return whole("the hour", 0, 12)(text.removesuffix(":00").strip())


def _number(text: str, wanted: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise Refused(f"{text or 'Nothing'} is no number: give {wanted}.") from None
    if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124
        raise Refused(f"{text} is no number: give {wanted}.")
    return number


def _weekdays(text: str) -> tuple[int, ...]:
    words = text.lower().replace(",", " ").split()
    if words in ([], ["none"]):
        return ()
    found = set()
    for word in words:
        if word not in _NAMES:
            raise Refused(f"{word} is no weekday: name days such as sat sun, or none.")
        found.add(_NAMES[word])
    if len(found) == len(WEEKDAYS):
        raise Refused("All seven days cannot be easy: leave at least one to review on.")
    return tuple(sorted(found))


def _say_weekdays(days: tuple[int, ...]) -> str:
    return " ".join(WEEKDAYS[day] for day in days) or "none"


CHOICES: tuple[Choice, ...] = (
    Choice(
        "retention",
        "Desired retention",
        "The share you should still know when a review is due. Higher means more reviews: "
        "0.95 asks more than twice as often as 0.90.",
        "0.80 to 0.97",
        _retention,
        lambda value: f"{value:.2f}" if round(value, 2) == value else f"{value:.3f}",
        (0.80, 0.85, 0.88, 0.90, 0.92, 0.95, 0.97),
    ),
    Choice(
        "due_limit",
        "Reviews in a session",
        "Due objectives that one review asks at most; the others wait for the next.",
        "5 to 100",
        whole("the limit", 5, 100),
        str,
        (5, 10, 15, 20, 30, 50),
    ),
    Choice(
        "new_limit",
        "New objectives a day",
        "Objectives you meet for the first time. A topic's own quiz is never cut.",
        "0 to 100",
        whole("the limit", 0, 100),
        str,
        (0, 4, 8, 12, 16, 24, 50),
    ),
    Choice(
        "easy_days",
        "Easy days",
        "Weekdays with fewer reviews: they move to a day beside, where there is room. What you "
        "missed still comes back the next day.",
        "weekdays such as sat sun, or none",
        _weekdays,
        _say_weekdays,
        ((), (5,), (6,), (5, 6)),
    ),
    Choice(
        "day_starts",
        "Start of the day",
        "The hour. What you answer earlier still counts for the day before. Days already "
        "written keep their date.",
        "an hour, 0 to 12",
        _hour,
        lambda value: f"{value}:00",
        tuple(range(13)),
    ),
)
BY_NAME: Mapping[str, Choice] = {choice.name: choice for choice in CHOICES}


def changed(choices: Choices, name: str, text: str) -> Choices:
    """`choices` with the setting `name` read from `text`. Raises Refused with a sentence."""
    value = BY_NAME[name].parse(text.strip())
    return replace(choices, **{name: value})


def stepped(choices: Choices, name: str, step: int) -> Choices:
    """`choices` with the setting `name` one step further or back; round at the ends it stays."""
    choice, now = BY_NAME[name], getattr(choices, name)
    steps = list(choice.steps)
    if now in steps:
        place = steps.index(now) + step
    elif isinstance(now, tuple):
        place = 0
    else:
        above = next((n for n, value in enumerate(steps) if value > now), len(steps))
        place = above if step > 0 else above - 1
    place = min(max(place, 0), len(steps) - 1)
    return replace(choices, **{name: steps[place]})


def from_table(table: Mapping[str, object]) -> Choices:
    """Choices from the `[review]` table of the settings file. Raises Refused with a sentence."""
    found = Choices()
    for field in fields(Choices):
        if field.name in table:
            value = table[field.name]
            try:
                found = changed(found, field.name, _as_text(value))
            except Refused as refused:
                raise Refused(f"`{field.name}`: {refused}") from None
    return found


def to_toml(name: str, choices: Choices) -> str:
    """The value of a setting as TOML."""
    value = getattr(choices, name)
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{WEEKDAYS[day]}"' for day in value) + "]"
    return BY_NAME[name].say(value) if name == "retention" else str(value)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        raise Refused("it must be a number, not true or false.")
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value)

"""Options that are amounts: a number, a range or a date, with its unit."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from nexus_tui.catalog.rules import words

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AMOUNT = r"[-+−]?(?:\d{1,3}(?:[, _]\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"\s*(?P<unit>[a-zµ%°/]+(?: [a-z]+)?)?"
_ABOUT = r"(?:(?:about|around|roughly|some|nearly|almost|exactly|just|only)\s+|~\s*|≈\s*)?"
_POINT = re.compile(rf"{_ABOUT}(?P<low>{_AMOUNT}){_UNIT}")
_RANGE = re.compile(
    rf"(?:between\s+|from\s+)?(?P<low>{_AMOUNT})\s*(?:–|-|…|to|and)\s*(?P<high>{_AMOUNT}){_UNIT}"
)
_BELOW = re.compile(
    rf"(?P<how>less than|fewer than|under|below|at most|up to|<|≤)\s*(?P<high>{_AMOUNT}){_UNIT}"
)
_ABOVE = re.compile(rf"(?P<how>more than|over|above|at least|>|≥)\s*(?P<low>{_AMOUNT}){_UNIT}")
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[ T](?P<h>\d\d):(?P<min>\d\d)(?::00)?)?"
)
_CLOCK = re.compile(r"(?P<h>\d\d?):(?P<min>\d\d)(?::\d\d)?")
_STATUS = re.compile(r"[1-5]\d\d")
_SCALES = {
    "time": {"ns": 1e-9, "µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1, "second": 1, "min": 60}
    | {"minute": 60, "h": 3600, "hour": 3600, "day": 86_400, "week": 604_800},
    "bytes": {"b": 1, "byte": 1, "kb": 1e3, "kib": 1024, "mb": 1e6, "mib": 1024**2}
    | {"gb": 1e9, "gib": 1024**3, "tb": 1e12, "tib": 1024**4},
}


class Quantity(NamedTuple):
    """From `low` to `high`, both inclusive where they are finite; `unit` as it is compared."""

    low: float
    high: float
    unit: str


@lru_cache(maxsize=16_384)
def quantity(text: str) -> Quantity | None:
    """The amount that a text consists of; None where it says anything else."""
    shown = words.read(text).shown.lower().rstrip(".")
    for number, name in enumerate(_NAMES):
        shown = re.sub(rf"^{name}\b(?!-)", str(number), shown)
    if found := _DATE.fullmatch(shown):
        digits = "".join(part or "00" for part in found.groups())
        return Quantity(int(digits), int(digits), "date")
    if found := _CLOCK.fullmatch(shown):
        minutes = int(found["h"]) * 60 + int(found["min"])
        return Quantity(minutes, minutes, "clock")
    if found := _RANGE.fullmatch(shown):
        return _scaled(_number(found["low"]), _number(found["high"]), found["unit"])
    if found := _POINT.fullmatch(shown):
        value = _number(found["low"])
        return _scaled(value, value, found["unit"])
    if found := _BELOW.fullmatch(shown):
        high = _number(found["high"])
        inside = found["how"] in {"at most", "up to", "≤"}
        return _scaled(
            -math.inf, high if inside else math.nextafter(high, -math.inf), found["unit"]
        )
    if found := _ABOVE.fullmatch(shown):
        low = _number(found["low"])
        inside = found["how"] in {"at least", "≥"}
        return _scaled(low if inside else math.nextafter(low, math.inf), math.inf, found["unit"])
    return None


def quantities(texts: list[str]) -> list[Quantity] | None:
    """All texts as amounts; None where one of them is none."""
    found = [quantity(text) for text in texts]
    return [one for one in found if one] if all(found) else None


def meet(one: Quantity, other: Quantity) -> bool:
    """Have two amounts of one unit a value in common?"""
    return one.unit == other.unit and one.low <= other.high and other.low <= one.high


def are_statuses(texts: list[str]) -> bool:
    """Are they HTTP status codes, which are names and no amounts?"""
    return all(_STATUS.fullmatch(words.read(text).shown) for text in texts)


def _number(text: str) -> float:
    return float(re.sub(r"[, _]", "", text).replace("−", "-"))


def _scaled(low: float, high: float, unit: str | None) -> Quantity:
    name = (unit or "").strip()
    for kind, scale in _SCALES.items():
        for known in (name, name.removesuffix("s")):
            if known in scale:
                return Quantity(low * scale[known], high * scale[known], kind)
    return Quantity(low, high, " ".join(words.stem(word) for word in name.split()))

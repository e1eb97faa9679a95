"""Typed text as it is compared, and amounts: numbers with their units, as people write them."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"(?<=[^\s.;])(?:\.|\s*;)$")
"""A full stop or semicolon that ends the answer; `cd ..` and `docker build .` end otherwise."""
_AMOUNT = re.compile(
    r"^(?:about |around |roughly |circa |ca\.? ?|~|≈)?\s*"
    r"(?P<digits>\d{1,3}(?:[ ,_]\d{3})+|\d+|(?=\.\d))(?P<part>\.\d+)?"
    r"(?:e(?P<e>[-+]?\d{1,2})|\s*[*x×]\s*10\s*(?:\^|\*\*)\s*(?P<ten>-?\d{1,2})"
    r"|\s*(?:\^|\*\*)\s*(?P<raised>\d{1,2}))?"
    r"\s*(?P<unit>\D*)$"
)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6}
_TIMES |= {"bn": 1e9, "billion": 1e9, "trillion": 1e12}
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0}
_SECONDS |= {"nanosecond": 1e-9, "microsecond": 1e-6, "millisecond": 1e-3, "second": 1.0}
_SECONDS |= {"m": 60.0, "min": 60.0, "minute": 60.0, "h": 3_600.0, "hour": 3_600.0}
_SECONDS |= {"d": 86_400.0, "day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0}
_SECONDS |= {"year": 31_557_600.0}
_BYTES = {"b": 1.0, "byte": 1.0}
_BYTES |= {f"{p}b": 1e3**n for n, p in enumerate("kmgtp", 1)}
_BYTES |= {f"{p}ib": 1024.0**n for n, p in enumerate("kmgtp", 1)}


def normalise(text: str) -> str:
    """The form in which typed answers are compared.

    Case, runs of spaces, code quotes and a final full stop or semicolon do not matter.
    """
    text = text.strip().replace("`", "").replace("\u2019", "'")
    text = " ".join(text.split()).casefold()
    return _END.sub("", text)


def units(unit: str) -> set[str]:
    """The unit as it may be written: singular and plural."""
    base = normalise(unit)
    stem = base.removesuffix("s")
    forms = {base, stem, f"{stem}s"}
    if stem.endswith("ie"):
        forms.add(stem.removesuffix("ie") + "y")
    if stem.endswith("y"):
        forms.add(stem.removesuffix("y") + "ies")
    return forms


class Quantity(NamedTuple):
    """A number and what stands behind it, normalised; "" where nothing does."""

    value: float
    unit: str


def quantity(text: str) -> Quantity | None:
    """An amount: `36`, `1,500 ms`, `2e6`, `3 x 10^4`, `10k`, `about 2 million`; else None."""
    found = _AMOUNT.match(normalise(text))
    if found is None:
        return None
    value = float(re.sub(r"\D", "", found["digits"]) + (found["part"] or ""))
    try:
        value **= int(found["raised"] or 1)
    except OverflowError:
        return None
    value *= 10.0 ** int(found["e"] or found["ten"] or 0)
    first, _, rest = found["unit"].strip().partition(" ")
    if first in _TIMES and (rest or first != "m"):
        return Quantity(value * _TIMES[first], rest.strip())
    return Quantity(value, found["unit"].strip())


def conversion(unit: str, into: str) -> float | None:
    """What one `unit` is in units of `into`: both of time or both of bytes; else None.

    `m` is a minute beside a time, else a million.
    """
    for table in (_SECONDS, _BYTES):
        one, other = (_scale(table, name) for name in (unit, into))
        if other is not None:
            return one / other if one is not None else None
    return _TIMES.get(unit)


def _scale(table: dict[str, float], unit: str) -> float | None:
    return table.get(unit, table.get(unit.removesuffix("s")))

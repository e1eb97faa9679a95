"""A dialogue in lines: something is typed, or one of several is chosen by its number or title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from nexus_tui.cli.asking import leaves, read_line
from nexus_tui.cli.prose import fitted
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY = 20
"""So many choices are listed at most, unless all are asked for."""
_NEXT = 5
"""So many are listed of more than that."""


class Ended(Exception):
    """There is nothing more to read."""


def typed_below(prompt: str) -> str:
    """What is typed below `prompt`, without blanks around it. Raises Ended."""
    typer.echo(fitted(prompt))
    line = read_line()
    if line is None:
        raise Ended
    return line.strip()


def number_of(texts: Sequence[str], back: str) -> int | None:
    """Ask for one of numbered choices; None for q, which does what `back` says."""
    _list(texts)
    prompt = f"Type a number from 1 to {len(texts)}; {back}."
    while not leaves(typed := typed_below(prompt)):
        if _is_number(typed, len(texts)):
            return int(typed) - 1
        typer.echo(f"{typed!r} is none of the numbers." if typed else "Nothing was typed.")
    return None


def choose(
    what: str, titles: Sequence[str], begun: Sequence[bool], new: Sequence[bool]
) -> int | None:
    """Ask for one of many by its number or words of its title; None to go back.

    Of more than can be listed those are that come next: what is begun, then what is new.
    """
    if not titles:
        typer.echo(f"There is no {what} here.")
        return None
    places: Sequence[int] = range(len(titles))
    if len(places) > _MANY:
        rest = [n for n in places if new[n] and not begun[n]]
        found = _search(what, titles, [*(n for n in places if begun[n]), *rest][:_NEXT])
        if found is None:
            return None
        places = found
    if len(places) == 1:
        return places[0]
    typer.echo(f"Which {what}?")
    chosen = number_of([titles[n] for n in places], "q goes back")
    return places[chosen] if chosen is not None else None


def _search(what: str, titles: Sequence[str], coming: Sequence[int]) -> Sequence[int] | None:
    """Which of the titles may be meant, by what is typed; None to go back."""
    typer.echo(f"Which {what}? These come next:" if coming else f"Which {what}?")
    _list([titles[n] for n in coming])
    ways = "a number, or a word of any title" if coming else "a word of its title"
    while not leaves(typed := typed_below(f"Type {ways}; list shows all, q goes back.")):
        words = typed.lower()
        if words == "list":
            return range(len(titles))
        if _is_number(words, len(coming)):
            return [coming[int(words) - 1]]
        near = [n for n, title in enumerate(titles) if words and words in title.lower()]
        if 0 < len(near) <= _MANY:
            return near
        if near:
            typer.echo(f"{len(near)} of them have {words!r} in their title: type more of it.")
        else:
            typer.echo(f"No {what} has {words!r} in its title." if words else "Nothing was typed.")
    return None


def _list(texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, 1):
        typer.echo(fitted(f"{number}. {clean_line(text)}", "   "))


def _is_number(typed: str, last: int) -> bool:
    return typed.isdecimal() and 1 <= int(typed[:6]) <= last

"""How well someone judges what they know: what was said of answers, and what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENOUGH = 5
"""Answers below which a share says nothing."""
_TRUSTED = 0.90
_FAIR = 0.80
"""Where marks are lost for confident errors, saying "sure" pays from four in five on."""
_MODEST = 0.60


def sentence(certainty: Mapping[str, tuple[int, int]]) -> str:
    """One sentence on what the share of right answers means; `certainty` → (right, answered)."""
    right, asked = certainty.get("sure", (0, 0))
    if asked < ENOUGH:
        return _modest(certainty) or (
            f'Say "sure" before {ENOUGH - asked} more answers, and this tells how far to trust it.'
        )
    share = right / asked
    if share >= _TRUSTED:
        return "When you are sure you can be trusted: act on it."
    if share >= _FAIR:
        return "Being sure is nearly enough: look once more before you act on it."
    wrong = asked - right
    often = "half the time" if 2 * wrong == asked else f"{wrong} times of {asked}"
    return f'You were sure and wrong {often}: say "sure" only of what you could explain.'


def _modest(certainty: Mapping[str, tuple[int, int]]) -> str | None:
    right, asked = certainty.get("guessed", (0, 0))
    if asked < ENOUGH or right / asked < _MODEST:
        return None
    return f"You know more than you think: {right} of {asked} guesses were right."

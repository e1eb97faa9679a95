"""Variants of a test that `make promises` tries, and `make test` leaves to those beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet


def rarer(value: object) -> ParameterSet:
    """This value of a parameter, for `make promises` only."""
    return pytest.param(value, marks=pytest.mark.promise)

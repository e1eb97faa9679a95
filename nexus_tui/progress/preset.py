"""What a preset fact says: the one kind that is read at every start, see `payloads`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Payload(BaseModel):
    """Unknown keys are refused, so that a newer fact is never half understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PresetPayload(Payload):
    """What holds from here on: the share to be known when due, weights of FSRS, limits.

    Days are weekdays, Monday is 0; `day_starts` is an hour of the local clock.
    """

    retention: float = Field(default=0.90, ge=0.70, le=0.99)
    weights: tuple[float, ...] = ()
    maximum_days: int = Field(default=36_500, ge=1)
    easy_days: tuple[int, ...] = ()
    due_limit: int = Field(default=15, ge=1)
    new_limit: int = Field(default=12, ge=0)
    day_starts: int = Field(default=4, ge=0, le=23)

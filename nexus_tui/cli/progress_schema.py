"""The JSON Schema of what `nexus-tui progress --json` prints."""

from __future__ import annotations

from typing import Any

from nexus_tui.study.figures import COLUMNS, TITLES, type_of

_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_TEXT: dict[str, Any] = {"type": "string"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of what `progress --json` prints."""
    day = dict.fromkeys(("answers", "right", "minutes"), _COUNT)
    objective = {"asked": _COUNT, "right": _COUNT, "due": {"type": ["string", "null"]}}
    topic = dict.fromkeys(("mastered", "due", "asked"), _COUNT)
    names = ("topic", "title", "track", "standing")
    counts = ("answers", "right", "due", "mastered")
    streak = {
        "streak": "Days of learning, one after the other but for pauses",
        "streak_missed": "Days missed between them",
        "streak_paused": "Days missed since the last of them; 0 while it runs",
        "longest_run": "Most days without a missed one, ever",
    }
    found = _object(
        {
            "today": _TEXT,
            **dict.fromkeys(counts, _COUNT),
            **{name: {**_COUNT, "description": about} for name, about in streak.items()},
            "forecast": {"type": "array", "items": _COUNT, "description": "Due on 7 days"},
            "next_30_days": {"type": "array", "items": _COUNT},
            "week": _table({"day": _TEXT, **day}),
            "certainty": {
                "type": "object",
                "additionalProperties": _object({"right": _COUNT, "answered": _COUNT}),
            },
            "calibration": _TEXT,
            "figures": _object(_figures()),
            "results": _table(
                {
                    **dict.fromkeys(names, _TEXT),
                    **topic,
                    "objectives": _table(
                        {**dict.fromkeys(("objective", "text", "state"), _TEXT), **objective}
                    ),
                }
            ),
        }
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nexus-tui progress --json",
        **found,
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _figures() -> dict[str, Any]:
    """Each figure: its sentence, and a list of rows whose columns `COLUMNS` explains."""
    return {
        name: _object(
            {
                "title": {"const": TITLES[name]},
                "sentence": _TEXT,
                "results": _table(
                    {
                        column: {"type": type_of(column), "description": about}
                        for column, about in columns.items()
                    }
                ),
            }
        )
        for name, columns in COLUMNS.items()
    }


def _table(columns: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"type": "array", "items": _object(columns)}

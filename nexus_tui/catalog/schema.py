"""JSON Schemas of the content files, made from the models, for editors."""

from __future__ import annotations

from typing import Any

from nexus_tui.catalog.models import (
    Challenge,
    Checklist,
    LearningPath,
    Model,
    Moved,
    Pack,
    Quiz,
    Topic,
)

KINDS: dict[str, type[Model]] = {
    "pack": Pack,
    "topic": Topic,
    "quiz": Quiz,
    "checklist": Checklist,
    "challenge": Challenge,
    "path": LearningPath,
    "moved": Moved,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Kind of file → its JSON Schema (draft 2020-12)."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {kind: {"$schema": draft, **model.model_json_schema()} for kind, model in KINDS.items()}

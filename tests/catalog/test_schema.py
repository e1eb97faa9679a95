"""JSON Schemas for editors: they say of a file what the reader says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from nexus_tui.catalog.questions import KINDS as KINDS_OF_QUESTIONS
from nexus_tui.catalog.schema import KINDS, schemas
from tests.builders import (
    challenge_file,
    checklist_file,
    pack_file,
    path_file,
    quiz_file,
    topic_file,
)

CONTENT = Path(__file__).parents[2] / "content"
WRITTEN = {
    "pack": pack_file(),
    "topic": topic_file("alpha"),
    "checklist": checklist_file("safe"),
    "challenge": challenge_file("slow"),
    "path": path_file("both", stages=[]),
}


def objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema and its definitions, as far as they describe mappings with fixed keys."""
    found = [schema, *schema.get("$defs", {}).values()]
    return [part for part in found if "properties" in part]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_has_a_schema_that_refuses_unknown_keys(kind: str) -> None:
    schema = schemas()[kind]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert objects(schema)
    for part in objects(schema):
        assert part["additionalProperties"] is False


def test_schemas_are_plain_json() -> None:
    assert json.loads(json.dumps(schemas())) == schemas()


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_a_schema_requires_is_what_the_reader_requires(kind: str) -> None:
    schema = schemas()[kind]
    whole = json.loads(WRITTEN[kind])
    for key in schema["properties"]:
        without = {name: value for name, value in whole.items() if name != key}
        if key in schema["required"]:
            with pytest.raises(ValueError, match=key):
                KINDS[kind].model_validate_json(json.dumps(without))
        else:
            KINDS[kind].model_validate_json(json.dumps(without))


def test_every_kind_of_question_has_its_own_schema() -> None:
    schema = schemas()["quiz"]
    mapping = schema["properties"]["questions"]["items"]["discriminator"]["mapping"]
    assert set(mapping) == set(KINDS_OF_QUESTIONS)


def test_what_reading_makes_is_no_key_to_write() -> None:
    for part in objects(schemas()["quiz"]):
        assert "template" not in part["properties"]


@pytest.mark.parametrize("kind", ["pack", "topic"])
def test_the_shipped_files_use_only_keys_of_the_schema(kind: str) -> None:
    known = set(schemas()[kind]["properties"])
    files = sorted(CONTENT.rglob(f"{kind}.yaml"))
    assert files
    for file in files:
        assert set(yaml.safe_load(file.read_text(encoding="utf-8"))) <= known, file


def test_the_quiz_builder_writes_what_the_schema_names() -> None:
    assert set(json.loads(quiz_file())) == set(schemas()["quiz"]["properties"])

"""The history as JSON Lines: a first line that says what follows, then one fact a line.

A fact is written column by column as it was kept, its payload byte for byte, so that its
checksum still holds where it is read.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nexus_tui.progress.derive import checksum
from nexus_tui.progress.payloads import KINDS
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nexus_tui.progress.cards import FactRow

FORMAT = "nexus-tui facts"
VERSION = 1
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_PAYLOAD = '"payload":'
_LONGEST = 1_000_000
"""Characters of a line; a fact has a few hundred."""


class Who(BaseModel):
    """Whose facts these are; `made` in milliseconds since the epoch."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str = Field(pattern=_UUID)
    name: str = Field(min_length=1, max_length=200)
    made: int


class Header(BaseModel):
    """The first line of a file."""

    model_config = ConfigDict(extra="forbid", strict=True)
    format: Literal["nexus-tui facts"]
    version: int
    learner: Who
    facts: int = Field(ge=0, description="How many facts follow.")


class FactLine(BaseModel):
    """A fact. Facts of one device are numbered without gaps; ids sort by time."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str = Field(pattern=_UUID, description="A uuid version 7 made from `at`.")
    device: str = Field(pattern=_UUID)
    seq: int = Field(ge=1)
    at: int = Field(ge=0, description="Milliseconds since the epoch, UTC.")
    day: str = Field(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="The learner's day, by their clock and where their days begin.",
    )
    kind: str
    subject: str
    revision: str
    crc: int = Field(description="CRC-32 over learner and all other columns, in order.")
    payload: dict[str, Any]


class Unreadable(Exception):
    """A line that cannot be taken; `why` is the short name of the reason, for counting."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


def schema() -> dict[str, Any]:
    """The JSON Schema of a line: the first one, or a fact of any kind."""
    definitions: dict[str, Any] = {}

    def described(model: type[BaseModel]) -> dict[str, Any]:
        found = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions.update(found.pop("$defs", {}))
        return found

    facts = []
    for kind, model in KINDS.items():
        definitions[model.__name__] = described(model)
        fact = described(FactLine)
        fact["title"] = f"A fact: {kind}"
        fact["properties"]["kind"] = {"const": kind}
        fact["properties"]["payload"] = {"$ref": f"#/$defs/{model.__name__}"}
        facts.append(fact)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{FORMAT}, version {VERSION}: one line",
        "oneOf": [described(Header), *facts],
        "$defs": definitions,
    }


def header(learner: Mapping[str, Any], facts: int) -> str:
    """The first line, without its end."""
    who = {"id": learner["id"], "name": learner["name"], "made": learner["made"]}
    first = {"format": FORMAT, "version": VERSION, "learner": who, "facts": facts}
    return json.dumps(first, ensure_ascii=False)


def line_of(fact: FactRow) -> str:
    """A fact as a line, without its end; its payload as it is kept."""
    names = ("id", "device", "seq", "at", "day", "kind", "subject", "revision", "crc")
    text = json.dumps({name: fact[name] for name in names}, ensure_ascii=False)
    return f"{text[:-1]}, {_PAYLOAD}{fact['payload']}}}"


def read_header(line: str) -> Header:
    """Raises Unreadable where the file is of another kind or a newer version."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Unreadable("format", f'its first line does not say "format": "{FORMAT}"')
    if found.get("version") != VERSION:
        raise Unreadable(
            "format", f"it is of version {found.get('version')}, this Nexus reads {VERSION}"
        )
    try:
        return Header.model_validate(found)
    except ValidationError as error:
        raise Unreadable("schema", _first(error)) from error


def read_fact(line: str, learner: str) -> FactRow:
    """The row of a fact. Raises Unreadable with the reason where it is none."""
    if len(line) > _LONGEST:
        raise Unreadable("schema", f"longer than {_LONGEST} characters")
    try:
        found = json.loads(line, parse_int=_int)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json", "no JSON") from error
    try:
        fact = FactLine.model_validate(found).model_dump()
    except ValidationError as error:
        raise Unreadable("schema", _first(error)) from error
    kind = KINDS.get(fact["kind"])
    if kind is None:
        raise Unreadable("kind", f"a fact of the unknown kind {clean_line(fact['kind'])[:40]!r}")
    try:
        kind.model_validate(fact["payload"])
        row = _row(fact, line, learner)
    except ValidationError as error:
        raise Unreadable("schema", f"payload: {_first(error)}") from error
    except UnicodeEncodeError as error:
        raise Unreadable("schema", "half of a character") from error
    if row is None:
        raise Unreadable("checksum", "the checksum is wrong: it was changed or damaged")
    if int(row["id"].replace("-", "")[:12], 16) != row["at"] or UUID(row["id"]).version != 7:
        raise Unreadable("schema", "the id is not of the time of the fact")
    if not _is_near(row["day"], row["at"]):
        raise Unreadable("schema", "the day is not that of the time of the fact")
    return row


def _row(fact: FactRow, line: str, learner: str) -> FactRow | None:
    """The row whose checksum is right: with the payload as it stands in the line, or written
    compactly, where another program had laid the line out anew. None where neither is."""
    compact = json.dumps(fact["payload"], ensure_ascii=False, separators=(",", ":"))
    _, _, rest = line.partition(_PAYLOAD)
    for payload in (rest.rstrip()[:-1], compact):
        row = {**fact, "learner": learner, "payload": payload}
        if checksum(row) == row["crc"]:
            return row
    return None


def _int(text: str) -> int:
    """Numbers beyond what every program can hold are no numbers of ours."""
    if len(text) > 16:
        raise ValueError("too large")
    return int(text)


def _is_near(day: str, at: int) -> bool:
    try:
        kept = date.fromisoformat(day)
        then = datetime.fromtimestamp(at / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return False
    return abs(kept - then) <= timedelta(days=2)


def _first(error: ValidationError) -> str:
    """What is wrong first, in a few words."""
    found = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, found["loc"]))
    return clean_line(f"{place}: {found['msg']}" if place else found["msg"])[:120]

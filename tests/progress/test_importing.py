"""Facts in a file: written byte for byte, added once, and never half."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.progress import exporting, importing, jsonl, learners, projects
from nexus_tui.progress.derive import checksum
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.ids import uuid7
from tests.histories import Clock, answer, given, kept, one, opened, rows

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.progress.importing import Imported
    from nexus_tui.progress.store import Store

FACTS = "SELECT * FROM fact ORDER BY learner, id"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A history with something of every common kind."""
    clock = Clock()
    store = opened(tmp_path / "progress.db", clock, learner="Zoë")
    store.session("s1", "topic", [{"question": "nexus/indexing/q0"}]).result()
    for number in range(6):
        clock.move(hours=20)
        answer(store, f"nexus/indexing/q{number % 3}", right=number % 4 > 0)
    store.undo().result()
    store.reading("nexus/indexing", 1, "Was schiefgeht — „Index\u2028“", 5).result()
    projects.tick(store, "shop", "nexus/pep8/names", "done", 'a "note"\n[/x]').result()
    projects.keep(store, "shop").result()
    store.report("nexus/indexing/q1", "the key is wrong", "0123456789ab").result()
    return store


def _written(store: Store, path: Path) -> Path:
    lines = exporting.facts(store, store.learner)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


def _add(store: Store, path: Path) -> Imported:
    looked = importing.look(path)
    assert looked.problems == []
    return importing.add(store, path, looked)


def _lines(path: Path) -> list[Any]:
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.rstrip("\n").split("\n")]


def _rewritten(path: Path, lines: list[Any]) -> Path:
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


# ---------------------------------------------------------------- there and back


def test_what_is_exported_and_imported_elsewhere_is_the_same_history(
    store: Store, tmp_path: Path
) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    other = opened(tmp_path / "other.db")

    done = _add(other, file)

    assert (done.learner, done.added, done.known, done.moved, done.missing) == ("Zoë", 12, 0, 0, 0)
    other.close()
    store.close()
    assert rows(tmp_path / "other.db", FACTS) == rows(tmp_path / "progress.db", FACTS)
    assert kept(tmp_path / "other.db") == kept(tmp_path / "progress.db")


def test_importing_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    before = store.digest()
    facts = rows(tmp_path / "progress.db", FACTS)

    for _ in range(2):
        done = _add(store, file)
        assert (done.added, done.known) == (0, 12)

    assert rows(tmp_path / "progress.db", FACTS) == facts
    assert store.digest() == before
    store.close()


def test_a_file_laid_out_anew_by_another_program_is_still_whole(
    store: Store, tmp_path: Path
) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    lines = _lines(file)
    mixed = [lines[0], *({key: line[key] for key in sorted(line)} for line in lines[1:])]

    assert _add(store, _rewritten(file, mixed)).known == 12
    store.close()


def test_every_line_has_what_the_schema_asks_for(store: Store, tmp_path: Path) -> None:
    schema = jsonl.schema()
    header, *facts = schema["oneOf"]
    by_kind = {fact["properties"]["kind"]["const"]: fact for fact in facts}
    first, *lines = _lines(_written(store, tmp_path / "facts.jsonl"))

    assert set(first) == set(header["required"]) == set(header["properties"])
    for line in lines:
        wanted = by_kind[line["kind"]]
        assert set(line) == set(wanted["required"]) == set(wanted["properties"])
        name = wanted["properties"]["payload"]["$ref"].removeprefix("#/$defs/")
        payload = schema["$defs"][name]
        assert (
            set(payload.get("required", ())) <= set(line["payload"]) <= set(payload["properties"])
        )
    store.close()


def test_the_schema_names_every_kind_of_fact() -> None:
    from nexus_tui.progress.payloads import KINDS

    schema = jsonl.schema()
    kinds = [one["properties"]["kind"]["const"] for one in schema["oneOf"][1:]]
    assert kinds == list(KINDS)
    assert {model.__name__ for model in KINDS.values()} <= set(schema["$defs"])


def test_answers_as_csv_are_those_that_count(store: Store) -> None:
    found = list(csv.DictReader(exporting.answers(store, store.learner)))

    assert [row["question"] for row in found] == [f"nexus/indexing/q{n % 3}" for n in range(5)]
    assert found[0] == {
        "time": "2026-03-03T05:00:00.000+00:00",
        "day": "2026-03-03",
        "question": "nexus/indexing/q0",
        "objective": "nexus/indexing/design-an-index",
        "score": "0",
        "certainty": "unmarked",
        "rating": "again",
        "seconds": "9",
        "mode": "topic",
        "session": "s1",
    }
    store.close()


# ---------------------------------------------------------------- copies that went on


def test_what_a_copy_answered_on_its_own_goes_on_under_its_own_device(
    store: Store, tmp_path: Path
) -> None:
    store.close()
    shutil.copy(tmp_path / "progress.db", tmp_path / "copy.db")
    clock = Clock()
    clock.move(days=30)
    copy = opened(tmp_path / "copy.db", clock, learner="Zoë")
    answer(copy, "nexus/copy/one")
    answer(copy, "nexus/copy/two")
    file = _written(copy, tmp_path / "facts.jsonl")
    clock.move(days=1)
    here = opened(tmp_path / "progress.db", clock, learner="Zoë")
    answer(here, "nexus/here/one")

    done = _add(here, file)

    assert (done.added, done.moved, done.first_moved, done.missing) == (2, 2, 14, 0)
    assert _add(here, file).added == 0
    answer(copy, "nexus/copy/three")
    copy_again = _written(copy, tmp_path / "again.jsonl")
    assert (done := _add(here, copy_again)).added == done.moved == 1
    counted = rows(
        tmp_path / "progress.db",
        "SELECT count(DISTINCT device), count(*), count(DISTINCT device || seq) FROM fact",
    )
    assert counted == [(2, 16, 16)]
    digest = here.digest()
    here.rebuild()
    assert here.digest() == digest
    here.close()
    copy.close()


def test_facts_that_are_in_no_file_are_counted(store: Store, tmp_path: Path) -> None:
    lines = _lines(_written(store, tmp_path / "facts.jsonl"))
    lines = [lines[0] | {"facts": 9}, *lines[1:4], *lines[7:]]
    other = opened(tmp_path / "other.db")

    assert _add(other, _rewritten(tmp_path / "gap.jsonl", lines)).missing == 3

    other.close()
    store.close()


# ---------------------------------------------------------------- refused


def _changed(fact: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**fact, **more}


BAD: dict[str, tuple[str, Any]] = {
    "a changed answer": ("checksum", lambda f: _changed(f, payload={**f["payload"], "score": 0.5})),
    "a changed day": ("checksum", lambda f: _changed(f, day="2026-03-04")),
    "an unknown kind": ("kind", lambda f: _changed(f, kind="wish")),
    "an unknown column": ("schema", lambda f: _changed(f, colour="red")),
    "a missing column": ("schema", lambda f: {k: v for k, v in f.items() if k != "seq"}),
    "an unknown key of the payload": ("schema", lambda f: _changed(f, payload={"x": 1})),
    "a number that is text": ("schema", lambda f: _changed(f, seq="2")),
    "a number without end": ("json", lambda f: _changed(f, seq=10**30)),
    "an id that is none": ("schema", lambda f: _changed(f, id="../../etc")),
    "half a character": ("schema", lambda f: _changed(f, subject="\ud800")),
    "a list": ("schema", lambda f: [f]),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_line_is_named_and_left_out(what: str, store: Store, tmp_path: Path) -> None:
    why, change = BAD[what]
    lines = _lines(_written(store, tmp_path / "facts.jsonl"))
    lines[3] = change(lines[3])
    file = tmp_path / "bad.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    looked = importing.look(file)

    assert [(problem.line, problem.why) for problem in looked.problems] == [(4, why)]
    assert looked.counts == {why: 1}
    other = opened(tmp_path / "other.db")
    done = importing.add(other, file, looked)
    assert (done.added, done.missing) == (11, 1)
    other.close()
    store.close()


def test_a_line_that_was_cut_off_is_bad_and_so_is_the_count(store: Store, tmp_path: Path) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    data = file.read_bytes()
    file.write_bytes(data[: data.rindex(b"\n", 0, -1) - 40])

    looked = importing.look(file)

    assert looked.counts == {"json": 1, "count": 1}
    store.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("time,day\n", "no export of Nexus"),
        ('{"format": "something else", "version": 1}\n', "no export of Nexus"),
        ('{"format": "nexus-tui facts", "version": 2}\n', "it is of version 2, this Nexus reads 1"),
        ('{"format": "nexus-tui facts", "version": 1}\n', "learner: Field required"),
        ("[" * 100_000, "no export of Nexus"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_a_sentence(
    text: str, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text(text)

    with pytest.raises(StoreError, match=words):
        importing.look(file)


def test_an_id_that_says_something_else_here_stays_as_it_is(store: Store, tmp_path: Path) -> None:
    lines = _lines(_written(store, tmp_path / "facts.jsonl"))
    fact = {**lines[3], "subject": "nexus/indexing/other", "learner": store.learner}
    fact["payload"] = json.dumps(fact["payload"], separators=(",", ":"))
    fact["crc"] = checksum(fact)
    lines[3] = {**fact, "payload": json.loads(fact["payload"])}
    del lines[3]["learner"]

    done = _add(store, _rewritten(tmp_path / "other.jsonl", lines))

    assert [problem.line for problem in done.conflicts] == [4]
    assert (done.added, done.known) == (0, 11)
    store.close()


def test_an_id_of_another_time_is_no_id(store: Store, tmp_path: Path) -> None:
    lines = _lines(_written(store, tmp_path / "facts.jsonl"))
    lines[3]["id"] = str(uuid7(lines[3]["at"] - 1))
    row = {**lines[3], "learner": store.learner}
    row["payload"] = json.dumps(row["payload"], separators=(",", ":"))
    lines[3]["crc"] = checksum(row)

    looked = importing.look(_rewritten(tmp_path / "other.jsonl", lines))

    assert [problem.sentence for problem in looked.problems] == [
        "the id is not of the time of the fact"
    ]
    store.close()


# ---------------------------------------------------------------- whose


def test_a_learner_of_the_same_name_is_another_one(store: Store, tmp_path: Path) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    other = opened(tmp_path / "other.db", learner="Zoë")
    answer(other)

    assert _add(other, file).learner == "Zoë 2"

    assert {who.name: who.answers for who in learners.learners(other)} == {"Zoë": 1, "Zoë 2": 5}
    other.close()
    store.close()


def test_whoever_a_new_file_begins_with_makes_room(store: Store, tmp_path: Path) -> None:
    file = _written(store, tmp_path / "facts.jsonl")
    other = opened(tmp_path / "other.db")

    _add(other, file)

    assert [(who.name, who.in_use) for who in learners.learners(other)] == [("Zoë", True)]
    other.close()
    store.close()


def test_while_it_is_exported_answers_can_be_given(store: Store) -> None:
    lines = exporting.facts(store, store.learner)
    first = json.loads(next(lines))
    store.answer(given("nexus/late/q")).result()

    assert first["facts"] == 12
    assert len(list(lines)) == 12
    assert one(store.path, "SELECT count(*) FROM fact") == 13 if store.path else False
    store.close()

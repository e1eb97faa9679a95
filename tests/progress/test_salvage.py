"""Facts come out of damaged files by their checksums; what is lost is counted."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from nexus_tui.progress import recover as recovering
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.recover import recover
from nexus_tui.progress.salvage import salvage
from tests.histories import Clock, answer, kept, one, opened, rows

PAGE = 4096
ANSWERS = 240


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of two learners, with facts that fill one page and facts that fill several."""
    path = tmp_path_factory.mktemp("whole") / "progress.db"
    clock = Clock()
    for name in ("anna", "ben é"):
        store = opened(path, clock, learner=name)
        for number in range(ANSWERS // 2):
            clock.move(hours=1)
            answer(store, f"nexus/t{number % 5}/q{number}", right=number % 3 > 0)
        for size in (5, 15, 60):
            plan = [{"question": f"nexus/t/{size}-{n}", "why": "x" * 80} for n in range(size)]
            store.session(f"s{size}", "topic", plan).result()
        store.undo().result()
        store.close()
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "damaged.db"))


def _facts(path: Path) -> list[tuple[object, ...]]:
    return rows(path, "SELECT * FROM fact ORDER BY learner, id")


def _overwrite(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(random.Random(page).randbytes(PAGE))


def test_everything_is_read_from_a_whole_file(path: Path) -> None:
    found = salvage(path)
    wanted = _facts(path)
    assert sorted(tuple(fact.values()) for fact in found.facts.values()) == sorted(wanted)
    assert set(found.names.values()) == {"anna", "ben é"}
    assert found.lost == 0


def test_what_is_only_in_the_log_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "open.db"
    store = opened(path, learner="anna")
    for number in range(50):
        answer(store, f"nexus/t/q{number}")
    store.session("s", "topic", [{"question": "q" * 90, "why": "x"}] * 90).result()
    assert len(salvage(path).facts) == 51
    store.close()


def test_a_file_without_its_header_gives_every_fact_back(path: Path, tmp_path: Path) -> None:
    wanted = _facts(path)
    before = kept(path)
    _overwrite(path, 0)
    damaged = path.read_bytes()
    found = recover(path, tmp_path / "new.db")
    assert (found.facts, found.lost, found.missing) == (len(wanted), 0, ())
    assert found.learners == ("anna", "ben é")
    assert _facts(found.into) == wanted
    assert kept(found.into) == before
    assert sorted(rows(found.into, "SELECT name FROM learner")) == [("anna",), ("ben é",)]
    assert path.read_bytes() == damaged


def test_a_recovered_history_goes_on(path: Path, tmp_path: Path) -> None:
    _overwrite(path, 0)
    into = recover(path, tmp_path / "new.db").into
    count = one(into, "SELECT count(*) FROM fact")
    store = opened(into, learner="anna")
    answer(store)
    digest = store.digest()
    store.rebuild()
    assert store.digest() == digest
    store.close()
    assert one(into, "SELECT count(*) FROM fact") == count + 1
    assert one(into, "PRAGMA integrity_check") == "ok"


def test_pages_that_are_gone_cost_their_facts_and_these_are_counted(
    path: Path, tmp_path: Path
) -> None:
    wanted = {str(row[1]): row for row in _facts(path)}
    pages = path.stat().st_size // PAGE
    _overwrite(path, *random.Random(5).sample(range(1, pages), pages // 10))
    found = recover(path, tmp_path / "new.db")
    read = {str(row[1]): row for row in _facts(found.into)}
    assert read.items() <= wanted.items()
    assert len(read) == found.facts < len(wanted)
    assert found.lost == sum(last - first + 1 for first, last in found.missing)
    assert len(wanted) - len(read) - found.lost in range(-2, 25)
    assert len(read) > len(wanted) * 0.6


def test_flipped_bits_cost_only_the_facts_they_are_in(path: Path, tmp_path: Path) -> None:
    wanted = {row[1] for row in _facts(path)}
    content = bytearray(path.read_bytes())
    chance = random.Random(7)
    for _ in range(100):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    found = salvage(path)
    read = {fact for _, fact in found.facts}
    assert read <= wanted
    assert len(read) >= len(wanted) - 100
    assert len(read) > len(wanted) * 0.8


def test_a_file_cut_off_gives_what_is_left(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 100)
    found = salvage(path)
    assert 0 < len(found.facts) < ANSWERS + 8


def test_a_text_that_was_changed_is_found_by_its_checksum(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    assert content.count(b'"s1/nexus/t3/q33"') == 2
    path.write_bytes(content.replace(b'"s1/nexus/t3/q33"', b'"s1/nexus/t3/q99"'))
    assert one(path, "PRAGMA integrity_check") == "ok"
    found = recover(path, tmp_path / "new.db")
    assert found.lost == 2  # one of each learner
    assert one(found.into, "SELECT count(*) FROM fact WHERE subject LIKE '%/q33'") == 0


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary\n" * 999, b"\x00" * 9000], ids=["empty", "text", "zeros"]
)
def test_a_file_without_a_fact_is_no_new_history(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="No fact can be read"):
        recover(path, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_nothing_is_overwritten(path: Path, tmp_path: Path) -> None:
    there = tmp_path / "new.db"
    there.write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        recovering.recover(path, there)
    assert there.read_text() == "mine"
    with pytest.raises(StoreError, match="cannot be read"):
        recover(tmp_path / "nowhere.db", tmp_path / "other.db")

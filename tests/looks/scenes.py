"""A learner of a week, on a small pack: the same pictures on every machine and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock
from uuid import UUID

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.revision import revision
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress import projects
from nexus_tui.progress.payloads import (
    AuditPayload,
    CheckedPayload,
    FindingPayload,
    ProjectPayload,
)
from nexus_tui.progress.store import Store
from tests.histories import Clock, given
from tests.running import settings_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from nexus_tui.progress.store import AnswerGiven
    from nexus_tui.settings import Settings

PACK = Path(__file__).parent / "pack"
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


class Learnt(NamedTuple):
    """One answer of the history: days before Thursday, question, objective, how it went."""

    days: int
    question: str
    objective: str
    right: bool
    certainty: Certainty = Certainty.UNMARKED


_ANSWERS = (
    Learnt(9, "refunded-newest", "design-one", right=False, certainty=Certainty.SURE),
    Learnt(9, "ticks", "predict-use", right=True),
    Learnt(8, "in-order", "design-one", right=True),
    Learnt(8, "how-many", "predict-use", right=True, certainty=Certainty.SURE),
    Learnt(2, "refunded-newest", "design-one", right=False, certainty=Certainty.SURE),
    Learnt(1, "in-order", "design-one", right=True, certainty=Certainty.GUESSED),
)


def one_learner() -> AbstractContextManager[object]:
    """The same learner every time: intervals are fuzzed by learner, and so is what is due."""
    return mock.patch("nexus_tui.progress.store.uuid4", lambda: UUID(int=4))


def first_day(folder: Path, theme: str = "nexus-dark") -> tuple[Settings, Clock]:
    """Nobody has learnt anything yet."""
    return settings_for(folder, PACK, theme=theme), Clock(THURSDAY)


def after_a_week(
    folder: Path, theme: str = "nexus-dark", *, ascii_only: bool = False
) -> tuple[Settings, Clock]:
    """Six answers, half a lesson, a project with a tick."""
    settings = settings_for(folder, PACK, theme=theme, ascii_only=ascii_only)
    settings.database.path.write_bytes(_week())
    return settings, Clock(THURSDAY)


@cache
def _week() -> bytes:
    """The database of that week, made once."""
    clock = Clock(THURSDAY)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        with one_learner():
            store = Store.open(path, clock=clock, zone=UTC)
        for learnt in _ANSWERS:
            clock.now = THURSDAY
            clock.move(days=-learnt.days)
            said = given(
                f"look/indexing/{learnt.question}",
                objective=f"look/indexing/{learnt.objective}",
                right=learnt.right,
                certainty=learnt.certainty,
                milliseconds=140_000,
            )
            store.answer(_as_it_is(said)).result()
        store.reading("look/indexing", 1, "What goes wrong", 3).result()
        projects.keep(store, "shop-api").result()
        item = "look/https-production/redirect"
        projects.tick(store, "shop-api", item, "done", "checked with curl").result()
        store.close()
        return path.read_bytes()


def audited(folder: Path, theme: str = "nexus-dark") -> tuple[Settings, Clock]:
    """That week, and a project whose second audit found something new and something mended."""
    settings, clock = after_a_week(folder, theme)
    store = Store.open(settings.database.path, clock=clock, zone=UTC)
    settings_file = folder / "shop-api" / "shop" / "settings.py"
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text("DEBUG = True\n" * 30)
    said = ProjectPayload(
        folder=str(folder / "shop-api"), stack=("Python", "Django", "Docker"), runs=True
    )
    projects.keep(store, "shop-api", said).result()
    _audit(store, _HSTS, _REDIRECT, _LOOP)
    projects.suppress(store, "shop-api", _LOOP.key, "three rows at most, for ever").result()
    _audit(store, _HSTS, _SECRET, _LOOP)
    store.close()
    return settings, clock


_HSTS = FindingPayload(
    check="django/W004", mark="1", path="shop/settings.py", line=12, what="HSTS is not set"
)
_REDIRECT = FindingPayload(
    check="django/W008", mark="2", path="shop/settings.py", what="HTTP is not redirected"
)
_LOOP = FindingPayload(
    check="nexus/query-in-loop", mark="3", path="shop/views.py", line=41, what="one query a row"
)
_SECRET = FindingPayload(
    check="detect-secrets/secret", mark="4", path="shop/settings.py", line=23, what="a literal key"
)
_CHECKS = ("django/W004", "django/W008", "nexus/query-in-loop", "detect-secrets/secret")


def _audit(store: Store, *findings: FindingPayload) -> None:
    """An audit that decided `_CHECKS`, and could not look at one more."""
    failed = {finding.check for finding in findings}
    checks = [
        CheckedPayload(check=check, state="failed" if check in failed else "passed")
        for check in _CHECKS
    ]
    blind = CheckedPayload(check="ruff/E", state="unknown", reason="ruff is not installed")
    said = AuditPayload(
        seconds=41, checks=(*checks, blind), findings=findings, passed=0, known=5, unknown=1
    )
    projects.keep_audit(store, "shop-api", said).result()


def _as_it_is(answer: AnswerGiven) -> AnswerGiven:
    """The answer to the question as it stands in the pack now."""
    return replace(answer, revision=_revisions()[answer.question])


@cache
def _revisions() -> dict[str, str]:
    content, _ = read_pack(PACK)
    assert content is not None
    return {
        f"{content.pack.id}/{topic.topic.id}/{question.id}": revision(question)
        for topic in content.topics
        for question in topic.questions
    }


def session_of(folder: Path, question: str, objective: str) -> tuple[Settings, Clock]:
    """A session left after one answer, with `question` to be asked now."""
    settings, clock = after_a_week(folder)
    store = Store.open(settings.database.path, clock=clock, zone=UTC)
    planned = [
        {
            "question": f"look/indexing/{name}",
            "objective": f"look/indexing/{of}",
            "topic": "look/indexing",
            "why": "due",
        }
        for name, of in (("ticks", "predict-use"), (question, objective))
    ]
    store.session("scene", "review", planned).result()
    answer = given("look/indexing/ticks", objective="look/indexing/predict-use", session="scene")
    store.answer(_as_it_is(answer)).result()
    store.close()
    return settings, clock

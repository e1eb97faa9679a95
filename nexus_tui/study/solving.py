"""The stages of challenges as the learner has them, and solving one of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import settings_file
from nexus_tui.command import command
from nexus_tui.labs.challenges import nearest, workspace
from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.needs import VARIABLES, found, missing
from nexus_tui.labs.challenges.stage import stages_of
from nexus_tui.labs.challenges.verdict import Decided, Verdict
from nexus_tui.learning.solving import PAUSE, worked
from nexus_tui.sandbox.rails import probe
from nexus_tui.study.stages import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.catalog.catalog import ChallengeView
    from nexus_tui.catalog.models import Mutant, Stage
    from nexus_tui.labs.challenges.stage import StageFiles
    from nexus_tui.labs.challenges.verdict import Event
    from nexus_tui.progress.history import AttemptRow, StageRow
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.stages import Standing


@dataclass(frozen=True)
class StageView:
    """A stage, its place in its challenge, and how far it is."""

    challenge: ChallengeView
    number: int
    """From 1."""
    stage: Stage
    files: StageFiles | None
    row: StageRow | None
    standing: Standing

    @property
    def key(self) -> str:
        """`<pack>/<challenge>/<stage>`."""
        return f"{self.challenge.key}/{self.stage.id}"


@dataclass(frozen=True)
class LastCheck:
    """What the last check of a stage came to, as far as that was kept."""

    days: int
    """How many days ago that was."""
    decided: tuple[Decided, ...]
    """Those that were met, and the first that was not; all of them, and what was observed, where
    the check ran since the desk was opened."""
    mutant: Mutant | None
    """The known wrong solution that it recognised."""
    changed: bool
    """Was a file of the workspace written since?"""


def ladder(desk: Desk, challenge: ChallengeView) -> list[StageView]:
    """The stages of a challenge in order. Raises StageError."""
    return _ladder(desk, challenge, desk.store.stages())


def _ladder(desk: Desk, challenge: ChallengeView, rows: Mapping[str, StageRow]) -> list[StageView]:
    today = desk.store.day_of(desk.clock())
    pack = challenge.key.partition("/")[0]
    files = {f.key: f for f in stages_of(pack, desk.catalog.root(pack), challenge.model)}
    found = []
    for number, stage in enumerate(challenge.model.stages, 1):
        key = f"{challenge.key}/{stage.id}"
        row, own = rows.get(key), files.get(key)
        is_so = standing(row, today, solvable=own is not None)
        found.append(StageView(challenge, number, stage, own, row, is_so))
    return found


def every_stage(desk: Desk) -> list[StageView]:
    """All stages in the order in which a learner meets them. Raises StageError."""
    rows = desk.store.stages()
    return [view for c in desk.catalog.challenges() for view in _ladder(desk, c, rows)]


class Solving:
    """Work on one stage: its workspace, checks, hints and solution, each kept as a fact."""

    def __init__(self, desk: Desk, view: StageView, settings: Settings) -> None:
        assert view.files is not None
        self.view, self.files = view, view.files
        self._desk, self._settings = desk, settings
        self._running: Check | None = None
        self.mutant: Mutant | None = None
        """The known wrong solution that the last failed check recognised."""
        self._since: int | None = None
        """From when on work counts, in milliseconds: the opening, then the last check."""
        self._written = 0
        """Milliseconds of work before the opening that no check has counted yet."""

    @property
    def folder(self) -> Path:
        """Where the workspace is, made or not."""
        return workspace.folder_of(self.files, self._settings.workspaces.path)

    @property
    def folder_shown(self) -> str:
        """The workspace as a path to type."""
        home = Path.home()
        inside = self.folder.is_relative_to(home)
        return f"~/{self.folder.relative_to(home)}" if inside else str(self.folder)

    @property
    def row(self) -> StageRow | None:
        """How far the stage is now."""
        return self._desk.store.stages().get(self.view.key)

    def open(self) -> Path:
        """Make the workspace, or leave it as it is. Raises WorkspaceError."""
        folder = workspace.make(self.files, self._settings.workspaces.path)
        self._begin(folder)
        return folder

    def reset(self) -> Path | None:
        """Begin anew; where the old work is kept. Raises WorkspaceError."""
        return workspace.reset(self.files, self._settings.workspaces.path)

    @property
    def missing(self) -> str | None:
        """Why the stage cannot be checked here, and what to do; None where it can."""
        if not self._desk.catalog.runs_code_of(self.view.key.partition("/")[0]):
            return (
                "This pack's code is not trusted, so its checks do not run: "
                f"`{command()} pack trust` shows what would run."
            )
        return missing(self.files.lab, self._settings.servers)

    @property
    def found_server(self) -> str | None:
        """A server that the stage needs, nobody named, and that answers on this machine."""
        for name in self.files.lab.needs:
            if name in VARIABLES and missing(self.files.lab, self._settings.servers):
                return name if found(name) else None
        return None

    def allow_found(self) -> None:
        """Let stages use that server from now on. Raises SettingsError."""
        name = self.found_server
        address = found(name) if name else None
        if name and address:
            settings_file.write(
                self._settings.file.path, {name: json.dumps(address)}, table="servers"
            )
            self._settings.servers[name] = address

    @property
    def rails(self) -> str:
        """Which guard rails hold for this stage here, in words."""
        return probe().said(self.files.rights)

    @property
    def rails_in_short(self) -> str:
        """The same in a few words."""
        level = probe()
        if not (level.landlock and level.seccomp):
            return "limits only"
        closed = "guard rails: no network for your code"
        return "guard rails on" if self.files.rights.port else closed

    @property
    def touched(self) -> bool:
        """Does the workspace differ from what was given?"""
        return any(changed for _, changed in self.file_list())

    def file_list(self) -> list[tuple[str, bool]]:
        """The files of the workspace, the one to begin with first, and whether each was changed."""
        given, mine = workspace.texts(self.files.starter), workspace.texts(self.folder)
        opens = self.files.lab.opens
        return [
            (name, given.get(name) != mine.get(name))
            for name in sorted(mine, key=lambda name: (name != opens, name))
            if mine[name] or given.get(name)
        ]

    @property
    def prediction(self) -> str | None:
        """The question that asks to predict something about this code, where it is there."""
        said = self.files.lab.prediction
        key = f"{self.view.key.partition('/')[0]}/{said}"
        return key if said and key in self._desk.catalog.question_keys() else None

    @property
    def asks(self) -> bool:
        """Is there such a question, and was it not answered today?"""
        if (key := self.prediction) is None:
            return False
        store = self._desk.store
        last = store.last_asked([key]).get(key)
        return last is None or store.day_of(last) != store.day_of(self._desk.clock())

    # ------------------------------------------------------------ checking

    def check(self, folder: Path | None = None) -> Iterator[Event]:
        """Check the workspace, or `folder`; the verdict comes once its fact is on disk.

        Raises StoreError where the attempt could not be kept.
        """
        place, self.mutant = folder or self.open(), None
        if (why := self.missing) is not None:
            yield Verdict("unavailable", why=why)
            return
        self._begin(place)
        runs = self._settings.cache.path / "runs"
        check = self._running = Check(self.files, place, runs=runs, servers=self._settings.servers)
        for event in check.events():
            if isinstance(event, Verdict) and event.status in {"passed", "failed"}:
                self._keep(event, place)
            yield event

    def cancel(self) -> None:
        """End a check that runs, from any thread."""
        if self._running is not None:
            self._running.cancel()

    def _keep(self, verdict: Verdict, folder: Path) -> None:
        self._desk.verdicts[self.view.key] = verdict
        if verdict.status == "failed":
            self.mutant = nearest.recognised(self.files, folder, verdict.failed_at)
        now = self._now()
        since = now if self._since is None else self._since
        payload = {
            "passed": verdict.status == "passed",
            "met": tuple(r.id for r in verdict.requirements if r.status == "passed"),
            "failed": verdict.failed_at,
            "mutant": self.mutant.id if self.mutant else None,
            "seed": verdict.seed,
            "seconds": round(verdict.seconds, 2),
            "worked": min(self._written + worked(since, now), PAUSE),
        }
        self._desk.store.attempt(self.view.key, self.files.revision, payload).result()
        self._since, self._written = now, 0

    def last_check(self) -> LastCheck | None:
        """What the last check came to; None before the first."""
        row = self._desk.store.last_attempt(self.view.key)
        if row is None:
            return None
        verdict = self._desk.verdicts.get(self.view.key)
        told = verdict is not None and verdict.seed == row.said.seed
        decided = verdict.requirements if verdict is not None and told else self._decided(row)
        mutant = next((m for m in self.files.lab.mutants if m.id == row.said.mutant), None)
        today = self._desk.store.day_of(self._desk.clock())
        changed = workspace.changed(self.folder) > row.at
        return LastCheck((today - row.day).days, decided, mutant, changed)

    def _decided(self, row: AttemptRow) -> tuple[Decided, ...]:
        said = row.said
        return tuple(
            Decided(r.id, r.text, "passed" if r.id in said.met else "failed")
            for r in self.files.lab.requirements
            if r.id in said.met or r.id == said.failed
        )

    def _begin(self, folder: Path) -> None:
        """Count work from now on, and what was written since the last check without Nexus."""
        if self._since is not None:
            return
        self._since, row = self._now(), self.row
        counted = max(row.at if row else 0, workspace.made(folder))
        self._written = worked(counted, workspace.changed(folder)) if counted else 0

    def go_on(self) -> None:
        """Count work from now on only: what came before was counted by something else."""
        self._since = self._now()

    def _now(self) -> int:
        return int(self._desk.clock().timestamp() * 1000)

    # ------------------------------------------------------------ help

    @property
    def hints(self) -> list[str]:
        """The hints shown so far."""
        row = self.row
        return self.files.hints[: row.hints] if row else []

    def next_hint(self) -> str | None:
        """Show one more hint; None where all are shown. Raises StoreError."""
        shown, all_ = len(self.hints), self.files.hints
        if shown >= len(all_):
            return None
        self._desk.store.hint(self.view.key, shown + 1).result()
        return all_[shown]

    @property
    def may_see_solution(self) -> bool:
        """The solution opens after a pass, or after the last hint."""
        row = self.row
        return row is not None and (row.passed is not None or row.hints >= len(self.files.hints))

    def solution(self) -> list[str]:
        """From the learner's files to the solution, as a unified diff; kept as a fact.

        Before a pass it has a price: only a pass on a later day counts. Raises StoreError.
        """
        number = len(self.files.hints) + 1
        self._desk.store.hint(self.view.key, number, solution=True).result()
        return workspace.diff(self.folder, self.files.solution)

    def nearest_mutant(self) -> Mutant | None:
        """The wrong solution that the workspace is most like, for after a pass."""
        return nearest.nearest(self.files, self.folder) or self.files.lab.mutants[0]

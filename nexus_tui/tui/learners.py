"""Learners: who learns on this computer; each sees only their own history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.progress import learners
from nexus_tui.progress.errors import StoreError
from nexus_tui.study import people
from nexus_tui.text import clean_line, counted
from nexus_tui.tui.ask import AskScreen
from nexus_tui.tui.kept_place import KeptPlace
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.progress.learners import Learner
    from nexus_tui.tui.app import NexusApp


class LearnersScreen(PlaceScreen):
    """A list; enter goes on as somebody else."""

    NAME: ClassVar[str] = "Learners"
    ASIDE: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "Who learns on this computer. Each sees only their own history. Whoever is put aside is "
        "hidden, and nothing is lost; deleting keeps a backup."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "Add a learner", show=False),
        Binding("r", "rename", "Give another name", show=False),
        Binding("a", "archive", "Put aside, or take back", show=False),
        Binding("d,delete", "delete", "Delete, after a backup", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Learner] = []

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="learners")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Learners", "bold"), right=[self.waiting]))
            return
        try:
            self._found = learners.learners(self.desk.store)
        except StoreError as error:
            head.show(line(Part("✗ not read: ", "bad-bold"), Part(str(error))))
            return
        count = counted(len(self._found), "learner")
        head.show(line(Part("Learners", "bold"), right=[Part(count, "muted")]), *self.not_saved)
        rows = self.query_one(Rows)
        first = next((who.id for who in self._found if who.in_use), None)
        rows.show([_row(who) for who in self._found], None if rows.row else first)

    def hints(self) -> Sequence[Hint]:
        who = self._selected()
        aside = Hint("a", "take back" if who is not None and who.archived else "put aside", "a")
        able = who is not None and not who.in_use
        return (
            Hint("enter", "use", "enter"),
            *((Hint("↑ ↓", "move", "down"),) if len(self._found) > 1 else ()),
            *((aside, Hint("d", "delete", "d")) if able else ()),
            Hint("n", "new", "n"),
            Hint("r", "rename", "r"),
            BACK,
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_hints()

    def _selected(self) -> Learner | None:
        row = self.query_one(Rows).row
        return next((who for who in self._found if row is not None and who.id == row.id), None)

    # ------------------------------------------------------------ choosing

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        who = self._selected()
        if who is None or who.in_use:
            self.app.pop_screen()
            return
        self._change(who)

    @work(exclusive=True, group="learner")
    async def _change(self, who: Learner) -> None:
        desk = self.desk
        assert desk is not None
        self.keep(lambda: people.change_to(desk, who.id))
        if not self.not_saved:
            app = self.nexus
            app.overview = None
            app.call_later(partial(begin_anew, app, who.name))

    # ------------------------------------------------------------ changing

    def _ask(self, question: str, hint: str, verb: str, then: Callable[[str], object]) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self.keep(lambda: then(clean_line(text)))
                self.nexus.reread()

        self.app.push_screen(AskScreen(question, hint, verb=verb), answered)

    def action_new(self) -> None:
        if (desk := self.desk) is not None:
            self._ask("Who is new?", "a name", "add", lambda name: learners.add(desk.store, name))

    def action_rename(self) -> None:
        who, desk = self._selected(), self.desk
        if who is not None and desk is not None:
            rename = partial(learners.rename, desk.store, who.id)
            self._ask(f"A new name for {who.name}:", "a name", "rename", rename)

    def _is_in_use(self, who: Learner) -> bool:
        """Whoever learns now is neither put aside nor deleted; say so."""
        if who.in_use:
            self.app.notify("This learner is in use: choose another one first.", markup=False)
        return who.in_use

    def action_archive(self) -> None:
        who, desk = self._selected(), self.desk
        if who is None or desk is None or self._is_in_use(who):
            return
        self.keep(lambda: learners.archive(desk.store, who.id, away=not who.archived))
        self.nexus.reread()

    def action_delete(self) -> None:
        who, desk = self._selected(), self.desk
        if who is None or desk is None or self._is_in_use(who):
            return

        def deleted(typed: str) -> None:
            if typed != who.name:
                self.app.notify("Another name was typed: nothing was deleted.", markup=False)
                return
            count, kept = people.remove(desk, who.id)
            where = f" A backup holds them still: {kept}" if kept else ""
            self.app.notify(f"{who.name} and {count} facts are deleted.{where}", markup=False)

        question = (
            f"Type {who.name} to delete all {who.name} did ({counted(who.answers, 'answer')})."
        )
        self._ask(question, who.name, "delete", deleted)


async def begin_anew(app: NexusApp, name: str) -> None:
    """Open Today for another learner: every place forgets what it showed of the one before."""
    await app.action_go(app.DEFAULT_MODE)
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    for place, make in app.MODES.items():
        if place != app.DEFAULT_MODE:
            await app.remove_mode(place)
            app.add_mode(place, make)
    app.kept = KeptPlace()
    app.notify(f"This is the history of {name}.", markup=False)
    app.reread()


def _row(who: Learner) -> Row:
    state = "in use" if who.in_use else "put aside" if who.archived else ""
    last = f", last on {who.last.isoformat()}" if who.last else ""
    return Row(
        who.id,
        (
            line(Part(who.name, "muted" if who.archived else "title"), right=[Part(state, "ok")]),
            line(Part(f"{counted(who.answers, 'answer')}{last}", "muted")),
        ),
        after=1,
    )

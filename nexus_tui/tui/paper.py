"""What an exam, a placement and the review after them share: one question on the page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll

from nexus_tui.learning import showing
from nexus_tui.progress.store import StoreError
from nexus_tui.text import clean
from nexus_tui.tui.asking import MORE_TYPING, TYPE_ON, AskingScreen
from nexus_tui.tui.feedback import TYPED
from nexus_tui.tui.widgets.answers import AnswerWidget, answer_widget, answering, besides
from nexus_tui.tui.widgets.answers.filling import fill
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.places import Places
from nexus_tui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from textual.widget import Widget

    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.responses import Response
    from nexus_tui.study.sitting import Asked

_GONE = "Content has this question no longer."


class PaperScreen(AskingScreen):
    """One question at a time: heading, stem, answer, and lines below."""

    PLACE: ClassVar[str] = "review"
    ASIDE: ClassVar[bool] = False
    AUTO_FOCUS = ""
    """A question takes the focus as it is put; a field that was left stays left."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("-session", "-paper")
        self._asked: Asked | None = None
        self._ready = False
        """Does the question that is open stand on the page?"""

    def beside_head(self) -> Iterable[Widget]:
        """What stands right of the heading."""
        return ()

    def main(self) -> Iterable[Widget]:
        yield Horizontal(Lines(id="head", classes="column"), *self.beside_head(), id="top")
        yield VerticalScroll(
            Prose(id="stem", classes="column"),
            Vertical(id="slot"),
            Lines(id="feedback", classes="column"),
            id="page",
            can_focus=False,
        )

    @property
    def typing(self) -> bool:
        """Do letters go into the field of the open question?"""
        asked = self._asked
        return asked is not None and asked.question.kind in TYPED and self._field is None

    def keeping(self) -> tuple[Hint, ...]:
        """`enter`, and the keys that the answer needs."""
        if self._field is not None:
            return (TYPE_ON, *self.more())
        own = _ways(self._asked.question) if self._asked is not None else ()
        more = self.more(MORE_TYPING) if self.typing else ()
        return (Hint("enter", "save", "enter"), *more, *own)

    def besides(self) -> Sequence[Hint]:
        """Keys for the answer that are shown where there is room."""
        return besides(self._asked.question) if self._asked is not None else ()

    # ------------------------------------------------------------ the question

    def open_question(self) -> None:
        """Put the open question on the page; until then there is no answer to take."""
        self._ready = False
        self._open()

    def _open(self) -> object:
        """The worker that gets the question and calls `put`."""
        raise NotImplementedError

    async def put(
        self, asked: Asked | None, response: Response | None = None, *, take: bool = True
    ) -> None:
        """Put a question on the page, its answer filled in with `response`.

        With `take` the answer takes keys.
        """
        self.note = self._refused = ""
        slot = self.query_one("#slot", Vertical)
        await slot.remove_children()
        self.query_one("#feedback", Lines).show()
        if asked is None:
            self.query_one("#stem", Prose).show(_GONE)
        else:
            self.query_one("#stem", Prose).show(clean(showing.above(asked.question)))
            answer = answer_widget(asked.question, asked.showing, spacious=self.wide)
            await slot.mount(answer)
            if response is not None:
                fill(answer, response)
            if take:
                answer.focus(scroll_visible=False)
        self._ready = True
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    @property
    def answer(self) -> AnswerWidget | None:
        """The widget that takes the answer, if the open question is on the page."""
        if not self._ready:
            return None
        found = next(iter(self.query("#answer")), None)
        return found if isinstance(found, AnswerWidget) else None

    async def kept(self, write: Future[str], again: str) -> str | None:
        """Wait until an answer is on disk; None, and said so, where it could not be kept."""
        try:
            # Leaving the screen ends this, never the writing.
            return await asyncio.shield(asyncio.wrap_future(write))
        except StoreError as error:
            self.say_not_saved(str(error), again)
            return None

    def say_not_saved(self, sentence: str, rest: str) -> None:
        """Say below the question what could not be kept, and what that means."""
        self.query_one("#feedback", Lines).show(
            Line(), line(Part("✗ not saved: ", "bad-bold"), Part(sentence)), line(rest)
        )

    def progress(self, share: float) -> None:
        """How much is done, as the rule below the places."""
        self.query_one(Places).progress = share


def _ways(question: Question) -> Sequence[Hint]:
    """The keys that give the answer: no certainty is asked here, and nothing is skipped."""
    others = {"s", "g", "ctrl+s", "ctrl+g", "tab", "enter"}
    return tuple(hint for hint in answering(question) if hint.press not in others)

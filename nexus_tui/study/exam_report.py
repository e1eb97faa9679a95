"""What came of an exam: by objective, question by question, and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.learning import exam
from nexus_tui.learning.grading import Grade, explain, grade, right_answer
from nexus_tui.learning.responses import Typed, from_payload
from nexus_tui.learning.said import said
from nexus_tui.progress import papers
from nexus_tui.study.exams import asked_in, item_of
from nexus_tui.study.report import _plain, _table
from nexus_tui.text import clean

if TYPE_CHECKING:
    from nexus_tui.learning.exam import Share
    from nexus_tui.learning.grading import Explanation
    from nexus_tui.learning.responses import Response
    from nexus_tui.progress.papers import EndedExam, EndedPlacement
    from nexus_tui.progress.payloads import PaperItem
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Asked

ENDED = {
    "handed in": "handed in",
    "time up": "ended when the time was up",
    "left": "left, and closed as it stood when its time was up",
}
_INTERVAL = (
    "The interval holds the share of all such questions you would get right with 95 % confidence "
    "(Wilson's score): few questions say little."
)


_NOTHING = Typed("")
"""No answer: it tempts nobody."""


@dataclass(frozen=True)
class Line:
    """An objective of an exam: its words, its topic, and how it went."""

    text: str
    topic: str
    share: Share


@dataclass(frozen=True)
class Reviewed:
    """A question of a paper that ended; `asked` is None where content has it no longer.

    `response` is None where it was left unanswered, or the learner said they do not know.
    """

    item: PaperItem
    asked: Asked | None
    response: Response | None
    grade: Grade | None

    @property
    def explanation(self) -> Explanation | None:
        """What to say about it on the screen, where content has it still."""
        if self.asked is None:
            return None
        shown = self.asked.showing.ids
        return explain(self.asked.question, self.response or _NOTHING, shown)


def total(ended: EndedExam) -> Share:
    """The whole exam."""
    found = exam.shares(("all", item.score == 1.0) for item in ended.result.items)
    return found[0] if found else exam.Share("all", 0, 0, *exam.wilson(0, 0))


def by_objective(desk: Desk, ended: EndedExam) -> list[Line]:
    """Every objective that was asked, the weakest first."""
    rows = {row.key: row for row in desk.catalog.topics()}
    texts = {key: (text, row.title) for row in rows.values() for key, text in row.objectives}
    found = exam.shares((item.objective, item.score == 1.0) for item in ended.result.items)
    lines = [Line(*texts.get(share.key, (share.key, "")), share) for share in found]
    return sorted(lines, key=lambda line: (line.share.right / line.share.asked, line.text))


def interval(share: Share) -> str:
    """A share and its interval in words."""
    return f"{round(100 * share.low)} to {round(100 * share.high)} %"


def minutes(seconds: int) -> str:
    """A time as it is read: `12:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def of_exam(desk: Desk, ended: EndedExam) -> list[Reviewed]:
    """Every question of an exam, in its order, with what was answered."""
    facts = [item.answer for item in ended.result.items if item.answer]
    kept = {k.fact: k for k in papers.named(desk.store, facts)}
    found = []
    for item in ended.result.items:
        answer = kept.get(item.answer or "")
        found.append(_reviewed(desk, ended.id, item, answer.response if answer else {}))
    return found


def of_placement(desk: Desk, ended: EndedPlacement) -> list[Reviewed]:
    """Every question of a placement, in its order, with what was answered."""
    return [
        _reviewed(desk, ended.id, item_of(kept), kept.response)
        for kept in papers.named(desk.store, ended.result.answers)
    ]


def _reviewed(desk: Desk, paper: str, item: PaperItem, response: dict[str, object]) -> Reviewed:
    asked = asked_in(desk.catalog, paper, item)
    if asked is None or not response:
        return Reviewed(item, asked, None, None)
    try:
        given = from_payload(response)
        return Reviewed(item, asked, given, grade(asked.question, given))
    except (TypeError, ValueError):
        # The question is of another kind today than when it was answered.
        return Reviewed(item, None, None, None)


def find(desk: Desk, name: str) -> EndedExam | None:
    """The exam with this id, or the beginning of it that no other has; `last` is the newest."""
    ended = papers.exams(desk.store)
    if name == "last":
        return ended[0] if ended else None
    found = [e for e in ended if e.id == name] or [e for e in ended if e.id.startswith(name)]
    return found[0] if len(found) == 1 else None


# ---------------------------------------------------------------- Markdown


def markdown(desk: Desk, ended: EndedExam) -> str:
    """The whole exam as Markdown: the result, each objective, each question with its answer."""
    result, whole = ended.result, total(ended)
    unanswered = sum(item.answer is None for item in result.items)
    without = f", {unanswered} unanswered" if unanswered else ""
    figures = (
        f"{_plain(result.about)}. {whole.right} of {whole.asked} right "
        f"({round(100 * whole.right / max(1, whole.asked))} %; 95 % interval {interval(whole)})"
        f"{without}. It took {minutes(result.seconds)} of {result.minutes} minutes and was "
        f"{ENDED[result.ended]}. Its id is `{ended.id}`."
    )
    parts = [
        f"# Exam of {ended.day.isoformat()}",
        figures,
        _INTERVAL,
        "## By objective\n\n" + _objectives(desk, ended),
        "## Questions",
        *(_question(n, one) for n, one in enumerate(of_exam(desk, ended), 1)),
    ]
    return "\n\n".join(parts) + "\n"


def _objectives(desk: Desk, ended: EndedExam) -> str:
    rows = [
        (
            _plain(line.topic),
            _plain(line.text),
            f"{line.share.right} of {line.share.asked}",
            interval(line.share),
        )
        for line in by_objective(desk, ended)
    ]
    return _table(("Topic", "Objective", "Right", "95 % interval"), rows)


def _question(number: int, one: Reviewed) -> str:
    if one.asked is None:
        return f"### {number}. `{one.item.question}`\n\nContent has this question no longer."
    question = one.asked.question
    verdict = one.grade.verdict.value if one.grade else "unanswered"
    key = right_answer(question)
    lines = [f"### {number}. {_plain(one.asked.topic_title)}: {verdict}", clean(question.stem)]
    if one.response is not None:
        lines.append("Answered:\n\n" + _quoted(said(question, one.response)))
    if one.grade is None or one.grade.score < 1:
        lines.append("Right:\n\n" + _quoted(key))
    told = explain(question, one.response or _NOTHING)  # in the file no option has a number
    reasons = (*told.right, *told.tempting)
    lines += [clean(f"{of}: {why}" if of else why) for of, why in reasons]
    lines.append(f"Source: {_plain(one.asked.source)}")
    return "\n\n".join(line.strip() for line in lines)


def _quoted(text: str) -> str:
    """Lines as they stand, none of them read as Markdown."""
    return "\n".join(f"    {line}" for line in clean(text).split("\n"))

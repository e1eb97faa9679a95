"""A placement at the desk: asking, what is concluded, and why in plain words."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from nexus_tui.learning import placement
from nexus_tui.learning.placement import Field, Given, Standing
from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.progress import papers
from nexus_tui.progress.payloads import PaperItem, PaperPayload, PlacedTopic, PlacementPayload
from nexus_tui.progress.store import AnswerGiven
from nexus_tui.study.exams import askable, asked_in, item_of
from nexus_tui.study.sitting import graded
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from nexus_tui.catalog.catalog import TopicRow
    from nexus_tui.learning.placement import Conclusion
    from nexus_tui.learning.responses import Response
    from nexus_tui.progress.papers import EndedPlacement, Kept, Paper
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Asked

WORDS = {Standing.KNOWN: "credited", Standing.NEW: "new to you", Standing.OPEN: "not settled"}


@dataclass(frozen=True)
class Placed:
    """What is concluded of a topic, and why."""

    row: TopicRow
    track: str
    standing: Standing
    why: str


def field_of(desk: Desk) -> Field:
    """The topics that can be asked about, each with all it builds on."""
    rows = {row.key: row for row in desk.catalog.topics()}
    able = {row.key for row in askable(desk)}
    closed: dict[str, frozenset[str]] = {}

    def below(key: str, path: frozenset[str] = frozenset()) -> frozenset[str]:
        if key not in closed:
            own = [k for k in rows[key].requires if k in rows and k not in path]
            closed[key] = frozenset(own).union(*(below(k, path | {key}) for k in own))
        return closed[key]

    return Field(
        [
            placement.Topic(key, below(key) & able - {key}, row.question_count)
            for key, row in rows.items()
            if key in able
        ]
    )


def scope(desk: Desk) -> str:
    """One honest sentence on what a placement can ask about."""
    rows, able = desk.catalog.topics(), askable(desk)
    if not able:
        return "No topic has questions yet, so there is nothing to ask about."
    if len(able) == len(rows):
        return f"It can ask about all {len(rows)} topics."
    some = "have questions so far; it asks about those"
    if len(able) == 1:
        some = "has questions so far; it asks about that one"
    return f"{len(able)} of {len(rows)} topics {some} and says nothing of the others."


def begin(desk: Desk) -> Placing | None:
    """Begin a placement, or go on with one left since yesterday.

    None where there is nothing to ask. Raises StoreError where it cannot be kept.
    """
    if (left := left_over(desk)) is not None:
        return left
    topics = tuple(sorted(row.key for row in askable(desk)))
    if not topics:
        return None
    plan = PaperPayload(mode="placement", about="Find my level", topics=topics)
    paper = papers.begin(desk.store, plan).result()
    found = next(p for p in papers.unfinished(desk.store, "placement") if p.id == paper)
    return Placing(desk, found)


def left_over(desk: Desk) -> Placing | None:
    """The placement that was left since yesterday, with at least one answer."""
    left = papers.left_placement(desk.store)
    return Placing(desk, left[0]) if left else None


class Placing:
    """A placement as it is being taken. Where it stands follows from its answers on disk."""

    def __init__(self, desk: Desk, paper: Paper) -> None:
        self.id = paper.id
        self.paper = paper
        self._desk = desk
        self._field = field_of(desk)
        self.answers: list[Kept] = papers.answers(desk.store, paper.id, paper.began)
        self._seen, self._missed = _seen(desk), _missed(desk)
        self._item: PaperItem | None = None
        self._given: AnswerGiven | None = None
        self._shown_at = time.monotonic()
        self._choose()

    # ------------------------------------------------------------ asking

    def _evidence(self) -> list[Given]:
        """The answers so far; those to what content no longer has say nothing."""
        found = []
        for kept in self.answers:
            topic = kept.objective.rsplit("/", 1)[0]
            asked = asked_in(self._desk.catalog, self.id, item_of(kept))
            if topic in self._field.topics and asked is not None:
                guess = placement.guess_of(asked.question) if kept.response else 0.01
                found.append(_given(topic, kept, guess))
        return found

    def _choose(self) -> None:
        """Settle what is asked now."""
        seed = f"{self._desk.store.learner}/{self.id}"
        evidence = self._evidence()
        self._item = None
        while (topic := self._field.next_topic(evidence, seed, self._missed)) is not None:
            self._item = self._question(topic, seed)
            if self._item is not None:
                break
            # Every question of it was asked: what is known of it is all there is.
            found = self._field.topics
            found[topic] = placement.Topic(topic, found[topic].requires, 0)
        self._shown_at = time.monotonic()

    def _question(self, topic: str, seed: str) -> PaperItem | None:
        """A question of the objective asked least, not asked here, least seen in earlier ones."""
        done = {kept.question for kept in self.answers}
        times: dict[str, int] = {}
        for kept in self.answers:
            times[kept.objective] = times.get(kept.objective, 0) + 1
        row = next(row for row in askable(self._desk) if row.key == topic)
        able = [
            (question, key)
            for key, _ in row.objectives
            for question in self._desk.catalog.questions_of(key)
            if question not in done
        ]
        Random(f"{seed}/{topic}/{len(self.answers)}").shuffle(able)
        best = min(able, key=lambda a: (times.get(a[1], 0), a[0] in self._seen), default=None)
        if best is None:
            return None
        return PaperItem(question=best[0], objective=best[1], topic=topic)

    def asked(self) -> Asked | None:
        """The question to show now; None once the placement is over."""
        return asked_in(self._desk.catalog, self.id, self._item) if self._item else None

    def answer(self, response: Response | None) -> Future[str]:
        """Hand an answer to the store, None for *I do not know*; say `answered` after."""
        asked = self.asked()
        assert asked is not None and self._item is not None
        milliseconds = round((time.monotonic() - self._shown_at) * 1000)
        where = ("placement", self.id)
        store = self._desk.store
        if response is None:
            self._given = AnswerGiven(
                question=self._item.question,
                objective=self._item.objective,
                revision="",
                seed=asked.showing.seed,
                shown=asked.showing.ids,
                response={},
                score=0.0,
                certainty=Certainty.UNMARKED,
                milliseconds=milliseconds,
                rating=Rating.AGAIN,
                mode=where[0],
                session=where[1],
            )
        else:
            _, self._given = graded(store, asked, response, Certainty.UNMARKED, milliseconds, where)
        return papers.answer(store, self._given)

    def answered(self, fact: str) -> None:
        """The answer handed over last is on disk, as `fact`; go on."""
        given = self._given
        assert given is not None
        self.answers.append(
            papers.Kept(fact, given.question, given.objective, given.response, given.score)
        )
        self._choose()

    # ------------------------------------------------------------ end

    def end(self) -> EndedPlacement:
        """Conclude: topics found known are credited where they were never asked.

        What an earlier placement credited and this one does not is credited no more. Raises
        StoreError where it could not be kept.
        """
        found = self._field.conclude(self._evidence(), self._missed)
        states = self._desk.overview().topics
        known = {
            c.topic: [o.key for o in states[c.topic].objectives if not o.asked]
            for c in found
            if c.standing is Standing.KNOWN
        }
        result = PlacementPayload(
            answers=tuple(kept.fact for kept in self.answers),
            topics=tuple(
                PlacedTopic(topic=c.topic, standing=c.standing.value, chance=c.chance)
                for c in found
            ),
        )
        papers.end_placement(self._desk.store, self.id, result, known).result()
        return next(p for p in papers.placements(self._desk.store) if p.id == self.id)


def _seen(desk: Desk) -> frozenset[str]:
    """Questions that earlier placements asked."""
    facts = [fact for ended in papers.placements(desk.store) for fact in ended.result.answers]
    return frozenset(kept.question for kept in papers.named(desk.store, facts))


def _missed(desk: Desk) -> frozenset[str]:
    """Topics of which the history shows an objective as missed, or Progress as weak."""
    states = desk.overview().topics
    return frozenset(
        key for key, state in states.items() if any(o.missed or o.is_weak for o in state.objectives)
    )


def _given(topic: str, kept: Kept, guess: float = placement.GUESS) -> Given:
    return Given(topic, kept.score == 1.0, guess, unknown=not kept.response)


# ---------------------------------------------------------------- in words


def placed(desk: Desk, ended: EndedPlacement) -> list[Placed]:
    """What a placement concluded of each topic, in the order of the tracks, and why."""
    field = field_of(desk)
    evidence = [
        _given(topic, kept)
        for kept in papers.named(desk.store, ended.result.answers)
        if (topic := kept.objective.rsplit("/", 1)[0]) in field.topics
    ]
    says = {c.topic: c for c in field.conclude(evidence)}
    concluded = {one.topic: one for one in ended.result.topics}
    titles = {row.key: row.title for row in desk.catalog.topics()}
    tracks = {(t.pack, t.id): t.title for t in desk.catalog.tracks()}
    return [
        Placed(
            row,
            tracks.get((row.pack, row.track), row.track),
            Standing(concluded[row.key].standing),
            _why(row.key, says, concluded, titles),
        )
        for row in askable(desk)
        if row.key in concluded and row.key in says
    ]


def _why(
    topic: str,
    says: Mapping[str, Conclusion],
    concluded: Mapping[str, PlacedTopic],
    titles: Mapping[str, str],
) -> str:
    """The answers that speak for a conclusion."""
    found, standing = says[topic], Standing(concluded[topic].standing)
    said = []
    if found.asked:
        times = f"{found.right} of {found.asked}"
        said.append(f"Right {times} here." if found.asked > 1 else _once(found))
    if found.above and standing is not Standing.NEW:
        # What is likely known and was not asked is open because of the history alone.
        likely = standing is Standing.OPEN and concluded[topic].chance >= placement.KNOWN
        but = ", but wrong on it before" if likely and not found.asked else ""
        said.append(f"You were right on {_named(found.above, titles)}, which needs it{but}.")
    below = found.below if standing is not Standing.KNOWN else ()
    if standing is Standing.NEW:  # what is not settled is no reason for another to be new
        new = [k for k in below if k in concluded and concluded[k].standing == "new"]
        below = tuple(new) if new or said else below  # before, it could be the only one
    if below:
        where = _where([says[key] for key in below])
        said.append(f"It needs {_named(below, titles)}, where you {where}.")
    if standing is Standing.OPEN:
        said.append("That is too little to tell." if said else "It was not asked about.")
    return " ".join(said)


def _once(found: Conclusion) -> str:
    if found.right:
        return "Right here."
    return "You did not know." if found.unknown else "Wrong here."


def _where(missed: Sequence[Conclusion]) -> str:
    """How these were missed: all said not to be known, none, or both."""
    kinds = {one.unknown == one.asked - one.right for one in missed}
    if kinds == {True, False}:
        return "were wrong or did not know"
    return "did not know" if kinds == {True} else "were wrong"


def _named(keys: Sequence[str], titles: Mapping[str, str]) -> str:
    first, *more = [titles.get(key, key) for key in keys]
    return f"{first} + {len(more)} more" if more else first


def in_short(found: Sequence[Placed]) -> str:
    """The conclusion in one sentence."""
    known = sum(one.standing is Standing.KNOWN for one in found)
    new = sum(one.standing is Standing.NEW for one in found)
    rest = len(found) - known - new
    parts = [f"{known} credited", f"{new} new to you"]
    if rest:
        parts.append(f"{rest} not settled")
    return f"Of {counted(len(found), 'topic')}: {', '.join(parts)}."

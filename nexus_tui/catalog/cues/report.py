"""The cue report: every bank, track and topic that is large enough, and what fails the bar."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nexus_tui.catalog.cues import others
from nexus_tui.catalog.cues.ensemble import Ensemble, ensemble
from nexus_tui.catalog.cues.features import Item, Reader
from nexus_tui.catalog.cues.solvers import agreeing
from nexus_tui.catalog.cues.statistics import Outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import ShortQuestion
    from nexus_tui.catalog.reader import PackContent

LEAST = {"topic": 20, "track": 100, "bank": 400}
"""With fewer questions a test has no power: it would only pretend to look."""
FLAGGED_FROM = 4


@dataclass(frozen=True)
class Group:
    """A topic, a track or the whole bank, and every solver on its questions."""

    level: str
    id: str
    items: int
    gates: bool
    """Large enough for its outcomes to count."""
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> list[Outcome]:
        """What fails the bar."""
        return [outcome for outcome in self.outcomes if self.gates and outcome.fails]


@dataclass(frozen=True)
class Report:
    """All that was measured."""

    groups: tuple[Group, ...]
    together: Ensemble | None
    areas: tuple[others.Area, ...]
    choices: int
    key_counts: tuple[int, ...]
    short: int
    commonest: tuple[str, float]
    flagged: tuple[tuple[str, tuple[str, ...]], ...]
    """Questions whose key several independent solvers find."""

    @property
    def failures(self) -> list[str]:
        """Each in one sentence; empty when the bank is within the bar."""
        found = [
            f"{group.level} {group.id}: `{o.solver}` is {o.advantage:+.1%} off chance"
            for group in self.groups
            for o in group.failures
        ]
        if self.together is not None and self.together.fails:
            found.append(f"all cues together answer {self.together.accuracy:.1%}")
        found += [f"choices: {a.feature} orders {a.area:.0%}" for a in self.areas if a.fails]
        if self.choices >= others.SHORT_FROM and len(self.key_counts) == 1:
            found.append(f"choices: each has {self.key_counts[0]} right options")
        text, share = self.commonest
        if self.short >= others.SHORT_FROM and share > others.SAME:
            found.append(f"short: {share:.1%} accept {text!r}")
        return found

    def as_json(self) -> dict[str, Any]:
        """For a file: figures rounded, so that it changes only where the bank does."""
        return {
            "failures": self.failures,
            "results": [
                {
                    "level": group.level,
                    "id": group.id,
                    "items": group.items,
                    "gates": group.gates,
                    "solvers": {
                        o.solver: {"advantage": round(o.advantage, 3), "p": round(o.p, 3)}
                        for o in group.outcomes
                    },
                }
                for group in self.groups
            ],
            "ensemble": _rounded(asdict(self.together)) if self.together else None,
            "choices": {
                "items": self.choices,
                "right options": list(self.key_counts),
                "areas": {area.feature: round(area.area, 3) for area in self.areas},
            },
            "short": {"items": self.short, "commonest": list(self.commonest)},
            "flagged": dict(self.flagged),
        }


def report(pack: PackContent) -> Report:
    """Measure a pack."""
    single: list[Item] = []
    several: list[Item] = []
    accepted: list[list[str]] = []
    for topic in pack.topics:
        reader = Reader()
        for question in topic.questions:
            if question.kind == "short" and question.variants is None:
                accepted.append(_accepted(question))
            if question.kind != "choice" and question.kind != "choices":
                continue
            item = Item(
                topic=topic.path.rpartition("/")[2],
                track=topic.track,
                id=question.id,
                keys=tuple(option.correct for option in question.options),
                features=reader.read(question.stem, question.options),
                fixed=question.order == "fixed",
            )
            (single if question.kind == "choice" else several).append(item)
    flagged = ((f"{i.topic}/{i.id}", tuple(agreeing(i))) for i in single)
    return Report(
        groups=tuple(_groups(single)),
        together=ensemble(single),
        areas=tuple(others.areas(several)) if several else (),
        choices=len(several),
        key_counts=tuple(sorted({sum(item.keys) for item in several})),
        short=len(accepted),
        commonest=others.commonest(accepted),
        flagged=tuple((key, names) for key, names in flagged if len(names) >= FLAGGED_FROM),
    )


def _groups(items: Sequence[Item]) -> list[Group]:
    found = [_group("bank", "all", items)] if items else []
    by_track = sorted(items, key=lambda item: item.track)
    found += [_group("track", key, list(g)) for key, g in groupby(by_track, lambda i: i.track)]
    found += [_group("topic", key, list(g)) for key, g in groupby(items, lambda i: i.topic)]
    return found


def _group(level: str, id: str, items: Sequence[Item]) -> Group:
    return Group(level, id, len(items), len(items) >= LEAST[level], tuple(outcomes(items)))


def _accepted(question: ShortQuestion) -> list[str]:
    number = question.short.number
    return list(question.short.accept) + ([str(number.value)] if number else [])


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in values.items()}

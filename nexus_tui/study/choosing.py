"""From what the learner chose to what is in force: the settings file and the preset facts."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from nexus_tui import settings_file
from nexus_tui.choices import Choices, to_toml
from nexus_tui.learning import load
from nexus_tui.learning.scheduling import DEFAULT, Preset
from nexus_tui.progress import cards, decisions

if TYPE_CHECKING:
    from nexus_tui.progress.store import Store
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview


def keep(settings: Settings, choices: Choices) -> Settings:
    """Write what differs to the settings file; the settings with it in force.

    Raises SettingsError where the file cannot be written; then nothing changed.
    """
    names = [field.name for field in fields(Choices)]
    before = settings.choices
    changed = {
        name: to_toml(name, choices)
        for name in names
        if getattr(choices, name) != getattr(before, name)
    }
    if changed:
        settings_file.write(settings.file.path, changed)
    return replace(settings, choices=choices)


def adopt(store: Store, choices: Choices) -> bool:
    """Put `choices` in force: a preset fact where they differ from the last one.

    Answers given before keep the preset of their time. True where a fact was written. Raises
    StoreError where it could not be.
    """
    store.day_starts = choices.day_starts
    # Compared as JSON: the model of a preset is imported only where one is written.
    wanted = json.loads(json.dumps(asdict(choices)))
    before = json.loads(json.dumps(asdict(Choices()))) | decisions.said_preset(store)
    if all(before[name] == value for name, value in wanted.items()):
        return False
    from nexus_tui.progress.preset import PresetPayload

    said = decisions.preset(store) or PresetPayload()
    decisions.set_preset(store, said.model_copy(update=asdict(choices))).result()
    return True


def in_force(store: Store) -> Preset:
    """What an answer given now would be scheduled by."""
    said = decisions.preset(store)
    return cards.preset_of(said.model_dump()) if said else DEFAULT


def next_days(desk: Desk, overview: Overview, *, learning: bool = False) -> tuple[int, ...]:
    """Reviews on each of the next 30 days; with `learning`, also of what is met anew."""
    return forecasts(desk, overview)[learning]


def forecasts(desk: Desk, overview: Overview) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """`next_days` without and with what is met anew."""
    states = {o.key for t in overview.topics.values() for o in t.objectives if not o.suspended}
    course = load.Course(
        now=overview.now,
        today=overview.today,
        day_of=desk.store.day_of,
        preset=in_force(desk.store),
        due_limit=desk.choices.due_limit,
        leeches={o.key for o in overview.objectives if o.asked_last},
    )
    known = [(key, card) for key, card in overview.cards.items() if key in states]
    more = {"new_a_day": desk.choices.new_limit, "new": len(overview.new)}
    return load.forecast(known, course), load.forecast(known, course, **more)

"""Where things are, and what the learner chose.

Order of precedence: a command-line option, an environment variable, the settings
file, the source checkout, the user's directories.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from nexus_tui.choices import Choices, Refused, from_table

_PACKAGE = Path(__file__).resolve().parent


class SettingsError(Exception):
    """A path or the settings file cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Place:
    """A path and the reason it was chosen, for `nexus-tui doctor`."""

    path: Path
    why: str


@dataclass(frozen=True)
class Settings:
    """Everything the rest of the program needs to know about its surroundings."""

    content: Place
    packs: Place
    database: Place
    cache: Place
    data: Place
    file: Place
    learner: str | None = None
    theme: str | None = None
    ascii: bool = False
    mouse: bool = True
    """Does the app take the mouse? Else the terminal keeps it, to select and copy text."""
    choices: Choices = field(default_factory=Choices)
    """What holds for reviewing: the table `[review]`."""
    workspaces: Place = field(default_factory=lambda: Place(Path.home() / "nexus", "your home"))
    """Where the learner solves stages: `<pack>/<challenge>/<stage>/` below it."""
    servers: dict[str, str] = field(default_factory=dict)
    """Addresses of servers that stages may use, by name: the table `[servers]`."""
    notices: tuple[str, ...] = field(default=())


def checkout_root() -> Path | None:
    """The source checkout this package runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "content").is_dir() else None


def bundled_content() -> Path | None:
    """The content that came with the program: inside it, or in the source checkout."""
    inside = _PACKAGE / "_content"
    if inside.is_dir():
        return inside
    root = checkout_root()
    return root / "content" if root is not None else None


def load(
    *, db: str | None = None, content: str | None = None, learner: str | None = None
) -> Settings:
    """Settle every path. Raises SettingsError where a named content folder or the file is bad."""
    import platformdirs

    config = Path(platformdirs.user_config_dir("nexus-tui")) / "settings.toml"
    file = Path(os.environ.get("NEXUS_SETTINGS", config))
    chosen = _read(file)
    data = Path(platformdirs.user_data_dir("nexus-tui"))
    return Settings(
        content=_content(content),
        packs=Place(data / "packs", "your own packs, in the user data directory"),
        database=_database(db, _text(chosen, "database", file), data),
        cache=Place(Path(platformdirs.user_cache_dir("nexus-tui")), "the user cache directory"),
        data=Place(data, "the user data directory"),
        file=place_of_file(file),
        learner=learner or _text(chosen, "learner", file),
        theme=_text(chosen, "theme", file),
        ascii=_switch(chosen, "ascii", file) or _wants_ascii(),
        mouse=_switch(chosen, "mouse", file, default=True),
        choices=_choices(chosen, file),
        workspaces=_workspaces(_text(chosen, "workspaces", file)),
        servers=_servers(chosen, file),
    )


def place_of_file(file: Path) -> Place:
    """The settings file as it is now: the first setting that is changed makes it."""
    return Place(file, "your settings" if file.is_file() else "not there: defaults hold")


def _content(option: str | None) -> Place:
    for named, why in ((option, "--content"), (os.environ.get("NEXUS_CONTENT"), "NEXUS_CONTENT")):
        if named:
            path = Path(named).expanduser().resolve()
            if not (path / "pack.yaml").is_file():
                raise SettingsError(
                    f"{why} names {path}, but there is no pack.yaml in it: "
                    "give the folder of a content pack."
                )
            return Place(path, f"named by {why}")
    found = bundled_content()
    if found is None:
        raise SettingsError("This installation has no content: install nexus-tui again.")
    inside = found.is_relative_to(_PACKAGE)
    return Place(found, "inside the installed package" if inside else "the source checkout")


def _database(option: str | None, setting: str | None, data: Path) -> Place:
    for named, why in (
        (option, "named by --db"),
        (os.environ.get("NEXUS_DB"), "named by NEXUS_DB"),
        (setting, "named in your settings"),
    ):
        if named:
            return Place(Path(named).expanduser().resolve(), why)
    root = checkout_root()
    if root is not None:
        return Place(root / "progress.db", "the source checkout this runs from")
    return Place(data / "progress.db", "the user data directory")


def _workspaces(setting: str | None) -> Place:
    for named, why in (
        (os.environ.get("NEXUS_WORKSPACES"), "named by NEXUS_WORKSPACES"),
        (setting, "named in your settings"),
    ):
        if named:
            return Place(Path(named).expanduser().resolve(), why)
    return Place(Path.home() / "nexus", "your home")


def _servers(chosen: dict[str, object], file: Path) -> dict[str, str]:
    table = chosen.get("servers", {})
    if not isinstance(table, dict) or not all(isinstance(url, str) for url in table.values()):
        raise SettingsError(f'{file}: `servers` must be a table of addresses: redis = "redis://…".')
    return {str(name): str(url) for name, url in table.items()}


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: your settings cannot be read: {error}.") from error


def _text(chosen: dict[str, object], key: str, file: Path) -> str | None:
    value = chosen.get(key)
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f'{file}: `{key}` must be text in quotes, like {key} = "…".')


def _switch(chosen: dict[str, object], key: str, file: Path, *, default: bool = False) -> bool:
    value = chosen.get(key, default)
    if isinstance(value, bool):
        return value
    raise SettingsError(f"{file}: `{key}` must be true or false, without quotes.")


def _choices(chosen: dict[str, object], file: Path) -> Choices:
    table = chosen.get("review", {})
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: `review` must be a table: write [review] on its own line.")
    try:
        return from_table(table)
    except Refused as refused:
        raise SettingsError(f"{file}: {refused}") from refused


def _wants_ascii() -> bool:
    """Ambiguous-width glyphs take two cells in CJK locales and none exist outside UTF-8."""
    locale = next((os.environ[k] for k in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(k)), "")
    language, _, encoding = locale.partition(".")
    if os.environ.get("NEXUS_ASCII") == "1" or language[:2] in {"ja", "ko", "zh"}:
        return True
    return bool(encoding) and encoding.lower().replace("-", "") not in {"utf8", "utf8@euro"}

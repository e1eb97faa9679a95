"""Where things are, and what was chosen: the order of precedence, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_tui import settings
from nexus_tui.settings import SettingsError, load
from tests.builders import make_pack


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own, without any of our variables, in an UTF-8 locale."""
    for name in ("NEXUS_SETTINGS", "NEXUS_DB", "NEXUS_CONTENT", "NEXUS_ASCII", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def choose(home: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Path:
    """A settings file with `text`."""
    file = home / "chosen.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("NEXUS_SETTINGS", str(file))
    return file


def installed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the package look installed: no checkout around it."""
    package = home / "site-packages" / "nexus_tui"
    package.mkdir(parents=True)
    monkeypatch.setattr(settings, "_PACKAGE", package)
    return package


def test_in_a_checkout_content_and_progress_are_its_own() -> None:
    root = Path(settings.__file__).parents[1]
    found = load()
    assert settings.checkout_root() == root
    assert found.content == settings.Place(root / "content", "the source checkout")
    assert found.database.path == root / "progress.db"


def test_cache_data_and_packs_lie_in_the_users_directories(home: Path) -> None:
    found = load()
    for place in (found.cache, found.data, found.packs, found.file):
        assert place.path.is_relative_to(home)
        assert place.why
    assert found.packs.path == found.data.path / "packs"


def test_an_option_goes_before_the_variable_and_that_before_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home, monkeypatch, f'database = "{home}/in-file.db"')
    assert load().database == settings.Place(home / "in-file.db", "named in your settings")
    monkeypatch.setenv("NEXUS_DB", str(home / "in-variable.db"))
    assert load().database == settings.Place(home / "in-variable.db", "named by NEXUS_DB")
    found = load(db=str(home / "in-option.db")).database
    assert found == settings.Place(home / "in-option.db", "named by --db")


def test_a_path_may_begin_with_the_home_directory(home: Path) -> None:
    assert load(db="~/mine.db").database.path == home / "mine.db"


def test_content_is_named_by_option_or_variable(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_pack(home / "one"), make_pack(home / "two")
    monkeypatch.setenv("NEXUS_CONTENT", str(two))
    assert load().content == settings.Place(two, "named by NEXUS_CONTENT")
    assert load(content=str(one)).content == settings.Place(one, "named by --content")


def test_a_named_folder_that_is_no_pack_is_refused_with_its_name(home: Path) -> None:
    with pytest.raises(SettingsError, match=f"--content names {home}.*no pack.yaml"):
        load(content=str(home))


def test_installed_the_content_comes_from_the_wheel_and_progress_goes_to_the_user(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = installed(home, monkeypatch)
    (package / "_content").mkdir()
    found = load()
    assert settings.checkout_root() is None
    assert found.content == settings.Place(package / "_content", "inside the installed package")
    assert found.database == settings.Place(
        found.data.path / "progress.db", "the user data directory"
    )


def test_installed_without_content_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(home, monkeypatch)
    with pytest.raises(SettingsError, match="install nexus-tui again"):
        load()


def test_without_a_file_the_defaults_hold() -> None:
    found = load()
    assert (found.learner, found.theme, found.ascii) == (None, None, False)
    assert found.file.why == "not there: defaults hold"


def test_the_file_names_learner_theme_and_glyphs(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = choose(home, monkeypatch, 'learner = "Ada"\ntheme = "light"\nascii = true\n')
    found = load()
    assert (found.learner, found.theme, found.ascii) == ("Ada", "light", True)
    assert found.file == settings.Place(file, "your settings")
    assert load(learner="Grace").learner == "Grace"


@pytest.mark.parametrize("key", ["learner", "theme", "database"])
def test_a_setting_that_is_no_text_is_refused_and_not_ignored(
    key: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home, monkeypatch, f"{key} = 5")
    with pytest.raises(SettingsError, match=f"chosen.toml: `{key}` must be text in quotes"):
        load()


def test_a_switch_that_is_neither_true_nor_false_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home, monkeypatch, 'ascii = "yes"')
    with pytest.raises(SettingsError, match=r"chosen\.toml: `ascii` must be true or false"):
        load()


@pytest.mark.parametrize("content", [b"learner = ", b"\xff\xfe", b"learner = 'a'\nlearner = 'b'"])
def test_a_damaged_file_is_named_and_not_overwritten(
    content: bytes, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = choose(home, monkeypatch, "")
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"chosen\.toml: your settings cannot be read"):
        load()
    assert file.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_SETTINGS", str(home))
    with pytest.raises(SettingsError, match="your settings cannot be read"):
        load()


@pytest.mark.parametrize(
    ("name", "value", "ascii_only"),
    [
        ("LANG", "en_GB.UTF-8", False),
        ("LANG", "de_DE.utf8@euro", False),
        ("LANG", "C.UTF-8", False),
        ("LANG", "C", False),
        ("LANG", "", False),
        ("LANG", "en_US.ISO-8859-1", True),
        ("LANG", "ja_JP.UTF-8", True),
        ("LC_ALL", "zh_CN.UTF-8", True),
        ("LC_CTYPE", "ko_KR.UTF-8", True),
        ("NEXUS_ASCII", "1", True),
        ("NEXUS_ASCII", "0", False),
    ],
)
def test_glyphs_follow_the_locale(
    name: str, value: str, ascii_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert load().ascii is ascii_only


def test_the_most_particular_locale_variable_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert load().ascii is False

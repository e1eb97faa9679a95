"""What becomes of an address: a browser with a window, or the clipboard."""

from __future__ import annotations

import webbrowser

import pytest

from nexus_tui.tui import browser
from tests.tui.bare import Bare

ADDRESS = "https://example.org/a/long/path"


@pytest.mark.parametrize(
    ("found", "there"),
    [
        (webbrowser.BackgroundBrowser("firefox"), True),
        (webbrowser.Chrome("chrome"), True),
        (webbrowser.GenericBrowser("lynx"), False),
        (None, False),
    ],
)
def test_a_browser_in_the_terminal_is_none(
    found: webbrowser.BaseBrowser | None, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get() -> webbrowser.BaseBrowser:
        if found is None:
            raise webbrowser.Error("could not locate runnable browser")
        return found

    monkeypatch.setattr(webbrowser, "get", get)

    assert browser.is_there() is there


async def test_without_a_browser_the_address_is_in_the_clipboard_and_said_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "is_there", lambda: False)
    app = Bare()
    async with app.run_test() as pilot:
        said = browser.follow(app, ADDRESS)
        await pilot.pause()

        assert said == "no browser here" and app.clipboard == ADDRESS
        assert [toast.message.endswith(ADDRESS) for toast in app._notifications] == [True]

"""Real widgets on a real page: the joined JavaScript in Chromium, the Python object behind it.

Only the notebook between the two is made up (fake_model.js); it can be made deaf, so that tests
can lose the connection. The page makes no request: everything but its own address is refused.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from font_sets import FONT_SETS, font_configuration
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Error,
    Locator,
    Page,
    ViewportSize,
    sync_playwright,
)

ADDRESS = "http://127.0.0.1/"
SIZE: ViewportSize = {"width": 1000, "height": 800}
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--disable-features=PaintHolding,Translate,OptimizationHints,MediaRouter",
]  # fmt: skip
_SCRIPT = (Path(__file__).parent / "fake_model.js").read_text(encoding="utf-8")
# the values of JupyterLab's own themes
_LIGHT = {
    "layout-color0": "#fff", "layout-color1": "#fff", "layout-color2": "#eee",
    "content-font-color0": "#000", "content-font-color1": "rgba(0, 0, 0, 0.87)",
    "border-color0": "#bdbdbd", "brand-color1": "#1976d2",
}  # fmt: skip
_DARK = {
    "layout-color0": "#111", "layout-color1": "#212121", "layout-color2": "#424242",
    "content-font-color0": "#fff", "content-font-color1": "#fff",
    "border-color0": "#616161", "brand-color1": "#1976d2",
}  # fmt: skip


class Handle:
    """One widget on one page; `root` is its first view.

    Set `drop_to_python` or `drop_to_browser` to lose every message that goes that way.
    """

    def __init__(self, page: Page, widget: Any, theme: str, views: int) -> None:
        self.page, self.widget, self._theme, self._views = page, widget, theme, views
        self.drop_to_python = self.drop_to_browser = False
        self.received: list[dict[str, Any]] = []
        self._outbox: list[dict[str, Any]] = []
        wires = page.__dict__.setdefault("framingkit_wires", {})
        self.wire = f"wire{len(wires)}"
        wires[self.wire] = self
        _listen(widget).append(self)
        self._mount()

    def _mount(self) -> None:
        widget = self.widget
        traits = {k: v for k, v in widget.get_state().items() if not k.startswith("_")}
        css = str(getattr(widget, "_css", ""))
        self._outbox.clear()
        self.page.evaluate(
            "([wire, esm, css, traits, views]) =>"
            " framingkitTest.mount(wire, esm, css, traits, views)",
            [self.wire, str(widget._esm), css, json.loads(json.dumps(traits)), self._views],
        )

    @property
    def root(self) -> Locator:
        return self.view(0)

    def view(self, number: int) -> Locator:
        return self.page.locator(f'[data-wire="{self.wire}"]').nth(number)

    def add_view(self) -> Locator:
        """Show the same model once more, as a second output of the same cell does."""
        self.page.evaluate("(wire) => framingkitTest.view(wire)", self.wire)
        return self.page.locator(f'[data-wire="{self.wire}"]').last

    def reload(self) -> None:
        """Load the page anew; this browser keeps its storage, the kernel its widget."""
        self.page.goto(ADDRESS)
        _dress(self.page, self._theme)
        self._mount()

    def tell(self, message: dict[str, Any]) -> None:
        """Take one message (content or traits) for the browser."""
        if not self.drop_to_browser:
            self._outbox.append(json.loads(json.dumps(message)))

    def exchange(self, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Hand the page's messages to the widget, and give back what waits for the page."""
        for message in messages if not self.drop_to_python else ():
            if "traits" in message:
                self.widget.set_state(message["traits"])
            else:
                self.received.append(message["content"])
                self.widget._receive(self.widget, message["content"], [])
        waiting, self._outbox = self._outbox, []
        return [] if self.drop_to_browser else waiting

    def axe(self) -> list[str]:
        """Name what an accessibility checker finds wrong in this widget."""
        found = Axe().run(self.page, context=f'[data-wire="{self.wire}"]').response["violations"]
        return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def _listen(widget: Any) -> list[Handle]:
    """Let a widget speak to all its pages, as a kernel does; return the list of them."""
    if "framingkit_handles" not in widget.__dict__:
        handles: list[Handle] = []
        widget.__dict__["framingkit_handles"] = handles

        def send(content: dict[str, Any], buffers: Any = None) -> None:
            for handle in handles:
                handle.tell({"content": content})

        widget.send = send
    found: list[Handle] = widget.__dict__["framingkit_handles"]
    return found


def _dress(page: Page, theme: str) -> None:
    colours = _DARK if theme == "dark" else _LIGHT
    style = "".join(f"--jp-{name}: {value};" for name, value in colours.items())
    page.evaluate(
        "([style, light]) => { document.documentElement.style.cssText = style;"
        " document.body.dataset.jpThemeLight = light; }",
        [style, str(theme != "dark").lower()],
    )


def _serve(route: Any) -> None:
    """Answer for the one address there is."""
    if route.request.url != ADDRESS:
        route.abort()
        return
    body = (
        '<!doctype html><html lang="en"><head><title>Widget</title><style>body { margin: 24px;'
        " background: var(--jp-layout-color0); } [data-wire] { max-width: 900px; margin-bottom:"
        f" 24px; }}</style><script>{_SCRIPT}</script></head><body><main></main></body></html>"
    )
    route.fulfill(content_type="text/html; charset=utf-8", body=body)


def _launch(kind: BrowserType, **environment: str) -> Browser:
    """Start a browser, in a changed environment."""
    chromium = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
    return kind.launch(executable_path=chromium, args=_FLAGS, env=os.environ | environment)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (chromium := _launch(playwright.chromium))
        chromium.close()


def _profile(browser: Browser) -> tuple[BrowserContext, list[str]]:
    """Make a browser profile, and the list in which script errors on its pages are noted."""
    profile = browser.new_context(viewport=SIZE)
    profile.set_default_timeout(5000)
    profile.route("**/*", _serve)
    errors: list[str] = []
    profile.on("weberror", lambda error: errors.append(str(error.error)))
    return profile, errors


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One fresh browser profile, for tests that change it or open several pages on one storage."""
    profile, errors = _profile(browser)
    yield profile
    profile.close()
    assert errors == []


@pytest.fixture(scope="session")
def shared_profile(browser: Browser) -> tuple[BrowserContext, list[str], Page]:
    """One profile for all tests that need no more than a page: a fresh one each would cost a third.

    Its first page stays open, to empty the storage after each test.
    """
    profile, errors = _profile(browser)
    first = profile.new_page()
    first.goto(ADDRESS)
    return profile, errors, first


@pytest.fixture
def page(
    request: pytest.FixtureRequest, shared_profile: tuple[BrowserContext, list[str], Page]
) -> Iterator[Page]:
    """One page, blank and with an empty storage; a script error on it fails the test.

    Making a page takes three times as long as loading one, so the tests take turns on the same.
    """
    if "context" in request.fixturenames:
        yield request.getfixturevalue("context").new_page()
        return
    profile, errors, first = shared_profile
    used = profile.pages[1] if profile.pages[1:] else profile.new_page()
    yield used
    for other in profile.pages:
        if other not in (first, used):
            other.close()
    _make_blank(used)
    first.evaluate("localStorage.clear()")
    found = errors.copy()
    errors.clear()
    assert found == []


def _make_blank(page: Page) -> None:
    """Leave a page as a new one would be; close it if that fails."""
    try:
        for key in ("Shift", "Control", "Alt", "Meta"):
            page.keyboard.up(key)
        page.emulate_media(
            media="null", color_scheme="null", forced_colors="null", reduced_motion="null"
        )
        page.set_viewport_size(SIZE)
        page.goto("about:blank")
        page.__dict__.get("framingkit_wires", {}).clear()
    except Error:
        page.close()


@pytest.fixture(scope="session", params=FONT_SETS)
def browser_of_fonts(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser that finds the fonts of one family, and no others."""
    configuration = font_configuration(request.param, tmp_path_factory.mktemp("fonts"))
    yield (other := _launch(browser.browser_type, FONTCONFIG_FILE=str(configuration)))
    other.close()


@pytest.fixture
def page_of_fonts(browser_of_fonts: Browser) -> Iterator[Page]:
    """One fresh page for each set of fonts."""
    profile, errors = _profile(browser_of_fonts)
    yield profile.new_page()
    profile.close()
    assert errors == []


@pytest.fixture
def open_widget() -> Callable[..., Handle]:
    """Show a widget: ``open_widget(page_or_context, widget, theme="light", views=1)``.

    With ``shadow=True`` each view is in a shadow root.
    Widgets on one page share its storage and document; pages of one context share the storage,
    as two tabs do.
    """

    def show(
        where: Page | BrowserContext,
        widget: Any,
        theme: str = "light",
        views: int = 1,
        shadow: bool = False,
    ) -> Handle:
        page = where.new_page() if isinstance(where, BrowserContext) else where
        if page.url != ADDRESS:
            if "framingkit_wires" not in page.__dict__:
                wires = page.__dict__["framingkit_wires"] = {}
                page.expose_function("toPython", lambda wire, sent: wires[wire].exchange(sent))
            page.goto(ADDRESS)
        _dress(page, theme)
        page.evaluate("(shadow) => { framingkitTest.shadow = shadow; }", shadow)
        return Handle(page, widget, theme, views)

    return show

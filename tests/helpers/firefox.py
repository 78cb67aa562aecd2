"""A real Firefox without windows, spoken to by WebDriver BiDi, as far as the tests need it.

Playwright wants a Firefox of its own making; this one takes what Debian has. It speaks through
websocket-client, which every Jupyter server brings along.
"""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from websocket import WebSocket, create_connection

_PROGRAMS = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")
_MISSING = "Firefox is not installed (Debian: firefox-esr)."
# Nothing but this computer can be reached: what Firefox itself looks for ends at a closed door.
_SETTINGS = {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "ui.systemUsesDarkTheme": 0,
    "network.proxy.no_proxies_on": "127.0.0.1,localhost",
    "datareporting.policy.dataSubmissionEnabled": False, "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "dom.disable_beforeunload": True,  # nobody is there to say whether to leave a page
    "layout.frame_rate": 10,  # without a graphics card each picture is work for the processor
}  # fmt: skip


def find_firefox() -> str:
    """Find Firefox, or skip the test and say why.

    The automatic checks install it and set FRAMINGKIT_FIREFOX: there a missing one is a failure.
    """
    for found in filter(None, map(shutil.which, _PROGRAMS)):
        return found
    if os.environ.get("FRAMINGKIT_FIREFOX") == "required":
        pytest.fail(_MISSING)
    pytest.skip(_MISSING)


class Firefox:
    """One Firefox with one tab, what that asked for and what went wrong in it."""

    def __init__(self, program: str, profile: Path) -> None:
        self.asked: list[str] = []
        self.errors: list[str] = []
        self._count = 0
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(_SETTINGS[name])});"
                 for name in _SETTINGS]  # fmt: skip
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--remote-debugging-port=0"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--profile", str(profile)], **quiet)
        try:
            self._socket = self._connect(profile / "WebDriverBiDiServer.json")
            opened = self.call("session.new", capabilities={})["capabilities"]
            self.version = opened["browserVersion"]
            self.call("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
            self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.process.kill()
            raise

    def _connect(self, place: Path) -> WebSocket:
        """Wait until Firefox has written down where it listens."""
        end = time.monotonic() + 60
        while True:
            is_alive = self.process.poll() is None and time.monotonic() < end
            assert is_alive, "Firefox ended, or did not say within 60 s where it listens."
            try:
                port = json.loads(place.read_text(encoding="utf-8"))["ws_port"]
                address = f"ws://127.0.0.1:{port}/session"
                return create_connection(address, timeout=180, suppress_origin=True)
            except (OSError, ValueError):
                time.sleep(0.05)

    def call(self, method: str, **wanted: Any) -> Any:
        """Send a command and wait for its result; take note of what happens meanwhile."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": wanted}))
        while True:
            said = json.loads(self._socket.recv())
            if said["type"] == "event":
                self._note(said["method"], said["params"])
            elif said["id"] == self._count:
                assert said["type"] == "success", f"{method}: {said['message']}"
                return said["result"]

    def _note(self, event: str, about: Any) -> None:
        if event == "network.beforeRequestSent":
            url = about["request"]["url"]
            self.asked += [] if url.startswith(("data:", "blob:")) else [url]
        elif about["level"] == "error":
            self.errors.append(about["text"] or about["type"])

    def go(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.tab, url=address, wait="interactive")

    def resize(self, width: int, height: int) -> None:
        size = {"viewport": {"width": width, "height": height}}
        self.call("browsingContext.setViewport", context=self.tab, **size)

    def evaluate(self, function: str, *values: Any) -> Any:
        """Call a JavaScript function in the page; values and result are what JSON can carry."""
        done = self.call(
            "script.callFunction", target={"context": self.tab}, awaitPromise=True,
            functionDeclaration="async (values) => JSON.stringify("
            f"(await ({function})(...JSON.parse(values))) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(values)}],
        )  # fmt: skip
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return json.loads(done["result"]["value"])

    def until(self, function: str, *values: Any, seconds: float = 90) -> Any:
        """Call a function again and again until it gives something; return that."""
        end = time.monotonic() + seconds
        while not (found := self.evaluate(function, *values)):
            assert time.monotonic() < end, f"waited in vain for {function} of {values}"
            time.sleep(0.1)
        return found

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one place of what can be seen, and let it go at another."""
        one, two = ({"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in (start, end))
        down, up = ({"type": f"pointer{name}", "button": 0} for name in ("Down", "Up"))
        self._act("pointer", one, down, two, up)

    def wheel(self, place: tuple[float, float], by: int) -> None:
        """Turn the wheel of the mouse at a place, so that what is there moves up by this much."""
        x, y = place
        self._act("wheel", {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by})

    def press(self, key: str) -> None:
        self._act("key", {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})

    def _act(self, device: str, *acts: dict[str, Any]) -> None:
        one = {"type": device, "id": device, "actions": acts}
        self.call("input.performActions", context=self.tab, actions=[one])

    def stop(self) -> None:
        try:
            self.call("browser.close")
            self._socket.close()
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

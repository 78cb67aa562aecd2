"""A real Firefox without windows, spoken to by WebDriver BiDi, as far as the tests need it.

Playwright's own way into Firefox needs a Firefox of its making; this one takes what Debian has.
"""

import base64
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
_EVENTS = ["network.beforeRequestSent", "log.entryAdded"]


def find_firefox() -> str:
    """Find Firefox, or skip the test and say why.

    The automatic checks install it and set FRAMINGKIT_FIREFOX: there a missing one is a failure.
    """
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None and os.environ.get("FRAMINGKIT_FIREFOX") == "required":
        pytest.fail(_MISSING)
    if found is None:
        pytest.skip(_MISSING)
    return found


class Firefox:
    """One Firefox with one tab, what that asked for and what went wrong in it."""

    def __init__(self, program: str, profile: Path, **settings: Any) -> None:
        self.asked: list[str] = []
        self.errors: list[str] = []
        self._count = 0
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});"
                 for name, value in (_SETTINGS | settings).items()]  # fmt: skip
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port=0",
             "--profile", str(profile)], env=os.environ | {"MOZ_CRASHREPORTER_DISABLE": "1"},
            **quiet)  # fmt: skip
        try:
            self._socket = self._connect(profile / "WebDriverBiDiServer.json")
            opened = self.call("session.new", capabilities={})["capabilities"]
            self.version = opened["browserVersion"]
            self.call("session.subscribe", events=_EVENTS)
            self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.process.kill()
            raise

    def _connect(self, place: Path) -> WebSocket:
        """Wait until Firefox has written down where it listens."""
        end = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, "Firefox ended before it could be spoken to."
            assert time.monotonic() < end, "Firefox did not say within 60 s where it listens."
            try:
                port = json.loads(place.read_text(encoding="utf-8"))["ws_port"]
                return create_connection(
                    f"ws://127.0.0.1:{port}/session", timeout=180, suppress_origin=True
                )
            except (OSError, ValueError):
                time.sleep(0.05)

    def call(self, method: str, **wanted: Any) -> Any:
        """Send a command and wait for its result; take note of what happens meanwhile."""
        self._count += 1
        sent = {"id": self._count, "method": method, "params": wanted}
        self._socket.send(json.dumps(sent))
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
        size = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self.tab, viewport=size)

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
        at = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in (start, end)]
        down, up = ({"type": f"pointer{name}", "button": 0} for name in ("Down", "Up"))
        self._act("pointer", [at[0], down, at[1], up])

    def wheel(self, place: tuple[float, float], by: int) -> None:
        """Turn the wheel of the mouse at a place, so that what is there moves up by this much."""
        turn = {"type": "scroll", "x": place[0], "y": place[1], "deltaX": 0, "deltaY": by}
        self._act("wheel", [turn])

    def press(self, key: str) -> None:
        self._act("key", [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}])

    def _act(self, device: str, acts: list[dict[str, Any]]) -> None:
        one = {"type": device, "id": device, "actions": acts}
        self.call("input.performActions", context=self.tab, actions=[one])

    def picture(self, path: Path) -> None:
        """Save what can be seen."""
        taken = self.call("browsingContext.captureScreenshot", context=self.tab)["data"]
        path.write_bytes(base64.b64decode(taken))

    def stop(self) -> None:
        try:
            self.call("browser.close")
            self._socket.close()
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

"""A real JupyterHub with real accounts, and learners who log in, tag and hand in over HTTP.

It needs root: the Hub starts each server under an account of the system, which is made here and
deleted again. Everything stays on this machine, on ports of 127.0.0.1 that were free.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from framingkit import course

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy" / "jupyterhub"
PASSWORD = "a pass phrase for the tests only"
TEXT = course.load_article().text

LESSON = """
import framingkit as fk
lesson = fk.open_lesson("03-commentary")
display(lesson.tag("commentary"))
display(lesson.hand_in())
"""

CONFIG = """
import os
load_subconfig(os.environ["FRAMINGKIT_TEST_CONFIG"])
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["FRAMINGKIT_TEST_PASSWORD"]
c.Authenticator.allow_all = True
c.JupyterHub.hub_bind_url = os.environ["FRAMINGKIT_TEST_HUB"]
c.ConfigurableHTTPProxy.api_url = os.environ["FRAMINGKIT_TEST_PROXY"]
"""


def why_not() -> str:
    """Say why no Hub can be tried here; empty if it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "JupyterHub was NOT tried: only root on Linux can start servers for other accounts"
    if not all(map(shutil.which, ("useradd", "userdel", "groupadd", "groupdel"))):
        return "JupyterHub was NOT tried: this system has no useradd"
    return ""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Accounts:
    """A group of instructors and some people, for the time of a test."""

    def __init__(self, homes: Path, learners: int, instructors: int = 1) -> None:
        self.mark = f"fk{os.getpid()}"
        self.group = f"{self.mark}i"
        self.learners = [f"{self.mark}l{number}" for number in range(learners)]
        self.instructors = [f"{self.mark}t{number}" for number in range(instructors)]
        self.homes = homes
        homes.mkdir(mode=0o755, exist_ok=True)
        subprocess.run(["groupadd", self.group], check=True)
        for name in self.learners + self.instructors:
            more = ["-G", self.group] if name in self.instructors else []
            place = ["-m", "-d", str(homes / name), "-s", "/bin/sh"]
            subprocess.run(["useradd", *place, *more, name], check=True, capture_output=True)

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as one of them, as a terminal of theirs would."""
        import pwd

        who = pwd.getpwnam(name)
        groups = os.getgrouplist(name, who.pw_gid)
        return subprocess.run(
            command, user=who.pw_uid, group=who.pw_gid, extra_groups=groups, cwd=who.pw_dir,
            env={"HOME": who.pw_dir, "PATH": os.environ["PATH"]}, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip

    def delete(self) -> None:
        """Delete them; homes are below a temporary folder and go with it."""
        for name in self.learners + self.instructors:
            subprocess.run(["userdel", name], capture_output=True)
        subprocess.run(["groupdel", self.group], capture_output=True)


class Hub:
    """The Hub as it is shipped, with one thing changed: the way of logging in."""

    def __init__(self, venv: Path, folder: Path, accounts: Accounts) -> None:
        self.venv, self.folder, self.accounts = venv, folder, accounts
        self.url = f"http://127.0.0.1:{free_port()}"
        config = folder / "config.py"
        config.write_text(CONFIG, encoding="utf-8")
        kept = {name: os.environ[name] for name in ("LANG", "PATH", "TZ") if name in os.environ}
        environment = kept | {
            "FRAMINGKIT_TEST_CONFIG": str(venv / "jupyterhub_config.py"),
            "FRAMINGKIT_TEST_PASSWORD": PASSWORD,
            "FRAMINGKIT_TEST_HUB": f"http://127.0.0.1:{free_port()}",
            "FRAMINGKIT_TEST_PROXY": f"http://127.0.0.1:{free_port()}",
            "FRAMINGKIT_HUB_FOLDER": str(folder / "srv"),
            "FRAMINGKIT_HUB_ADDRESS": self.url, "FRAMINGKIT_INSTRUCTORS": accounts.group,
            "HOME": str(folder),
        }  # fmt: skip
        command = [str(venv / "bin" / "jupyterhub"), "-f", str(config)]
        self.log = folder / "hub.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the Hub ended: {self.log.read_text()[-3000:]}"
            try:
                urllib.request.urlopen(f"{self.url}/hub/api", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the Hub does not answer: {self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        """Stop all servers at once, then the Hub and its proxy."""
        for name in self.accounts.learners + self.accounts.instructors:
            for pid in processes_of(name):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def memory(self) -> int:
        """Count the bytes that the Hub and its proxy hold alone."""
        return sum(map(own_memory, tree(self.process.pid)))


def tree(pid: int) -> list[int]:
    """List a process and those that it started, without the servers of learners."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        try:
            if Path(f"/proc/{one}").stat().st_uid == 0:
                found.append(one)
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        waiting += map(int, children)
    return found


def processes_of(name: str) -> list[int]:
    """List the processes of an account."""
    import pwd

    uid, found = pwd.getpwnam(name).pw_uid, []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and place.stat().st_uid == uid:
                found.append(int(place.name))
        except OSError:
            continue
    return found


def own_memory(pid: int) -> int:
    """Count the bytes that would be free without a process: its private pages (USS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


class Visitor:
    """Somebody who logs in and works, by the same requests as a browser."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name = hub, name
        self.client = httpx.AsyncClient(
            base_url=hub.url, follow_redirects=True, timeout=120, trust_env=False
        )
        self.seq = 0
        self.acts = f"tab-{name}"
        self.widgets: dict[str, str] = {}

    def token(self, path: str) -> str:
        """Give the mark against forged requests that belongs to a part of the site."""
        fitting = [
            one
            for one in self.client.cookies.jar
            if one.name == "_xsrf" and path.startswith(one.path)
        ]
        return str(max(fitting, key=lambda one: len(one.path)).value)

    async def log_in(self) -> None:
        await self.client.get("/hub/login")
        answer = await self.client.post(
            "/hub/login?next=%2Fhub%2Fhome",
            data={"username": self.name, "password": PASSWORD, "_xsrf": self.token("/hub/")},
        )
        assert answer.status_code == 200, answer.status_code
        assert answer.url.path == "/hub/home", answer.url

    async def start(self, seconds: float = 150) -> str:
        """Start the server as the button of the Hub does; give the page that it opens on."""
        from_home = {"Referer": f"{self.hub.url}/hub/home"}
        path, end = f"/hub/api/users/{self.name}", time.monotonic() + seconds
        marked = from_home | {"X-XSRFToken": self.token("/hub/")}
        answer = await self.client.post(f"{path}/server", headers=marked)
        assert answer.status_code in (201, 202), answer.text
        while not (server := (await self.client.get(path, headers=from_home)).json())["server"]:
            assert server["pending"], f"the server did not start: {server}"
            assert time.monotonic() < end, "the server did not start in time"
            await asyncio.sleep(0.5)
        page = await self.client.get(f"/user/{self.name}/framingkit")
        assert page.url.path == f"/user/{self.name}/framingkit", page.url
        return page.text

    async def open_kernel(self, code: str = LESSON) -> None:
        """Start a kernel and run what a lesson runs first."""
        place = f"/user/{self.name}/"
        answer = await self.client.post(
            f"{place}api/kernels", json={"name": "python3", "path": "notebooks"},
            headers={"X-XSRFToken": self.token(place)},
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        cookies = "; ".join(
            f"{one.name}={one.value}" for one in self.client.cookies.jar
            if place.startswith(one.path)
        )  # fmt: skip
        address = f"{self.hub.url}{place}api/kernels/{answer.json()['id']}/channels"
        request = HTTPRequest(
            address.replace("http:", "ws:"), headers={"Cookie": cookies, "Origin": self.hub.url},
            request_timeout=120, connect_timeout=120,
        )  # fmt: skip
        self.socket = await websocket_connect(request)
        await self.run(code)

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        one = uuid.uuid4().hex
        header = {
            "msg_id": one, "msg_type": kind, "username": self.name, "session": self.acts,
            "version": "5.3", "date": "2026-01-01T00:00:00Z",
        }  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.socket.write_message(json.dumps(message | {"channel": "shell", "buffers": []}))
        return one

    async def receive(self, seconds: float = 120) -> dict[str, Any]:
        """Wait for one message of the kernel; note the tools that it opens."""
        raw = await asyncio.wait_for(self.socket.read_message(), seconds)
        assert raw is not None, "the connection was closed"
        message: dict[str, Any] = json.loads(raw)
        if message["msg_type"] == "comm_open":
            state = message["content"]["data"].get("state", {})
            if state.get("tool"):
                self.widgets[state["tool"]] = message["content"]["comm_id"]
        return message

    async def run(self, code: str) -> str:
        """Run a cell to its end; give what it printed."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": True}  # fmt: skip
        one, said = await self.send("execute_request", content), ""
        while True:
            message = await self.receive()
            if message["parent_header"].get("msg_id") != one:
                continue
            if message["msg_type"] == "stream":
                said += message["content"]["text"]
            assert message["msg_type"] != "error", message["content"]
            idle = message["content"].get("execution_state") == "idle"
            if message["msg_type"] == "status" and idle:
                return said

    async def ask(self, tool: str, content: dict[str, Any], kinds: set[str]) -> dict[str, Any]:
        """Send a message to a tool, and wait for an answer of one of some kinds."""
        comm = next(id for name, id in self.widgets.items() if name.startswith(tool))
        data = {"method": "custom", "content": content}
        await self.send("comm_msg", {"comm_id": comm, "data": data})
        while True:
            message = await self.receive()
            if message["msg_type"] != "comm_msg" or message["content"]["comm_id"] != comm:
                continue
            answer = message["content"]["data"].get("content", {})
            if answer.get("kind") in kinds:
                return dict(answer)

    async def tag(self, number: int) -> tuple[str, dict[str, Any]]:
        """Tag a stretch of the article; give the act's id, and what the kernel said of it."""
        self.seq += 1
        start = 100 + 7 * number
        span = {"start": start, "end": start + 5, "label": "ceremony_symbol",
                "quote": TEXT[start : start + 5]}  # fmt: skip
        one = {"id": f"{self.acts}-{self.seq}", "client": self.acts, "seq": self.seq, "kind": "tag",
               "target": f"{self.acts}.{self.seq}", "span": span}  # fmt: skip
        message = {"kind": "operations", "operations": [one]}
        return str(one["id"]), await self.ask("Reading", message, {"saved", "refused", "unsaved"})

    async def hand_in(self) -> list[str]:
        """Press the button; give the sentences that it answers with."""
        answer = await self.ask(
            "Your code name", {"kind": "sheet", "wish": "w", "lacking": []}, {"sheet"}
        )
        return [str(one) for one in answer["sentences"]]

    async def leave(self) -> None:
        if hasattr(self, "socket"):
            self.socket.close()
        await self.client.aclose()

"""What a tag costs in a real JupyterLab: bytes on the wire, and the time until all is safe.

Run ``python bench/wire.py``. Keys are real key presses, sent through the browser's own protocol.
"""

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from figures import browser, load, summary, table
from playwright.sync_api import Browser, Page, expect

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "browser"))
from lab import Lab, Notebook  # noqa: E402

CASES = {"100 tags": (10_000, 100), "4,900 tags": (49_000, 4_900)}
TIMES = 40
_SCRIPT = (HERE / "tagging.js").read_text(encoding="utf-8")
_CELL = """
import json, random, sys, time
from pathlib import Path

sys.path.insert(0, {here!r})
from figures import tags_of, text_of
from tagging import tagger_of

folder, chance = Path({folder!r}), random.Random(3)
text = text_of({characters}, chance)
tagger = tagger_of(text, tags_of(text, {count}, chance), folder)


def note(widget, content, buffers):
    # called after the tagger's own listener: here the tag is in memory and on disk
    if content.get("kind") == "operations":
        with open(folder / "times.jsonl", "a") as file:
            file.write(json.dumps(1000 * time.time()) + "\\n")


tagger.on_msg(note)
tagger
"""


class Wire:
    """Counts what a page and its kernel say to each other over the WebSocket."""

    def __init__(self, page: Page) -> None:
        self.sent = self.received = self.frames = 0
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.webSocketFrameSent", lambda event: self._count("sent", event))
        wire.on("Network.webSocketFrameReceived", lambda event: self._count("received", event))

    def _count(self, way: str, event: dict[str, Any]) -> None:
        frame = event["response"]
        if frame["opcode"] != 2:
            return  # text is the file browser's news; what kernel and page say is binary
        self.frames += way == "received"
        size = len(base64.b64decode(frame["payloadData"]))
        setattr(self, way, getattr(self, way) + size)


def measure(chromium: Browser, lab: Lab, name: str) -> dict[str, Any]:
    """Tag words in a notebook, one after the other."""
    characters, count = CASES[name]
    folder = lab.folder / name.replace(" ", "-")
    folder.mkdir()
    cell = _CELL.format(here=str(HERE), folder=str(folder), characters=characters, count=count)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, lab.folder / "notebooks" / "bench.ipynb")
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    wire = Wire(page)
    open_notebook = Notebook(page, lab, "notebooks/bench.ipynb").run_all()
    expect(open_notebook.badge).to_have_text("Saved", timeout=60_000)
    page.add_script_tag(content=_SCRIPT)
    page.evaluate("bench.listen()")
    page.wait_for_timeout(3000)
    before = wire.sent, wire.received, wire.frames
    for number in range(TIMES):
        press(page, number)
    page.wait_for_timeout(500)
    keys = page.evaluate("bench.keys")
    page.close()
    lab.forget()
    written = [json.loads(one) for one in (folder / "times.jsonl").read_text().splitlines()]
    return {
        "sent": (wire.sent - before[0]) / TIMES,
        "received": (wire.received - before[1]) / TIMES,
        "frames": (wire.frames - before[2]) / TIMES,
        "key to painted": [one["painted"] - one["pressed"] for one in keys],
        "choice to disk": [at - one["chosen"] for at, one in zip(written, keys, strict=True)],
        "key to disk": [at - one["pressed"] for at, one in zip(written, keys, strict=True)],
        "key to Saved": [one["saved"] - one["pressed"] for one in keys],
    }


def press(page: Page, number: int) -> None:
    """Select words, press a key, and wait until the tag is saved."""
    page.evaluate("(number) => bench.select(number)", number)
    page.wait_for_timeout(250)
    page.keyboard.press(str(1 + number % 8))
    page.wait_for_function(
        "(n) => bench.keys.length === n && bench.keys[n - 1].saved", arg=number + 1
    )
    page.wait_for_timeout(50)


def main() -> None:
    print(f"A tag in JupyterLab, {TIMES} times ({load()}):\n")
    lines = []
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        lab = Lab(Path(folder))
        try:
            for name in CASES:
                found = measure(chromium, lab, name)
                for way in ("key to painted", "choice to disk", "key to disk", "key to Saved"):
                    lines.append([name, f"{way}, ms", *summary(found[way])])
                for way, unit in (("sent", "bytes"), ("received", "bytes"), ("frames", "received")):
                    lines.append([name, f"{way}, {unit}", "", f"{found[way]:.0f}", ""])
        finally:
            lab.stop()
    print(table(["before", "what", "min", "p50", "p95"], lines), end="\n\n")
    print("painted: the first task after the frame that follows the key; waiting for the screen's")
    print("next picture is in it. choice: the page begins with the key. disk: the tag is in")
    print("memory, in the work file, and flushed.")
    print(load())


if __name__ == "__main__":
    main()

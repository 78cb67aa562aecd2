"""How long a tag takes: in the browser until it is painted, and in Python until it is on disk.

Run ``python bench/tagging.py``; words after it choose the cases, for example ``3k``.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import CODEBOOK, CODES, browser, load, summary, table, tags_of, text_of
from playwright.sync_api import Browser, Page

from framingkit.course.documents import Document, Section
from framingkit.widgets.javascript import join, style
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog

CASES = {
    "3k/100": (3_000, 100),
    "100k/10000": (100_000, 10_000),
    "1M/10000": (1_000_000, 10_000),
    "3k/1000 deep": (3_000, 1_000),
}
TIMES, WHOLE_TIMES = 40, 12
_SCRIPT = (Path(__file__).parent / "tagging.js").read_text(encoding="utf-8")


def tagger_of(text: str, spans: list[dict[str, Any]], folder: Path) -> SpanTagger:
    """Make a tagger of a text, with tags in its work log."""
    document = Document("bench", "Bench", text, "0" * 64, (Section("all", "All", 0, len(text)),))
    log = WorkLog(folder / "amber-heron-417.jsonl")
    tagger = SpanTagger(document, "all", CODEBOOK, codes=CODES, work_log=log)
    if spans:
        tagger._receive(tagger, operations_of(spans), [])
        tagger = SpanTagger(document, "all", CODEBOOK, codes=CODES, work_log=log)
        assert len(tagger.tags) == len(spans), "Some of the tags that were made up are refused."
    return tagger


def operations_of(spans: list[dict[str, Any]], client: str = "made", first: int = 1) -> Any:
    """Put tags in the words of a browser."""
    operations = [
        {
            "id": f"{client}-{seq}", "client": client, "seq": seq, "kind": "tag",
            "target": f"{client}.{seq}",
            "span": {key: span[key] for key in ("start", "end", "label", "quote")},
        }
        for seq, span in enumerate(spans, first)
    ]  # fmt: skip
    return {"kind": "operations", "operations": operations}


def open_page(chromium: Browser) -> Page:
    page = chromium.new_page(viewport={"width": 1100, "height": 900})
    css = style("base", "span_tagger")
    box = ".whole { height: 520px; overflow: auto; font: 17px/2.2 serif; white-space: pre-wrap }"
    body = (
        f"<!doctype html><meta charset=utf-8><style>{css}{box}</style>"
        f'<body data-jp-theme-light="true"><main></main><script>{_SCRIPT}</script>'
    )
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto("http://127.0.0.1/")
    return page


def in_browser(chromium: Browser, characters: int, count: int) -> dict[str, Any]:
    """Time the tagger and the two plain ways on the same text."""
    chance = random.Random(1)
    text = text_of(characters, chance)
    spans = tags_of(text, count, chance)
    with tempfile.TemporaryDirectory() as folder:
        state = tagger_of(text, [], Path(folder)).get_state()
    traits = {name: value for name, value in state.items() if not name.startswith("_")}
    # given to the page alone: the kit itself takes no more than 5,000 tags
    traits["tags"] = [
        {"client": "made", "seq": seq, "note": "", "confidence": None, **span}
        for seq, span in enumerate(spans, 1)
    ]
    found: dict[str, Any] = {}
    page = open_page(chromium)
    code = join("span_tagger")
    found["tagger mount"] = page.evaluate("([c, t]) => bench.mount(c, t)", [code, traits])
    found["tagger"] = page.evaluate("(times) => bench.tag(times)", TIMES)
    page.close()
    page = open_page(chromium)
    found["margin open mount"] = page.evaluate("([c, t]) => bench.mount(c, t)", [code, traits])
    assert page.evaluate("bench.margin()") == count
    found["margin open"] = page.evaluate("(times) => bench.tag(times)", TIMES)
    page.close()
    for way in ("elements", "html"):
        page = open_page(chromium)
        whole = page.evaluate(
            "([way, text, tags, times]) => bench.whole(way, text, tags, times)",
            [way, text, spans, WHOLE_TIMES],
        )
        found[way], found[f"{way} mount"] = whole["found"], whole["mount"]
        page.close()
    return found


def browser_table(chosen: list[str]) -> str:
    lines = []
    with browser() as chromium:
        for name in chosen:
            found = in_browser(chromium, *CASES[name])
            middle = statistics.median(map(sum, found["tagger"]))
            for way in ("tagger", "margin open", "elements", "html"):
                work = [sum(one) for one in found[way]]
                ratio = statistics.median(work) / middle
                handler = statistics.median(one[0] for one in found[way])
                mount = found[f"{way} mount"]
                lines.append(
                    [name, way, f"{mount:.0f}", f"{handler:.1f}", *summary(work), f"{ratio:.1f}"]
                )
    heads = ["characters/tags", "way", "first paint", "handler p50", "work min", "p50", "p95"]
    return table([*heads, "ratio"], lines)


def in_python(count: int) -> list[list[str]]:
    """Time a tag from its message to the confirmation: checked, in memory, and on disk."""
    chance = random.Random(2)
    text = text_of(100_000, chance)
    wall, cpu, confirmed = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        tagger = tagger_of(text, tags_of(text, count, chance), Path(folder))
        tagger.send = lambda content, buffers=None: confirmed.append(content["kind"])
        tagger._receive(tagger, {"kind": "hello", "client": "new", "version": count}, [])
        for number, span in enumerate(tags_of(text, 200, chance), 1):
            message = operations_of([span], "new", count + number)
            start, start_cpu = time.perf_counter(), time.process_time()
            tagger._receive(tagger, message, [])
            wall.append(1000 * (time.perf_counter() - start))
            cpu.append(1000 * (time.process_time() - start_cpu))
    assert confirmed == ["welcome", *["saved"] * 200], set(confirmed)
    return [[str(count), "wall", *summary(wall)], [str(count), "CPU", *summary(cpu)]]


def main(words: list[str]) -> None:
    chosen = [name for name in CASES if not words or any(name.startswith(word) for word in words)]
    print(f"A tag in the browser, in ms ({load()}):\n")
    print(browser_table(chosen), end="\n\n")
    print("elements, html: the plain ways, which make the whole text again for each tag.")
    print("ratio: how many times the tagger's p50 that is.\n")
    print(f"A tag in Python, from its message to its confirmation, in ms ({load()}):\n")
    lines = [line for count in (100, 4_700) for line in in_python(count)]
    print(table(["tags before", "time", "min", "p50", "p95"], lines), end="\n\n")
    print(load())


if __name__ == "__main__":
    main(sys.argv[1:])

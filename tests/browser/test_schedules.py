"""Nobody's work is lost, whatever happens in whatever order.

A learner tags, changes, removes and takes back in tabs and kernels on one work log, while
connections, pages, kernels and the disk fail by chance. ``FRAMINGKIT_SCHEDULES=1000`` makes a
long run. Every schedule has a number, and the same number gives the same acts.
"""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from framingkit import course
from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.learner import learner_from
from framingkit.work.log import WorkLog
from framingkit.work.operations import State, operation_from_json
from framingkit.work.sheet import TextVersion

SCHEDULES = int(os.environ.get("FRAMINGKIT_SCHEDULES", "10"))
FIRST = int(os.environ.get("FRAMINGKIT_FIRST_SCHEDULE", "0"))
CODES = ["game_metaphor", "ceremony_symbol", "nature_metaphor", "vague_attribution"]
STEPS = {
    "tag": 30, "change": 8, "remove": 8, "undo": 8, "redo": 3, "deaf": 6, "mute": 6, "heal": 8,
    "reload": 4, "restart": 4, "run": 5, "look": 8, "full": 3, "space": 4, "delete file": 1,
    "wait": 5,
}  # fmt: skip
ARTICLE, CODEBOOK = course.load_article("tagger-tour"), course.load_codebook()
KEY = TextVersion.of(ARTICLE, CODEBOOK).key
counts: Counter[str] = Counter()


class Tab:
    """A page with a tagger of one of the kernels; it is dead after that kernel is restarted."""

    def __init__(self, page, kernel):
        self.page, self.kernel, self.handle, self.dead = page, kernel, None, True
        self.made = set()


class World:
    """A learner's tabs, kernels and disk."""

    def __init__(self, pages, show, path, seed):
        self.chance, self.path, self.show = random.Random(seed), path, show
        self.made, self.acknowledged, self.full, self.word = {}, set(), False, 0
        self.logs = [self.kernel(), self.kernel()]
        self.tabs = [Tab(page, kernel) for page, kernel in zip(pages, [0, 0, 1], strict=True)]
        for tab in self.tabs:
            if tab.page.url != "about:blank":
                tab.page.reload()
            self.run(tab)

    def kernel(self):
        """Open the log as the kernels of one learner do, who was chosen in this folder."""
        return WorkLog(self.path, learner=learner_from(self.path.stem))

    def run(self, tab):
        """Run the cell: a new widget of the tab's kernel takes the place of the old one."""
        log = self.logs[tab.kernel]
        tagger = SpanTagger(ARTICLE, "visit", CODEBOOK, codes=CODES, work_log=log, patience=30)
        old, tab.dead, tab.made = tab.handle, False, set()
        tab.handle = self.show(tab.page, tagger)
        self.listen(tab.handle)
        if old:
            tab.page.evaluate("(wire) => learner.bury(wire)", old.wire)

    def listen(self, handle):
        """Note what the kernel confirms, also when the page never hears of it."""
        tell = handle.tell

        def noting(message):
            content = message["content"]
            if content["kind"] == "saved":
                self.acknowledged.update(content["ids"])
            tell(message)

        handle.tell = noting

    def append(self, path, lines, *start):
        """Stand in for the disk, which may be full: then half of it is written, or nothing."""
        if self.full:
            if self.chance.random() < 0.5:
                self.real_append(path, lines[: self.chance.randrange(len(lines) or 1)], *start)
            raise FramingkitError("the disk is full")
        return self.real_append(path, lines, *start)

    def step(self, what, tab):
        if what in ("tag", "change", "remove", "undo", "redo"):
            self.learn(what, tab)
        elif what == "deaf":
            tab.handle.drop_to_browser = True
        elif what == "mute":
            tab.handle.drop_to_python = True
        elif what == "heal" and not tab.dead:
            tab.handle.drop_to_browser = tab.handle.drop_to_python = False
        elif what == "reload" and not tab.dead:
            tab.handle.reload()
            tab.made = set()
        elif what == "run":
            self.run(tab)
        elif what == "restart":
            self.restart(tab.kernel)
        elif what == "look":
            self.look()
        elif what in ("full", "space"):
            self.full = what == "full"
        elif what == "delete file" and not self.full:
            self.path.unlink(missing_ok=True)
            self.look()  # were all kernels killed before they look again, nobody could help
        elif what == "wait":
            tab.page.wait_for_timeout(self.chance.randrange(90))

    def learn(self, what, tab):
        """Do something in a view, and note the operations that came of it."""
        self.word += 1
        number = self.word if what == "tag" else self.chance.randrange(self.word + 1)
        digit = self.chance.randrange(1, len(CODES) + 1)
        found = tab.page.evaluate(
            "([wire, what, number, digit]) => learner.act(wire, what, number, digit)",
            [tab.handle.wire, what, number, digit],
        )
        fresh = {one["id"]: one for one in found["made"] if one["id"] not in self.made}
        self.made |= fresh
        tab.made |= set(fresh)
        counts["operations"] += len(fresh)
        counts["tags"] += sum(one["kind"] == "tag" for one in fresh.values())
        if found["badge"] == "Saved":
            on_disk = WorkLog(self.path).state.latest
            for one in map(self.made.get, tab.made):
                latest = on_disk.get((KEY, one["target"]))
                holds = latest is not None and latest.rank >= (one["seq"], one["client"])
                assert holds, f"the badge said more than is true about {one}"

    def restart(self, kernel):
        """Kill a kernel: its views stay, but nobody is behind them until their cells run again."""
        for tab in self.tabs:
            if tab.kernel == kernel:
                tab.dead = tab.handle.drop_to_browser = tab.handle.drop_to_python = True
        self.logs[kernel] = self.kernel()

    def look(self):
        """Let all kernels look at the file, as they do once a second."""
        for log in self.logs:
            try:
                log.refresh()
            except FramingkitError:
                assert self.full

    def settle(self):
        """Mend everything, and go on until nothing is kept in a browser any more."""
        self.full = False
        for tab in self.tabs:
            if tab.dead:
                self.run(tab)
            tab.handle.drop_to_browser = tab.handle.drop_to_python = False
        self.until(self.all_saved)
        for tab in self.tabs:  # the next act of anybody shows every page what it missed
            self.learn("tag", tab)
        self.until(self.all_saved)
        self.until(self.all_alike)

    def until(self, reached):
        end = time.monotonic() + 15
        while wrong := reached():
            assert time.monotonic() < end, wrong
            self.look()
            self.tabs[0].page.wait_for_timeout(10)

    def all_saved(self):
        badges = [
            tab.page.evaluate("(w) => learner.badge(w)", tab.handle.wire) for tab in self.tabs
        ]
        kept = self.tabs[0].page.evaluate("learner.kept()")
        return "" if badges == ["Saved"] * 3 and not kept else f"{badges}, {kept} kept"

    def all_alike(self):
        wanted = sorted(
            [
                tag.target,
                CODEBOOK.code(tag.span.label).name,
                tag.span.note and f"Note: {tag.span.note}",
            ]
            for tag in WorkLog(self.path).state.tags(KEY)
        )
        for tab in self.tabs:
            shown = sorted(tab.page.evaluate("(w) => learner.shown(w)", tab.handle.wire))
            if shown != wanted:
                return f"shown {shown}, but in the log {wanted}"
        return ""

    def check(self):
        """Compare the log on disk with all that was ever done."""
        log, done = WorkLog(self.path), State()
        for one in self.made.values():
            done.apply(operation_from_json(one | {"document": KEY}))
        lost = set(self.made) - log.state.seen
        assert self.acknowledged <= set(self.made)
        counts["acknowledged"] += len(self.acknowledged)
        latest = {key: op.id for key, op in log.state.latest.items()}
        assert latest == {key: op.id for key, op in done.latest.items()}, f"lost: {lost}"
        assert log.has_header
        return lost


@pytest.fixture
def pages(context):
    script = (Path(__file__).parent / "learner.js").read_text(encoding="utf-8")
    context.add_init_script(script)
    return [context.new_page() for _ in range(3)]


@pytest.mark.parametrize("batch", range(FIRST, FIRST + SCHEDULES, 25))
def test_every_act_of_a_learner_is_in_the_log_in_the_end(
    batch, pages, open_widget, tmp_path, monkeypatch
):
    for seed in range(batch, min(batch + 25, FIRST + SCHEDULES)):
        path = tmp_path / f"learner-{seed}.jsonl"
        world = World(pages, open_widget, path, seed)
        world.real_append = disk.append
        steps = world.chance.choices(list(STEPS), list(STEPS.values()), k=24)
        who = world.chance.choices(world.tabs, [5, 2, 3], k=len(steps))
        try:
            with monkeypatch.context() as patch:
                patch.setattr(disk, "append", world.append)
                for what, tab in zip(steps, who, strict=True):
                    world.step(what, tab)
                world.settle()
            world.check()
        except AssertionError as error:
            raise AssertionError(f"schedule {seed} ({', '.join(steps)}): {error}") from error
        counts.update(schedules=1, steps=len(steps))
    print(dict(counts))

"""A browser keeps every line before anybody says “Saved”, and gives all of it back.

The storage here is one of Python that fails when it is told to. The real one is in
tests/browser/test_site_storage.py.
"""

import asyncio
import json

import pytest
from apart import apart
from work_samples import TEXT, tag

from framingkit.base import lasting
from framingkit.site import opening
from framingkit.site.mirror import Mirror, line_id
from framingkit.work import WorkLog, find_log, open_log
from framingkit.work import folder as work_folder


class StorageError(Exception):
    pass


class Browser:
    """One origin's database, and the tabs that are open on it."""

    def __init__(self):
        self.lines, self.files, self.tabs = {}, {}, []
        self.fails, self.persisted, self.secure = "", False, True
        self.quiet = False


class Storage:
    def __init__(self, browser, mirror):
        self.browser, self.mirror = browser, mirror
        browser.tabs.append(self)

    def _may_fail(self):
        if self.browser.fails:
            raise StorageError(self.browser.fails)

    async def load(self):
        await asyncio.sleep(0)
        self._may_fail()
        return {"lines": [*self.browser.lines.values()], "files": [*self.browser.files.items()]}

    async def keep(self, lines, files):
        await asyncio.sleep(0.01)
        self._may_fail()
        self.browser.lines |= {(one["file"], one["id"]): one for one in lines}
        self.browser.files |= dict(files)
        for tab in self.browser.tabs if (lines or files) and not self.browser.quiet else ():
            if tab is not self:
                tab.mirror.take(json.loads(json.dumps({"lines": lines, "files": files})))
        return len(self.browser.lines)

    async def claim(self, name, text):
        await asyncio.sleep(0)
        self._may_fail()
        return self.browser.files.setdefault(name, text)

    async def facts(self):
        return {"persisted": self.browser.persisted, "secure": self.browser.secure}


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setattr("framingkit.site.mirror._AGAIN", 0.02)
    monkeypatch.setattr("framingkit.site.mirror._LOOK", 0.02)
    # in a browser the work folder has the same place in every tab
    monkeypatch.setattr("framingkit.work.learner._digest", lambda *_: "in a browser")
    yield Browser()
    lasting.keepers.clear()


async def open_tab(browser, folder, monkeypatch):
    """Open a page: a folder of its own in memory, and nothing known of other pages."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("FRAMINGKIT_WORK", str(folder))
    monkeypatch.setattr(work_folder, "_open", [])
    mirror = Mirror(folder)
    await opening.start(mirror, Storage(browser, mirror))
    # each tab has a process of its own; here each keeper takes what lies in its folder
    lasting.keepers[:] = [tab.mirror for tab in browser.tabs]
    return mirror


async def kept(mirror):
    answer = asyncio.get_running_loop().create_future()
    mirror.when_kept(answer.set_result)
    return await asyncio.wait_for(answer, 2)


async def until(come):
    for _ in range(100):
        if come():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


def acts(log):
    log.refresh()
    return sorted(log.state.seen)


def done(log, number, client="tab-a"):
    log.open_text(TEXT)
    log.record([tag(number, client=client)])


def test_a_reload_brings_back_everything_that_was_kept(tmp_path, monkeypatch, browser):
    async def pages():
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        log = open_log()
        done(log, 1)
        assert await kept(mirror) == ""
        done(log, 2)
        assert await kept(mirror) == ""
        await open_tab(browser, tmp_path / "two", monkeypatch)
        again = open_log()
        assert (again.learner, again.coder) == (log.learner, log.coder)
        assert acts(again) == acts(log) == ["tab-a-1", "tab-a-2"]
        assert again.path.read_bytes() == log.path.read_bytes()

    apart(asyncio.run, pages())


def test_nobody_says_saved_before_the_browser_does(tmp_path, monkeypatch, browser):
    async def page():
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        await kept(mirror)
        said = []
        done(open_log(), 1)
        mirror.when_kept(lambda why: said.append((why, len(browser.lines))))
        await asyncio.sleep(0.005)
        assert said == []
        await asyncio.sleep(0.02)
        assert said == [("", 3)]  # the header, the text and the act

    apart(asyncio.run, page())


def test_what_does_not_fit_is_said_and_tried_again(tmp_path, monkeypatch, browser):
    async def page():
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        log = open_log()
        browser.fails = "QuotaExceededError"
        done(log, 1)
        assert await kept(mirror) == "full"
        assert "full" in lasting.troubles()
        browser.fails = ""
        await until(lambda: "tab-a-1" in {id for _, id in browser.lines})
        await until(lambda: "full" not in lasting.troubles())

    apart(asyncio.run, page())


def test_two_tabs_only_add_and_hear_of_each_other(tmp_path, monkeypatch, browser):
    async def pages():
        one = await open_tab(browser, tmp_path / "one", monkeypatch)
        first = open_log()
        two = await open_tab(browser, tmp_path / "two", monkeypatch)
        second = open_log()
        assert first.learner == second.learner
        done(first, 1, "tab-a")
        done(second, 1, "tab-b")
        await asyncio.gather(kept(one), kept(two))
        await until(lambda: len(acts(first)) == len(acts(second)) == 2)
        assert acts(first) == acts(second) == ["tab-a-1", "tab-b-1"]
        await open_tab(browser, tmp_path / "three", monkeypatch)
        assert acts(open_log()) == ["tab-a-1", "tab-b-1"]

    apart(asyncio.run, pages())


def test_a_tab_that_heard_nothing_finds_what_another_one_kept(tmp_path, monkeypatch, browser):
    async def pages():
        await open_tab(browser, tmp_path / "one", monkeypatch)
        first = open_log()
        two = await open_tab(browser, tmp_path / "two", monkeypatch)
        second = open_log()
        browser.quiet = True
        done(first, 1, "tab-a")
        await kept(browser.tabs[0].mirror)
        done(second, 1, "tab-b")
        await kept(two)
        await until(lambda: acts(second) == ["tab-a-1", "tab-b-1"])

    apart(asyncio.run, pages())


def test_two_tabs_of_a_new_browser_begin_as_one_learner(tmp_path, monkeypatch, browser):
    async def pages():
        one = tmp_path / "one"
        one.mkdir()
        monkeypatch.setenv("FRAMINGKIT_WORK", str(one))
        monkeypatch.setattr(work_folder, "_open", [])
        first, second = Mirror(one), Mirror(tmp_path / "two")
        # both have loaded nothing when the second one chooses
        there = await Storage(browser, first).claim("chosen.json", json.dumps({}))
        assert there == "{}"
        browser.files["chosen.json"] = (await chosen_elsewhere(tmp_path)).read_text()
        await opening.start(first, Storage(browser, first))
        log = open_log()
        assert log.learner == find_learner(browser)
        assert second.troubles == []

    apart(asyncio.run, pages())


async def chosen_elsewhere(tmp_path):
    from framingkit.work.learner import Chosen, new_learner, place_of

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    Chosen("jade-wren-200", new_learner(), "jade-wren-200.jsonl", place_of(folder, folder)).write(
        folder
    )
    return folder / "chosen.json"


def find_learner(browser):
    return json.loads(browser.files["chosen.json"])["learner"]


def test_a_cleared_storage_gets_everything_back_and_the_learner_hears_of_it(
    tmp_path, monkeypatch, browser
):
    async def page():
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        log = open_log()
        done(log, 1)
        await kept(mirror)
        browser.lines.clear()
        browser.files.clear()
        done(log, 2)
        assert await kept(mirror) == ""
        await until(lambda: {"tab-a-1", "tab-a-2"} <= {id for _, id in browser.lines})
        await until(lambda: "chosen.json" in browser.files)
        assert json.loads(browser.files["chosen.json"])["learner"] == log.learner
        assert "cleared" in lasting.troubles()

    apart(asyncio.run, page())


def test_a_database_that_goes_away_is_filled_again(tmp_path, monkeypatch, browser):
    async def page():
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        done(open_log(), 1)
        await kept(mirror)
        browser.lines.clear()
        mirror.take({"gone": "cleared"})
        await until(lambda: "tab-a-1" in {id for _, id in browser.lines})

    apart(asyncio.run, page())


@pytest.mark.parametrize(
    ("fails", "trouble"), [("SecurityError", "blocked"), ("VersionError", "newer")]
)
def test_a_browser_that_keeps_nothing_is_worked_in_and_says_so(
    tmp_path, monkeypatch, browser, fails, trouble
):
    async def page():
        browser.fails = fails
        mirror = await open_tab(browser, tmp_path / "one", monkeypatch)
        log = open_log()
        done(log, 1)
        assert await kept(mirror) == ""
        assert lasting.is_brief()
        assert lasting.troubles() == [trouble]
        assert acts(log) == ["tab-a-1"]

    apart(asyncio.run, page())


@pytest.mark.parametrize(
    ("persisted", "secure", "troubles"),
    [(True, True, []), (False, True, ["changing"]), (False, False, ["insecure"])],
)
def test_a_storage_that_may_be_cleared_is_told_calmly(
    tmp_path, monkeypatch, browser, persisted, secure, troubles
):
    async def page():
        browser.persisted, browser.secure = persisted, secure
        await open_tab(browser, tmp_path / "one", monkeypatch)
        assert lasting.troubles() == troubles

    apart(asyncio.run, page())


@pytest.mark.parametrize("name", ["../x.jsonl", "/x.jsonl", "a\\..\\b.jsonl", "", "../../y.txt"])
def test_a_record_cannot_write_outside_the_work_folder(tmp_path, name):
    folder = tmp_path / "work"
    folder.mkdir()
    mirror = Mirror(folder)
    line = {"file": name, "id": "a-1", "line": "{}", "at": 1}
    mirror.restore({"lines": [line], "files": [[name, "text"]]})

    assert [*tmp_path.rglob("*")] == [folder]


def test_records_of_anybody_do_not_stop_a_page(tmp_path):
    mirror = Mirror(tmp_path)
    strange = [{"file": "a.jsonl"}, {"file": "a.jsonl", "id": 3, "line": None, "at": "soon"}, {}]
    mirror.restore({"lines": strange, "files": []})

    assert WorkLog(tmp_path / "b.jsonl").state.latest == {}


def test_an_act_has_one_name_whoever_keeps_it():
    assert line_id('{"id": "tab-a-1", "seq": 1, "kind": "tag"}') == "tab-a-1"
    assert line_id('{"kind": "text", "id": "alaska-summit"}').startswith("#")
    assert line_id("torn {").startswith("#")


def test_without_a_browser_nothing_is_opened(tmp_path):
    apart(asyncio.run, opening.open_storage())

    assert lasting.keepers == []
    assert find_log(folder=tmp_path) is None

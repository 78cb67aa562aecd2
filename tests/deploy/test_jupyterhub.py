"""A real JupyterHub with real accounts: logging in, tagging, handing in, and who can read what.

These tests need root and the installation that `python run.py test` makes; elsewhere they are
skipped, and say so. Accounts of the system are made for them and deleted at the end.
"""

import asyncio
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from apart import apart
from hub import DEPLOY, PASSWORD, TEXT, Accounts, Hub, Visitor, why_not
from playwright.sync_api import sync_playwright

from framingkit.work.log import WorkLog

pytestmark = pytest.mark.slow
LESSON, DELETED = "notebooks/03-commentary.ipynb", "notebooks/04-open-ending.ipynb"


def set_up() -> Any:
    spec = importlib.util.spec_from_file_location("set_up", DEPLOY / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every account can get into, wherever pytest has its own."""
    folder = Path(tempfile.mkdtemp(prefix="framingkit-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def hub(place: Path) -> Iterator[Hub]:
    if reason := why_not():
        pytest.skip(reason)
    installer = set_up()
    venv = installer.folder_for_checks()
    if not installer.is_ready(venv):
        pytest.skip("JupyterHub was NOT tried: `python run.py test` installs it first")
    installer.install_kit(venv)
    accounts = Accounts(place / "homes", learners=3)
    try:
        hub = Hub(venv, place, accounts)
        yield hub
        hub.stop()
    finally:
        accounts.delete()


@pytest.fixture(scope="module")
def work(hub: Hub) -> SimpleNamespace:
    """Let two learners and an instructor log in at once, and the learners tag and hand in."""
    return apart(asyncio.run, everybody_works(hub))


def log_in_earlier(hub: Hub, name: str) -> dict[str, bytes]:
    """Leave a learner's folder as a first login to an earlier version and some work left it."""
    code = (
        "import json, sys, pathlib; sys.path.insert(0, sys.argv[1]); import open_course as o;"
        " folder = pathlib.Path.home() / 'framingkit'; o.bring(o.kit_folder(), folder, '0.0.1');"
        " record = o.read_record(folder); record[sys.argv[2]] = '0' * 64;"
        " (folder / o.RECORD).write_text(json.dumps(record));"
        " (folder / sys.argv[2]).write_text('Ben wrote here.'); (folder / sys.argv[3]).unlink()"
    )
    python = str(hub.venv / "bin" / "python")
    done = hub.accounts.run(name, python, "-c", code, str(hub.venv), LESSON, DELETED)
    assert done.returncode == 0, done.stderr
    folder = home(hub, name)
    files = [path for path in folder.rglob("*.*") if path.is_file() and path.name[0] != "."]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


async def everybody_works(hub: Hub) -> SimpleNamespace:
    ann, ben, cleo = hub.accounts.learners
    (teacher,) = hub.accounts.instructors
    earlier = log_in_earlier(hub, ben)
    visitors = {name: Visitor(hub, name) for name in (ann, ben, cleo, teacher)}

    async def begin(name: str) -> str:
        await visitors[name].log_in()
        return await visitors[name].start()

    pages = dict(zip(visitors, await asyncio.gather(*map(begin, visitors)), strict=True))
    told: dict[str, list[list[str]]] = {}
    acts: dict[str, list[str]] = {}
    for name in (ann, ben):
        one = visitors[name]
        await one.open_kernel()
        told[name], acts[name] = [], []
        for number in range(2):  # tag and hand in, twice
            act, answer = await one.tag(number)
            assert answer["kind"] == "saved", answer
            acts[name].append(act)
            told[name].append(await one.hand_in())
    for one in visitors.values():
        await one.leave()
    return SimpleNamespace(
        ann=ann, ben=ben, cleo=cleo, teacher=teacher, pages=pages, told=told, acts=acts,
        earlier=earlier,
    )  # fmt: skip


def home(hub: Hub, name: str) -> Path:
    return hub.accounts.homes / name / "framingkit"


def handed_in(hub: Hub, name: str = "") -> Path:
    return hub.folder / "srv" / "handed-in" / name


def test_everybody_lands_on_the_start_page_with_the_course_in_a_folder_of_their_own(hub, work):
    for name in (work.ann, work.ben, work.teacher):
        assert "How the news frames diplomacy" in work.pages[name]
        assert "kept on this server" in work.pages[name]
        for words in ("account", "nowhere else", "this computer", "run.py"):
            assert words not in work.pages[name], "they have logged in, and work lies on a server"
        assert (home(hub, name) / LESSON).is_file()
        assert (home(hub, name) / LESSON).owner() == name
        assert stat.S_IMODE(home(hub, name).stat().st_mode) == 0o700


def test_solutions_are_with_instructors_and_not_with_learners(hub, work):
    assert (home(hub, work.teacher) / "exercises" / "solutions").is_dir()
    assert "docs/instructor-guide.md" in work.pages[work.teacher]
    assert not list(home(hub, work.ann).rglob("solutions"))
    assert "docs/instructor-guide.md" not in work.pages[work.ann]


def test_every_confirmed_tag_is_in_the_log_of_its_learner(hub, work):
    for name in (work.ann, work.ben):
        (path,) = (home(hub, name) / "work").glob("*.jsonl")
        assert set(work.acts[name]) <= WorkLog(path).state.seen


def test_the_learner_reads_when_it_was_handed_in(hub, work):
    for sentences in work.told[work.ann]:
        assert sentences[0].startswith("Handed in at ")


def test_a_second_hand_in_leaves_the_first_as_it_was(hub, work):
    sheets = [json.loads(p.read_bytes()) for p in sorted(handed_in(hub, work.ann).iterdir())]
    counts = [len(document["spans"]) for sheet in sheets for document in sheet["documents"]]
    assert sorted(counts) == [1, 2]


def test_learners_cannot_read_list_or_change_the_work_of_each_other(hub, work):
    theirs = next(handed_in(hub, work.ann).iterdir())
    denied = [
        ("cat", theirs), ("ls", theirs.parent), ("ls", handed_in(hub)), ("rm", "-f", theirs),
        ("touch", theirs.parent / "x"), ("touch", handed_in(hub) / "x"),
        ("mv", theirs.parent, handed_in(hub) / "mine"), ("ln", theirs, "mine"),
        ("ls", home(hub, work.ann)), ("cat", home(hub, work.ann) / LESSON),
        ("ls", hub.folder / "srv" / "hub"),
    ]  # fmt: skip
    succeeded = [
        words for words in denied
        if hub.accounts.run(work.ben, *map(str, words)).returncode == 0
    ]  # fmt: skip
    assert succeeded == []
    own = hub.accounts.run(work.ben, "ls", str(home(hub, work.ben) / "handed-in"))
    assert len(own.stdout.split()) == 2, "what one has handed in oneself is in sight"


def test_in_one_drop_folder_for_all_nobody_looks_either(hub, work):
    """As on The Littlest JupyterHub: docs/jupyterhub.md gives its rights, 3773."""
    import grp  # only where there are groups

    drop = hub.folder / "drop"
    drop.mkdir()
    os.chown(drop, 0, grp.getgrnam(hub.accounts.group).gr_gid)
    drop.chmod(0o3773)
    code = (
        "import os, sys; os.umask(0o077); os.environ['FRAMINGKIT_HAND_IN_FOLDER'] = sys.argv[1];"
        " from framingkit.work import hand_in; print(hand_in({'coder': 'amber-heron-417'}).path)"
    )
    python = str(hub.venv / "bin" / "python")
    paths = []
    for name in (work.ann, work.ben):  # the same code name, perhaps in the same second
        done = hub.accounts.run(name, python, "-c", code, str(drop))
        assert done.returncode == 0, done.stderr
        paths.append(done.stdout.strip())
    assert len(set(paths)) == 2
    denied = (("ls", str(drop)), ("cat", paths[0]), ("rm", "-f", paths[0]), ("mv", paths[0], "x"))
    for command in denied:
        assert hub.accounts.run(work.ben, *command).returncode != 0, command
    assert hub.accounts.run(work.teacher, "cat", *paths).returncode == 0


def test_the_settings_of_lti_are_settings_of_the_authenticator_that_is_installed(hub):
    code = (
        "import sys; from traitlets.config.loader import PyFileConfigLoader as Loader;"
        " from ltiauthenticator.lti13.auth import LTI13Authenticator as one;"
        " found = Loader(sys.argv[1]).load_config();"
        " names = {*found.LTI13Authenticator, *found.Authenticator};"
        " assert len(names) == 8, names; assert not names - set(one.class_trait_names()), names;"
        " one(config=found)"
    )
    file = str(DEPLOY / "lti13_config.py")
    python = str(hub.venv / "bin" / "python")
    done = subprocess.run([python, "-c", code, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_shared_folder_is_read_by_all_and_written_by_instructors(hub, work):
    shared = str(home(hub, work.teacher) / "shared" / "class.txt")
    assert hub.accounts.run(work.teacher, "sh", "-c", f"echo ours > '{shared}'").returncode == 0
    seen = str(home(hub, work.ann) / "shared" / "class.txt")
    assert hub.accounts.run(work.ann, "cat", seen).stdout == "ours\n"
    for command in (("touch", seen), ("rm", "-f", seen), ("touch", f"{seen}.2")):
        assert hub.accounts.run(work.ann, *command).returncode != 0


def test_an_instructor_collects_both_learners_with_the_usual_command(hub, work):
    course = home(hub, work.teacher)
    done = hub.accounts.run(
        work.teacher, str(hub.venv / "bin" / "framingkit"), "collect", str(course / "handed-in"),
        "-o", str(course / "class.jsonl.gz"), "--key", str(course / "key.csv"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2 learners" in done.stdout + done.stderr


def test_a_login_after_an_update_overwrites_nothing(hub, work):
    """Ben had logged in to an earlier version, and had worked in it, before this one came."""
    folder = home(hub, work.ben)
    assert {name: (folder / name).read_bytes() for name in work.earlier} == work.earlier
    (new,) = (folder / "notebooks").glob("03-commentary (new in *.ipynb")
    assert new.read_bytes() == (home(hub, work.ann) / LESSON).read_bytes()
    assert (folder / DELETED).is_file(), "what is not there comes again"


@pytest.mark.skipif("FRAMINGKIT_CHROMIUM" not in os.environ, reason="no browser was found")
def test_in_a_browser_from_the_login_to_handed_in(hub, work):
    """Type name and pass phrase, tag with a key, press the button, read the answer."""
    name = work.cleo
    said = apart(visit, hub, name, Path(__file__).parent.parent / "browser" / "learner.js")
    assert "Handed in at " in said
    (path,) = handed_in(hub, name).iterdir()
    (document,) = json.loads(path.read_bytes())["documents"]
    assert [TEXT[s["start"] : s["end"]] for s in document["spans"]] == [
        span["quote"] for span in document["spans"]
    ]
    assert len(document["spans"]) == 1


def visit(hub: Hub, name: str, script: Path) -> str:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["FRAMINGKIT_CHROMIUM"], args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(path=script)
        page.set_default_timeout(40_000)
        page.goto(hub.url)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("input[type=submit]").click()
        page.wait_for_url(f"**/user/{name}/framingkit")
        look(page, "start")
        page.goto(f"{hub.url}/user/{name}/lab/tree/{LESSON}")
        tagger = page.locator(".framingkit-span-tagger").first
        tagger.locator(".fk-text").wait_for()
        tagger.scroll_into_view_if_needed()
        tagger.evaluate("(root) => learner.tag(root, 3, '1')")
        tagger.locator(".fk-badge").get_by_text("Saved", exact=True).wait_for()
        button = page.get_by_role("button", name="Hand in my answers")
        button.scroll_into_view_if_needed()
        button.click()
        reply = page.locator(".framingkit-hand-in .fk-reply")
        reply.get_by_text("Handed in at").wait_for()
        look(page, "handed-in")
        said = str(reply.text_content())
        chromium.close()
        return said


def look(page: Any, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("FRAMINGKIT_HUB_PICTURES"):
        page.screenshot(path=f"{folder}/hub-{name}.png")

"""What ``python run.py test`` runs: everything, only what is quick, or what pytest is asked for."""

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("checks", ROOT / ".ci" / "checks.py")


@pytest.fixture
def checks():
    module = importlib.util.module_from_spec(SPEC)
    SPEC.loader.exec_module(module)
    return module


@pytest.fixture
def run(checks, monkeypatch):
    """Run the checks with some words: the names of the stages, and the command of the tests."""
    monkeypatch.setenv("FRAMINGKIT_CHROMIUM", __file__)  # any file that is there
    called = []

    def stub(stage):
        def noted():
            called.append(stage.__name__)
            return stage.__name__ != "types"

        noted.__name__, noted.__doc__ = stage.__name__, stage.__doc__
        return noted

    for group in ("QUICK", "STAGES"):
        monkeypatch.setattr(checks, group, [stub(stage) for stage in getattr(checks, group)])
    monkeypatch.setattr(checks, "with_empty_work", lambda *command: called.append(command) or True)

    def go(*words):
        called.clear()
        failed = checks.main(list(words))
        *stages, tests = called
        assert failed == ("types" in stages)
        return stages, " ".join(tests)

    return go


def test_without_words_everything_runs_and_no_test_is_left_out(run):
    stages, tests = run()

    assert stages == ["javascript", "begin", "ruff", "codespell", "types", "floors", "lessons",
                      "solutions", "exercises", "site", "browser", "jupyterhub"]  # fmt: skip
    assert "not slow" not in tests
    assert "--ignore" not in tests


def test_the_files_that_come_first_are_there_and_come_first(request):
    (shared,) = (one for one in request.config.pluginmanager.get_plugins() if hasattr(one, "LONG"))
    here = Path(shared.__file__).parent
    long = [SimpleNamespace(path=here / name) for name in shared.LONG]
    items = [SimpleNamespace(path=here / "test_checks.py"), *reversed(long)]

    shared.pytest_collection_modifyitems(items)

    assert [one for one in long if not one.path.is_file()] == []
    assert items[:-1] == long


def test_quick_leaves_out_notebooks_browser_and_slow_tests(run):
    stages, tests = run("quick")

    assert stages == ["ruff", "codespell", "types", "floors"]
    assert "-m not slow" in tests
    assert "--ignore=tests/browser" in tests


def test_words_after_quick_and_all_other_words_go_to_pytest(run):
    assert run("quick", "-k", "spans")[1].endswith("=20 -k spans")
    for words in ("-k spans", "quik"):
        stages, tests = run(*words.split())
        assert stages == []
        assert tests.endswith(f" -m pytest {words}")


@pytest.mark.parametrize("good", [True, False])
def test_what_was_begun_early_is_told_and_counts_at_its_own_stage(checks, capsys, good, tmp_path):
    """Here the other program runs another copy of the checks, in which the stage is made up."""
    source = (ROOT / ".ci" / "checks.py").read_text(encoding="utf-8")
    head, tail = source.split("QUICK = (", 1)
    made_up = f"def site():\n    print('Building', flush=True)\n    return {good}\n\n\n"
    copy = tmp_path / "checks.py"
    copy.write_text(f"{head}{made_up}QUICK = ({tail}", encoding="utf-8")
    checks.__file__, checks.EARLY = str(copy), (checks.site,)

    assert checks.begin()
    assert checks.carry_out(checks.site) == good
    assert capsys.readouterr().out == "Building\n"
    assert checks.BEGUN == {}


def test_what_is_begun_early_is_a_stage_of_its_own(checks):
    names = [stage.__name__ for stage in checks.STAGES]
    assert [names.index("begin") < names.index(one.__name__) for one in checks.EARLY] == [True] * 6


def test_a_stage_that_fails_is_named_and_the_others_still_run(run, capsys):
    run("quick")

    assert "Failed: types\n" in capsys.readouterr().out


# those of tools/website/*.mjs run in Node, when a site is built
SCRIPTS = (
    "src/framingkit/site/*.js", "src/framingkit/start/*.js", "src/framingkit/widgets/*.js",
    "jupyter/extension/*.js", "jupyter/labextensions/framingkit-room/static/*.js",
    "tools/website/extension/static/*.js",
)  # fmt: skip


def test_the_scripts_of_lessons_and_of_the_site_are_checked_for_their_types():
    config = json.loads((ROOT / "tsconfig.json").read_text(encoding="utf-8"))
    checked = {path for pattern in config["include"] for path in ROOT.glob(pattern)}
    written = {path for pattern in SCRIPTS for path in ROOT.glob(pattern)}
    assert len(written) > 30
    assert written - checked == set()

"""run.py, the locks and the settings: what has to hold before anyone reads a notebook."""

import ast
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from for_each import for_each
from jupyterlab_server import settings_utils
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
OVERRIDES = ROOT / "jupyter" / "labconfig" / "default_setting_overrides.json"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Load run.py as a module whose kit lies in an empty folder with odd letters in its name."""
    home = tmp_path / "Übung mit Leerzeichen"
    home.mkdir()
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        (home / name).write_text(name)
    functions = runpy.run_path(str(ROOT / "run.py"))
    names = functions["main"].__globals__
    venv = home / ".venv"
    places = {"ROOT": home, "VENV": venv, "PYTHON": venv / "python"}
    places |= {"LOG": venv / "set-up.log", "STAMP": venv / "set-up.stamp"}
    for name, place in places.items():
        monkeypatch.setitem(names, name, str(place))
    return SimpleNamespace(home=home, names=names, **functions)


@pytest.fixture
def installer(run, monkeypatch):
    """Replace the installers by one that only notes its commands and makes a Python."""
    commands = []

    def note(command):
        commands.append(command)
        (run.home / ".venv" / "python").touch()

    monkeypatch.setitem(run.names, "run_logged", note)
    return commands


def test_very_old_pythons_can_read_run_py():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_old_python_gets_one_sentence(run):
    with pytest.raises(SystemExit) as stop:
        run.refuse_old_python((3, 10, 13))
    assert str(stop.value).startswith("The kit needs Python 3.11 or newer, and this is Python 3.10")
    assert "\n" not in str(stop.value)


def test_the_oldest_python_of_run_py_is_that_of_the_package(run):
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    run.refuse_old_python((3, 11, 0))


def test_only_the_standard_library_is_used():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert imported <= sys.stdlib_module_names


def test_a_finished_set_up_is_not_repeated(run, installer):
    run.set_up("requirements.lock")
    assert run.is_installed(run.fingerprint("requirements.lock"))
    assert not run.is_installed(run.fingerprint("requirements-test.lock"))


def test_the_set_up_of_the_checks_is_enough_for_learning(run, installer):
    run.set_up("requirements-test.lock")
    assert run.is_installed(run.fingerprint("requirements.lock"))


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed_over_the_old_one(run, installer, name):
    run.set_up("requirements.lock")
    kept = run.home / ".venv" / "kept"
    kept.touch()
    (run.home / name).write_text("changed")
    assert not run.is_installed(run.fingerprint("requirements.lock"))
    run.set_up("requirements.lock")
    assert kept.exists()


def test_an_interrupted_set_up_starts_from_nothing(run, installer, monkeypatch):
    def interrupted(command):
        (run.home / ".venv" / "half-a-package").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(run.names, "run_logged", interrupted)
        assert "Stopped" in run.main([])
    run.set_up("requirements.lock")
    assert not (run.home / ".venv" / "half-a-package").exists()


def test_a_failed_step_leaves_no_stamp(run, monkeypatch):
    monkeypatch.setitem(run.names, "run_logged", lambda command: b"ERROR: the disk is full")
    with pytest.raises(SystemExit, match="the disk is full"):
        run.set_up("requirements.lock")
    assert not run.is_installed()


def test_a_moved_folder_is_set_up_anew(run, installer, monkeypatch):
    run.set_up("requirements.lock")
    monkeypatch.setitem(run.names, "ROOT", str(run.home / "elsewhere"))
    assert not run.is_installed()


def test_a_vanished_python_is_noticed(run, installer):
    run.set_up("requirements.lock")
    (run.home / ".venv" / "python").unlink()
    assert not run.is_installed()


@pytest.mark.parametrize("uv", [None, "/bin/uv"])
def test_packages_are_hashed_and_never_built(run, monkeypatch, uv):
    monkeypatch.setattr("shutil.which", lambda name: uv)
    make, packages, kit = run.commands("requirements.lock")
    assert "venv" in make
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(packages)
    assert kit[-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (b"NewConnectionError: [Errno -3] Temporary failure in name resolution", "internet"),
        (b"error: Request failed\n  Caused by: dns error: failed to lookup", "internet"),
        (b"The virtual environment was not created: ensurepip is not available.", "python3-venv"),
        (b"No module named venv", "python3-venv"),
        (b"ERROR: No space left on device", "No space left on device"),
        # recorded with pip and uv, from servers of our own that answer as such networks do
        (
            b"WARNING: Retrying after connection broken by 'SSLError(SSLCertVerificationError(1, "
            b"'[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate "
            b"(_ssl.c:1006)'))'\nERROR: No matching distribution found for six==1.16.0",
            "is not the right one (self-signed certificate)",
        ),
        (
            b"error: Failed to fetch: https://127.0.0.1/simple/six/\n  cause: error sending "
            b"request for url\n  cause: invalid peer certificate: UnknownIssuer",
            "is not the right one (UnknownIssuer)",
        ),
        (
            b"ERROR: Could not find a version that satisfies the requirement six==1.16.0 (from "
            b"versions: none)\nERROR: No matching distribution found for six==1.16.0",
            "A sign-in page of this network",
        ),
        (
            b"error: No solution found when resolving dependencies\n  cause: Because there is no "
            b"version of six==1.16.0 and you require six==1.16.0, we can conclude that your "
            b"requirements are unsatisfiable.",
            "A sign-in page of this network",
        ),
        (
            b"error: Failed to fetch\n  cause: HTTP status server error (511 Network "
            b"Authentication Required) for url",
            "A sign-in page of this network",
        ),
        (b"", "no reason given"),
    ],
)
def test_an_installers_complaint_becomes_one_sentence(run, words, sentence):
    assert sentence in run.explain(words)
    assert "\n" not in run.explain(words)


def test_any_folder_name_can_be_in_a_complaint(tmp_path):
    home = tmp_path / "100%s my%20course"
    home.mkdir()
    explain = runpy.run_path(str(shutil.copy(ROOT / "run.py", home)))["explain"]
    for words in (b"invalid peer certificate: UnknownIssuer", b"dns error", b"from versions: none"):
        assert home.name in explain(words)


@for_each([
    ("cp1252", "Курс\x1b[2J\u202e", r"\u041a\u0443\u0440\u0441\x1b[2J\u202e"),
    ("ascii", "“a”\nb", r"\u201ca\u201d" + "\nb"), ("utf-8", "Курс", "Курс"),
])  # fmt: skip
def test_a_name_is_said_on_any_code_page_and_cannot_act(case, run, monkeypatch):
    encoding, name, expected = case
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, newline="\n"))
    run.say(name)
    assert raw.getvalue().decode(encoding) == expected + "\n"
    sys.stdout.close()
    run.say(name)


def test_the_version_is_said_without_a_set_up(run, installer, capsys):
    (run.home / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "3.1"\n')

    assert run.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("framingkit 3.1, Python 3.")
    assert not (run.home / ".venv").exists()


def test_a_folder_that_cannot_be_written_gets_one_sentence(run, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.makedirs", refuse)
    assert "Copy the whole folder to a place of your own" in run.main([])


def test_the_lab_is_never_opened_to_others(run, installer, monkeypatch):
    started = []
    note = lambda command, *settings: started.append(command) or 0  # noqa: E731
    monkeypatch.setitem(run.names, "run", note)
    assert run.main(["--no-browser", "--port", "8899"]) == 0
    own = ["-m", "jupyterlab", f"--ServerApp.root_dir={run.home}"]
    assert [argv[1:] for argv in started] == [[*own, "--no-browser", "--port", "8899"]]


def test_children_compile_and_read_the_kits_settings_first(run, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    monkeypatch.setenv("JUPYTER_PATH", "mine")
    env = run.child_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in env
    assert env["JUPYTER_PATH"] == os.pathsep.join([str(run.home / "jupyter"), "mine"])
    assert env["JUPYTER_CONFIG_PATH"] == os.pathsep.join([str(run.home / "jupyter"), "mine"])


def test_a_site_is_built_in_a_folder_of_its_own(run, installer, monkeypatch):
    started = []
    monkeypatch.setitem(run.names, "run", lambda command: started.append(command) or 0)
    (run.home / "requirements-site.lock").write_text("site")

    assert run.main(["site", "-o", "here"]) == 0
    assert [argv[1:] for argv in started] == [[str(Path("tools", "build_site.py")), "-o", "here"]]
    assert all("-e" not in command for command in installer), "the kit is not part of it"
    monkeypatch.setattr(sys, "argv", ["run.py", "site"])
    venv = runpy.run_path(str(ROOT / "run.py"))["VENV"]
    assert Path(venv).name == ".venv-site"


def test_only_teachers_are_shown_what_answers_the_questions(run, installer, monkeypatch):
    started = []
    monkeypatch.setitem(run.names, "run", lambda *words: started.append(words) or 0)
    run.main([])
    run.main(["--teacher", "--no-browser"])
    student, teacher = started

    assert student[1:] == (str(run.home / "jupyter" / "students"),)
    assert teacher[1:] == ()
    assert "--teacher" not in teacher[0]
    path = run.child_environment("students")["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert path[:2] == [str(run.home / "jupyter"), "students"]


def test_the_settings_of_students_hide_every_answer_and_what_is_for_developers():
    file = ROOT / "jupyter" / "students" / "jupyter_server_config.json"
    globs = json.loads(file.read_text(encoding="utf-8"))["ContentsManager"]["hide_globs"]
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    hidden = lambda name: any(fnmatch(part, one) for part in Path(name).parts for one in globs)  # noqa: E731
    seen = {name for name in tracked if not hidden(name) and not name.startswith(".")}

    assert {name.split("/")[0] for name in seen} == {
        "LICENSE", "LICENSE-docs", "README.md", "docs", "exercises", "notebooks",
    }  # fmt: skip
    assert not [name for name in seen if "instructor" in name or "solution" in name]
    assert {path.name for path in (ROOT / "notebooks").glob("0*.ipynb")} <= {
        Path(name).name for name in seen
    }


def test_the_kits_settings_exist_in_this_jupyterlab():
    share = Path(sys.prefix) / "share" / "jupyter"
    for plugin, settings in json.loads(OVERRIDES.read_text(encoding="utf-8")).items():
        package, name = plugin.split(":")
        (schema,) = share.glob(f"lab*/**/schemas/{package}/{name}.json")
        assert set(settings) <= set(json.loads(schema.read_text(encoding="utf-8"))["properties"])


def test_no_installed_package_is_older_than_its_floor():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*table["dependencies"], *chain(*table["optional-dependencies"].values())]
    old = [line for line in map(Requirement, lines) if version(line.name) not in line.specifier]
    assert old == []


def test_a_started_jupyterlab_finds_the_kits_settings():
    ask = (
        "import json; from jupyter_server.services.config.manager import ConfigManager as Manager; "
        f"print(json.dumps(Manager(config_dir_name='labconfig').get('{OVERRIDES.stem}')))"
    )
    env = runpy.run_path(str(ROOT / "run.py"))["child_environment"]()
    answer = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, check=True)
    found, wanted = json.loads(answer.stdout), json.loads(OVERRIDES.read_text(encoding="utf-8"))
    assert {plugin: found.get(plugin) for plugin in wanted} == wanted


def test_the_file_of_the_wheel_turns_the_news_off_and_an_administrators_file_wins(
    tmp_path, monkeypatch
):
    # run.py names a folder of settings of its own, which would come after both
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    notification = "@jupyterlab/apputils-extension:notification"
    shutil.copytree(ROOT / "jupyter" / "lab" / "settings", tmp_path, dirs_exist_ok=True)
    found, _ = settings_utils._get_overrides(str(tmp_path))
    assert found[notification] == {"fetchNews": "false", "checkForUpdates": False}

    own = json.dumps({notification: {"fetchNews": "true"}})
    (tmp_path / "overrides.json").write_text(own, encoding="utf-8")
    found, _ = settings_utils._get_overrides(str(tmp_path))
    assert found[notification]["fetchNews"] == "true"
